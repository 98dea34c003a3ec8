"""Whether a record's file still goes with the record: another file may be copied into it while it is open.

SQLite sees nothing of that. Its log goes on, and what is written into it is of no use over other pages. So each
transaction that writes leaves a mark: a number of no meaning in the file's header (``PRAGMA user_version``) and, in the
same transaction, a row that tells which mark came when. The header of the file proper, without its log, then tells
how far it has come. It may come further, as the log is put into it, along the marks that the record knows; a mark that
the record does not know, or one from before, is that of another file.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from communique.files import real

MOST_MARKS = 100_000
"""The rows that are kept; the log is never so far ahead of the file, but where somebody reads for days."""

_NAMED = "mark "
_TRIES = 4
_BETWEEN = 0.05
"""Seconds; a header that is being written may be read in two halves."""


@contextmanager
def header(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold a connection to ask what a file's header says, the log beside it left out. Raises sqlite3.Error, OSError.

    It is SQLite that opens the file and closes it: whoever else closes it lets go of all the locks that this process
    holds on it, and another that closes the record then takes the log away from under it.
    """
    with closing(sqlite3.connect(f"{real(path).as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        # While a log is put into a growing file, the header is ahead of its end.
        connection.execute("PRAGMA writable_schema = ON")
        yield connection


def mark_in_file(path: Path) -> int | None:
    """Return the mark in a file's header, 0 where it has none, None where this is no database."""
    try:
        with header(path) as connection:
            return last_mark(connection)
    except (sqlite3.DatabaseError, OSError):
        return None


def leave_mark(connection: sqlite3.Connection) -> int:
    """Leave a new mark, within the transaction that is under way, and return it. Raises sqlite3.Error."""
    number = next((number for number, _ in _marks(connection)), 0) + 1
    mark = secrets.randbelow(2**31 - 1) + 1
    connection.execute("INSERT INTO communique_record (name, value) VALUES (?, ?)", (_name(number), str(mark)))
    connection.execute(
        "DELETE FROM communique_record WHERE name >= ? AND name <= ?", (_NAMED, _name(max(number - MOST_MARKS, 0)))
    )
    connection.execute(f"PRAGMA user_version = {mark}")
    return mark


def is_marked(connection: sqlite3.Connection) -> bool:
    """Tell whether a mark has ever been left in a record, and no other program's number put over it.

    Raises sqlite3.Error.
    """
    return next(_marks(connection), None) is not None and is_known(connection, last_mark(connection))


def last_mark(connection: sqlite3.Connection) -> int:
    """Return the mark that was last left in a record, its log included, 0 where none was. Raises sqlite3.Error."""
    (mark,) = connection.execute("PRAGMA user_version").fetchone()
    return int(mark)


def is_known(connection: sqlite3.Connection, mark: int) -> bool:
    """Tell whether a record knows a mark: it was left in it, not in another or a copy. Raises sqlite3.Error."""
    return not mark or any(known == mark for _, known in _marks(connection)) or _are_forgotten(connection)


def follows(connection: sqlite3.Connection, before: int | None, found: int | None) -> bool:
    """Tell whether a file whose header had one mark may have another: 0 for none, None where it was not looked at.

    ``connection`` is to the record, in a transaction that was begun after the header was read. Raises sqlite3.Error.
    """
    if found is None or found == before:
        return found is not None
    if before is None and (not found or not is_marked(connection)):
        # What an older version wrote, or this one has just made, has none yet.
        return True
    known = False
    for _, mark in _marks(connection):
        known = known or mark == found
        if known and (not before or mark == before):
            return True
    return known and _are_forgotten(connection)


def really_follows(connection: sqlite3.Connection, path: Path, before: int | None) -> tuple[bool, int | None]:
    """Tell whether what a file's header has now goes with the record, and what it has. Looks again where it does not.

    Raises sqlite3.Error.
    """
    for _ in range(_TRIES):
        found = mark_in_file(path)
        if follows(connection, before, found):
            return True, found
        time.sleep(_BETWEEN)
    return False, None


def _are_forgotten(connection: sqlite3.Connection) -> bool:
    """Whether the oldest marks are no longer kept."""
    first = connection.execute("SELECT min(name) FROM communique_record WHERE name >= ?", (_NAMED,)).fetchone()[0]
    return first is not None and bool(first > _name(1))


def _marks(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """The marks and their numbers, the newest first."""
    rows = connection.execute(
        "SELECT name, value FROM communique_record WHERE name >= ? AND name < ? ORDER BY name DESC",
        (_NAMED, f"{_NAMED}:"),
    )
    for name, value in rows:
        yield int(name.removeprefix(_NAMED)), int(value)


def _name(number: int) -> str:
    return f"{_NAMED}{number:010}"
