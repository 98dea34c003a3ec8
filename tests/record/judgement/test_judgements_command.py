"""``communique judge``, ``merge``, ``export`` and ``import`` as a user has them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli.app import app
from communique.model import Issue
from communique.record import Record
from record_samples import made, put, reading
from resolution_samples import HAYASHI, SPOKESMAN, add

READING = reading(made("Russia said talks would resume only if Japan changed course, TASS reported.", id="1"))
KEY = READING.statements[0].id


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = str(tmp_path / "communique.db")
    monkeypatch.setenv("COMMUNIQUE_RECORD", place)
    monkeypatch.setenv("COMMUNIQUE_USER", "Aiko")
    with Record.open(place, create=True) as record:
        put(record, READING)
    return place


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_judgement_is_signed_by_the_user_and_listed(place: str) -> None:
    done = run("judge", KEY, "correct", "act=deny", "content=12-30", "addressee=jpn,rus", "--note", "as said")
    assert done.exit_code == 0, done.stderr
    assert run("judge", KEY, "reject", "--by", "Boris").exit_code == 0
    first, second = rows(run("judge", "--list", "--json"))
    assert (first["by"], first["verdict"], first["key_now"]) == ("Aiko", "correct", KEY)
    assert first["changes"] == ["act=deny", "addressee=jpn, rus", "content=12-30 “talks would resume”"]
    assert second["by"] == "Boris"
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    assert row["verdict"] == "disputed"
    (pair,) = rows(run("judge", "--agreement", "--json"))
    assert (pair["things"], pair["percent"]) == (1, 0)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["judge", KEY, "maybe"], 1),
        (["judge", "nothing", "accept"], 1),
        (["judge", KEY, "correct", "act"], 2),
        (["judge", KEY, "correct", "content=x-9"], 2),
        (["judge", KEY], 2),
        (["judge", KEY, "accept", "--by", " "], 2),
        (["merge", "rus"], 2),
        (["merge", "rus", "nobody"], 1),
        (["merge", "rus", "--undo"], 1),
        (["export", "--format", "xml"], 2),
        (["export", "--table", "rows"], 2),
        (["export", "--since", "soon"], 2),
        (["import", "no-such-file"], 1),
    ],
)
def test_what_cannot_be_done_ends_with_a_reason(place: str, arguments: list[str], status: int) -> None:
    done = run(*arguments)
    assert done.exit_code == status
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_actors_are_merged_undone_and_kept_apart(place: str) -> None:
    assert run("merge", "rus", "jpn", "--reason", "a test").exit_code == 0
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    assert row["speaker"] == "jpn"
    assert run("merge", "rus", "--undo").exit_code == 0
    assert run("merge", "rus", "jpn", "--apart").exit_code == 0
    (row,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    assert row["speaker"] == "rus"


def test_an_office_is_proposed_joined_and_undone_for_its_report(place: str) -> None:
    with Record.open(place) as record:
        add(record, HAYASHI, "2024-01-30")
        key = add(record, SPOKESMAN, "2024-02-01")
    (proposal,) = rows(run("merge", "--propose", "--json"))
    assert (proposal["report"], proposal["into"], proposal["sure"]) == (key, HAYASHI.id, "yes")
    assert "Yoshimasa Hayashi" in str(proposal["words"]) or "Yoshima" in str(proposal["words"])
    assert len(rows(run("merge", "--apply", "--json"))) == 1
    assert rows(run("merge", "--propose", "--json")) == []
    assert run("merge", SPOKESMAN.id, "--report", key, "--undo").exit_code == 0
    assert run("merge", SPOKESMAN.id, HAYASHI.id, "--report", key).exit_code == 0


def test_the_names_that_a_dossier_gives_an_issue_are_joined(place: str, tmp_path: Path) -> None:
    text = "Japan said the northern territories come before any deal only if Russia pays, TASS reported."
    read = reading(made(text, id="2"))
    (statement,) = read.statements
    issues = (Issue("kurils", "northern territories", (), ()),)
    with Record.open(place) as record:
        about = dataclasses.replace(statement, about=("kurils",))
        put(record, dataclasses.replace(read, issues=issues, statements=(about,)))
    dossier = tmp_path / "dossier.toml"
    lines = [
        "communique = 1",
        'name = "A dispute"',
        "[[issue]]",
        'name = "peace treaty"',
        'aliases = ["Northern Territories"]',
    ]
    dossier.write_text("\n".join(lines), encoding="utf-8")
    done = run("merge", "--dossier", str(dossier))
    assert done.exit_code == 0, done.stderr
    assert "dossier: merge kurils peace-treaty" in done.stderr
    found = {
        row["statement"]: row["about"] for row in csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    }
    assert found[statement.id] == "peace-treaty"


def test_what_was_exported_is_imported_elsewhere_and_exported_the_same(place: str, tmp_path: Path) -> None:
    assert run("judge", KEY, "accept").exit_code == 0
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    other = ["--record", str(tmp_path / "other.db")]
    assert run("export", "-o", str(first)).exit_code == 0
    done = run("import", str(first), *other)
    assert done.exit_code == 0
    assert "1 reports" in done.stderr
    assert run("export", "-o", str(second), *other).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert "nothing" in run("import", "-", *other, given=first.read_bytes()).stderr


def test_a_broken_line_is_named_the_rest_goes_in_and_the_status_is_one(place: str, tmp_path: Path) -> None:
    path = tmp_path / "handed.jsonl"
    assert run("export", "-o", str(path)).exit_code == 0
    path.write_bytes(path.read_bytes() + b"{oops\n")
    done = run("import", str(path), "--record", str(tmp_path / "other.db"))
    assert done.exit_code == 1
    assert f"{path}:" in done.stderr
    assert "1 reports" in done.stderr


def test_judgements_alone_are_handed_over(place: str, tmp_path: Path) -> None:
    assert run("judge", KEY, "accept").exit_code == 0
    lines = run("export", "--judgements").stdout.splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["communique-record", "judgement"]


def test_all_tables_go_into_a_folder(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    assert run("export", "--format", "csv", "-o", str(folder)).exit_code == 0
    names = {path.name for path in folder.iterdir()}
    assert names == {
        f"{name}.csv" for name in ("reports", "statements", "conditions", "actors", "issues", "judgements")
    }
