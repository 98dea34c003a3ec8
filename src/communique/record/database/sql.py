"""Asking the record in SQL that both stores understand, without SQLAlchemy where the store is SQLite.

The analyses are commands that answer at once. To import SQLAlchemy and to have it write out a query takes longer than
SQLite takes to answer it, so their questions are written out, and put to the driver itself. Whatever writes, and the
lists with their many filters, go through SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from communique.record.database.address import Address, parse
from communique.record.database.revisions import refuse_newer
from communique.record.database.sqlite_file import (
    FixedConnection,
    Whereabouts,
    changed_meanwhile,
    check_tables,
    connected,
    failure,
    look_at_file,
    none_here,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

Askable: TypeAlias = "sqlite3.Connection | Connection"
"""What can be asked: SQLite's own connection, or one of SQLAlchemy to either store."""

NOT_REJECTED = "(s.verdict IS NULL OR s.verdict <> 'reject')"
"""What nobody judged wrong, of ``statement s``."""

REJECTED = """
    (SELECT judged.id FROM attachment JOIN statement judged ON judged.id = attachment.row_id
    WHERE attachment.kind = 'statement' AND judged.verdict = 'reject')"""
"""The rows of the statements judged wrong, for where an index tells the rest: those alone are read, not all."""


@contextmanager
def asking(where: str | Path) -> Iterator[Askable]:
    """Hold one consistent view of the record at a path or an address, to read only; others may write meanwhile.

    Raises MissingInput, NotARecord, NewerRecord, RecordBusy, RecordFailed.
    """
    address = parse(where)
    if address.path is None:
        with _asking_postgresql(address) as connection:
            yield connection
        return
    look_at_file(address.path, address.shown, create=False)
    opened: sqlite3.Connection | None = None
    try:
        opened = connected(address.path, read_only=True)
        opened.execute("BEGIN")
        tables = {row[0] for row in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not check_tables(tables, address.shown):
            raise none_here(address.shown)
        if "alembic_version" in tables:
            refuse_newer(ask_one(opened, "SELECT version_num FROM alembic_version"), address.shown)
        Whereabouts(address.path, address.shown).look_for_marks(opened)
        yield opened
        if isinstance(opened, FixedConnection) and opened.changed():
            raise changed_meanwhile(address.shown)
    except sqlite3.Error as error:
        raise failure(address.shown, str(error)) from error
    finally:
        if opened is not None:
            opened.close()


@contextmanager
def _asking_postgresql(address: Address) -> Iterator[Connection]:
    from communique.record.database.connection import open_engine, reading

    engine = open_engine(address, create=False, read_only=True)
    try:
        with reading(engine, address.shown) as connection:
            yield connection
    finally:
        engine.dispose()


def ask(connection: Askable, question: str, **values: Any) -> list[Any]:
    """Return the rows that answer a question, their columns by name; ``:name`` in it stands for a value."""
    columns, rows = _answer(connection, question, values)
    return list(map(_row(columns)._make, rows))


def ask_columns(connection: Askable, question: str, **values: Any) -> dict[str, tuple[Any, ...]]:
    """Return the columns of what answers a question, by name: a hundred thousand rows need no names each."""
    columns, rows = _answer(connection, question, values)
    nothing: tuple[Any, ...] = ()
    return dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(columns, nothing)


def ask_one(connection: Askable, question: str, **values: Any) -> Any:
    """Return the first column of the first row that answers, None where there is none."""
    rows = ask(connection, question, **values)
    return rows[0][0] if rows else None


def numbers(given: Iterable[int]) -> str:
    """Return row numbers as SQL's ``IN`` takes them; of none, one that no row has."""
    return f"({', '.join(str(int(number)) for number in given) or '-1'})"


def _answer(
    connection: Askable, question: str, values: dict[str, Any]
) -> tuple[tuple[str, ...], Sequence[tuple[Any, ...]]]:
    raw = connection
    if not isinstance(raw, sqlite3.Connection):
        driver = raw.connection.driver_connection  # below SQLAlchemy, in the transaction that is open
        if not isinstance(driver, sqlite3.Connection):
            result = raw.execute(_text(question), values)
            return tuple(result.keys()), [tuple(row) for row in result]
        raw = driver
    cursor = raw.cursor()
    cursor.row_factory = None
    cursor.execute(question, values)
    return tuple(column[0] for column in cursor.description), cursor.fetchall()


@lru_cache(maxsize=256)
def _text(question: str) -> TextClause:
    from sqlalchemy import text

    return text(question)


@lru_cache(maxsize=256)
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)
