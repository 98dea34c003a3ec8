"""Values as the tables hold them: spans, times, and text that a database can store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, overload

from communique.model import Span, Spans

QUOTED = 80
"""Characters of what was given that an error repeats."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def odd_character(text: str) -> str | None:
    """Return the first character that no name, key, date or search has, as "U+0000"; None where there is none.

    Those are control characters but for tabs and ends of lines, and lone surrogates.
    """
    found = _ODD.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def odd_in_name(text: str) -> str | None:
    """Return the first character that no name given by a person has, as "U+202E"; None where there is none.

    Those of `odd_character`, and marks of direction, which turn round what is shown after the name.
    """
    found = _TURNING.search(text)
    return odd_character(text) or (f"U+{ord(found[0]):04X}" if found else None)


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
@overload
def storable(text: str | None) -> str | None: ...
def storable(text: str | None) -> str | None:
    """Return the text with NUL and lone surrogates, which no database stores, replaced one for one by U+FFFD."""
    return None if text is None else _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def exact(text: str) -> bytes | None:
    """Return the text's exact bytes where `storable` changes it, else None."""
    return text.encode("utf-8", "surrogatepass") if _UNSTORABLE.search(text) else None


def given(text: str, exactly: bytes | None) -> str:
    """Return the text as it was given, from the two columns that hold it."""
    return text if exactly is None else bytes(exactly).decode("utf-8", "surrogatepass")


def packed(value: Any) -> str:
    """Return a value as compact JSON in ASCII."""
    return json.dumps(value, separators=(",", ":"))


def unpacked(text: str) -> Any:
    """Return what `packed` packed."""
    return json.loads(text)


def spans_of(text: str) -> Spans:
    """Return the spans that a column holds."""
    return tuple(map(Span._make, json.loads(text)))


def cut(text: str, spans: Iterable[Span]) -> str:
    """Return the words at the spans, pieces joined by " … "."""
    return " … ".join(text[start:end] for start, end in spans)


def now() -> str:
    """Return the present time as the record writes times."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sortable(date: str | None) -> str:
    """Return an ISO 8601 date or time in UTC, as it sorts: "2024-10-04" or "2024-10-04T09:30:00Z"; "" where unknown.

    A time without a zone is taken as UTC. What is no date is unknown.
    """
    if not date:
        return ""
    text = date.strip()
    try:
        if len(text) == 10:
            return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
        moment = datetime.fromisoformat(text)
        if len(text) == 8:
            return moment.date().isoformat()
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
