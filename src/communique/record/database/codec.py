"""The types of a reading from plain data: one codec for lines of a hand-over and for rows of the record.

What a type holds is told by its own fields, so a field that a type gains is read without a word here. Data from
elsewhere is checked against the text it speaks of; what the record wrote itself is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from communique.model import Span, Spans
from communique.record.database.values import QUOTED, storable

MOST_CHARACTERS = 1_000_000
"""Of a text, as of a report's anywhere else."""

MOST_ITEMS = 20_000
"""Of any list; a database takes no more values at once."""

MOST_NUMBER = 2**31 - 1

KEYS = frozenset({"id", "actor", "issue"})
"""Fields by which something is known: never empty."""

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_Maker = Callable[[Any, str, "int | None"], Any]
"""Makes a field's value of plain data, the field's name, and the length of the text or None where data is trusted."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    needed: bool
    nested: bool
    make: _Maker


def built(kind: type[_T], data: Mapping[str, Any], length: int | None) -> _T:
    """Return one of a model's types, made of an object as `communique.model.as_json` writes it.

    ``length`` is that of the text in characters, by which spans are bounded; None where the record itself wrote the
    data. A field that has a default may be missing. Raises ValueError that names the field where a value is no such.
    """
    values = {
        each.name: each.make(data.get(each.name), each.name, length)
        for each in _fields(kind)
        if each.needed or each.name in data
    }
    return kind(**values)


def from_row(kind: type[_T], row: Any, columns: Mapping[str, str], **given: Any) -> _T:
    """Return one of a model's types from a row of the record; what a column cannot hold as it is, it holds as JSON.

    ``columns`` names the columns that are not called as the field is; ``given`` are fields that no column holds.
    """
    values = dict(given)
    for each in _fields(kind):
        if each.name not in values:
            value = getattr(row, columns.get(each.name, each.name))
            plain = json.loads(value) if each.nested and value is not None else value
            values[each.name] = each.make(plain, each.name, None)
    return kind(**values)


def text_of(value: Any, what: str, *, empty: bool = False) -> str:
    """Return a text that a record can store. Raises ValueError where it is none."""
    if not isinstance(value, str) or not (value or empty) or len(value) > MOST_CHARACTERS:
        raise ValueError(f"{what} is a text")
    if value != storable(value):
        raise ValueError(f"{what} holds a character that no record stores")
    return value


def list_of(value: Any, what: str) -> list[Any]:
    """Return a list of bounded length. Raises ValueError where it is none."""
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise ValueError(f"{what} is a list of up to {MOST_ITEMS:,}")
    return value


def member_of(value: Any, what: str, kind: type[_E]) -> _E:
    """Return a member of an enumeration by its value. Raises ValueError that lists them where it is none."""
    try:
        return kind(str(value))
    except ValueError:
        told = repr(value)[:QUOTED]
        raise ValueError(f"{told} is no {what}: it is one of {', '.join(member.value for member in kind)}") from None


def number_of(value: Any, what: str, least: int) -> int:
    """Return a whole number that a record can store. Raises ValueError where it is none."""
    if type(value) is not int or not least <= value <= MOST_NUMBER:
        raise ValueError(f"{what} is a whole number from {least} to {MOST_NUMBER}")
    return value


def _fields(kind: Any) -> tuple[_Field, ...]:
    return _laid_out(kind)


@cache
def _laid_out(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            each.name,
            each.default is MISSING and each.default_factory is MISSING,
            _is_nested(hints[each.name]),
            _maker(hints[each.name], each.name),
        )
        for each in fields(kind)
        if each.init
    )


def _is_nested(hint: Any) -> bool:
    inner = [each for each in get_args(hint) if each is not NoneType] if isinstance(hint, UnionType) else [hint]
    return not all(isinstance(each, type) and issubclass(each, str | float | int) for each in inner)


def _maker(hint: Any, name: str) -> _Maker:
    if isinstance(hint, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        if inner is str:
            return _maybe(_text)
        return _maybe(_maker(inner, name))
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return _spans if item is Span else _listed(_maker(item, name), item)
    if get_origin(hint) is Mapping:
        return lambda value, what, length: _object(hint, value, what, length)
    if hint is str:
        return _key if name in KEYS else _text
    makers: dict[Any, _Maker] = {float: _share, int: _whole, bool: _flag, Span: _span}
    if hint in makers:
        return makers[hint]
    if issubclass(hint, StrEnum):
        return lambda value, what, length: hint(value) if length is None else member_of(value, what, hint)
    return lambda value, what, length: built(hint, _object(hint, value, what, length), length)


def _maybe(make: _Maker) -> _Maker:
    return lambda value, what, length: None if value is None else make(value, what, length)


def _listed(make: _Maker, item: Any) -> _Maker:
    objects = not issubclass(item, str)

    def made(value: Any, what: str, length: int | None) -> tuple[Any, ...]:
        if length is not None and objects and not all(isinstance(each, dict) for each in list_of(value, what)):
            raise ValueError(f"{what} is a list of objects")
        each_of = f"each of {what}"
        return tuple(make(each, each_of, length) for each in (value if length is None else list_of(value, what)))

    return made


def _text(value: Any, what: str, length: int | None) -> str:
    return storable(value) if length is None else text_of(value, what, empty=True)


def _key(value: Any, what: str, length: int | None) -> str:
    return storable(value) if length is None else text_of(value, what)


def _share(value: Any, what: str, length: int | None) -> float:
    if length is not None and (not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1):
        raise ValueError(f"{what} is a number from 0 to 1")
    return float(value)


def _whole(value: Any, what: str, length: int | None) -> int:
    return int(value) if length is None else number_of(value, what, -MOST_NUMBER)


def _flag(value: Any, what: str, length: int | None) -> bool:
    if length is not None and not isinstance(value, bool):
        raise ValueError(f"{what} is true or false")
    return bool(value)


def _object(kind: type[Any], value: Any, what: str, length: int | None) -> Mapping[str, Any]:
    if length is None and isinstance(value, list):  # as rows hold the shortest of them: values in the order of fields
        return dict(zip((each.name for each in _fields(kind)), value, strict=True))
    if not isinstance(value, dict):
        raise ValueError(f"{what} is an object")
    return value


def _span(value: Any, _what: str, length: int | None) -> Span:
    if length is None:
        return Span(*value)
    if not isinstance(value, list) or len(value) != 2 or not all(type(place) is int for place in value):
        raise ValueError("a span is [start, end]")
    start, end = value
    if not 0 <= start <= end <= length:
        raise ValueError(f"the span [{start}, {end}] is not in the text of {length} characters")
    return Span(start, end)


def _spans(value: Any, what: str, length: int | None) -> Spans:
    if length is None:
        return tuple(Span(start, end) for start, end in value)
    return tuple(_span(each, what, length) for each in list_of(value, what))
