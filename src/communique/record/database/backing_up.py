"""A copy of a record's file, taken while others read and write it: as the record was at one moment."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from communique.errors import CommuniqueError, OutputRefused, RecordDamaged, RecordFailed
from communique.files import real
from communique.record.database.address import parse
from communique.record.database.sqlite_file import BESIDE, beside_record, connected, failure, look_at_file


def back_up(where: str | Path, target: Path) -> None:
    """Copy the record at a path into a new file, which is there whole or not at all.

    Raises OutputRefused where there is a file already, and where SQLite would take the copy for part of a record or
    what stands beside it for part of the copy; RecordFailed for a record on PostgreSQL, which has tools of its own, and
    where the copy cannot be written; RecordDamaged where the record is damaged; else what opening it raises.
    """
    address = parse(where)
    if address.path is None:
        reason = "a record on PostgreSQL is backed up by its own tools: pg_dump --format=custom --file=FILE ADDRESS"
        raise RecordFailed(address.shown, reason)
    look_at_file(address.path, address.shown, create=False)
    _refuse(target)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(descriptor)
    except OSError as error:
        raise RecordFailed(str(target), f"cannot be written: {(error.strerror or str(error)).lower()}") from error
    part = Path(name)
    try:
        with closing(connected(address.path, read_only=True)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            # A copy is one file: what it is read from may have no place for a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            raise RecordDamaged(address.shown, f"the file is damaged, and is not backed up ({found[0]})")
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        _put(part, target)
    except sqlite3.Error as error:
        # Of the two it is the copy that the disk has no place for.
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise failure(str(target) if full else address.shown, str(error)) from error
    except OSError as error:
        if isinstance(error, CommuniqueError):
            raise
        raise RecordFailed(str(target), f"cannot be written: {(error.strerror or str(error)).lower()}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refuse(target: Path) -> None:
    try:
        if target.exists():
            raise OutputRefused(str(target), "it is there already, and is left as it is")
        if record := beside_record(real(target)):
            raise OutputRefused(str(target), f"SQLite would take it for part of {record.name}")
        for end in BESIDE:
            # SQLite would put what is in the log of a file that is gone into the copy.
            if (left := target.with_name(f"{target.name}{end}")).exists():
                raise OutputRefused(str(target), f"SQLite would take {left.name}, which is there, for part of the copy")
    except OSError as error:
        if isinstance(error, CommuniqueError):
            raise
        raise RecordFailed(str(target), f"cannot be written: {(error.strerror or str(error)).lower()}") from error


def _put(part: Path, target: Path) -> None:
    """Give the file its name, which it takes from no other that got it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise OutputRefused(str(target), "it is there already, and is left as it is") from None
    except OSError:  # a file system without links
        _refuse(target)
        part.replace(target)
