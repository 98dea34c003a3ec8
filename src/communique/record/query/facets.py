"""How the statements that a filter lets through are spread over acts, outlets, countries, actors and issues."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from communique.record.database import tables as t
from communique.record.database.by_numbers import ByNumbers, among_these
from communique.record.query.filters import Filter
from communique.record.query.paging import marks
from communique.record.query.plan import choose

_MOST_VALUES = 50
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, what it is called, and how many statements have it. Actors and issues go by their keys."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts, the largest first, up to fifty of each, of the newest ``counted`` statements.

    ``complete`` is False where the filter lets more through: then they are shares, not totals.
    """

    counted: int
    complete: bool
    acts: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    countries: tuple[Facet, ...]
    actors: tuple[Facet, ...]
    issues: tuple[Facet, ...]


def facets(connection: Connection, asked: Filter, most: int) -> Facets:
    """Count, looking at the newest ``most`` statements and no more. Raises UnknownName, NotInRecord, BadFilter."""
    found = marks(connection, choose(connection, "statements", asked), "newest", most + 1, None)
    numbers = [mark.id for mark in found[:most]]
    acts, outlets, countries, speakers, issues = (Counter[Any]() for _ in range(5))
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        told = _TOLD.columns(connection, some)
        for counts, values in zip((acts, outlets, countries, speakers), told, strict=True):
            counts.update(values)
        for issue, n in _ABOUT.rows(connection, some):
            issues[issue] += n
    return Facets(
        len(numbers),
        len(found) <= most,
        _plain(acts),
        _plain(outlets),
        _plain(countries),
        _named(connection, _ACTORS, speakers),
        _named(connection, _ISSUES, issues),
    )


def _top(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    known = ((value, n) for value, n in counts.items() if value is not None)
    return sorted(known, key=lambda each: (-each[1], each[0]))[:_MOST_VALUES]


def _plain(counts: dict[Any, int]) -> tuple[Facet, ...]:
    return tuple(Facet(value, value, n) for value, n in _top(counts))


def _named(connection: Connection, called: ByNumbers, counts: dict[Any, int]) -> tuple[Facet, ...]:
    top = _top(counts)
    rows = {row.id: row for row in called.rows(connection, (value for value, _ in top))}
    return tuple(Facet(rows[value].key, rows[value].name, n) for value, n in top)


def _called(table: Table) -> ByNumbers:
    return ByNumbers(select(table.c.id, table.c.key, table.c.name).where(among_these(table.c.id)))


_ACTORS, _ISSUES = _called(t.canonical_actor), _called(t.canonical_issue)
_TOLD = ByNumbers(
    select(*(t.statement.c[name] for name in ("act", "outlet", "country", "speaker_root"))).where(
        among_these(t.statement.c.id)
    )
)
_ABOUT = ByNumbers(
    select(t.statement_issue.c.issue_root, func.count())
    .where(among_these(t.statement_issue.c.statement_id))
    .group_by(t.statement_issue.c.issue_root)
)
