"""From the record's rows back to what a reader handed over: reports, their versions, and readings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Event,
    Issue,
    IssueStance,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Spans,
    Stance,
    Statement,
)
from communique.record.database import tables as t
from communique.record.database.values import given, spans_of, storable

_PAGE = 20
"""Reports in memory at once; each has up to a million characters."""


@dataclass(frozen=True, slots=True)
class Version:
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
    versions: tuple[Version, ...]


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


def _page(connection: Connection, reports: Sequence[Any], newest_only: bool) -> Iterator[Held]:
    ids = [row.id for row in reports]
    wanted = t.report_version.c.report_id.in_(ids)
    if newest_only:
        wanted = t.report_version.c.id.in_([row.version_id for row in reports])
    versions = connection.execute(
        select(t.report_version).where(wanted).order_by(t.report_version.c.report_id, t.report_version.c.number)
    ).fetchall()
    read = _readings(connection, [row.id for row in versions])
    keys = {row.id: row.key for row in reports}
    of_report: dict[int, list[Version]] = {}
    for row in versions:
        of_report.setdefault(row.report_id, []).append(_version(row, keys[row.report_id], read))
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


def _version(row: Any, key: str, read: dict[int, tuple[Any, dict[str, list[Any]]]]) -> Version:
    heads = {name: getattr(row, name) for name in ("title", "url", "outlet", "published", "author", "agency")}
    report = Report(id=key, text=given(row.text, row.text_exact), **heads)
    found = read.get(row.id)
    return Version(
        row.id,
        row.number,
        report,
        row.came_from,
        _names(row.notes),
        row.added_at,
        _reading(report, *found) if found else None,
        found[0].read_at if found else None,
    )


_PARTS: dict[str, Table] = {
    "actors": t.actor,
    "statements": t.statement,
    "conditions": t.condition,
    "events": t.event,
    "issues": t.issue,
}


def _readings(connection: Connection, versions: Sequence[int]) -> dict[int, tuple[Any, dict[str, list[Any]]]]:
    """Return the rows of readings by version: the reading's own, and its parts' by name."""
    found: dict[int, tuple[Any, dict[str, list[Any]]]] = {}
    by_reading: dict[int, dict[str, list[Any]]] = {}
    for row in connection.execute(select(t.reading).where(t.reading.c.version_id.in_(list(versions)))):
        by_reading[row.id] = {name: [] for name in (*_PARTS, "stances")}
        found[row.version_id] = (row, by_reading[row.id])
    readings = list(by_reading)
    for name, table in _PARTS.items():
        query = select(table).where(table.c.reading_id.in_(readings)).order_by(table.c.reading_id, table.c.position)
        for row in connection.execute(query):
            by_reading[row.reading_id][name].append(row)
    link = t.statement_issue
    stances = (
        select(t.statement.c.reading_id, link.c.statement_id, link.c.issue_id, link.c.stance)
        .join(t.statement, t.statement.c.id == link.c.statement_id)
        .where(t.statement.c.reading_id.in_(readings), link.c.stance.is_not(None))
    )
    for row in connection.execute(stances):
        by_reading[row.reading_id]["stances"].append(row)
    return found


def _reading(report: Report, row: Any, parts: dict[str, list[Any]]) -> Reading:
    local = {issue.canonical_id: issue.local_id for issue in reversed(parts["issues"])}
    stances: dict[int, dict[str, Stance]] = {}
    for each in parts["stances"]:
        stances.setdefault(each.statement_id, {})[local[each.issue_id]] = Stance(each.stance)
    return Reading(
        report=report,
        actors=tuple(map(_actor, parts["actors"])),
        statements=tuple(_statement(each, stances.get(each.id, {})) for each in parts["statements"]),
        conditions=tuple(map(_condition, parts["conditions"])),
        events=tuple(map(_event, parts["events"])),
        issues=tuple(map(_issue, parts["issues"])),
        reader=row.reader,
        notes=_names(row.notes),
    )


def _actor(row: Any) -> Actor:
    return Actor(
        id=row.local_id,
        name=row.name,
        kind=ActorKind(row.kind),
        country=row.country,
        role=row.role,
        mentions=spans_of(row.mentions),
        principal=row.principal,
        members=_names(row.members),
    )


def _statement(row: Any, stances: dict[str, Stance]) -> Statement:
    about = _names(row.about)
    return Statement(
        id=row.key,
        source=spans_of(row.source),
        cue=spans_of(row.cue),
        content=spans_of(row.content),
        speaker=row.speaker,
        chain=tuple(Relay(storable(actor), Span(*span)) for actor, span in json.loads(row.chain)),
        addressee=_names(row.addressee),
        manner=Manner(row.manner),
        mode=Mode(row.mode),
        act=Act(row.act),
        parent=row.parent,
        responds_to=row.responds_to,
        about=about,
        conditions=_names(row.conditions),
        confidence=row.confidence,
        rule=row.rule,
        said_on=row.said_on or None if row.when_said != "[]" else None,
        when=spans_of(row.when_said),
        stances=tuple(IssueStance(name, stances[name]) for name in dict.fromkeys(about) if name in stances),
    )


def _condition(row: Any) -> Condition:
    return Condition(
        id=row.key,
        statement=row.statement,
        antecedent=spans_of(row.antecedent),
        consequent=spans_of(row.consequent),
        cue=spans_of(row.cue),
        kind=ConditionKind(row.kind),
        holder=row.holder,
        must_act=row.must_act,
        confidence=row.confidence,
    )


def _event(row: Any) -> Event:
    data = json.loads(row.data)
    return Event(
        id=row.key,
        source=tuple(map(storable, data["source"])),
        target=tuple(map(storable, data["target"])),
        type=storable(data["type"]),
        mode=storable(data["mode"]),
        modality=storable(data["modality"]),
        date=storable(data["date"]),
        span=Span(*data["span"]),
        statement=storable(data["statement"]),
    )


def _issue(row: Any) -> Issue:
    claims = tuple(
        Claim(storable(each["actor"]), _spans(each["grounds"]), storable(each["statement"]))
        for each in json.loads(row.claims)
    )
    return Issue(row.local_id, row.name, _names(row.aliases), claims, spans_of(row.mentions))


def _spans(pairs: Iterable[Any]) -> Spans:
    return tuple(Span(*pair) for pair in pairs)


def _names(packed: str) -> tuple[str, ...]:
    return tuple(storable(name) for name in json.loads(packed))
