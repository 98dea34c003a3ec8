"""Readings as JSON lines, CSV rows, or tables for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from communique.cli.reading_tables import tables
from communique.csv_cells import safe_text
from communique.model import Condition, Reading, Spans, Statement, as_json

COLUMNS = (
    *(
        "report",
        "outlet",
        "published",
        "statement",
        "speaker",
        "country",
        "chain",
        "addressee",
        "act",
        "manner",
        "mode",
    ),
    *("source", "cue", "content", "start", "end", "conditions", "about", "parent", "responds_to", "confidence", "rule"),
    "speaker_confidence",
)


def write_json(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write a JSON object a line, in UTF-8; a line with lone surrogates, which UTF-8 has not, in escapes."""
    for reading in readings:
        data = as_json(reading)
        line = json.dumps(data, ensure_ascii=False)
        try:
            encoded = line.encode()
        except UnicodeEncodeError:
            encoded = json.dumps(data).encode()
        stream.write(encoded + b"\n")


def write_csv(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write a row for each statement, in UTF-8. No cell is one that a spreadsheet would take for a formula."""
    stream.write(_line(COLUMNS))
    for reading in readings:
        for row in _rows(reading):
            stream.write(_line(row))


def write_tables(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write a table for each report."""
    tables(readings, stream)


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    return safe_text(cell.replace("\0", "\ufffd"))


def _rows(reading: Reading) -> Iterator[tuple[str, ...]]:
    text = reading.report.text
    names = {actor.id: actor.name for actor in reading.actors}
    countries = {actor.id: actor.country or "" for actor in reading.actors}
    issues = {issue.id: issue.name for issue in reading.issues}
    conditions = {condition.id: condition for condition in reading.conditions}
    for s in reading.statements:
        ends = [end for _, end in s.content]
        yield (
            reading.report.id,
            reading.report.outlet or "",
            reading.report.published or "",
            s.id,
            names.get(s.speaker or "", ""),
            countries.get(s.speaker or "", ""),
            "; ".join(names.get(relay.actor, relay.actor) for relay in s.chain),
            "; ".join(names.get(actor, actor) for actor in s.addressee),
            s.act.value,
            s.manner.value,
            s.mode.value,
            _words(text, s.source),
            _words(text, s.cue),
            _words(text, s.content),
            str(_start(s)),
            str(max(ends, default=0)),
            "; ".join(_condition(text, conditions[name], names) for name in s.conditions if name in conditions),
            "; ".join(issues.get(name, name) for name in s.about),
            s.parent or "",
            s.responds_to or "",
            f"{s.confidence:.3f}",
            s.rule,
            "" if s.speaker_confidence is None else f"{s.speaker_confidence:.3f}",
        )


def _start(statement: Statement) -> int:
    return min((start for start, _ in statement.content), default=0)


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _condition(text: str, condition: Condition, names: dict[str, str]) -> str:
    parts = [f"{condition.kind.value}: {_words(text, condition.antecedent) or _words(text, condition.cue)}"]
    if condition.holder:
        parts.append(f"set by {names.get(condition.holder, condition.holder)}")
    if condition.must_act:
        parts.append(f"{names.get(condition.must_act, condition.must_act)} must act")
    return " | ".join(parts)
