"""From the record's rows back to what a reader handed over: reports, their versions, and readings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from communique.model import (
    Actor,
    AssignmentReason,
    Condition,
    Event,
    Issue,
    IssueAssignment,
    IssueStance,
    Reading,
    Report,
    Span,
    Stance,
    Statement,
)
from communique.record.database import tables as t
from communique.record.database.codec import built, from_row
from communique.record.database.values import given, storable
from communique.record.decisions.corrected_matters import DENIED

_PAGE = 20
"""Reports in memory at once; each has up to a million characters."""

# Columns that are not called as the field is.
_BY_KEY = {"id": "key"}
_BY_LOCAL_ID = {"id": "local_id"}
_STATEMENT = {"id": "key", "when": "when_said"}


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One text of a report and what was made of it; ``reading`` is None where nobody has read it."""

    id: int
    number: int
    report: Report
    came_from: str
    notes: tuple[str, ...]
    added_at: str
    reading: Reading | None
    read_at: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """A report of the record: its number and key, by what it is known, whose copy it is, and its versions in order."""

    id: int
    key: str
    added_at: str
    published_at: str
    copy_of: str | None
    identities: tuple[str, ...]
    versions: tuple[StoredVersion, ...]


def held_reports(
    connection: Connection, chosen: ColumnElement[bool] | None = None, *, newest_only: bool = False
) -> Iterator[Held]:
    """Yield the record's reports in the order of their keys; ``chosen`` is a condition on the report table."""
    last: str | None = None
    while True:
        query = select(t.report).order_by(t.report.c.key).limit(_PAGE)
        query = query if last is None else query.where(t.report.c.key > last)
        reports = connection.execute(query if chosen is None else query.where(chosen)).fetchall()
        if not reports:
            return
        yield from _page(connection, reports, newest_only)
        last = reports[-1].key


def versions_of(connection: Connection, rows: Sequence[Any], keys: Mapping[int, str]) -> Iterator[StoredVersion]:
    """Yield what rows of the table of versions hold, with their readings; ``keys`` are those of reports by number.

    Raises ValueError, TypeError, KeyError or AttributeError where a row holds what no reader made.
    """
    read = _readings(connection, [row.id for row in rows])
    return (_version(row, keys[row.report_id], read) for row in rows)


def _page(connection: Connection, reports: Sequence[Any], newest_only: bool) -> Iterator[Held]:
    ids = [row.id for row in reports]
    wanted = t.report_version.c.report_id.in_(ids)
    if newest_only:
        wanted = t.report_version.c.id.in_([row.version_id for row in reports])
    versions = connection.execute(
        select(t.report_version).where(wanted).order_by(t.report_version.c.report_id, t.report_version.c.number)
    ).fetchall()
    of_report: dict[int, list[StoredVersion]] = {}
    made = versions_of(connection, versions, {row.id: row.key for row in reports})
    for row, version in zip(versions, made, strict=True):
        of_report.setdefault(row.report_id, []).append(version)
    identities: dict[int, list[str]] = {}
    for row in connection.execute(
        select(t.report_identity).where(t.report_identity.c.report_id.in_(ids)).order_by(t.report_identity.c.identity)
    ):
        identities.setdefault(row.report_id, []).append(row.identity)
    originals = {
        row.id: row.key
        for row in connection.execute(
            select(t.report.c.id, t.report.c.key).where(t.report.c.id.in_([r.copy_of for r in reports if r.copy_of]))
        )
    }
    for row in reports:
        yield Held(
            row.id,
            row.key,
            row.added_at,
            row.published_at,
            originals.get(row.copy_of),
            tuple(identities.get(row.id, ())),
            tuple(of_report.get(row.id, ())),
        )


def _version(row: Any, key: str, read: dict[int, tuple[Any, dict[str, list[Any]]]]) -> StoredVersion:
    heads = {name: getattr(row, name) for name in ("title", "url", "outlet", "published", "author", "agency")}
    report = Report(id=key, text=given(row.text, row.text_exact), **heads)
    found = read.get(row.id)
    return StoredVersion(
        row.id,
        row.number,
        report,
        row.came_from,
        _names(row.notes),
        row.added_at,
        _reading(report, *found) if found else None,
        found[0].read_at if found else None,
    )


PARTS: dict[str, type[Any]] = {
    "actors": Actor,
    "statements": Statement,
    "conditions": Condition,
    "events": Event,
    "issues": Issue,
}
"""The lists of a reading, and what is in each."""

