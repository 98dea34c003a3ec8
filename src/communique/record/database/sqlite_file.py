"""The record's file on SQLite: nothing that is not one is touched, and what goes wrong below is told by name."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from communique.errors import (
    CommuniqueError,
    MissingInput,
    NotARecord,
    RecordBusy,
    RecordDamaged,
    RecordFailed,
    RecordGone,
)
from communique.files import real
from communique.record.database import write_marks

APPLICATION_ID = 0x434D4E51
"""``PRAGMA application_id`` of a record's file: "CMNQ"."""

BUSY_SECONDS = 30.0
_HEADER = b"SQLite format 3\x00"


def look_at_file(path: Path, where: str, *, create: bool) -> bool:
    """Tell whether the file is yet to be made. Nothing is opened for writing before it is known to be a record.

    Raises MissingInput where there is none and ``create`` is false, NotARecord on somebody else's file, RecordFailed
    where it cannot be read.
    """
    try:
        if path.is_dir():
            raise NotARecord(where, "this is a folder; a record is a file")
        if not path.exists():
            if create:
                if not path.parent.is_dir():
                    raise MissingInput(where, f"there is no folder {path.parent}")
                return True
            raise none_here(where)
        if not path.is_file():
            raise NotARecord(where, "this is a pipe or a device; a record is a file")
        made_by = _made_by(path)
    except OSError as error:
        if isinstance(error, CommuniqueError):
            raise
        raise RecordFailed(where, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise NotARecord(repr(where), str(error)) from error
    if not path.stat().st_size:
        return create
    if made_by is None:
        reason = "this file is no record, and is left as it is; if it was one, its beginning is damaged: take a backup"
        raise NotARecord(where, reason)
    if made_by != APPLICATION_ID and not _unborn(path):
        raise NotARecord(where, "this SQLite file is not a record of Communique, and is left as it is")
    return made_by != APPLICATION_ID


def is_record(path: Path) -> bool:
    """Tell whether a file is a record on SQLite, by its first bytes alone. Raises OSError where it cannot be read."""
    return path.is_file() and _made_by(path) == APPLICATION_ID


def _made_by(path: Path) -> int | None:
    """Return the application id in a file's header, None where it is no database. Raises OSError."""
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        with write_marks.header(path) as connection:
            (made_by,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    except sqlite3.DatabaseError:
        # Nobody holds locks on what is no database: this one may be opened here.
        with path.open("rb") as stream:
            head = stream.read(100)
        return int.from_bytes(head[68:72], "big") if head.startswith(_HEADER) else None
    return int(made_by)


BESIDE = ("-wal", "-shm", "-journal")
"""Ends of the names of what SQLite keeps beside a record, and takes for its own when it is there."""


def beside_record(path: Path) -> Path | None:
    """Return the record beside which SQLite keeps, or would keep, a file of this name. Raises OSError."""
    for end in BESIDE:
        if path.name.endswith(end) and is_record(record := path.with_name(path.name.removesuffix(end))):
            return record
    return None


def none_here(where: str) -> MissingInput:
    """Return the error that there is no record."""
    return MissingInput(where, "there is no record here; `communique add` makes one")


def check_tables(tables: Iterable[str], where: str) -> bool:
    """Tell whether a database holds a record rather than nothing. Raises NotARecord where it holds something else."""
    held = set(tables)
    if held and "communique_record" not in held:
        raise NotARecord(where, "this database holds other tables; a record needs one of its own")
    return bool(held)


class Whereabouts:
    """Which file a record was opened in: its path may lead to another later, to none, or to what was copied into it."""

    def __init__(self, path: Path, where: str) -> None:
        """Take the record's path, and how it is named in errors. `settle` notes the file."""
        self.path = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are
        self.where = where
        self._file: tuple[int, int] | None = None
        self._size = 0
        self._marked: tuple[int | None, int] | None = None
        self._overwritten = False
        self.seen: int | None = None
        """The mark that was last seen in the record, its log included; None before any is looked for."""

    @property
    def settled(self) -> bool:
        """Whether the file is known."""
        return self._file is not None

    def settle(self) -> None:
        """Note which file the path leads to; later calls change nothing. Raises OSError."""
        if self._file is None:
            there = self.path.stat()
            self._file, self._size = (there.st_dev, there.st_ino), there.st_size

    def check(self) -> None:
        """Raise RecordGone where the path leads to another file than was opened, to none, or to what is left of it."""
        if self._file is None:
            return
        if self._overwritten:
            raise self._written_over()
        there = self._stat()
        if (there.st_dev, there.st_ino) != self._file:
            reason = "another file took this one's place while it was open; nothing more is kept. Open it again"
            raise RecordGone(self.where, reason)
        if there.st_size < self._size:
            # What SQLite has in memory hides the loss from it until it reads a page that is gone.
            reason = "the file was cut short while it was open; nothing more is kept. Open it again"
            raise RecordGone(self.where, reason)
        self._size = there.st_size

    def look_for_marks(self, connection: sqlite3.Connection) -> None:
        """From now on have `changed` tell whether another file was copied into this one.

        Raises RecordGone where the log beside the file belongs to another; sqlite3.Error.
        """
        self.seen = write_marks.last_mark(connection)
        if self.seen and not write_marks.is_marked(connection):
            self.seen = None  # another program's number stands where the mark was, until somebody writes
            return
        self._marked = (None, 0)
        try:
            self.settle_change(connection)
        except RecordGone:
            reason = (
                f"another file was copied over this one, whose log ({self.path.name}-wal) is still there; nothing is"
                " kept. Move both away, and put a backup in the record's place"
            )
            raise RecordGone(self.where, reason) from None

    def changed(self, *, surely: bool) -> bool:
        """Tell whether the file itself was written to since it was last looked at, beyond its log.

        Unless it is to be told ``surely``, a file of the same time is taken for unchanged. Raises RecordGone.
        """
        if self._marked is None:
            return False
        mark, moment = self._marked
        now = self._stat().st_mtime_ns
        if now == moment and not surely:
            return False
        if mark is None or write_marks.mark_in_file(self.path) != mark:
            return True
        self._marked = (mark, now)
        return False

    def settle_change(self, connection: sqlite3.Connection) -> None:
        """Make sure that the file was written to by those who write the record, and note how far it has come.

        ``connection`` is to the record, in a transaction that was begun after `changed`. Raises RecordGone where it
        was another's bytes that were put there; sqlite3.Error.
        """
        assert self._marked is not None
        moment = self._stat().st_mtime_ns
        follows, mark = write_marks.really_follows(connection, self.path, self._marked[0])
        if not follows:
            self._overwritten = True
            raise self._written_over()
        self._marked = (mark, moment)

    def settle_seen(self, connection: sqlite3.Connection, before: int | None) -> None:
        """Make sure that the record has not gone back behind what was seen of it, and note how far it is.

        ``before`` is what `seen` was before the transaction was begun. Raises RecordGone; sqlite3.Error.
        """
        if before is None:
            return
        now = write_marks.last_mark(connection)
        if now == before:
            return
        if not write_marks.is_known(connection, before):
            self._overwritten = True
            raise self._written_over()
        self.seen = now

    def _written_over(self) -> RecordGone:
        reason = "another file was copied over this one while it was open; nothing more is kept. Put a backup there"
        return RecordGone(self.where, reason)

    def _stat(self) -> os.stat_result:
        try:
            return self.path.stat()
        except OSError:
            reason = (
                "the file was moved or removed while it was open; nothing more is kept. Put it back and open it again"
            )
            raise RecordGone(self.where, reason) from None


class FixedConnection(sqlite3.Connection):
    """A connection to a file in a place where nothing can be written, not even the log: read as it stands."""

    path: Path
    seen: tuple[int, ...]
    """What the file was when it was opened; while it is that, what is read of it is of one moment."""

    def changed(self) -> bool:
        """Tell whether the file was written to since, by somebody who may."""
        return _state(self.path) != self.seen


def connected(
    path: Path, *, read_only: bool, create: bool = True, busy_seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Return a connection to the file that leaves transactions to its user. Raises sqlite3.Error.

    With ``read_only`` a record in a place where nothing can be written is opened too: as a FixedConnection, if all of
    it is in the file. Raises RecordFailed where a log beside it holds the rest.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    place = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are
    try:
        return _connected(place, f"mode={mode}", sqlite3.Connection, busy_seconds, read_only)
    except sqlite3.OperationalError as error:
        if not read_only or "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        if not place.is_file() or _may_write(place.parent):
            raise
    seen = _state(place)
    if seen[-1] > 0:
        reason = (
            f"the log beside it ({place.name}-wal) holds what is not in the file yet, and cannot be read where nothing"
            " can be written: copy both to another place"
        )
        raise RecordFailed(str(path), reason)
    fixed = _connected(place, "mode=ro&immutable=1", FixedConnection, busy_seconds, read_only)
    fixed.path, fixed.seen = place, seen
    return fixed


_C = TypeVar("_C", bound=sqlite3.Connection)


def _connected(place: Path, how: str, kind: type[_C], busy_seconds: float, read_only: bool) -> _C:
    uri = f"{place.as_uri()}?{how}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=busy_seconds, check_same_thread=False, isolation_level=None, factory=kind
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _state(path: Path) -> tuple[int, ...]:
    """What tells one state of a file from another; last the size of the log beside it, -1 where there is none."""
    there = path.stat()
    try:
        log = path.with_name(f"{path.name}-wal").stat().st_size
    except FileNotFoundError:
        log = -1
    return (there.st_dev, there.st_ino, there.st_mtime_ns, there.st_size, max(log, 0))


def changed_meanwhile(where: str) -> RecordFailed:
    """Return the error that a file was written to while it was read as it stood."""
    return RecordFailed(where, "somebody wrote to the record while it was read here, without a log; ask again")


def need_writable(path: Path, where: str) -> None:
    """Raise RecordFailed where a record cannot be written to, or made, for want of permission."""
    if path.exists() and not _may_write(path):
        raise RecordFailed(where, f"the record cannot be written to: the file is read-only; {_STILL_READ}")
    beside = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm")]
    if not _may_write(path.parent) and not all(map(_may_write, beside)):
        if not path.exists():
            raise RecordFailed(where, "no record can be made there: nothing can be written in the folder")
        raise RecordFailed(where, f"the record cannot be written to: nothing can be put beside it; {_STILL_READ}")


_STILL_READ = "it can be read, and shown by `communique serve --read-only`"


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK)


def failure(where: str, words: str) -> CommuniqueError:
    """Return the error that names the record and the reason, from a database's own words."""
    low = words.lower()
    if "locked" in low or "lock timeout" in low or "lock_timeout" in low:
        return RecordBusy(where, f"another process keeps the record locked ({words}); try again when it is done")
    if "not a database" in low or "malformed" in low:
        return damaged(where, words)
    if "disk is full" in low or "no space left" in low:
        return RecordFailed(where, f"the disk is full ({words}); what was finished before is kept")
    if "readonly" in low or "read-only" in low:
        return RecordFailed(where, f"the record cannot be written to ({words})")
    return RecordFailed(where, words)


def damaged(where: str, words: str) -> RecordDamaged:
    """Return the error that a record's file is damaged, from what SQLite says of it."""
    reason = (
        f"the file is damaged ({words}), and nothing is written to it: `communique check` tells what is lost;"
        " a backup put in its place makes it whole"
    )
    return RecordDamaged(where, reason)


def _unborn(path: Path) -> bool:
    """A record whose making was cut short: no table yet. Its first page may still be in the log beside it."""
    try:
        with sqlite3.connect(f"{real(path).as_uri()}?mode=ro", uri=True) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            (made_by,) = connection.execute("PRAGMA application_id").fetchone()
        connection.close()
    except sqlite3.Error:
        return False
    return bool(made_by == APPLICATION_ID or (tables == 0 and made_by == 0))
