"""What an address asks for: filters, sort and page, the same in every list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from inspect import Parameter, Signature
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

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


_T = TypeVar("_T")

_OTHERWISE: dict[str, Any] = {
    "text": Words,
    "judged": Words,
    "confidence": Annotated[str | None, Query(max_length=10, description="The least, 0 to 1.")],
    "voices": Annotated[str | None, Query(max_length=10, description="The fewest independent voices.")],
    "copies": Annotated[str | None, Query(pattern="^(true|false|)$", description="Only copies, or none.")],
}
"""What an address may say of fields that are neither names nor days."""

_NOT_HERE = ("version",)
"""Fields that no list on a page is narrowed down by: a report's page asks for its version itself."""


def _asks(made: Callable[..., _T], **may_be_given: tuple[Any, Any]) -> Callable[..., _T]:
    """Return a function with the signature from which FastAPI learns what an address may say."""

    def asked(**written: Any) -> _T:
        return made(**written)

    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, (annotation, default) in may_be_given.items()
    ]
    asked.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return asked


def _list_request(*, sort: str, limit: int, after: str | None, **written: Any) -> ListRequest:
    given = {name: said for name, value in written.items() if (said := _given(value)) is not None}
    values = {name: _value(name, said) for name, said in given.items()}
    return ListRequest(Filter(**values), sort or "newest", limit, after or None, given)


def _name_list_request(*, limit: int, after: str | None, **written: Any) -> NameListRequest:
    given = {name: said for name, value in written.items() if (said := _given(value)) is not None}
    return NameListRequest(NameFilter(**given), limit, after or None, given)


def _given(written: Any) -> Any:
    """Return what an address says of a field; None where it is left empty, as forms send it."""
    if isinstance(written, list):
        return [value.strip()[:MOST_CHARACTERS] for value in written if value.strip()] or None
    return (written.strip() or None) if written else None


def _value(name: str, said: Any) -> Any:
    """Return what an address says of a field as the filter takes it. Raises BadFilter where a number is none."""
    kinds = get_args(_HINTS[name])
    if bool in kinds:
        return said == "true"
    made = next((each for each in (float, int) if each in kinds), None)
    if made is None:
        return said
    try:
        return made(said)
    except ValueError:
        raise BadFilter(said, f"{name} is a number") from None


_HINTS = get_type_hints(Filter)
_FILTERS = {
    each.name: (_OTHERWISE.get(each.name, Names if each.default == () else Day), None)
    for each in fields(Filter)
    if each.name not in _NOT_HERE
}

asked = _asks(
    _list_request,
    **_FILTERS,
    sort=(Annotated[str, Query(max_length=20)], "newest"),
    limit=(Limit, PAGE),
    after=(After, None),
)
"""Reads the filter of a list out of an address."""

asked_names = _asks(
    _name_list_request,
    **{each.name: (Words, None) for each in fields(NameFilter)},
    limit=(Limit, PAGE),
    after=(After, None),
)
"""Reads the filter of a list of actors or issues out of an address."""