_TABLES: dict[str, Table] = {
    "actors": t.actor,
    "statements": t.statement,
    "conditions": t.condition,
    "events": t.event,
    "issues": t.issue,
}
_COLUMNS = {"actors": _BY_LOCAL_ID, "conditions": _BY_KEY, "issues": _BY_LOCAL_ID}


def unmade(connection: Connection, version: int) -> Iterator[tuple[str, str]]:
    """Yield the rows of a version's reading that hold what no reader made: which row, and what is wrong with it."""
    for row, parts in _readings(connection, [version]).values():
        for name in PARTS:
            for each in parts[name]:
                try:
                    _part(name, each, {})
                except Exception as error:
                    yield f"{_TABLES[name].name} {each.id}", f"{type(error).__name__}: {error}"
        for each in parts["links"]:
            if each.stance and each.issue_id not in {issue.canonical_id for issue in parts["issues"]}:
                yield f"statement {each.statement_id}", "its stance is on an issue that the reading has not"
        for field in ("notes", "reader"):
            if not isinstance(getattr(row, field), str):
                yield f"reading {row.id}", f"{field} is a text"


def _readings(connection: Connection, versions: Sequence[int]) -> dict[int, tuple[Any, dict[str, list[Any]]]]:
    """Return the rows of readings by version: the reading's own, and its parts' by name."""
    found: dict[int, tuple[Any, dict[str, list[Any]]]] = {}
    by_reading: dict[int, dict[str, list[Any]]] = {}
    for row in connection.execute(select(t.reading).where(t.reading.c.version_id.in_(list(versions)))):
        by_reading[row.id] = {name: [] for name in (*PARTS, "links")}
        found[row.version_id] = (row, by_reading[row.id])
    readings = list(by_reading)
    for name, table in _TABLES.items():
        query = select(table).where(table.c.reading_id.in_(readings)).order_by(table.c.reading_id, table.c.position)
        for row in connection.execute(query):
            by_reading[row.reading_id][name].append(row)
    link = t.statement_issue
    stances = (
        select(
            t.statement.c.reading_id,
            *(link.c[name] for name in ("statement_id", "issue_id", "stance", "probability", "reason", "place")),
        )
        .join(t.statement, t.statement.c.id == link.c.statement_id)
        .where(t.statement.c.reading_id.in_(readings), or_(link.c.origin.is_(None), link.c.origin == DENIED[""]))
    )
    for row in connection.execute(stances):
        by_reading[row.reading_id]["links"].append(row)
    return found


def _reading(report: Report, row: Any, parts: dict[str, list[Any]]) -> Reading:
    local = {issue.canonical_id: issue.local_id for issue in reversed(parts["issues"])}
    stances: dict[int, dict[str, Any]] = {}
    for each in parts["links"]:
        stances.setdefault(each.statement_id, {})[local[each.issue_id]] = each
    return Reading(
        report=report,
        **{name: tuple(_part(name, each, stances) for each in parts[name]) for name in PARTS},
        reader=row.reader,
        notes=_names(row.notes),
        frame=_names(row.frame or "[]"),
    )


def _part(name: str, row: Any, stances: Mapping[int, dict[str, Any]]) -> Any:
    if name == "statements":
        return _statement(row, stances.get(row.id, {}))
    if name == "events":
        return built(Event, {**json.loads(row.data), "id": row.key}, None)
    return from_row(PARTS[name], row, _COLUMNS[name])


def _statement(row: Any, links: dict[str, Any]) -> Statement:
    said_on = row.said_on or None if row.when_said != "[]" else None
    made = from_row(Statement, row, _STATEMENT, said_on=said_on, stances=(), assigned=())
    named = [(name, links[name]) for name in dict.fromkeys(made.about) if name in links]
    return replace(
        made,
        stances=tuple(IssueStance(name, Stance(link.stance)) for name, link in named if link.stance),
        assigned=tuple(_assignment(name, link) for name, link in named if link.reason),
    )


def _assignment(name: str, link: Any) -> IssueAssignment:
    place = Span(*json.loads(link.place)) if link.place else None
    return IssueAssignment(name, link.probability, AssignmentReason(link.reason), place)


def _names(packed: str) -> tuple[str, ...]:
    return tuple(storable(name) for name in json.loads(packed))
