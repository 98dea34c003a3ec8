"""Logs of what people decided: appended to, signed, dated, and never changed.

Their order is that of a logical clock (Lamport 1978, "Time, clocks, and the ordering of events in a distributed
system"): one more than any that the record held when an entry was made. So a computer's clock that goes backwards does
no harm, and two records that hand over to each other agree on which entry is the later one.

An entry from elsewhere whose clock or date lies far ahead would stand for ever. So one hand-over takes the clock no
further than `LEAP`, and no clock from outside is over `MOST_FOREIGN`: whatever came in, what is decided here next is
later still.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Table, func, insert, select

from communique.identity import digest
from communique.record.database.codec import MOST_NUMBER, from_row

MOST_CLOCK = MOST_NUMBER
"""The latest clock that a record gives."""

MOST_FOREIGN = 1_000_000_000
"""The latest clock that is taken in from elsewhere; what lies above is left to the record's own decisions."""

LEAP = 1_000_000
"""How far one hand-over may take the clock beyond the entries that it brings: more than people decide."""

_SIGNATURE = ("by", "at", "clock")


def sorted_json(value: Any) -> str:
    """Return a value as JSON that depends on nothing but the value: ASCII, keys sorted."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What every entry of a log has: by whom and when, its logical clock, and a ``uid`` that follows from all of it."""

    by: str
    at: str
    clock: int
    uid: str = field(init=False)

    def __post_init__(self) -> None:
        own = [each.name for each in fields(self) if each.name not in (*_SIGNATURE, "uid")]
        said = [getattr(self, name) for name in (*own, *_SIGNATURE)]
        object.__setattr__(self, "uid", digest(sorted_json(said), size=16))

    @property
    def order(self) -> tuple[int, str, str]:
        """What entries are ordered by, the latest last; the same in every record."""
        return (self.clock, self.at, self.uid)


_S = TypeVar("_S", bound=Signed)


@dataclass(frozen=True, slots=True)
class Log(Generic[_S]):
    """One log: its table, the type of its entries, and the columns that are not called as the entry's field is."""

    table: Table
    entries: type[_S]
    columns: Mapping[str, str] = field(default_factory=dict)

    def append(self, connection: Connection, made: _S) -> bool:
        """Store an entry as it is; return False where it is held already."""
        c = self.table.c
        if connection.scalar(select(c.seq).where(c.uid == made.uid)) is not None:
            return False
        values = {self.columns.get(each.name, each.name): _stored(getattr(made, each.name)) for each in fields(made)}
        connection.execute(insert(self.table).values(**values))
        return True

    def from_row(self, row: Row[Any]) -> _S:
        """Return the entry that a row of the table holds."""
        return from_row(self.entries, row, self.columns)

    def next_clock(self, connection: Connection) -> int:
        """Return the clock of the next entry: one more than any that the log has."""
        return min(self.latest(connection) + 1, MOST_CLOCK)

    def latest(self, connection: Connection) -> int:
        """Return the latest clock that the log has, 0 where it is empty."""
        return int(connection.scalar(select(func.max(self.table.c.clock))) or 0)


def unsigned(made: Signed, longest: int) -> str | None:
    """Say what is wrong with an entry's signature or clock, None where nothing is; ``longest`` name in characters."""
    if not made.by.strip() or len(made.by) > longest:
        return "it is not signed"
    return None if 1 <= made.clock <= MOST_CLOCK else f"its clock is not between 1 and {MOST_CLOCK}"


def ahead(made: Signed, latest: int, brought: int) -> str | None:
    """Say why an entry from elsewhere is too far ahead, None where it is not.

    ``latest`` is the clock of the log when the hand-over began, ``brought`` how many entries it has brought so far.
    """
    most = min(latest + LEAP + brought, MOST_FOREIGN)
    return f"its clock, {made.clock}, is too far ahead: up to {most} is taken in here" if made.clock > most else None


def _stored(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted_json(value)
    return value.value if isinstance(value, StrEnum) else value
