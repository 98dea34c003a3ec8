"""The gold dossiers say what they mean: parties, issues and reports exist, and all words stand in the texts."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FOLDERS = sorted(p.parent for p in BENCHMARKS.glob("dossiers*/*/gold.json"))

each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)


def gold_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return loaded


def reports_of(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]


def frame_of(folder: Path) -> tuple[set[str], set[str]]:
    frame = tomllib.loads((folder / "dossier.toml").read_text(encoding="utf-8"))
    return {p["name"] for p in frame["party"]}, {i["name"] for i in frame["issue"]}


def folded(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold().replace("’", "'").replace("'s", "")).strip()


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_there_are_dossiers() -> None:
    assert len(FOLDERS) >= 2


@each_folder
def test_reports_have_all_that_a_source_needs(folder: Path) -> None:
    reports = reports_of(folder)
    pairs = folder.parent.name.startswith("dossiers-pairs")
    least = 4 if pairs else 11 if folder.parent.name == "dossiers-small" else 16
    assert len({r["id"] for r in reports}) == len(reports) >= least
    for report in reports:
        assert set(report) == {"id", "title", "outlet", "published", "url", "text"}, report["id"]
        assert (60 if pairs else 110) <= len(report["text"].split()) <= 290, report["id"]
    assert max(r["published"] for r in reports) <= gold_of(folder)["as_of"]


@each_folder
def test_every_cell_of_the_frame_has_one_position(folder: Path) -> None:
    parties, issues = frame_of(folder)
    cells = [(p["party"], p["issue"]) for p in gold_of(folder)["positions"]]
    assert sorted(cells) == sorted((p, i) for p in parties for i in issues)


@each_folder
def test_parties_issues_and_reports_exist(folder: Path) -> None:
    gold, (parties, issues) = gold_of(folder), frame_of(folder)
    ids = {r["id"] for r in reports_of(folder)}
    for kind in ("positions", "changes", "unchanged", "contradictions", "waits", "never"):
        for row in gold[kind]:
            assert {row[k] for k in ("party", "holder", "must_act") if row.get(k)} <= parties, row
            assert row["issue"] in issues, row
            told = [name for k in ("reports", "before", "after", "turned_down_in", "met_in") for name in row.get(k, [])]
            assert {i for name in told for i in as_list(name)} <= ids, row
    assert {s["report"] for s in gold["speakers"]} <= ids


@each_folder
def test_words_stand_in_the_texts_they_are_given_for(folder: Path) -> None:
    gold = gold_of(folder)
    texts = {r["id"]: folded(r["text"]) for r in reports_of(folder)}
    held = [(words, p["reports"]) for p in gold["positions"] for words in p["conditions"]]
    for wait in gold["waits"]:
        held += [(w, wait["reports"]) for w in (wait["antecedent"], wait["consequent"], *wait["alternatives"])]
    held += [(s["words"], [s["report"]]) for s in gold["speakers"]]
    held += [(name, list(texts)) for name in gold["no_speaker"]]
    assert [(w, ids) for w, ids in held if not any(folded(w) in texts[i] for i in ids)] == []


@each_folder
def test_a_careless_conclusion_is_no_right_answer(folder: Path) -> None:
    gold = gold_of(folder)
    right = {(p["party"], p["issue"]): as_list(p["stance"]) for p in gold["positions"]}
    assert [n for n in gold["never"] if n["stance"] in right[n["party"], n["issue"]]] == []


@each_folder
def test_what_changed_is_not_called_unchanged(folder: Path) -> None:
    gold = gold_of(folder)
    changed = {(c["party"], c["issue"]) for c in gold["changes"] if not c.get("optional")}
    assert changed & {(u["party"], u["issue"]) for u in gold["unchanged"]} == set()
