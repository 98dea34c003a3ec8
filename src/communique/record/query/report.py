"""One report as the record has it: its text, its versions, what was read in it and what people judged of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from communique.errors import NotInRecord
from communique.model import Spans
from communique.record.database import tables as t
from communique.record.database.values import given, spans_of, unpacked
from communique.record.judgement.judgement_list import Listed, listed
from communique.record.query import whole_rows
from communique.record.query.rows import ConditionRow, ReportRow, StatementRow

MOST = 5000
"""Statements, conditions and actors of one report that are opened with it."""

_MOST_COPIES = 200


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a report: its number from 1 up, when it was added (UTC) and which reader read it, if any did."""

    number: int
    added_at: str
    reader: str | None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An actor in a report: the record's key and name for it after merges, and where the report mentions it."""

    actor: str
    name: str
    kind: str
    country: str | None
    role: str | None
    mentions: Spans


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report in one of its versions. Spans are in characters of ``text``.

    ``notes`` say what was odd about the input; ``copies`` are the reports that count as one voice with it; ``judged``
    are the judgements on its statements and conditions, also those whose words this version no longer has (orphaned).
    ``truncated`` is how many statements were left out, beyond `MOST`.
    """

    row: ReportRow
    number: int
    text: str
    notes: tuple[str, ...]
    versions: tuple[Version, ...]
    statements: tuple[StatementRow, ...]
    conditions: tuple[ConditionRow, ...]
    actors: tuple[Mentioned, ...]
    copies: tuple[ReportRow, ...]
    judged: tuple[Listed, ...]
    truncated: int


def open_report(connection: Connection, key: str, number: int | None = None) -> OpenedReport:
    """Return a report by its key, in its newest version or that of a number. Raises NotInRecord."""
    v = t.report_version
    report_id = connection.scalar(select(t.report.c.id).where(t.report.c.key == key))
    if report_id is None:
        raise NotInRecord(key, "the record holds no report of this key")
    versions = connection.execute(
        select(v.c.id, v.c.number, v.c.added_at, t.reading.c.reader, t.reading.c.id.label("reading_id"))
        .outerjoin(t.reading, t.reading.c.version_id == v.c.id)
        .where(v.c.report_id == report_id)
        .order_by(v.c.number)
    ).all()
    chosen = next((each for each in reversed(versions) if number in (None, each.number)), None)
    if chosen is None:
        raise NotInRecord(f"{key}, version {number}", f"the report has versions 1 to {versions[-1].number}")
    held = connection.execute(select(v.c.text, v.c.text_exact, v.c.notes).where(v.c.id == chosen.id)).one()
    (row,) = whole_rows.reports(connection, [report_id])
    statements = _numbers(connection, t.statement, chosen.reading_id)
    conditions = _numbers(connection, t.condition, chosen.reading_id)
    return OpenedReport(
        row=row,
        number=chosen.number,
        text=given(held.text, held.text_exact),
        notes=tuple(map(str, unpacked(held.notes))),
        versions=tuple(Version(each.number, each.added_at, each.reader) for each in versions),
        statements=tuple(whole_rows.statements(connection, statements)),
        conditions=tuple(whole_rows.conditions(connection, conditions)),
        actors=_actors(connection, chosen.reading_id),
        copies=_copies(connection, report_id),
        judged=tuple(listed(connection, report=key)),
        truncated=_count(connection, t.statement, chosen.reading_id) - len(statements),
    )


def _numbers(connection: Connection, table: Any, reading_id: int | None) -> list[int]:
    query = select(table.c.id).where(table.c.reading_id == reading_id).order_by(table.c.position).limit(MOST)
    return list(connection.scalars(query))


def _count(connection: Connection, table: Any, reading_id: int | None) -> int:
    query = select(func.count()).select_from(table).where(table.c.reading_id == reading_id)
    return connection.scalar(query) or 0


def _actors(connection: Connection, reading_id: int | None) -> tuple[Mentioned, ...]:
    meant, known = t.canonical_actor.alias("meant"), t.canonical_actor.alias("known")
    rows = connection.execute(
        select(known.c.key, known.c.name, known.c.kind, known.c.country, t.actor.c.role, t.actor.c.mentions)
        .join(meant, meant.c.id == func.coalesce(t.actor.c.resolved_id, t.actor.c.canonical_id))
        .join(known, known.c.id == meant.c.root_id)
        .where(t.actor.c.reading_id == reading_id)
        .order_by(t.actor.c.position)
        .limit(MOST)
    )
    return tuple(Mentioned(row.key, row.name, row.kind, row.country, row.role, spans_of(row.mentions)) for row in rows)


def _copies(connection: Connection, report_id: int) -> tuple[ReportRow, ...]:
    """The other reports of the group, the origin first."""
    r = t.report.c
    voice = select(r.voice).where(r.id == report_id).scalar_subquery()
    numbers = connection.scalars(
        select(r.id)
        .where(r.voice == voice, r.id != report_id)
        .order_by(r.copy_of.is_not(None), r.published_at, r.id)
        .limit(_MOST_COPIES)
    ).all()
    return tuple(whole_rows.reports(connection, numbers))
