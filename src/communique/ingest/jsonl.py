"""JSON Lines: a report a line, with ``text``, ``id`` or ``doc_id``, and what else is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from communique.errors import ReportTooLong, UnreadableReport
from communique.identity import report_id
from communique.ingest.arrivals import MAX_CHARACTERS, Arrival, Item, Source
from communique.ingest.decode import checked
from communique.ingest.language import require_english
from communique.ingest.markup import unmarked, unmarked_line
from communique.ingest.publication_dates import implausible
from communique.ingest.text import fitting
from communique.model import Report

MAX_LINE = 12 * MAX_CHARACTERS + 100_000
"""Bytes: the longest text with every character escaped as a surrogate pair, and room for the other fields."""

_CHUNK = 1 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIELDS = ("title", "url", "outlet", "published", "author", "agency", "speaker", "country")
_LONE = re.compile("[\ud800-\udfff]")


def read_jsonl(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield, for each line that is not blank, its report or what is wrong with it, named ``where:line``."""
    number = found = 0
    first_seen: dict[str, int] = {}
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        place = f"{where}:{number}"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        found += 1
        try:
            if len(line) > MAX_LINE:
                size = len(line) + _skip_line(stream)
                raise ReportTooLong(place, f"too long: a line of {size:,} bytes; at most {MAX_LINE:,} are read")
            arrival = _arrival(line, place, PurePath(where).stem if where != "-" else "")
        except UnreadableReport as error:
            yield error
            if number == 1 and line.startswith(_UTF16):
                return  # no line of it will do
            continue
        earlier = first_seen.setdefault(arrival.report.id, number)
        if earlier != number and arrival.given_id:
            yield UnreadableReport(place, f"the id {arrival.report.id!r} is that of line {earlier} already")
            continue
        yield arrival
    if not found:
        yield UnreadableReport(where, "empty: there is no line in it")


def _skip_line(stream: BinaryIO) -> int:
    skipped = 0
    while chunk := stream.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def _utf16(line: bytes) -> bool:
    return line.startswith(_UTF16) or line.count(0) > len(line) // 4


def _arrival(line: bytes, place: str, stem: str) -> Arrival:
    record = _object(line, place)
    text = record.get("text")
    if text is None:
        raise UnreadableReport(place, "it has no 'text'")
    if not isinstance(text, str):
        raise UnreadableReport(place, f"its 'text' is {_kind(text)}, not a string")
    text, marked = unmarked(text)
    require_english(checked(fitting(text, place), place), place)
    notes: list[str] = [*marked]
    lone = len(_LONE.findall(text))
    if lone:
        notes.append(f"the text holds {lone} lone surrogates, which are no characters")
    given = _given_id(record, place)
    fields = {name: _field(record, name, notes) for name in _FIELDS}
    fields["published"] = _iso(fields["published"], notes)
    return Arrival(
        Report(id=given or report_id(text, stem), text=text, **fields), place, tuple(notes), given_id=given is not None
    )


def _object(line: bytes, place: str) -> dict[str, Any]:
    if _utf16(line):
        raise UnreadableReport(place, "JSON Lines must be UTF-8; this looks like UTF-16 or binary data")
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableReport(place, f"not UTF-8 (byte {error.start} of the line)") from None
    except RecursionError:
        raise UnreadableReport(place, "its JSON is nested too deep") from None
    except ValueError as error:
        # JSONDecodeError says where; a number of too many digits is a plain ValueError.
        raise UnreadableReport(place, f"not JSON: {error}") from None
    if not isinstance(record, dict):
        raise UnreadableReport(place, f"it is {_kind(record)}, not an object")
    return record


def _given_id(record: dict[str, Any], place: str) -> str | None:
    for name in ("id", "doc_id"):
        value = record.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise UnreadableReport(place, f"its {name!r} is {_kind(value)}, not a string or a whole number")
    return None


def _field(record: dict[str, Any], name: str, notes: list[str]) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return unmarked_line(value) if name in ("title", "author", "outlet") else value
    notes.append(f"its {name!r} is {_kind(value)}, not a string: left out")
    return None


def _iso(value: str | None, notes: list[str]) -> str | None:
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        notes.append(f"its 'published' is no ISO 8601 date: {value[:40]!r} left out")
        return None
    reason = implausible(value)
    if reason:
        notes.append(f"its 'published' {value!r} is left out: {reason}")
        return None
    return value


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds = ((dict, "an object"), (list, "a list"), (str, "a string"), (int | float, "a number"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "null")


source = Source("jsonl", (".jsonl", ".ndjson"), read_jsonl)
