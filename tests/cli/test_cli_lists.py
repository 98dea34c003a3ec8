"""``communique statements``, ``conditions``, ``actors``, ``issues`` and ``reports``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from typer.testing import CliRunner, Result

from communique.cli.app import app
from communique.model import Act
from communique.record import Record
from communique.record.query.listing import ROWS
from record_samples import JAPAN, made, put, reading

KINDS = ("statements", "conditions", "actors", "issues", "reports")


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of four reports, three of Russia's and one of Japan's, which the commands find by the environment."""
    path = tmp_path / "communique.db"
    with Record.open(path, create=True) as record:
        put(record, reading(made("Russia said talks would resume only if Japan moved, TASS reported.", id="a")))
        put(
            record, reading(made("Russia said no to any treaty talks.", id="b", published="2023-10-05"), confidence=0.6)
        )
        put(record, reading(made("Russia said fish stocks come first.", id="c", published=None), act=Act.DEMAND))
        read = reading(made("Japan said islands matter only if asked.", id="d", published="2024-01-02"), speaker=JAPAN)
        put(record, read)
        record.judge("statement", read.statements[0].id, "accept", by="ana")
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(path))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def rows(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("kind", KINDS)
def test_json_and_csv_hold_the_documented_columns_and_utc_times(kind: str) -> None:
    names = [each.name for each in fields(ROWS[kind])]
    found = rows(kind)
    assert found
    assert all(list(row) == names for row in found)
    table = list(csv.DictReader(io.StringIO(run(kind, "--csv").stdout)))
    assert [list(row) for row in table] == [names] * len(found)
    if "published_at" in names:
        assert {row["published_at"] for row in found} <= {
            "2023-10-04T00:00:00Z",
            "2023-10-05T00:00:00Z",
            "2024-01-02T00:00:00Z",
            None,
        }


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("options", "reports"),
    [
        ((), ["d", "b", "a", "c"]),
        (("--actor", "Russia"), ["b", "a", "c"]),
        (("--actor", "Russia", "--actor", "jpn"), ["d", "b", "a", "c"]),
        (("--country", "Japan"), ["d"]),
        (("--act", "demand"), ["c"]),
        (("--relayer", "TASS"), ["a"]),
        (("--since", "2023-10-05"), ["d", "b"]),
        (("--until", "2023-10-04"), ["a"]),
        (("--text", "islands OR fish"), ["d", "c"]),
        (("--judged", "accept"), ["d"]),
        (("--judged", "none", "--confidence", "0.7"), ["a", "c"]),
        (("--sort", "oldest"), ["c", "a", "b", "d"]),
        (("--sort", "confidence"), ["d", "a", "c", "b"]),
        (("--report", "a", "--version", "1"), ["a"]),
        (("--no-copies", "--voices", "1", "--issue", "the treaty"), ["d", "b", "a", "c"]),
        (("--copies",), []),
    ],
)
def test_statements_are_narrowed_and_sorted(options: tuple[str, ...], reports: list[str]) -> None:
    assert [row["report"] for row in rows("statements", *options)] == reports


@pytest.mark.usefixtures("filled")
def test_other_lists_are_narrowed_too() -> None:
    assert [row["report"] for row in rows("conditions", "--must-act", "Japan", "--actor", "jpn")] == ["d"]
    assert [row["report"] for row in rows("conditions", "--kind", "waived")] == []
    assert [row["report"] for row in rows("reports", "--actor", "Japan")] == ["d"]
    assert [row["actor"] for row in rows("actors", "--country", "JPN")] == ["jpn"]
    assert [row["actor"] for row in rows("actors", "--kind", "outlet")] == ["outlet:tass"]
    assert [row["issue"] for row in rows("issues", "--name", "treaty")] == ["peace-treaty"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_goes_on_where_a_page_ended(kind: str) -> None:
    told: list[list[str]] = []
    after: tuple[str, ...] = ()
    while True:
        result = run(kind, "--limit", "1", "--csv", *after)
        assert result.exit_code == 0, result.output
        told += list(csv.reader(io.StringIO(result.stdout)))[1:]
        if "--after" not in result.stderr:
            break
        after = ("--after", result.stderr.split("--after ")[1].split(",")[0])
    assert told == list(csv.reader(io.StringIO(run(kind, "--limit", "0", "--csv").stdout)))[1:]


@pytest.mark.usefixtures("filled")
def test_the_table_shows_the_words_and_where_they_stand() -> None:
    table = run("statements", "--actor", "Japan").stdout
    for words in ("Japan", "islands matter only if", "accept", "at 11-40", "peace treaty"):
        assert words in table
    assert "only if" in run("conditions").stdout
    assert run("statements", "--text", "nowhere").stdout == "Nothing found.\n"


@pytest.mark.parametrize(("name", "form"), [("s.csv", "csv"), ("s.jsonl", "json"), ("s.parquet", "parquet")])
@pytest.mark.usefixtures("filled")
def test_a_file_is_of_the_kind_that_its_name_says(tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / name
    assert run("statements", "-o", str(path)).exit_code == 0
    if form == "parquet":
        table = pyarrow.parquet.read_table(path)
        assert table.column("report").to_pylist() == ["d", "b", "a", "c"]
        assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    else:
        assert path.read_bytes() == run("statements", f"--{form}").stdout_bytes
    explicit = tmp_path / "explicit"
    assert run("statements", "--json", "-o", str(explicit)).exit_code == 0
    assert json.loads(explicit.read_text().splitlines()[0])["report"] == "d"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("statements", "--actor", "Rusia"), 1, "did you mean Russia"),
        (("statements", "--issue", "the traety"), 1, "did you mean the treaty"),
        (("reports", "--report", "nowhere"), 1, "no report of this key"),
        (("statements", "--record", "nowhere.db"), 1, "no record here"),
        (("statements", "--act", "shout"), 2, "no act"),
        (("statements", "--since", "yesterday"), 2, "no date"),
        (("statements", "--sort", "length"), 2, "sorted by"),
        (("statements", "--after", "there"), 2, "no place in a list"),
        (("statements", "--text", "-"), 2, "Invalid value"),
        (("actors", "--kind", "ship"), 2, "no kind of actor"),
        (("issues", "--json", "--csv"), 2, "at once"),
    ],
)
def test_what_cannot_be_answered_is_told(arguments: tuple[str, ...], status: int, told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


@pytest.mark.usefixtures("filled")
def test_an_empty_csv_has_its_head() -> None:
    head = run("statements", "--text", "nowhere", "--csv").stdout
    assert head.startswith("statement,report,version,")
    assert head.count("\n") == 1
