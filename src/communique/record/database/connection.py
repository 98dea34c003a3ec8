"""Opening a record with SQLAlchemy, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from communique.errors import BadFilter, CommuniqueError, RecordDamaged, RecordFailed
from communique.record.database import write_marks
from communique.record.database.address import Address
from communique.record.database.file_check import LOOKED_THROUGH, first_damage
from communique.record.database.index_terms import settle_terms
from communique.record.database.migrating import bring_up_to_date, revision
from communique.record.database.revisions import refuse_newer
from communique.record.database.sqlite_file import (
    APPLICATION_ID,
    BUSY_SECONDS,
    FixedConnection,
    Whereabouts,
    changed_meanwhile,
    check_tables,
    connected,
    damaged,
    failure,
    look_at_file,
    need_writable,
    none_here,
)

_KEPT_OPEN = 8
"""Connections to a file that are kept for the next who asks."""

_MORE_AT_ONCE = 60
"""Connections to a file that may be open beside those."""

_CONNECT_SECONDS = 10
"""How long PostgreSQL's host may take to answer."""

_WRITES = "communique_writes"
_DAMAGE = "communique_damage"
"""The engine's option that holds what was found wrong with the file: from then on it is not written to."""
_PLACE = "communique_place"
"""The engine's option that holds where a record's file is."""
_ONE_WRITER = 0x434D4E51
"""The key of the PostgreSQL advisory lock that lets one process write at a time, as SQLite does of itself."""


