"""How the statements that a filter lets through are spread over acts, outlets, countries, actors and issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from communique.record.database import tables as t
from communique.record.query.filters import Filter
from communique.record.query.pages import marks
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
    s, link = t.statement.c, t.statement_issue.c
    counts: dict[str, dict[Any, int]] = {
        name: {} for name in ("act", "outlet", "country", "speaker_root", "issue_root")
    }
    for start in range(0, len(numbers), _CHUNK):
        some = numbers[start : start + _CHUNK]
        for row in connection.execute(select(s.act, s.outlet, s.country, s.speaker_root).where(s.id.in_(some))):
            for name, value in row._mapping.items():
                counts[name][value] = counts[name].get(value, 0) + 1
        query = select(link.issue_root, func.count()).where(link.statement_id.in_(some)).group_by(link.issue_root)
        for issue, n in connection.execute(query):
            counts["issue_root"][issue] = counts["issue_root"].get(issue, 0) + n
    return Facets(
        len(numbers),
        len(found) <= most,
        _plain(counts["act"]),
        _plain(counts["outlet"]),
        _plain(counts["country"]),
        _named(connection, t.canonical_actor, counts["speaker_root"]),
        _named(connection, t.canonical_issue, counts["issue_root"]),
    )


def _top(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    known = ((value, n) for value, n in counts.items() if value is not None)
    return sorted(known, key=lambda each: (-each[1], each[0]))[:_MOST_VALUES]


def _plain(counts: dict[Any, int]) -> tuple[Facet, ...]:
    return tuple(Facet(value, value, n) for value, n in _top(counts))


def _named(connection: Connection, table: Any, counts: dict[Any, int]) -> tuple[Facet, ...]:
    top = _top(counts)
    query = select(table.c.id, table.c.key, table.c.name).where(table.c.id.in_([value for value, _ in top]))
    rows = {row.id: row for row in connection.execute(query)}
    return tuple(Facet(rows[value].key, rows[value].name, n) for value, n in top)
