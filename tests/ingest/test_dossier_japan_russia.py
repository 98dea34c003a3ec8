"""The bundled dossier is what its README says: our own reports, as different outlets would tell it."""

from __future__ import annotations

import difflib
import json
from datetime import date
from importlib.resources import files
from itertools import combinations

import pytest

from communique.ingest import Arrival, gather
from communique.ingest.dossier import load_dossier

FOLDER = files("communique") / "dossiers" / "japan-russia"
REPORTS = [json.loads(line) for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
BY_ID = {report["id"]: report for report in REPORTS}


def alike(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()


def test_it_holds_enough_reports_of_a_wire_s_length() -> None:
    assert len(REPORTS) >= 13
    assert len(BY_ID) == len(REPORTS)
    for report in REPORTS:
        assert 200 <= len(report["text"].split()) <= 350, report["id"]


def test_every_report_names_its_outlet_date_and_address() -> None:
    for report in REPORTS:
        assert set(report) == {"id", "title", "url", "outlet", "published", "text"}
        assert all(report.values())
        assert report["url"].startswith("https://example.org/")
        assert date(2022, 1, 1) <= date.fromisoformat(report["published"]) <= date(2024, 12, 31)


def test_several_outlets_tell_it_over_three_years_in_order() -> None:
    assert len({report["outlet"] for report in REPORTS}) >= 5
    days = [report["published"] for report in REPORTS]
    assert days == sorted(days)
    assert {day[:4] for day in days} == {"2022", "2023", "2024"}


def test_two_outlets_carry_the_same_wire_copy_and_no_others_are_alike() -> None:
    for a, b in combinations(REPORTS, 2):
        same = {a["id"], b["id"]} == {"jr-2022-09-06-nihon", "jr-2022-09-06-okhotsk"}
        assert (alike(a["text"], b["text"]) > 0.8) is same, (a["id"], b["id"])


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("jr-2024-06-05-atlantic", "no conditions at present for continuing talks"),
        ("jr-2024-06-05-eurasia", "sets no preconditions for continuing the dialogue"),
        ("jr-2022-06-07-volga", "nothing to do with politics or with sanctions"),
        ("jr-2023-01-31-hokuto", "a direct consequence of the anti-Russian measures"),
        ("jr-2022-09-06-nihon", "Moscow has not answered the proposal"),
        ("jr-2024-06-07-harbour", "denied that the president had laid down preconditions"),
    ],
)
def test_what_later_analysis_looks_for_is_there(report: str, words: str) -> None:
    assert words in BY_ID[report]["text"]


def test_its_dossier_names_the_parties_issues_and_outlets_of_these_reports() -> None:
    dossier = load_dossier(str(FOLDER))
    assert [party.country for party in dossier.parties][:2] == ["JPN", "RUS"]
    assert {outlet.name for outlet in dossier.outlets} == {report["outlet"] for report in REPORTS}
    assert [outlet.name for outlet in dossier.outlets if outlet.agency] == [
        *("Volga State News", "Nihon Wire", "Atlantic Wire"),
    ]
    texts = " ".join(report["text"] for report in REPORTS)
    named = [(party.name, party.aliases) for party in dossier.parties]
    named += [(issue.name, issue.aliases) for issue in dossier.issues]
    for name, aliases in named:
        assert any(words in texts for words in (name, *aliases)), name
        assert [words for words in aliases if words not in texts] == []


def test_its_dossier_leads_to_its_reports() -> None:
    found = [item.report.id for item in gather([str(FOLDER)]) if isinstance(item, Arrival)]
    assert found == [report["id"] for report in REPORTS]


def test_its_readme_says_whose_writing_it_is_and_names_only_reports_that_exist() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "our own writing" in readme
    named = {word.strip("`,|") for word in readme.split() if word.startswith("`jr-")}
    assert named
    assert named <= set(BY_ID)