def open_engine(address: Address, *, create: bool, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine on the record at ``address``, its schema brought up to date unless ``read_only``.

    Raises MissingInput where there is none and ``create`` is false, NotARecord on somebody else's file or database,
    RecordDamaged where the file is damaged, NewerRecord where a newer version made it, RecordBusy where another process
    keeps it locked, RecordFailed where it cannot be opened.
    """
    if address.path is not None:
        fresh = look_at_file(address.path, address.shown, create=create and not read_only)
        if not read_only:
            need_writable(address.path, address.shown)
        engine = _sqlite(Whereabouts(address.path, address.shown), read_only, busy_seconds)
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
    with _noting_damage(engine), named_errors(where), engine.connect() as opened:
        # PostgreSQL otherwise shows each query what was written a moment before it.
        postgresql = opened.dialect.name == "postgresql"
        connection = opened.execution_options(isolation_level="REPEATABLE READ") if postgresql else opened
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, where: str) -> Iterator[Connection]:
    """Hold the record alone for writing: all that is done inside is kept at the end, or nothing of it."""
    if found := engine.get_execution_options().get(_DAMAGE):
        raise RecordDamaged(where, found)
    place: Whereabouts | None = engine.get_execution_options().get(_PLACE)
    with _noting_damage(engine), named_errors(where):
        with engine.connect() as opened:
            connection = opened.execution_options(**{_WRITES: True})
            with connection.begin():
                if place is None:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_WRITER})
                    yield connection
                    return
                raw: Any = connection.connection.driver_connection
                before, mark = raw.total_changes, None
                yield connection
                settle_terms(connection)
                if raw.total_changes != before:
                    mark = write_marks.leave_mark(raw)
        place.seen = mark or place.seen
        if place.changed(surely=True):
            # What was written went into another file's log, unless it was put from the log into the file.
            with engine.connect() as connection, connection.begin():
                pass  # to begin is to look


@contextmanager
def _noting_damage(engine: Engine) -> Iterator[None]:
    try:
        yield
    except RecordDamaged as error:
        engine.update_execution_options(**{_DAMAGE: error.reason})
        raise


@contextmanager
def named_errors(where: str) -> Iterator[None]:
    """Turn what a database raises into the error that names the record and the reason."""
    try:
        yield
    except CommuniqueError:
        raise
    except UnicodeEncodeError as error:
        raise _unstorable(error.object[error.start : error.start + 1]) from error
    except DBAPIError as error:
        if "NUL (0x00)" in str(error.orig):
            raise _unstorable("\x00") from error
        words = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
        raise failure(where, words) from error
    except SQLAlchemyError as error:
        raise RecordFailed(where, str(error).splitlines()[0]) from error
    except sqlite3.Error as error:
        raise failure(where, str(error)) from error


def _unstorable(character: str) -> BadFilter:
    return BadFilter(f"U+{ord(character):04X}", "no name, key or word that is kept has this character")


def _sqlite(place: Whereabouts, read_only: bool, busy_seconds: float) -> Engine:
    def connect() -> sqlite3.Connection:
        place.check()
        fresh = not place.settled
        opened = connected(place.path, read_only=read_only, create=fresh, busy_seconds=busy_seconds)
        place.settle()
        place.check()
        return opened

    # Its own default for an address without a file is one connection for each thread, shared by whatever nests in it.
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=_KEPT_OPEN, max_overflow=_MORE_AT_ONCE
    )

    @event.listens_for(engine, "checkout")
    def _checkout(connection: Any, *_: object) -> None:
        if isinstance(connection, FixedConnection) and connection.changed():
            raise DisconnectionError  # and the pool opens it anew

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A file without a name takes all that is written, and nobody finds it again.
        place.check()
        # Asking for the lock at once means that no work is lost to another writer half-way.
        immediate = connection.get_execution_options().get(_WRITES)
        changed, seen = place.changed(surely=bool(immediate)), place.seen
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
        raw: Any = connection.connection.driver_connection
        try:
            if changed:
                place.settle_change(raw)
            place.settle_seen(raw, seen)
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise

    @event.listens_for(engine, "commit")
    def _commit(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        if connection.get_execution_options().get(_WRITES):
            place.check()
            if place.changed(surely=True):
                place.settle_change(raw)
        if isinstance(raw, FixedConnection) and raw.changed():
            raise changed_meanwhile(place.where)

    engine.update_execution_options(**{_PLACE: place})
    return engine


def _postgresql(address: Address, busy_seconds: float) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        reason = "a record on PostgreSQL needs psycopg: pip install 'communique[postgresql]'"
        raise RecordFailed(address.shown, reason) from error
    assert address.url is not None
    # Ours come first, so that what the address or the environment asks for, a schema among it, stands.
    given = address.url.query.get("options", os.environ.get("PGOPTIONS", ""))
    asked = given if isinstance(given, str) else " ".join(given)
    settings = f"-c lock_timeout={int(busy_seconds * 1000)} {asked} -c timezone=UTC"
    arguments: dict[str, Any] = {"options": settings, "connect_timeout": _CONNECT_SECONDS}
    return create_engine(address.url, connect_args=arguments, pool_pre_ping=True)


def _prepare(engine: Engine, address: Address, *, fresh: bool, create: bool, read_only: bool) -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            _check_encoding(connection, address.shown)
        tables = set(inspect(connection).get_table_names())
        connection.rollback()
        if check_tables(tables, address.shown):
            refuse_newer(revision(connection), address.shown)
        elif not create or read_only:
            raise none_here(address.shown)
        connection.rollback()
    if read_only:
        _begin_marking(engine, read_only=True)
        return
    if address.path is not None and not fresh and address.path.stat().st_size <= LOOKED_THROUGH:
        _look_through(engine, address.shown)
    if address.path is not None and (fresh or not tables):
        _mark(engine)
    bring_up_to_date(engine, address.shown)
    _begin_marking(engine, read_only=False)


def _begin_marking(engine: Engine, *, read_only: bool) -> None:
    """Begin to look whether another file is copied over the record's, which takes a mark in it."""
    place: Whereabouts | None = engine.get_execution_options().get(_PLACE)
    if place is None:
        return
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        with connection.begin():
            marked = write_marks.is_marked(raw)
        if not marked and not read_only:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not write_marks.is_marked(raw):
                    write_marks.leave_mark(raw)
            # From the log into the file, which is what is looked at.
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    with engine.connect() as connection, connection.begin():
        raw = connection.connection.driver_connection
        place.look_for_marks(raw)


def _check_encoding(connection: Connection, where: str) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise RecordFailed(where, f"the database's encoding is {encoding}; a record needs UTF8, which holds every text")


def _look_through(engine: Engine, where: str) -> None:
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if found := first_damage(raw):
            raise damaged(where, found)


def _mark(engine: Engine) -> None:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA journal_mode = WAL")


def keep_little_cached(engine: Engine, kib: int) -> None:
    """Have each of an engine's connections hold so much of a record's file in memory; nothing changes on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _small(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA cache_size = -{kib}")

    # What opening the record left is made anew.
    engine.dispose()
