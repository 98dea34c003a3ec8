"""Asking in plain SQL: the same answer from both stores, and the same care with what is no record."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from communique.errors import MissingInput, NewerRecord, NotARecord
from communique.record import Record
from communique.record.database.sql import ask, ask_columns, ask_one, asking, numbers
from record_samples import put, reading

LIGHT = ("positions", "changes", "contradictions", "series", "network")


def test_a_row_has_its_columns_by_name(where: str) -> None:
    with Record.open(where, create=True) as record:
        put(record, reading())
    with asking(where) as connection:
        (row,) = ask(connection, "SELECT id, key AS called FROM report WHERE key <> :other", other="it's :not; this")
        assert (row.id, row.called) == tuple(row)
        assert ask_one(connection, "SELECT key FROM report") == row.called
        assert ask_columns(connection, "SELECT id, key FROM report") == {"id": (row.id,), "key": (row.called,)}


def test_what_nothing_answers_is_empty(where: str) -> None:
    Record.open(where, create=True).close()
    with asking(where) as connection:
        assert ask(connection, f"SELECT id FROM report WHERE id IN {numbers(())}") == []
        assert ask_one(connection, "SELECT id FROM report") is None
        assert ask_columns(connection, "SELECT id, key FROM report") == {"id": (), "key": ()}


def test_a_view_of_the_record_stays_as_it_is_while_others_write(where: str) -> None:
    with Record.open(where, create=True) as record, asking(where) as connection:
        before = ask_one(connection, "SELECT count(*) FROM report")
        put(record, reading())
        assert ask_one(connection, "SELECT count(*) FROM report") == before == 0


def test_the_transaction_of_an_open_record_is_asked_in(record: Record) -> None:
    put(record, reading())
    with record.writing() as connection:
        connection.execute(text("UPDATE report SET title = 'Talks'"))
        assert ask_one(connection, "SELECT title FROM report") == "Talks"


def test_a_view_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    Record.open(file, create=True).close()
    with asking(file) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        ask(connection, "DELETE FROM report")


@pytest.mark.parametrize(
    ("content", "error"),
    [(None, MissingInput), (b"", MissingInput), (b"Dear diary", NotARecord), (b"SQLite format 3\x00", NotARecord)],
)
def test_what_is_no_record_is_named_and_left_as_it_is(
    tmp_path: Path, content: bytes | None, error: type[Exception]
) -> None:
    file = tmp_path / "diary.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(error, match=r"diary\.db"), asking(file):
        pass
    assert (file.read_bytes() if file.exists() else None) == content


def test_a_newer_record_is_refused(where: str) -> None:
    with Record.open(where, create=True) as record, record.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerRecord, match="9999"), asking(where):
        pass


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(NotARecord, match="damaged"), asking(file) as connection:
        ask(connection, "SELECT * FROM report")


@pytest.mark.parametrize("command", LIGHT)
def test_the_analyses_load_no_sqlalchemy(tmp_path: Path, command: str) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    asked = [command, *(["sanctions"] if command == "series" else []), "--record", str(file)]
    script = (
        "import sys; from communique.cli import main\n"
        f"sys.argv = {['communique', *asked]!r}\n"
        "main(); print('sqlalchemy' in sys.modules, 'pydantic' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr.splitlines()[-1] == "False False"
