"""What an address asks for: filters, sort and page, the same in every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from communique.errors import BadFilter
from communique.record.query.filters import Filter
from communique.record.query.names import NameFilter
from communique.record.query.paging import PAGE

MOST = 200
"""Rows of a page at most."""

MOST_CHARACTERS = 300
"""Of words that are searched for, and of a value that narrows a list down."""

_MOST_NAMES = 20
"""Values of one field of a filter."""

_MOST_VERSIONS = 1_000_000

Names = Annotated[list[str] | None, Query(max_length=_MOST_NAMES, description="May be given again: one of them.")]
Words = Annotated[str | None, Query(max_length=MOST_CHARACTERS)]
Day = Annotated[str | None, Query(max_length=40, description="A year, month, day or time (ISO 8601).")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows of a page.")]
Version = Annotated[int | None, Query(ge=1, le=_MOST_VERSIONS)]
Cursor = Annotated[str | None, Query(max_length=100, description="Where a page of wire copies ended.")]
After = Annotated[str | None, Query(max_length=500, description="The `next` that the page before gave.")]


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A filter with how its list is sorted and where its page begins; ``given`` is what the address says."""

    filter: Filter
    sort: str
    limit: int
    after: str | None
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NameListRequest:
    """The same for a list of actors or issues, those of which most is said first."""

    filter: NameFilter
    limit: int
    after: str | None
    given: dict[str, Any]


def asked(
    actor: Names = None,
    addressee: Names = None,
    relayer: Names = None,
    party: Names = None,
    must_act: Names = None,
    country: Names = None,
    issue: Names = None,
    outlet: Names = None,
    act: Names = None,
    kind: Names = None,
    report: Names = None,
    since: Day = None,
    until: Day = None,
    said_since: Day = None,
    said_until: Day = None,
    text: Words = None,
    judged: Words = None,
    confidence: Annotated[str | None, Query(max_length=10, description="The least, 0 to 1.")] = None,
    voices: Annotated[str | None, Query(max_length=10, description="The fewest independent voices.")] = None,
    copies: Annotated[str | None, Query(pattern="^(true|false|)$", description="Only copies, or none.")] = None,
    sort: Annotated[str, Query(max_length=20)] = "newest",
    limit: Limit = PAGE,
    after: After = None,
) -> ListRequest:
    """Read the filter of a list out of an address. A field left empty, as forms send it, is not given."""
    lists = {
        "actor": actor,
        "addressee": addressee,
        "relayer": relayer,
        "party": party,
        "must_act": must_act,
        "country": country,
        "issue": issue,
        "outlet": outlet,
        "act": act,
        "kind": kind,
        "report": report,
    }
    texts = {
        "since": since,
        "until": until,
        "said_since": said_since,
        "said_until": said_until,
        "text": text,
        "judged": judged,
    }
    given: dict[str, Any] = {name: several for name, values in lists.items() if (several := _several(values))}
    given |= {name: value.strip() for name, value in texts.items() if value and value.strip()}
    values = dict(given)
    for name, written, made in (("confidence", confidence, float), ("voices", voices, int)):
        if written and written.strip():
            given[name] = written.strip()
            values[name] = _number(name, written.strip(), made)
    if copies:
        given["copies"] = copies
        values["copies"] = copies == "true"
    return ListRequest(Filter(**values), sort or "newest", limit, after or None, given)


def asked_names(
    name: Words = None,
    country: Words = None,
    kind: Words = None,
    limit: Limit = PAGE,
    after: After = None,
) -> NameListRequest:
    """Read the filter of a list of actors or issues out of an address."""
    written = {"name": name, "country": country, "kind": kind}
    given = {field: value.strip() for field, value in written.items() if value and value.strip()}
    return NameListRequest(NameFilter(**given), limit, after or None, given)


def _several(values: list[str] | None) -> list[str]:
    return [value.strip()[:MOST_CHARACTERS] for value in values or () if value.strip()]


def _number(name: str, written: str, made: type[float] | type[int]) -> float | int:
    try:
        return made(written)
    except ValueError:
        raise BadFilter(written, f"{name} is a number") from None
