"""The five lists as the desk asks for them, and what narrows them down further."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, cast

from communique.record import Record
from communique.record.query.facets import Facets
from communique.record.query.filters import Filter
from communique.record.query.listing import ROWS, Listing
from communique.web.list_requests import ListRequest, NameListRequest

FACETS = (("act", "acts"), ("actor", "actors"), ("issue", "issues"), ("outlet", "outlets"), ("country", "countries"))
_MOST_CHOICES = 10
MOST_COUNTED = 1000
"""Statements that facets are counted over: they must not cost more than the list."""

MOST_ROWS = 10_000
"""Rows of a CSV file, which has no pages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that narrows a list down: how many rows have it, the query with it toggled, whether it is in now."""

    name: str
    count: int
    given: dict[str, Any]
    chosen: bool


def listing(
    record: Record, kind: str, asked: ListRequest | NameListRequest, *, limit: int | None = None
) -> Listing[Any]:
    """Return a list, from where the address says that its page begins. Raises BadFilter."""
    size = asked.limit if limit is None else limit
    if isinstance(asked, NameListRequest):
        names = {"actors": record.actors, "issues": record.issues}
        return cast("Listing[Any]", names[kind](asked.filter, limit=size, after=asked.after))
    several = {"statements": record.statements, "conditions": record.conditions, "reports": record.reports}
    return cast("Listing[Any]", several[kind](asked.filter, sort=asked.sort, limit=size, after=asked.after))


def columns(kind: str) -> list[str]:
    """Return the names of a list's columns."""
    return [each.name for each in dataclasses.fields(ROWS[kind])]


def counted(app: Any, record: Record, asked: Filter) -> Facets:
    """Return what the newest statements that a filter lets through are made of, worked out once for all its pages.

    ``app`` is the application, whose state says whether the record has been written to since. Raises as the list does.
    """
    written = app.state.written
    stamp = written.stamp() if written is not None else None
    if stamp is None:
        return record.facets(asked, most=MOST_COUNTED)
    found: Facets = app.state.facets.answer((stamp, asked), lambda: record.facets(asked, most=MOST_COUNTED))
    return found


def choices(facets: Facets, given: dict[str, Any]) -> dict[str, list[Choice]]:
    """Return, by field, what the statements that are let through can be narrowed down to; `_MOST_CHOICES` of each."""
    made: dict[str, list[Choice]] = {}
    for field, several in FACETS:
        now = given.get(field, [])
        made[field] = [
            Choice(each.name, each.count, _toggled(given, field, each.value), each.value in now)
            for each in getattr(facets, several)[:_MOST_CHOICES]
        ]
    return made


def _toggled(given: dict[str, Any], field: str, value: str) -> dict[str, Any]:
    now = list(given.get(field, []))
    several = [each for each in now if each != value] if value in now else [*now, value]
    return {**{name: kept for name, kept in given.items() if name != field}, **({field: several} if several else {})}
