"""The record as a library: open it, add readings, ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine

from communique.model import Reading, Report
from communique.record import adding
from communique.record.address import Address, parse
from communique.record.connection import BUSY_SECONDS, open_engine, reading, writing


class Record:
    """An open record. Use it as a context manager, or `close` it.

    >>> with Record.open("communique.db", create=True) as record:
    ...     placed = record.place(report)
    """

    def __init__(self, engine: Engine, address: Address) -> None:
        """Take an engine on an opened record; `open` makes one."""
        self.engine = engine
        self.address = address

    @classmethod
    def open(
        cls, where: str | Path, *, create: bool = False, read_only: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> Record:
        """Open the record at a path or a ``postgresql://`` address.

        ``create`` makes one where there is none; ``busy_seconds`` is how long another writer is waited for. Raises
        MissingInput, NotARecord, NewerRecord, RecordBusy, RecordFailed.
        """
        address = parse(where)
        return cls(open_engine(address, create=create, read_only=read_only, busy_seconds=busy_seconds), address)

    def close(self) -> None:
        """Let go of the record."""
        self.engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold one consistent view of the record."""
        with reading(self.engine, self.address.shown) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the record for writing: all that is done inside is kept, or nothing of it."""
        with writing(self.engine, self.address.shown) as connection:
            yield connection

    def place(self, report: Report, *, given_id: bool = True) -> adding.Place:
        """Find out whether a report is held, and the key under which it is to be read."""
        with self.reading() as connection:
            return adding.place(connection, report, given_id)

    def add(self, placed: adding.Place, reading: Reading, *, came_from: str = "") -> bool:
        """Store the reading of a placed report, all of it or nothing.

        Returns False where another process changed the report's place meanwhile: place and read it again.
        """
        with self.writing() as connection:
            return adding.add(connection, placed, reading, came_from)
