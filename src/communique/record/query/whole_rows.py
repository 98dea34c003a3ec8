"""Whole rows of a list from their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, or_, select

from communique.record.database import tables as t
from communique.record.database.by_numbers import ByNumbers, among_these
from communique.record.database.values import cut, given, spans_of
from communique.record.decisions.corrected_matters import JUDGED
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
    rows = _rows(connection, _STATEMENTS, numbers)
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
            speaker_confidence=row.speaker_confidence,
        )
    yield from _in_order(numbers, correct_rows(connection, "statement", made, rows))


def conditions(connection: Connection, numbers: Sequence[int]) -> Iterator[ConditionRow]:
    """Yield conditions in the order of their numbers."""
    rows = _rows(connection, _CONDITIONS, numbers)
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
            must_act_confidence=row.must_act_confidence,
        )
    yield from _in_order(numbers, correct_rows(connection, "condition", made, rows))


def _in_order(numbers: Iterable[int], made: Mapping[int, _R]) -> Iterator[_R]:
    return (made[number] for number in numbers)


def reports(connection: Connection, numbers: Sequence[int]) -> Iterator[ReportRow]:
    """Yield reports in the order of their numbers."""
    rows = _rows(connection, _REPORTS, numbers)
    versions, said, bound = (dict(map(tuple, query.rows(connection, numbers))) for query in _COUNTS)
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


def _head(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("report", "version", "title", "outlet", "published", "url")},
        "published_at": moment(row.published_at),
    }


def _rows(connection: Connection, query: ByNumbers, numbers: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in query.rows(connection, numbers)}


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

    They are those before any judgement: what people corrected is put in afterwards.
    """
    found: dict[int, dict[str, _About]] = {}
    for number, key, name, probability, reason, place in _ISSUES.rows(connection, statements):
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
    for number, role, key, name in _PARTIES.rows(connection, statements):
        found.setdefault((number, role), []).append((key, name))
    return found


def _roles(connection: Connection, rows: Iterable[Any]) -> Mapping[tuple[int, str], str]:
    readings = {row.reading_id for row in rows if row.speaker}
    return {(row.reading_id, row.local_id): row.role for row in _ROLES.rows(connection, readings)}


def _quotes(connection: Connection, rows: Iterable[Any], roles: Sequence[str]) -> dict[tuple[int, str], str]:
    """The words at the spans that have no column of their own, from each text in turn."""
    by_version: dict[int, list[Any]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(row)
    found = {}
    for version, exact, text in _TEXTS.rows(connection, by_version):
        whole = given(text, exact)
        for row in by_version[version]:
            for role in roles:
                found[row.id, role] = cut(whole, spans_of(getattr(row, role)))
    return found


def _joined(table: Table, *columns: Any) -> Any:
    v = t.report_version.c
    of_report = (
        t.report.c.key.label("report"),
        v.number.label("version"),
        *(v[name] for name in ("title", "published", "url")),
        t.reading.c.reader,
        t.reading.c.version_id,
    )
    return (
        select(*table.c, *of_report, *columns)
        .join(t.reading, t.reading.c.id == table.c.reading_id)
        .join(t.report_version, t.report_version.c.id == t.reading.c.version_id)
        .join(t.report, t.report.c.id == table.c.report_id)
        .where(among_these(table.c.id))
    )


def _counted(table: Table, current: bool) -> ByNumbers:
    query = select(table.c.report_id, func.count()).where(among_these(table.c.report_id)).group_by(table.c.report_id)
    return ByNumbers(query.where(table.c.current == 1) if current else query)


_STATEMENTS = ByNumbers(
    _joined(
        t.statement,
        _SPEAKER.c.key.label("speaker_key"),
        _SPEAKER.c.name.label("speaker_name"),
        _PARTY.c.key.label("party"),
        _PARTY.c.name.label("party_name"),
    )
    .outerjoin(_SPEAKER, _SPEAKER.c.id == t.statement.c.speaker_root)
    .outerjoin(_PARTY, _PARTY.c.id == t.statement.c.party_root)
)
_CONDITIONS = ByNumbers(
    _joined(
        t.condition,
        _SPEAKER.c.key.label("holder_key"),
        _SPEAKER.c.name.label("holder_name"),
        _MUST_ACT.c.key.label("must_act_key"),
        _MUST_ACT.c.name.label("must_act_name"),
    )
    .outerjoin(_SPEAKER, _SPEAKER.c.id == t.condition.c.holder_root)
    .outerjoin(_MUST_ACT, _MUST_ACT.c.id == t.condition.c.must_act_root)
)
_REPORTS = ByNumbers(
    select(*t.report.c, _ORIGIN.c.key.label("origin"), _VOICE.c.key.label("voice_key"), t.reading.c.reader)
    .outerjoin(_ORIGIN, _ORIGIN.c.id == t.report.c.copy_of)
    .join(_VOICE, _VOICE.c.id == t.report.c.voice)
    .outerjoin(t.reading, t.reading.c.version_id == t.report.c.version_id)
    .where(among_these(t.report.c.id))
)
_COUNTS = (_counted(t.report_version, False), _counted(t.statement, True), _counted(t.condition, True))
_ABOUT = t.statement_issue.c
_ISSUES = ByNumbers(
    select(
        *(_ABOUT.statement_id, t.canonical_issue.c.key, t.canonical_issue.c.name),
        *(_ABOUT.probability, _ABOUT.reason, _ABOUT.place),
    )
    .join(t.canonical_issue, t.canonical_issue.c.id == _ABOUT.issue_root)
    .where(among_these(_ABOUT.statement_id), or_(_ABOUT.origin.is_(None), _ABOUT.origin != JUDGED))
    .order_by(t.canonical_issue.c.key, _ABOUT.probability.desc(), _ABOUT.issue_id)
)
_PARTIES = ByNumbers(
    select(
        t.statement_party.c.statement_id,
        t.statement_party.c.role,
        t.canonical_actor.c.key,
        t.canonical_actor.c.name,
    )
    .join(t.canonical_actor, t.canonical_actor.c.id == t.statement_party.c.actor_root)
    .where(among_these(t.statement_party.c.statement_id), t.statement_party.c.role != "speaker")
    .order_by(t.statement_party.c.position)
)
_ROLES = ByNumbers(
    select(t.actor.c.reading_id, t.actor.c.local_id, t.actor.c.role).where(
        among_these(t.actor.c.reading_id), t.actor.c.role.is_not(None)
    )
)
_TEXTS = ByNumbers(
    select(t.report_version.c.id, t.report_version.c.text_exact, t.report_version.c.text).where(
        among_these(t.report_version.c.id)
    )
)
