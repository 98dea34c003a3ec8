"""Opening a record: nothing that is not one is touched, and what goes wrong below is told by name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from communique.errors import CommuniqueError, MissingInput, NotARecord, RecordBusy, RecordFailed
from communique.record.address import Address
from communique.record.migrating import bring_up_to_date, refuse_newer
from communique.record.search import settle

APPLICATION_ID = 0x434D4E51
"""``PRAGMA application_id`` of a record's file: "CMNQ"."""

BUSY_SECONDS = 30.0
_HEADER = b"SQLite format 3\x00"
_WRITES = "communique_writes"
_ONE_WRITER = 0x434D4E51
"""The key of the PostgreSQL advisory lock that lets one process write at a time, as SQLite does of itself."""


def open_engine(address: Address, *, create: bool, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine on the record at ``address``, its schema brought up to date unless ``read_only``.

    Raises MissingInput where there is none and ``create`` is false, NotARecord on somebody else's file or database,
    NewerRecord where a newer version made it, RecordBusy where another process keeps it locked, RecordFailed where it
    cannot be opened.
    """
    if address.path is not None:
        fresh = _look_at_file(address.path, address.shown, create and not read_only)
        engine = _sqlite(address, read_only, busy_seconds)
    else:
        fresh = False
        engine = _postgresql(address, busy_seconds)
    try:
        with named_errors(address.shown):
            _prepare(engine, address, fresh=fresh, create=create, read_only=read_only)
    except CommuniqueError:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(engine: Engine, where: str) -> Iterator[Connection]:
    """Hold one consistent view of the record; other processes may write meanwhile."""
    with named_errors(where), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, where: str) -> Iterator[Connection]:
    """Hold the record alone for writing: all that is done inside is kept at the end, or nothing of it."""
    with named_errors(where), engine.connect() as opened:
        connection = opened.execution_options(**{_WRITES: True})
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_WRITER})
            yield connection
            settle(connection)


@contextmanager
def named_errors(where: str) -> Iterator[None]:
    """Turn what a database raises into the error that names the record and the reason."""
    try:
        yield
    except CommuniqueError:
        raise
    except DBAPIError as error:
        raise _named(where, error) from error
    except SQLAlchemyError as error:
        raise RecordFailed(where, str(error).splitlines()[0]) from error
    except sqlite3.Error as error:
        raise RecordFailed(where, str(error)) from error


def _named(where: str, error: DBAPIError) -> CommuniqueError:
    told = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
    low = told.lower()
    if "locked" in low or "lock timeout" in low or "lock_timeout" in low:
        return RecordBusy(where, f"another process keeps the record locked ({told}); try again when it is done")
    if "not a database" in low or "malformed" in low:
        return NotARecord(where, f"the file is damaged or no record ({told})")
    if "disk is full" in low or "no space left" in low:
        return RecordFailed(where, f"the disk is full ({told}); what was finished before is kept")
    if "readonly" in low or "read-only" in low:
        return RecordFailed(where, f"the record cannot be written to ({told})")
    return RecordFailed(where, told)


def _look_at_file(path: Path, where: str, create: bool) -> bool:
    """Tell whether the file is yet to be made. Nothing is opened for writing before it is known to be a record."""
    try:
        if path.is_dir():
            raise NotARecord(where, "this is a folder; a record is a file")
        if not path.exists():
            if create:
                if not path.parent.is_dir():
                    raise MissingInput(where, f"there is no folder {path.parent}")
                return True
            raise MissingInput(where, "there is no record here; `communique add` makes one")
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        if isinstance(error, CommuniqueError):
            raise
        raise RecordFailed(where, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise NotARecord(repr(where), str(error)) from error
    if not head:
        return create
    if not head.startswith(_HEADER):
        raise NotARecord(where, "this file is no record, and is left as it is")
    made_by = int.from_bytes(head[68:72], "big")
    if made_by != APPLICATION_ID and not _unborn(path):
        raise NotARecord(where, "this SQLite file is not a record of Communique, and is left as it is")
    return made_by != APPLICATION_ID


def _unborn(path: Path) -> bool:
    """A record whose making was cut short: no table yet. Its first page may still be in the log beside it."""
    try:
        with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            (made_by,) = connection.execute("PRAGMA application_id").fetchone()
        connection.close()
    except sqlite3.Error:
        return False
    return bool(made_by == APPLICATION_ID or (tables == 0 and made_by == 0))


def _sqlite(address: Address, read_only: bool, busy_seconds: float) -> Engine:
    assert address.path is not None
    mode = "ro" if read_only else "rwc"
    uri = f"{Path(os.path.abspath(address.path)).as_uri()}?mode={mode}"  # noqa: PTH100 - links stay as they are

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        return connection

    # Its own default for an address without a file is one connection for each thread, shared by whatever nests in it.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=60)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Asking for the lock at once means that no work is lost to another writer half-way.
        immediate = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(address: Address, busy_seconds: float) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        reason = "a record on PostgreSQL needs psycopg: pip install 'communique[postgresql]'"
        raise RecordFailed(address.shown, reason) from error
    settings = f"-c lock_timeout={int(busy_seconds * 1000)} -c timezone=UTC"
    arguments: dict[str, Any] = {"options": settings, "connect_timeout": 10}
    return create_engine(address.url, connect_args=arguments, pool_pre_ping=True)


def _prepare(engine: Engine, address: Address, *, fresh: bool, create: bool, read_only: bool) -> None:
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        connection.rollback()
        if "communique_record" in tables:
            refuse_newer(connection, address.shown)
        elif tables:
            raise NotARecord(address.shown, "this database holds other tables; a record needs one of its own")
        elif not create or read_only:
            raise MissingInput(address.shown, "there is no record here; `communique add` makes one")
        connection.rollback()
    if read_only:
        return
    if address.path is not None and (fresh or not tables):
        _mark(engine)
    bring_up_to_date(engine, address.shown)


def _mark(engine: Engine) -> None:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA journal_mode = WAL")


def is_locked(error: BaseException) -> bool:
    """Tell whether a database error says that somebody else holds the lock."""
    return isinstance(error, OperationalError) and "locked" in str(error.orig).lower()
