"""The command ``network``."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from typer.testing import CliRunner, Result

from communique.cli.app import app
from communique.model import IssueStance, Stance
from communique.record import Record
from record_samples import JAPAN, RUSSIA, TREATY, made, put, reading

TABLE = """organization,concept,agreement,document_id,date,outlet
Foreign Ministry,sanctions,1,a,2023-10-02,Kyodo
Cabinet,sanctions,0,a,2023-10-02,Kyodo
Cabinet,sanctions,0,a,2023-10-02,Kyodo
Embassy,sanctions,1,b,2023-11-05,TASS
Embassy,treaty,1,b,2023-11-05,TASS
"""
NAMED = ("--actor", "organization", "--qualifier", "agreement", "--document", "document_id", "--date", "date")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "statements.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["network", *map(str, arguments)])


def test_a_table_gives_rows_cols_and_matrix(table: Path) -> None:
    result = run("--statements", table, *NAMED, "--mode", "one", "--aggregation", "conflict", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["rows"] == data["cols"] == ["Cabinet", "Embassy", "Foreign Ministry"]
    assert data["matrix"] == [[0, 2, 2], [2, 0, 0], [2, 0, 0]]


def test_duplicates_normalization_and_filters_are_as_asked(table: Path) -> None:
    asked = ("--statements", table, *NAMED, "--json", "--duplicates", "document")
    data = json.loads(run(*asked, "--aggregation", "conflict", "--normalization", "average").stdout)
    assert data["matrix"][0] == [0, 1 / 1.5, 1]
    data = json.loads(run(*asked, "--mode", "two", "--exclude", "outlet=TASS").stdout)
    assert (data["rows"], data["matrix"]) == (["Cabinet", "Foreign Ministry"], [[-1], [1]])
    data = json.loads(run(*asked, "--include", "outlet=TASS", "--include", "outlet=Kyodo", "--since", "2023-11").stdout)
    assert data["rows"] == ["Embassy"]
    data = json.loads(run(*asked, "--until", "2023-10", "--isolates").stdout)
    assert (data["rows"], data["statements"]) == (["Cabinet", "Embassy", "Foreign Ministry"], 2)


def test_columns_may_be_swapped_for_a_network_of_concepts(table: Path) -> None:
    asked = ("--actor", "concept", "--concept", "organization", "--qualifier", "agreement")
    data = json.loads(run("--statements", table, *asked, "--json").stdout)
    assert (data["rows"], data["matrix"]) == (["sanctions", "treaty"], [[0, 1], [1, 0]])


def test_without_a_qualifier_it_is_ignored(table: Path) -> None:
    data = json.loads(run("--statements", table, "--actor", "organization", "--json").stdout)
    assert (data["aggregation"], data["matrix"][0]) == ("ignore", [0, 2, 2])


def test_a_bad_row_is_named_and_the_rest_drawn(table: Path) -> None:
    table.write_text(TABLE + "Navy,treaty,perhaps,b,2023-11-05,TASS\nArmy,treaty,1,b,someday,TASS\n", encoding="utf-8")
    result = run("--statements", table, *NAMED, "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["rows"]) == 3
    assert "statements.csv:7: its agreement 'perhaps' is no whole number" in result.stderr
    assert "statements.csv:8: its date 'someday' tells no one day" in result.stderr


def test_a_missing_column_or_file_ends_it_with_the_reason(table: Path) -> None:
    result = run("--statements", table, "--actor", "party")
    assert result.exit_code == 1
    assert "there is no column 'party'; there are 'organization', 'concept'" in result.stderr
    result = run("--statements", table.with_name("none.csv"))
    assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--mode", "two", "--aggregation", "congruence"),
        ("--normalization", "activity"),
        ("--mode", "two", "--normalization", "jaccard"),
        ("--mode", "three"),
        ("--window", "fortnights"),
        ("--window", "events", "--size", "1"),
        ("--kernel", "gaussian"),
        ("--include", "outlet"),
        ("--since", "yesterday"),
        ("--until", "2023-02-30"),
        ("--since", "2023", "--until", "2022"),
        ("--json", "--csv"),
        ("-o", "network.docx"),
        ("--window", "weeks", "-o", "network.svg"),
        ("--mode", "two", "--communities"),
        ("--aggregation", "subtract", "--backbone", "2"),
        ("--qualifier", "", "--aggregation", "congruence"),
        ("--qualifier", "", "--polarisation"),
    ],
)
def test_wrong_usage_is_status_2(table: Path, wrong: tuple[str, ...]) -> None:
    assert run("--statements", table, *NAMED, *wrong).exit_code == 2


@pytest.mark.parametrize("wrong", [("--window", "weeks"), ("--duplicates", "day"), ("--duplicates", "document")])
def test_what_needs_a_column_asks_for_it(table: Path, wrong: tuple[str, ...]) -> None:
    result = run("--statements", table, "--actor", "organization", *wrong)
    assert result.exit_code == 2
    assert "needs the column" in result.stderr or "need the column" in result.stderr


def test_files_are_written_by_their_names(table: Path, tmp_path: Path) -> None:
    for ending in ("graphml", "gexf", "csv", "json", "svg"):
        out = tmp_path / f"network.{ending}"
        assert run("--statements", table, *NAMED, "--communities", "--polarisation", "-o", out).exit_code == 0
        assert out.stat().st_size > 60
    assert networkx.read_graphml(tmp_path / "network.graphml").nodes["Cabinet"]["camp"] == 1
    assert (tmp_path / "network.svg").read_text().startswith("<svg")
    assert json.loads((tmp_path / "network.json").read_text())["polarisation"]["camps"]
    out = tmp_path / "windows.gexf"
    assert run("--statements", table, *NAMED, "--window", "months", "-o", out).exit_code == 0
    assert 'mode="dynamic"' in out.read_text()


def test_a_picture_may_be_a_png(table: Path, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    assert run("--statements", table, *NAMED, "-o", tmp_path / "network.png").exit_code == 0
    assert (tmp_path / "network.png").read_bytes().startswith(b"\x89PNG")


def test_windows_are_a_line_each(table: Path) -> None:
    asked = ("--statements", table, *NAMED, "--window", "months", "--kernel", "triangular", "--polarisation")
    lines = [json.loads(line) for line in run(*asked, "--json").stdout.splitlines()]
    assert [(line["start"], line["end"], line["statements"]) for line in lines] == [
        ("2023-10-01", "2023-10-31", 3),
        ("2023-11-01", "2023-11-30", 2),
    ]
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--aggregation", "conflict", "--csv").stdout)))
    assert [(row["start"], row["row"], row["col"]) for row in rows] == [("2023-10-01", "Cabinet", "Foreign Ministry")]
    shown = run(*asked).stdout
    assert "2023-10-31" in shown
    assert "Polarisation" in shown


def test_the_table_shows_ties_camps_and_the_backbone(table: Path) -> None:
    shown = run("--statements", table, *NAMED, "--polarisation", "--communities", "--backbone", "1").stdout
    assert "Polarisation" in shown
    assert "communities, modularity" in shown
    assert "kept" in shown
    shown = run("--statements", table, *NAMED, "--mode", "two", "--limit", "1").stdout
    assert "3 actors, 2 concepts, 5 statements" in shown


def test_names_cannot_command_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text("actor,concept\n\x1b[2Jred,x\nblue,x\n", encoding="utf-8")
    assert "\x1b" not in run("--statements", path).stdout


def test_a_table_may_come_through_a_pipe(table: Path) -> None:
    command = [sys.executable, "-m", "communique", "network", "--statements", "-", *NAMED, "--json"]
    with table.open("rb") as stream:
        done = subprocess.run(command, stdin=stream, capture_output=True, check=True)
    assert len(json.loads(done.stdout)["rows"]) == 3


@pytest.fixture
def record(tmp_path: Path) -> Path:
    where = tmp_path / "communique.db"
    with Record.open(where, create=True) as opened:
        for speaker, stance in ((RUSSIA, Stance.FOR), (JAPAN, Stance.AGAINST)):
            read = reading(made(f"{speaker.name} said the treaty is here"), speaker=speaker, conditions=False)
            stances = (IssueStance(TREATY.id, stance),)
            put(opened, replace(read, statements=tuple(replace(each, stances=stances) for each in read.statements)))
    return where


def test_the_record_gives_parties_and_issues(record: Path) -> None:
    data = json.loads(run("--record", record, "--aggregation", "conflict", "--json").stdout)
    assert (data["rows"], data["matrix"]) == (["Japan", "Russia"], [[0, 1], [1, 0]])
    data = json.loads(run("--record", record, "--mode", "two", "--qualifier", "stance", "--json").stdout)
    assert (data["cols"], data["matrix"]) == (["peace treaty"], [[-1], [1]])
    data = json.loads(
        run("--record", record, "--actor", "outlet", "--concept", "party", "--qualifier", "", "--json").stdout
    )
    assert data["rows"] == ["Volga State News"]


def test_the_record_has_its_own_columns(record: Path, tmp_path: Path) -> None:
    assert run("--record", record, "--date", "date").exit_code == 2
    result = run("--record", record, "--actor", "colour")
    assert result.exit_code == 1
    assert "statements of the record have party, speaker, issue" in result.stderr
    assert run("--record", tmp_path / "none.db").exit_code == 1
