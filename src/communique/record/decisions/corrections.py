"""What a judgement may correct, and rows with the corrections in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from communique.model import Act, ActorKind, ConditionKind, Manner, Mode, Span
from communique.record.database.values import QUOTED, packed, storable
from communique.record.decisions.anchors import Quote, checked, locate, quote_at, quote_data

_LONGEST = 1000
"""Characters of a name, and names of a list."""

_MOST_SPANS = 100


def _one_of(kind: Any) -> Callable[[Any], bool]:
    values = {member.value for member in kind}
    return lambda value: isinstance(value, str) and value in values


def _name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= _LONGEST


def _name_or_none(value: Any) -> bool:
    return value is None or _name(value)


def _names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= _LONGEST and all(map(_name, value))


def _country(value: Any) -> bool:
    return value is None or isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()


def _day(value: Any) -> bool:
    """A day, month or year: "2023-10-02", "2022-03", "2019"."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def _quotes(value: Any) -> bool:
    try:
        return isinstance(value, list) and len(value) <= _MOST_SPANS and all(checked(each) for each in value)
    except ValueError:
        return False


FIELDS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "statement": {
        "speaker": _name_or_none,
        "act": _one_of(Act),
        "manner": _one_of(Manner),
        "mode": _one_of(Mode),
        "addressee": _names,
        "about": _names,
        "said_on": _day,
        "source": _quotes,
        "cue": _quotes,
        "content": _quotes,
    },
    "condition": {
        "kind": _one_of(ConditionKind),
        "holder": _name_or_none,
        "must_act": _name_or_none,
        "antecedent": _quotes,
        "consequent": _quotes,
        "cue": _quotes,
    },
    "actor": {"name": _name, "kind": _one_of(ActorKind), "country": _country, "principal": _name_or_none},
    "issue": {"name": _name, "aliases": _names},
}
"""What may be corrected, by the kind of thing judged."""

NEVER_EMPTY = {"content", "antecedent"}


def problem_of(kind: str, correction: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a stored correction of a statement, condition, actor or issue; None where nothing is."""
    fields = FIELDS[kind]
    for field, value in correction.items():
        if field not in fields:
            return f"the {field} of {_article(kind)} cannot be corrected; these can: {', '.join(fields)}"
        if not fields[field](value):
            return f"{_shown(value)} is no {field} of {_article(kind)}"
        if field in NEVER_EMPTY and not value:
            return f"the {field} cannot be nothing"
    return None


def quoted(kind: str, correction: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return a correction with its spans, ``[[start, end], ...]`` in the text, made quotes.

    Raises ValueError where a span is none or is not in the text.
    """
    done: dict[str, Any] = {}
    words = storable(text)
    for field, value in correction.items():
        is_spans = FIELDS[kind].get(field) is _quotes
        done[field] = [quote_data(quote_at(words, _span(each, words, field))) for each in value] if is_spans else value
    return done


def _span(value: Any, text: str, field: str) -> Span:
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(type(place) is int for place in value):
        raise ValueError(f"a span of the {field} is [start, end]")
    start, end = value
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the span {start}-{end} of the {field} is not in the text of {len(text)} characters")
    return Span(start, end)


def corrected(kind: str, row: Mapping[str, Any], correction: Mapping[str, Any], text: str | None) -> dict[str, Any]:
    """Return a row with a correction in it.

    A corrected span comes as ``[[start, end], ...]``, found again in ``text`` where that is given, and its words in
    the row's ``<field>_text`` where the row has one. What the reader had found is kept under ``as_read``.
    """
    done = dict(row)
    before: dict[str, Any] = {}
    for field, value in correction.items():
        before[field] = row.get(field)
        if FIELDS[kind][field] is not _quotes:
            done[field] = value
            continue
        quotes = [checked(each) for each in value]
        done[field] = [list(_place(quote, text)) for quote in quotes]
        if f"{field}_text" in row:
            before[f"{field}_text"] = row[f"{field}_text"]
            done[f"{field}_text"] = " … ".join(quote.exact for quote in quotes)
    if before:
        done["as_read"] = before
    return done


def packed_words(kind: str, correction: Mapping[str, Any]) -> str | None:
    """Return the words that a correction puts in the place of others, by field, as a column holds them.

    Each field has its ``text`` and ``at``, the spans as they were judged; None where no words are corrected.
    """
    quotes = {
        field: [checked(each) for each in value]
        for field, value in correction.items()
        if FIELDS[kind][field] is _quotes and value
    }
    held = {
        field: {"text": " … ".join(q.exact for q in each), "at": [[q.start, q.end] for q in each]}
        for field, each in quotes.items()
    }
    return packed(held) if held else None


def _place(quote: Quote, text: str | None) -> Span:
    found = None if text is None else locate(quote, storable(text), True)
    return found or Span(quote.start, quote.end)


def _article(kind: str) -> str:
    return f"an {kind}" if kind in ("actor", "issue") else f"a {kind}"


def _shown(value: Any) -> str:
    told = json.dumps(value, default=str)
    return told if len(told) <= QUOTED else f"{told[: QUOTED - 3]}..."
