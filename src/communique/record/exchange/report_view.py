"""A report as the other formats show it: its newest reading with what people decided in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from communique.model import Condition, Report, Span, Spans, Statement
from communique.record.archive.restore import Held, held_reports
from communique.record.database import tables as t
from communique.record.database.values import spans_of, storable
from communique.record.decisions.judgement_log import TABLES, Judgement, apply_corrections, judgements_of_rows


@dataclass(frozen=True, slots=True)
class ReportParty:
    """An actor of a report and who stands behind it in the record: that one's key, name, kind and country."""

    local_id: str
    name: str
    mentions: Spans
    key: str
    root_name: str
    kind: str
    country: str | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, its newest version, who acts in it, and its rows with corrections in them and the verdict beside."""

    held: Held
    report: Report
    reader: str
    text: str
    parties: Mapping[str, ReportParty]
    issues: Mapping[str, str]
    statements: Sequence[Mapping[str, Any]]
    conditions: Sequence[Mapping[str, Any]]

    def party(self, name: str | None) -> ReportParty | None:
        """Return who an id of the report, or a key of the record, stands for."""
        return self.parties.get(name or "")

    def words(self, spans: Spans) -> str:
        """Return the words at some spans, pieces joined by " … "."""
        return " … ".join(self.text[start:end] for start, end in spans)


def report_views(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[ReportView]:
    """Yield the reports that have been read, in the order of their keys."""
    for held in held_reports(connection, chosen, newest_only=True):
        for version in held.versions:
            if version.reading is None:
                continue
            reading = version.reading
            yield ReportView(
                held,
                version.report,
                reading.reader,
                storable(version.report.text),
                _parties(connection, version.id),
                _issues(connection, version.id),
                _judged(connection, "statement", held.id, reading.statements, version.report.text),
                _judged(connection, "condition", held.id, reading.conditions, version.report.text),
            )


def _parties(connection: Connection, version_id: int) -> dict[str, ReportParty]:
    root, meant = t.canonical_actor.alias("root"), t.canonical_actor.alias("meant")
    rows = connection.execute(
        select(
            t.actor.c.local_id,
            t.actor.c.name,
            t.actor.c.mentions,
            root.c.key,
            root.c.name.label("root_name"),
            root.c.kind,
            root.c.country,
            t.actor.c.country.label("own"),
        )
        .join(meant, meant.c.id == func.coalesce(t.actor.c.resolved_id, t.actor.c.canonical_id))
        .join(root, root.c.id == meant.c.root_id)
        .where(_of_version(t.actor, version_id))
        .order_by(t.actor.c.position)
    )
    found = {
        row.local_id: ReportParty(
            row.local_id, row.name, spans_of(row.mentions), row.key, row.root_name, row.kind, row.country or row.own
        )
        for row in rows
    }
    return {**{party.key: party for party in reversed(found.values())}, **found}


def _issues(connection: Connection, version_id: int) -> dict[str, str]:
    root, own = t.canonical_issue.alias("root"), t.canonical_issue.alias("own")
    rows = connection.execute(
        select(t.issue.c.local_id, root.c.key)
        .join(own, own.c.id == t.issue.c.canonical_id)
        .join(root, root.c.id == own.c.root_id)
        .where(_of_version(t.issue, version_id))
        .order_by(t.issue.c.position)
    )
    return {row.local_id: row.key for row in rows}


def _of_version(table: Table, version_id: int) -> ColumnElement[bool]:
    return table.c.reading_id.in_(select(t.reading.c.id).where(t.reading.c.version_id == version_id))


def _judged(
    connection: Connection, kind: str, report_id: int, items: Sequence[Statement | Condition], text: str
) -> list[dict[str, Any]]:
    table = TABLES[kind]
    numbers = {
        row.key: row.id
        for row in connection.execute(
            select(table.c.key, table.c.id).where(
                table.c.report_id == report_id, table.c.current == 1, table.c.verdict.is_not(None)
            )
        )
    }
    judged: dict[int, tuple[Judgement, ...]] = judgements_of_rows(connection, kind, numbers.values()) if numbers else {}
    done = []
    for item in items:
        row = {each.name: getattr(item, each.name) for each in fields(item)} | {"verdict": None}
        row = apply_corrections(row, judged.get(numbers.get(item.id, -1), ()), text=text)
        for name in ("source", "cue", "content", "antecedent", "consequent"):
            if name in row:
                row[name] = tuple(Span(*span) for span in row[name])
        done.append(row)
    return done
