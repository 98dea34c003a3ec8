"""positions, changes, contradictions and series on the command line: tables, JSON, CSV, names that nobody knows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from communique.analysis.changes import ChangeKind
from communique.analysis.series import Period
from communique.cli.app import app
from communique.cli.changes import ChangeChoice
from communique.cli.series import Every
from communique.model import Report
from communique.reading import pipeline
from communique.record import Record

TEXTS = (
    ("2023-01-10", "Danube Post", "Hungary would keep its veto on the loan for Ukraine, Budapest said."),
    ("2023-06-20", "Danube Post", "Hungary would lift its veto on the loan for Ukraine, Budapest said."),
    ("2023-09-01", "Alpine Wire", "Serbia sets no preconditions for the talks with Kosovo, Belgrade said."),
    ("2023-09-01", "Coast News", "Serbia would resume the talks with Kosovo only if the police left, Belgrade said."),
)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("analyses") / "communique.db"
    with Record.open(path, create=True) as record:
        for number, (day, outlet, text) in enumerate(TEXTS):
            report = Report(f"r{number}", text, outlet=outlet, published=day)
            record.add(record.place(report), pipeline.read(report))
    return str(path)


def run(where: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--record", where])


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_change_is_shown_with_both_quotes_their_days_and_outlets(where: str) -> None:
    (row,) = rows(run(where, "changes", "--json"))
    assert (row["kind"], row["party_name"]) == ("shift", "Hungary")
    assert (row["first_day"], row["second_day"]) == ("2023-01-10", "2023-06-20")
    assert "keep its veto" in row["first_quote"]
    assert "lift its veto" in row["second_quote"]
    assert (row["first_outlet"], row["second_report"]) == ("Danube Post", "r1")
    start, end = row["second_spans"][0]
    assert TEXTS[1][2][start:end] == row["second_quote"]


def test_the_two_tellings_are_shown_with_why(where: str) -> None:
    (row,) = rows(run(where, "contradictions", "--json"))
    assert (row["kind"], row["clash"]) == ("telling", "condition")
    assert "Alpine Wire and Coast News" in row["explanation"]
    assert 0.4 <= row["confidence"] <= 1


def test_what_only_two_tellings_show_stands_apart_as_to_check(where: str) -> None:
    shown = run(where, "contradictions").stdout
    assert shown.index("No contradiction found.") < shown.index("To check:") < shown.index("telling")
    (row,) = rows(run(where, "contradictions", "--json"))
    assert row["to_check"] is True
    assert all(row["to_check"] is False for row in rows(run(where, "changes", "--json")))


def test_what_is_less_sure_than_asked_for_is_not_there_to_check(where: str) -> None:
    assert "To check" not in run(where, "contradictions", "--least", "0.99").stdout


def test_a_table_has_both_sides(where: str) -> None:
    shown = run(where, "contradictions").stdout
    assert "Earlier" in shown
    assert "Later" in shown
    assert "Coast News" in shown


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("changes", "--kind", "shift"), 1),
        (("changes", "--kind", "hardening"), 0),
        (("changes", "--actor", "Serbia"), 0),
        (("changes", "--actor", "Hungary", "--as-of", "2023-06-19"), 0),
        (("changes", "--since", "2023-06-21"), 0),
        (("changes", "--least", "1"), 0),
        (("contradictions", "--actor", "Serbia"), 1),
        (("contradictions", "--actor", "Hungary"), 0),
        (("contradictions", "--kind", "self"), 0),
        (("contradictions", "--kind", "telling", "--kind", "disagreement"), 1),
        (("contradictions", "--as-of", "2023-08"), 0),
    ],
)
def test_filters_narrow_what_is_shown(where: str, arguments: tuple[str, ...], count: int) -> None:
    assert len(rows(run(where, *arguments, "--json"))) == count


def test_csv_holds_what_json_holds(where: str) -> None:
    (told,) = rows(run(where, "changes", "--json"))
    (row,) = csv.DictReader(io.StringIO(run(where, "changes", "--csv").stdout))
    assert set(row) == set(told)
    assert row["explanation"] == told["explanation"]


@pytest.mark.parametrize("command", ["positions", "changes", "contradictions"])
@pytest.mark.parametrize("option", ["--issue", "--actor"])
def test_a_name_that_nobody_knows_ends_with_status_1(where: str, command: str, option: str) -> None:
    result = run(where, command, option, "Atlantis")
    assert result.exit_code == 1
    assert "Atlantis: no " in result.stderr


@pytest.mark.parametrize("command", ["positions", "changes", "contradictions"])
def test_what_is_no_date_ends_with_status_1(where: str, command: str) -> None:
    result = run(where, command, "--as-of", "yesterday")
    assert result.exit_code == 1
    assert "yesterday: no date" in result.stderr


def test_an_unknown_kind_is_wrong_usage(where: str) -> None:
    assert run(where, "changes", "--kind", "mood").exit_code == 2


def test_an_empty_answer_says_so(where: str) -> None:
    assert run(where, "contradictions", "--as-of", "2023-02").stdout == "No contradiction found.\n"


def test_silence_is_a_row_of_its_own(where: str) -> None:
    (row,) = rows(run(where, "positions", "--issue", "veto", "--actor", "Serbia", "--json"))
    assert (row["party_name"], row["stance"], row["quote"]) == ("Serbia", None, None)
    assert "silent" in run(where, "positions", "--issue", "veto", "--actor", "Serbia").stdout


def test_a_series_is_a_row_a_period(where: str) -> None:
    found = rows(run(where, "series", "veto", "--json"))
    assert [row["period"] for row in found] == ["2023-01", "2023-06"]
    assert [row["period"] for row in rows(run(where, "series", "veto", "--by", "year", "--json"))] == ["2023"]


def test_output_goes_to_a_file(where: str, tmp_path: Path) -> None:
    target = tmp_path / "changes.csv"
    assert run(where, "changes", "--csv", "-o", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8").startswith("kind,")


def test_the_commands_know_the_words_of_the_library() -> None:
    assert [kind.value for kind in ChangeChoice] == [kind.value for kind in ChangeKind]
    assert [period.value for period in Every] == [period.value for period in Period]


@pytest.fixture
def undated(tmp_path: Path) -> str:
    text = (
        "The Kremlin said that it sets no preconditions for talks on the peace treaty and that it would sign the "
        "treaty only if Tokyo lifts its sanctions."
    )
    path = tmp_path / "communique.db"
    with Record.open(path, create=True) as record:
        record.add(record.place(Report("undated", text)), pipeline.read(Report("undated", text)))
    return str(path)


def test_a_condition_that_is_waived_is_none_that_a_position_hangs_on(undated: str) -> None:
    (row,) = rows(run(undated, "positions", "--issue", "peace treaty", "--json"))
    assert row["stance"] == "conditional"
    assert [(each["kind"], each["antecedent"]) for each in row["conditions"]] == [
        ("necessary", "Tokyo lifts its sanctions")
    ]


def test_a_position_without_a_date_says_so(undated: str) -> None:
    assert "undated, stale" not in run(undated, "positions", "--issue", "peace treaty").stdout
    assert "undated, stale" in run(undated, "positions", "--issue", "peace treaty", "--stale-after", "pace").stdout
