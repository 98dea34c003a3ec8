"""The scorer rewards what is right and tells what is not."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from gold_reports import GoldReport, load_report
from score_matching import Cast, best_pairs, overlap, plain
from score_reports import score

Row = dict[str, Any]

GOLD = """
id = "r"
outlet = "Own Wire"
published = "2024-01-01"
own_writing = true
text = "Ansa reported that Rome would sign only if Paris paid. Paris refused to pay."
[[statement]]
label = "sign"
source = "Ansa"
cue = "reported"
content = "that Rome would sign only if Paris paid"
speaker = "Italy"
speaker_country = "ITA"
chain = ["Ansa"]
act = "promise|assert"
[[statement]]
source = "Paris{2}"
cue = "refused"
content = "to pay"
speaker = "France"
act = "refuse"
responds_to = "sign"
[[condition]]
antecedent = "Paris paid"
consequent = "Rome would sign"
kind = "necessary"
holder = "Italy"
must_act = "France"
[[actor]]
name = "Italy"
kind = "state"
country = "ITA"
mentions = ["Rome"]
[[issue]]
name = "pay"
"""

READING: Row = {
    "id": "r",
    "actors": [
        {"id": "a1", "name": "Italy", "kind": "state", "country": "ITA", "role": None, "mentions": [[19, 23]]},
        {"id": "a2", "name": "France", "kind": "state", "country": "FRA", "role": None, "mentions": [[43, 48]]},
        {"id": "a3", "name": "Ansa", "kind": "outlet", "country": "ITA", "role": None, "mentions": [[0, 4]]},
    ],
    "statements": [
        {
            "id": "s1",
            "source": [[0, 4]],
            "cue": [[5, 13]],
            "content": [[14, 53]],
            "speaker": "a1",
            "chain": [{"actor": "a3", "span": [0, 4]}],
            "addressee": [],
            "act": "assert",
            "responds_to": None,
        },
        {
            "id": "s2",
            "source": [[55, 60]],
            "cue": [[61, 68]],
            "content": [[69, 75]],
            "speaker": "a2",
            "chain": [],
            "addressee": [],
            "act": "refuse",
            "responds_to": "s1",
        },
    ],
    "conditions": [
        {
            "antecedent": [[43, 53]],
            "consequent": [[19, 34]],
            "cue": [[35, 42]],
            "kind": "necessary",
            "holder": "a1",
            "must_act": "a2",
        }
    ],
    "issues": [{"name": "pay", "aliases": [], "claims": []}],
}


@pytest.fixture
def gold(tmp_path: Path) -> GoldReport:
    path = tmp_path / "r.toml"
    path.write_text(GOLD)
    return load_report(path)


@pytest.fixture
def reading() -> Row:
    return copy.deepcopy(READING)


def test_a_perfect_reading_scores_a_hundred(gold: GoldReport, reading: Row) -> None:
    told: list[str] = []
    figures = score([gold], {"r": reading}, lambda kind, line: told.append(f"{kind}: {line}"))
    assert told == []
    for name in ("statement", "exact", "condition", "chain", "responds_to"):
        assert figures[name]["F1"] == 100.0, name
    for name in ("speaker_accuracy", "act_accuracy", "coreference_accuracy", "issue name_accuracy"):
        assert figures[name]["right"] == 100.0, name


def test_a_missing_reading_scores_nothing(gold: GoldReport) -> None:
    figures = score([gold], {})
    assert figures["documents_missing"] == 1
    assert figures["statement"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 2, "found": 0}


def test_an_invented_statement_costs_precision(gold: GoldReport, reading: Row) -> None:
    extra = {**reading["statements"][0], "id": "s3", "content": [[43, 48]]}
    reading["statements"].append(extra)
    told: list[str] = []
    figures = score([gold], {"r": reading}, lambda kind, line: told.append(kind))
    assert figures["statement"]["P"] == 66.7
    assert figures["statement"]["R"] == 100.0
    assert told == ["statement invented"]


def test_the_wrong_source_is_no_statement(gold: GoldReport, reading: Row) -> None:
    reading["statements"][1]["source"] = [[0, 4]]
    figures = score([gold], {"r": reading})
    assert figures["content"]["F1"] == 100.0
    assert figures["statement"]["F1"] == 50.0


@pytest.mark.parametrize(
    ("part", "value", "figure"),
    [
        ("speaker", "a2", "speaker_accuracy"),
        ("act", "threaten", "act_accuracy"),
    ],
)
def test_a_wrong_part_costs_its_own_figure(gold: GoldReport, reading: Row, part: str, value: str, figure: str) -> None:
    reading["statements"][0][part] = value
    assert score([gold], {"r": reading})[figure] == {"right": 50.0, "of": 2}


def test_the_outlet_taken_for_the_speaker_costs_the_speaker_and_the_chain(gold: GoldReport, reading: Row) -> None:
    reading["statements"][0].update(speaker="a3", chain=[])
    figures = score([gold], {"r": reading})
    assert figures["speaker_accuracy"]["right"] == 50.0


def test_an_optional_statement_is_neither_missed_nor_invented(tmp_path: Path, reading: Row) -> None:
    path = tmp_path / "r.toml"
    path.write_text(GOLD.replace('act = "refuse"', 'act = "refuse"\noptional = true'))
    gold = load_report(path)
    assert score([gold], {"r": reading})["statement"]["F1"] == 100.0
    reading["statements"].pop()
    assert score([gold], {"r": reading})["statement"]["F1"] == 100.0


def test_pairs_are_one_to_one_and_the_most_alike_come_first() -> None:
    assert best_pairs([{1, 2, 3}, {1, 2}], [{1, 2}, {1, 2, 3}], overlap) == [(0, 1), (1, 0)]
    assert best_pairs([{1}], [{2}], overlap) == []


@pytest.mark.parametrize("name", ["The Kremlin", "the Kremlin's", "kremlin", "Kremlin’s"])
def test_names_are_compared_without_article_case_and_possessive(name: str) -> None:
    assert plain(name) == "kremlin"


@pytest.mark.parametrize(
    ("mention", "name", "same"),
    [
        ("Serbian President Aleksandar Vučić", "Aleksandar Vucic", True),
        ("the European Union", "European Union|EU", True),
        ("the President of Turkey", "Turkey", False),
        ("Yoshimasa Hayashi", "Masa Hayashi", False),
    ],
)
def test_an_actor_goes_by_a_mention_that_ends_in_the_name(mention: str, name: str, same: bool) -> None:
    cast = Cast(mention, [{"id": "a1", "name": "someone", "mentions": [[0, len(mention)]]}])
    assert cast.is_named("a1", (name,)) is same


def test_several_names_are_the_members_of_a_plural() -> None:
    actors: list[Row] = [
        {"id": "a1", "name": "Iran", "mentions": []},
        {"id": "a2", "name": "Oman", "mentions": []},
        {"id": "a3", "name": "Iran and Oman", "mentions": [], "members": ["a1", "a2"]},
    ]
    cast = Cast("", actors)
    assert cast.is_named("a3", ("Oman", "Iran"))
    assert not cast.is_named("a3", ("Oman", "Iran", "Iraq"))
    assert not cast.is_named("a1", ("Oman", "Iran"))


def test_nobody_is_right_only_where_nobody_is_due() -> None:
    cast = Cast("", [{"id": "a1", "name": "Iran", "mentions": []}])
    assert cast.is_named(None, ())
    assert not cast.is_named("a1", ())
    assert not cast.is_named(None, ("Iran",))
