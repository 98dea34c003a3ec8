"""Whether a record's file holds together below its rows: pages, indexes and the constraints of the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from communique.record.database.address import Address
from communique.record.database.sqlite_file import connected, failure, look_at_file

MOST_TOLD = 100
"""What is told of one table; a page that is lost takes thousands of rows with it."""

LOOKED_THROUGH = 16_000_000
"""Bytes up to which a file is looked through whole whenever it is opened to be written to."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What SQLite says is wrong; ``table`` is None where it is the file, ``index_only`` where no row is lost."""

    table: str | None
    words: str
    index_only: bool


def file_damage(address: Address) -> Iterator[Damage]:
    """Yield what is wrong with a record's file, nothing where it is sound. Rows are read as they come, none is held.

    Raises what `look_at_file` raises.
    """
    assert address.path is not None
    look_at_file(address.path, address.shown, create=False)
    try:
        with closing(connected(address.path, read_only=True)) as connection:
            yield from _damage(connection)
    except sqlite3.DatabaseError as error:
        told = failure(address.shown, str(error))
        if not is_damage(str(error)):
            raise told from error
        yield Damage(None, str(error), False)


def is_damage(words: str) -> bool:
    """Tell whether a database's words mean that the file is damaged."""
    low = words.lower()
    return "malformed" in low or "not a database" in low


def first_damage(connection: sqlite3.Connection) -> str | None:
    """Return the first thing that a quick look through the whole file finds, None where that is sound."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return None if found == "ok" else _line(str(found))


def _damage(connection: sqlite3.Connection) -> Iterator[Damage]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    whole = list(_told(connection, f"PRAGMA integrity_check({MOST_TOLD})"))
    if not whole:
        return
    found = False
    # Which table a page belongs to is told only where one table is looked at.
    for table in tables:
        told = list(_told(connection, f'PRAGMA integrity_check("{table}")'))
        whole_rows = bool(told) and _can_be_read(connection, table)
        for words in told:
            found = True
            yield Damage(table, words, whole_rows and not _is_of_row(words))
    if not found:
        for words in whole:
            yield Damage(None, words, False)


def _told(connection: sqlite3.Connection, question: str) -> Iterator[str]:
    lines = (line for row in _rows(connection, question) for line in row.splitlines())
    return islice((line for line in lines if line != "ok" and not line.startswith("***")), MOST_TOLD)


def _can_be_read(connection: sqlite3.Connection, table: str) -> bool:
    """Whether every row of a table is there, whatever has become of its indexes."""
    try:
        for _ in connection.execute(f'SELECT * FROM "{table}" NOT INDEXED'):
            pass
    except sqlite3.DatabaseError as error:
        if not is_damage(str(error)):
            raise
        return False
    return True


def _is_of_row(words: str) -> bool:
    return words.startswith(("NULL value", "CHECK constraint", "NUMERIC value", "TEXT value", "non-"))


def _rows(connection: sqlite3.Connection, question: str) -> Iterator[str]:
    try:
        for row in connection.execute(question):
            yield str(row[0])
    except sqlite3.DatabaseError as error:
        if not is_damage(str(error)):
            raise
        yield str(error)


def _line(words: str) -> str:
    return next((line for line in words.splitlines() if not line.startswith("***")), words)
