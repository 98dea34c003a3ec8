"""Which rows the judgements stand on, kept up to date when a report is judged, read again or handed over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from communique.record.database import tables as t
from communique.record.database.values import given, spans_of
from communique.record.decisions.anchors import JudgeableRow, best, from_data
from communique.record.decisions.corrected_matters import correct_matters
from communique.record.decisions.corrected_parties import FIELDS
from communique.record.decisions.corrections import packed_words
from communique.record.decisions.judgement_log import JUDGEMENTS, PARTY, SPANS, TABLES, standing
from communique.record.resolution import merges

ALIAS = "key:"
"""Marks an identity of a report: under which key another record knows a text of it."""


def alias_of(key: str, text_sha256: str) -> str:
    """Return the identity by which judgements find a report that has another key here."""
    return f"{ALIAS}{text_sha256}:{key}"


def detach(connection: Connection, reading_id: int) -> None:
    """Take judgements off the rows of a reading that is about to go. The judgements stay."""
    for kind, table in TABLES.items():
        rows = select(table.c.id).where(table.c.reading_id == reading_id)
        connection.execute(delete(t.attachment).where(t.attachment.c.kind == kind, t.attachment.c.row_id.in_(rows)))


def refresh(connection: Connection, report_ids: Iterable[int]) -> None:
    """Put the judgements on these reports' statements and conditions onto the rows of today's readings."""
    for report_id in report_ids:
        judged = _judgements(connection, report_id)
        for kind, table in TABLES.items():
            _clear(connection, kind, report_id)
            of_kind = [row for row in judged if row.target_kind == kind]
            if of_kind:
                for reading in _readings(connection, report_id):
                    _attach(connection, kind, reading, of_kind)
                    _settle(connection, kind, table, reading.id)
        if any(FIELDS.get(row.target_kind, ()) and row.verdict == "correct" for row in judged):
            # Also where a correction was taken back: the roots are then the reader's again.
            merges.refresh(connection, [report_id])
            correct_matters(connection, report_id)


def follow(connection: Connection, report_id: int) -> None:
    """`refresh` a report that was just read, where there are judgements on it."""
    if _judgements(connection, report_id):
        refresh(connection, [report_id])


def reports_of(connection: Connection, report_key: str, text_sha256: str) -> list[int]:
    """Return the reports that a judgement made on such a text of a report of such a key may be about."""
    by_key = select(t.report.c.id).where(t.report.c.key == report_key)
    by_alias = select(t.report_identity.c.report_id).where(
        t.report_identity.c.identity == alias_of(report_key, text_sha256)
    )
    return sorted({*connection.scalars(by_key), *connection.scalars(by_alias)})


def _judgements(connection: Connection, report_id: int) -> list[Row[Any]]:
    """Return the rows of the judgements on a report, also those of another record that has it under another key."""
    key = connection.scalar(select(t.report.c.key).where(t.report.c.id == report_id))
    aliases = connection.scalars(
        select(t.report_identity.c.identity).where(
            t.report_identity.c.report_id == report_id, t.report_identity.c.identity.startswith(ALIAS)
        )
    )
    known = {(parts[2], parts[1]) for parts in (alias.split(":", 2) for alias in aliases)}
    rows = list(
        connection.execute(
            select(t.judgement)
            .where(t.judgement.c.report_key.in_({key, *(name for name, _ in known)}))
            .order_by(t.judgement.c.seq)
        )
    )
    return [
        row
        for row in rows
        if (row.report_key, _sha256(row)) in known
        or row.report_key == key
        and not _elsewhere(connection, alias_of(row.report_key, _sha256(row)), report_id)
    ]


def _sha256(row: Row[Any]) -> str:
    return str(json.loads(row.anchor).get("text_sha256", ""))


def _elsewhere(connection: Connection, alias: str, report_id: int) -> bool:
    found = connection.scalar(select(t.report_identity.c.report_id).where(t.report_identity.c.identity == alias))
    return found is not None and found != report_id


def _clear(connection: Connection, kind: str, report_id: int) -> None:
    table = TABLES[kind]
    rows = select(table.c.id).where(table.c.report_id == report_id)
    connection.execute(delete(t.attachment).where(t.attachment.c.kind == kind, t.attachment.c.row_id.in_(rows)))
    connection.execute(
        update(table)
        .where(table.c.report_id == report_id, table.c.verdict.is_not(None))
        .values(verdict=None, corrected=None)
    )


def _readings(connection: Connection, report_id: int) -> list[Row[Any]]:
    return list(
        connection.execute(
            select(t.reading.c.id, t.report_version.c.text, t.report_version.c.text_exact)
            .join(t.report_version, t.report_version.c.id == t.reading.c.version_id)
            .where(t.reading.c.report_id == report_id)
        )
    )


def _attach(connection: Connection, kind: str, reading: Row[Any], judged: Iterable[Row[Any]]) -> None:
    table = TABLES[kind]
    rows = connection.execute(select(table).where(table.c.reading_id == reading.id).order_by(table.c.position))
    candidates = [
        JudgeableRow(
            row.id,
            row.key,
            getattr(row, PARTY[kind].name),
            {role: spans_of(getattr(row, role)) for role in SPANS[kind]},
        )
        for row in rows
    ]
    text = given(reading.text, reading.text_exact)
    places: dict[tuple[str, str], int | None] = {}
    made = []
    for row in judged:
        target = (row.target_key, row.anchor)
        if target not in places:
            held = from_data(json.loads(row.anchor))
            places[target] = best(held, row.target_key, text, candidates) if held else None
        number = places[target]
        if number is not None:
            made.append({"kind": kind, "row_id": number, "judgement_seq": row.seq})
    if made:
        connection.execute(insert(t.attachment), made)


def _settle(connection: Connection, kind: str, table: Any, reading_id: int) -> None:
    """Set the verdicts and corrected words of a reading's rows from the judgements that stand on them."""
    rows: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(
        select(t.attachment.c.row_id, *t.judgement.c)
        .join(t.judgement, t.judgement.c.seq == t.attachment.c.judgement_seq)
        .where(
            t.attachment.c.kind == kind,
            t.attachment.c.row_id.in_(select(table.c.id).where(table.c.reading_id == reading_id)),
        )
    ):
        rows.setdefault(row.row_id, []).append(row)
    for number, each in rows.items():
        stands = standing(map(JUDGEMENTS.from_row, each))
        if stands.verdict:
            values = {"verdict": stands.verdict, "corrected": packed_words(kind, stands.correction)}
            connection.execute(update(table).where(table.c.id == number).values(values))
