"""Whole rows of a list from their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, or_, select

from communique.record.database import tables as t
from communique.record.database.values import cut, given, spans_of
from communique.record.decisions.corrected_matters import DENIED
from communique.record.query.corrected_rows import correct_rows
from communique.record.query.rows import ConditionRow, ReportRow, StatementRow

_R = TypeVar("_R")
_SPEAKER, _PARTY, _MUST_ACT = (t.canonical_actor.alias(name) for name in ("meant", "spoken_for", "acting"))
_ORIGIN, _VOICE = (t.report.alias(name) for name in ("origin", "one_voice"))


def moment(published_at: str) -> datetime | None:
    """Return a date or time, as the record sorts it, in UTC; None where it is unknown."""
    return datetime.fromisoformat(published_at).replace(tzinfo=UTC) if published_at else None


def statements(connection: Connection, numbers: Sequence[int]) -> Iterator[StatementRow]:
    """Yield statements in the order of their numbers."""
    rows = _statement_rows(connection, numbers)
    issues = _issues(connection, numbers)
    parties = _parties(connection, numbers)
    roles = _roles(connection, rows.values())
    quoted = _quotes(connection, rows.values(), ("source", "cue"))
    made = {}
    for number in numbers:
        row = rows[number]
        chain, addressee = parties.get((number, "relayer"), []), parties.get((number, "addressee"), [])
        about = issues.get(number, [])
        made[number] = StatementRow(
            **_head(row),
            statement=row.key,
            speaker=row.speaker_key,
            speaker_name=row.speaker_name,
            country=row.country,
            role=roles.get((row.reading_id, row.speaker)),
            party=row.party,
            party_name=row.party_name,
            chain=tuple(key for key, _ in chain),
            chain_names=tuple(name for _, name in chain),
            addressee=tuple(key for key, _ in addressee),
            addressee_names=tuple(name for _, name in addressee),
            act=row.act,
            manner=row.manner,
            mode=row.mode,
            said_on=row.said_on or None,
            source=spans_of(row.source),
            cue=spans_of(row.cue),
            content=spans_of(row.content),
            source_text=quoted[number, "source"],
            cue_text=quoted[number, "cue"],
            content_text=row.content_text,
            issues=tuple(each.key for each in about),
            issue_names=tuple(each.name for each in about),
            issue_probabilities=tuple(each.probability for each in about),
            issue_reasons=tuple(_told(each, row) for each in about),
            conditions=tuple(json.loads(row.conditions)),
            parent=row.parent,
            responds_to=row.responds_to,
            confidence=row.confidence,
            voices=row.voices,
            verdict=row.verdict,
            as_read=None,
            rule=row.rule,
            reader=row.reader,
        )
    yield from _in_order(numbers, correct_rows(connection, "statement", made, rows))


def _statement_rows(connection: Connection, numbers: Sequence[int]) -> dict[int, Any]:
    """Return statements with their report, and with whoever their speaker and party were found to be."""
    s = t.statement
    columns = (
        *s.c,
        *_report_columns(),
        _SPEAKER.c.key.label("speaker_key"),
        _SPEAKER.c.name.label("speaker_name"),
        _PARTY.c.key.label("party"),
        _PARTY.c.name.label("party_name"),
    )
    return _rows(
        connection,
        _joined(s, columns)
        .outerjoin(_SPEAKER, _SPEAKER.c.id == s.c.speaker_root)
        .outerjoin(_PARTY, _PARTY.c.id == s.c.party_root)
        .where(s.c.id.in_(numbers)),
    )


def conditions(connection: Connection, numbers: Sequence[int]) -> Iterator[ConditionRow]:
    """Yield conditions in the order of their numbers."""
    c = t.condition
    columns = (
        *c.c,
        *_report_columns(),
        _SPEAKER.c.key.label("holder_key"),
        _SPEAKER.c.name.label("holder_name"),
        _MUST_ACT.c.key.label("must_act_key"),
        _MUST_ACT.c.name.label("must_act_name"),
    )
    rows = _rows(
        connection,
        _joined(c, columns)
        .outerjoin(_SPEAKER, _SPEAKER.c.id == c.c.holder_root)
        .outerjoin(_MUST_ACT, _MUST_ACT.c.id == c.c.must_act_root)
        .where(c.c.id.in_(numbers)),
    )
    issues = _issues(connection, [row.statement_id for row in rows.values() if row.statement_id])
    quoted = _quotes(connection, rows.values(), ("cue",))
    made = {}
    for number in numbers:
        row = rows[number]
        about = issues.get(row.statement_id, [])
        made[number] = ConditionRow(
            **_head(row),
            condition=row.key,
            statement=row.statement,
            kind=row.kind,
            holder=row.holder_key,
            holder_name=row.holder_name,
            country=row.country,
            must_act=row.must_act_key,
            must_act_name=row.must_act_name,
            antecedent=spans_of(row.antecedent),
            consequent=spans_of(row.consequent),
            cue=spans_of(row.cue),
            antecedent_text=row.antecedent_text,
            consequent_text=row.consequent_text,
            cue_text=quoted[number, "cue"],
            issues=tuple(each.key for each in about),
            issue_names=tuple(each.name for each in about),
            confidence=row.confidence,
            verdict=row.verdict,
            as_read=None,
            reader=row.reader,
        )
    yield from _in_order(numbers, correct_rows(connection, "condition", made, rows))


def _in_order(numbers: Iterable[int], made: Mapping[int, _R]) -> Iterator[_R]:
    return (made[number] for number in numbers)


def reports(connection: Connection, numbers: Sequence[int]) -> Iterator[ReportRow]:
    """Yield reports in the order of their numbers."""
    r = t.report
    rows = _rows(
        connection,
        select(*r.c, _ORIGIN.c.key.label("origin"), _VOICE.c.key.label("voice_key"), t.reading.c.reader)
        .outerjoin(_ORIGIN, _ORIGIN.c.id == r.c.copy_of)
        .join(_VOICE, _VOICE.c.id == r.c.voice)
        .outerjoin(t.reading, t.reading.c.version_id == r.c.version_id)
        .where(r.c.id.in_(numbers)),
    )
    versions = _counted(connection, t.report_version, numbers, False)
    said = _counted(connection, t.statement, numbers, True)
    bound = _counted(connection, t.condition, numbers, True)
    for number in numbers:
        row = rows[number]
        added = moment(row.added_at)
        assert added is not None
        yield ReportRow(
            report=row.key,
            title=row.title,
            outlet=row.outlet,
            author=row.author,
            agency=row.agency,
            published=row.published,
            published_at=moment(row.published_at),
            url=row.url,
            added_at=added,
            versions=versions.get(number, 0),
            copy_of=row.origin,
            copies=row.copies,
            voice=row.voice_key,
            statements=said.get(number, 0),
            conditions=bound.get(number, 0),
            reader=row.reader,
        )


def _report_columns() -> tuple[Any, ...]:
    v = t.report_version.c
    return (
        t.report.c.key.label("report"),
        v.number.label("version"),
        *(v[name] for name in ("title", "published", "url")),
        t.reading.c.reader,
        t.reading.c.version_id,
    )


def _joined(table: Table, columns: Iterable[Any]) -> Any:
    return (
        select(*columns)
        .join(t.reading, t.reading.c.id == table.c.reading_id)
        .join(t.report_version, t.report_version.c.id == t.reading.c.version_id)
        .join(t.report, t.report.c.id == table.c.report_id)
    )


def _head(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("report", "version", "title", "outlet", "published", "url")},
        "published_at": moment(row.published_at),
    }


def _rows(connection: Connection, query: Any) -> dict[int, Any]:
    return {row.id: row for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class _About:
    """An issue that a statement is about, how probably, and why."""

    key: str
    name: str
    probability: float
    reason: str
    place: str | None


def _issues(connection: Connection, statements: Iterable[int]) -> dict[int, list[_About]]:
    """The issues of statements, each by the surest of its rows; those of what was read before reasons were kept, sure.

    Rows that a judgement took away are left out; those of older versions are not.
    """
    found: dict[int, dict[str, _About]] = {}
    link, issue = t.statement_issue.c, t.canonical_issue.c
    query = (
        select(link.statement_id, issue.key, issue.name, link.probability, link.reason, link.place)
        .join(t.canonical_issue, issue.id == link.issue_root)
        .where(link.statement_id.in_(list(statements)), or_(link.origin.is_(None), link.origin.not_in(DENIED.values())))
        .order_by(issue.key, link.probability.desc(), link.issue_id)
    )
    for number, key, name, probability, reason, place in connection.execute(query):
        sure = 1.0 if probability is None else probability
        found.setdefault(number, {}).setdefault(key, _About(key, name, sure, reason or "", place))
    return {number: list(issues.values()) for number, issues in found.items()}


def _told(about: _About, row: Any) -> str:
    """Why a statement is about an issue, with the words that say so where they are among its own."""
    if about.place is None:
        return about.reason
    start, end = json.loads(about.place)
    at = 0
    for first, last in spans_of(row.content):
        if first <= start and end <= last:
            return f"{about.reason}: {row.content_text[at + start - first : at + end - first]}"
        at += last - first + len(" … ")
    return about.reason


def _parties(connection: Connection, statements: Iterable[int]) -> dict[tuple[int, str], list[tuple[str, str]]]:
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    link, actor = t.statement_party.c, t.canonical_actor.c
    query = (
        select(link.statement_id, link.role, actor.key, actor.name)
        .join(t.canonical_actor, actor.id == link.actor_root)
        .where(link.statement_id.in_(list(statements)), link.role != "speaker")
        .order_by(link.position)
    )
    for number, role, key, name in connection.execute(query):
        found.setdefault((number, role), []).append((key, name))
    return found


def _roles(connection: Connection, rows: Iterable[Any]) -> Mapping[tuple[int, str], str]:
    speakers = {(row.reading_id, row.speaker) for row in rows if row.speaker}
    a = t.actor.c
    query = select(a.reading_id, a.local_id, a.role).where(
        a.reading_id.in_({reading for reading, _ in speakers}),
        a.local_id.in_({speaker for _, speaker in speakers}),
        a.role.is_not(None),
    )
    return {(row.reading_id, row.local_id): row.role for row in connection.execute(query)}


def _quotes(connection: Connection, rows: Iterable[Any], roles: Sequence[str]) -> dict[tuple[int, str], str]:
    """The words at the spans that have no column of their own, from each text in turn."""
    by_version: dict[int, list[Any]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(row)
    v = t.report_version.c
    found = {}
    for version, exact, text in connection.execute(
        select(v.id, v.text_exact, v.text).where(v.id.in_(list(by_version)))
    ):
        whole = given(text, exact)
        for row in by_version[version]:
            for role in roles:
                found[row.id, role] = cut(whole, spans_of(getattr(row, role)))
    return found


def _counted(connection: Connection, table: Table, reports: Sequence[int], current: bool) -> dict[int, int]:
    query = select(table.c.report_id, func.count()).where(table.c.report_id.in_(reports)).group_by(table.c.report_id)
    if current:
        query = query.where(table.c.current == 1)
    return {row[0]: row[1] for row in connection.execute(query)}
