"""The whole record as JSON lines, from which `communique.collect.hand_over_reading` makes it again.

The first line says what the file is. Then come sources with their entries, actors and issues with their names, reports
with all their versions and readings, merges, judgements, and what is followed, each in the order of their keys; so that
the same record gives the same bytes, wherever it is kept. A text with what no database stores (NUL, lone surrogates)
has those replaced in ``text``, and its UTF-8 as it was in ``text_exact``, in base64. What follows from the rest (search
words, roots of merges, verdicts, dated offices) is worked out anew where it is taken in.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Connection, select

from communique.model import as_json, plain
from communique.record.archive.restore import Held, StoredVersion, held_reports
from communique.record.database import tables as t
from communique.record.database.values import exact, storable
from communique.record.decisions.frame_log import changes
from communique.record.decisions.judgement_log import JUDGEMENTS
from communique.record.decisions.merge_log import MERGES
from communique.record.resolution.frames import dossiers

VERSION = 1
TYPE = "communique-record"
_PAGE = 500
_STREAM = {"stream_results": True}
"""Rows come as they are asked for, not all at once, on PostgreSQL too."""
_HEAD = ("title", "url", "outlet", "published", "author", "agency")
_PARTS = ("actors", "statements", "conditions", "events", "issues")


def write(connection: Connection, stream: BinaryIO, chosen: ColumnElement[bool] | None) -> None:
    """Write the record; with ``chosen``, a condition on the report table, only such reports and what hangs on them."""
    for line in lines(connection, chosen):
        stream.write(encoded(line))


def write_judgements(connection: Connection, stream: BinaryIO) -> None:
    """Write the judgements alone, for a colleague who has the reports."""
    stream.write(encoded({"type": TYPE, "version": VERSION}))
    for line in _judgements(connection, None):
        stream.write(encoded(line))


def encoded(line: dict[str, Any]) -> bytes:
    """Return a JSON line in UTF-8. A source's state alone can hold what UTF-8 has not; that line is in escapes."""
    try:
        return (json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(line, allow_nan=False) + "\n").encode()


def lines(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    """Yield the lines as plain values."""
    yield {"type": TYPE, "version": VERSION}
    yield from _sources(connection)
    yield from _canonical(connection)
    for held in held_reports(connection, chosen):
        yield report_line(held)
    yield from _merges(connection)
    yield from _judgements(connection, chosen)
    yield from _frames(connection)


def _sources(connection: Connection) -> Iterator[dict[str, Any]]:
    for row in _rows(connection, select(t.source).order_by(t.source.c.url)):
        yield {
            "type": "source",
            "url": row.url,
            "kind": row.kind,
            "outlet": row.outlet,
            "state": json.loads(row.state),
            "checked_at": row.checked_at,
        }
    entries = (
        select(t.source.c.url, t.source_entry)
        .join(t.source, t.source.c.id == t.source_entry.c.source_id)
        .order_by(t.source.c.url, t.source_entry.c.entry)
    )
    for row in _rows(connection, entries):
        yield {
            "type": "source_entry",
            "source": row.url,
            "entry": row.entry,
            "digest": row.digest,
            "seen_at": row.seen_at,
        }


def _canonical(connection: Connection) -> Iterator[dict[str, Any]]:
    """Actors and issues that are the same in every report; the others come with their report."""
    for kind, table, names, owner in (
        ("actor", t.canonical_actor, t.actor_name, t.actor_name.c.actor_id),
        ("issue", t.canonical_issue, t.issue_name, t.issue_name.c.issue_id),
    ):
        fields = ("key", "name", "kind", "country", "principal") if kind == "actor" else ("key", "name")
        query = select(table).where(table.c.key.not_like("%#%")).order_by(table.c.key)
        for page in connection.execute(query, execution_options=_STREAM).partitions(_PAGE):
            called: dict[int, list[str]] = {}
            numbers = [row.id for row in page]
            for row in connection.execute(select(names).where(owner.in_(numbers)).order_by(owner, names.c.name_words)):
                called.setdefault(getattr(row, owner.name), []).append(row.name)
            for row in page:
                yield {"type": kind, **{f: getattr(row, f) for f in fields}, "names": called.get(row.id, [])}


def report_line(held: Held) -> dict[str, Any]:
    """Return a report with its versions as plain values."""
    return {
        "type": "report",
        "key": held.key,
        "added_at": held.added_at,
        "copy_of": held.copy_of,
        "identities": list(held.identities),
        "versions": [_version(version) for version in held.versions],
    }


def _version(version: StoredVersion) -> dict[str, Any]:
    report = version.report
    return {
        "number": version.number,
        **{name: getattr(report, name) for name in _HEAD},
        "text": storable(report.text),
        **({} if (held := exact(report.text)) is None else {"text_exact": base64.b64encode(held).decode()}),
        "came_from": version.came_from,
        "notes": list(version.notes),
        "added_at": version.added_at,
        "reading": _reading(version),
    }


def _reading(version: StoredVersion) -> dict[str, Any] | None:
    if version.reading is None:
        return None
    data = as_json(version.reading)
    parts = {name: data[name] for name in _PARTS}
    frame = {"frame": list(version.reading.frame)} if version.reading.frame else {}
    return {"reader": data["reader"], "notes": data["notes"], "read_at": version.read_at, **frame, **parts}


def _merges(connection: Connection) -> Iterator[dict[str, Any]]:
    c = t.merge.c
    for row in _rows(connection, select(t.merge).order_by(c.clock, c.at, c.uid)):
        entry = MERGES.from_row(row)
        yield {
            "type": "merge",
            "kind": entry.kind,
            "action": entry.action.value,
            "from": entry.from_key,
            "into": entry.into_key,
            "reason": entry.reason,
            "by": entry.by,
            "at": entry.at,
            "clock": entry.clock,
            "uid": entry.uid,
        }


def _judgements(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    c = t.judgement.c
    query = select(t.judgement).order_by(c.clock, c.at, c.uid)
    if chosen is not None:
        query = query.where(c.report_key.is_(None) | c.report_key.in_(select(t.report.c.key).where(chosen)))
    for row in _rows(connection, query):
        made = JUDGEMENTS.from_row(row)
        yield {
            "type": "judgement",
            "kind": made.kind,
            "key": made.key,
            "report": made.report,
            "anchor": made.anchor,
            "verdict": made.verdict.value,
            "correction": made.correction,
            "note": made.note,
            "by": made.by,
            "at": made.at,
            "clock": made.clock,
            "uid": made.uid,
        }


def _frames(connection: Connection) -> Iterator[dict[str, Any]]:
    """What each dossier follows, and what people changed of it."""
    for name, frame in dossiers(connection).items():
        yield {"type": "frame", "name": name, **plain(frame)}
    for made in changes(connection):
        yield {
            "type": "frame_change",
            "kind": made.kind,
            "action": made.action.value,
            "name": made.name,
            "other": made.other,
            "details": made.details,
            "reason": made.reason,
            "by": made.by,
            "at": made.at,
            "clock": made.clock,
            "uid": made.uid,
        }


def _rows(connection: Connection, query: Any) -> Iterable[Any]:
    for page in connection.execute(query, execution_options=_STREAM).partitions(_PAGE):
        yield from page
