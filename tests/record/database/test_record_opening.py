"""Opening: a record is made where there is none; what is not a record is never touched."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Index, create_engine, inspect, text

import stores
from communique.errors import MissingInput, NewerRecord, NotARecord, RecordFailed
from communique.record import Record
from communique.record.database import migrating, revisions
from communique.record.database import tables as t
from record_samples import put, reading


def test_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match=r"nowhere\.db: there is no record here"):
        Record.open(tmp_path / "nowhere.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="there is no folder"):
        Record.open(tmp_path / "a" / "b.db", create=True)


@pytest.mark.parametrize("content", [b"Dear diary", b"\x00" * 4096, b"SQLite format 2\x00" + b"\x00" * 90])
def test_a_foreign_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "diary.db"
    file.write_bytes(content)
    with pytest.raises(NotARecord, match=r"diary\.db: this file is no record"):
        Record.open(file, create=True)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_foreign_sqlite_file_is_left_as_it_is(tmp_path: Path, read_only: bool) -> None:
    file = tmp_path / "photos.db"
    foreign = sqlite3.connect(file)
    foreign.execute("CREATE TABLE photo (name TEXT)")
    foreign.commit()
    foreign.close()
    before = file.read_bytes()
    with pytest.raises(NotARecord, match="not a record of Communique"):
        Record.open(file, create=True, read_only=read_only)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="this is a folder"):
        Record.open(tmp_path, create=True)


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(NotARecord, match="damaged"), Record.open(file) as record:
        put(record, reading())


@pytest.mark.parametrize("address", ["mysql://host/db", "oracle://x", "sqlite+pysqlcipher://x", "nonsense://"])
def test_other_databases_are_refused_by_name(address: str) -> None:
    with pytest.raises(NotARecord):
        Record.open(address, create=True)


def test_a_foreign_postgresql_database_is_left_as_it_is(postgresql_server: stores.PostgreSQL) -> None:
    address = postgresql_server.make()
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE photo (name text)"))
    with pytest.raises(NotARecord, match="holds other tables"):
        Record.open(address, create=True)
    assert inspect(engine).get_table_names() == ["photo"]
    engine.dispose()


def test_a_server_out_of_reach_is_named_without_its_password() -> None:
    with pytest.raises(RecordFailed) as refused:
        Record.open("postgresql://ann:secret@127.0.0.1:1/record", create=True)
    assert "127.0.0.1" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_newer_record_is_refused_and_left_as_it_is(where: str) -> None:
    with Record.open(where, create=True) as record, record.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerRecord, match="a newer Communique made this record"):
        Record.open(where)
    with pytest.raises(NewerRecord):
        Record.open(where, read_only=True)


def test_a_migration_that_breaks_leaves_nothing_behind(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Connection.exec_driver_sql

    def broken(connection: Connection, statement: str, *given: Any) -> Any:
        if statement.startswith("CREATE TABLE attachment"):
            raise RecordFailed("migration", "broken half-way")
        return whole(connection, statement, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "exec_driver_sql", broken)
        with pytest.raises(RecordFailed, match="broken half-way"):
            Record.open(where, create=True)
    with pytest.raises(MissingInput):
        Record.open(where)
    with Record.open(where, create=True) as record:
        put(record, reading())


def test_the_migrations_make_the_tables_that_the_code_expects(record: Record) -> None:
    def ours(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
        derived = ("search_", "statement_words", "condition_words", "report_words")
        elsewhere = isinstance(thing, Index) and thing._ddl_if is not None and "sqlite" in str(record.engine.url)
        return not elsewhere and not (kind == "table" and reflected and (name or "").startswith(derived))

    with record.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, t.metadata) == []
        assert migrating.revision(connection) == revisions.newest()


def test_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    before = file.read_bytes()
    with Record.open(file, create=True):
        pass
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:hush@127.0.0.1:1/record",
        "postgresql://ann@127.0.0.1:1/record?password=hush&sslpassword=hush",
        "postgresql:///record?host=127.0.0.1&port=1&user=ann&password=hush",
        "mysql://ann:hush@127.0.0.1/record?password=hush",
    ],
)
def test_no_error_shows_a_password(address: str) -> None:
    with pytest.raises((RecordFailed, NotARecord)) as told:
        Record.open(address)
    assert "hush" not in str(told.value)
    assert "***" in str(told.value)
