"""Who stands behind a row when people have corrected its speaker, its holder or who must act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from communique.record.database import tables as t
from communique.record.decisions.judgement_log import TABLES, judgements_of_rows, standing

FIELDS = {"statement": ("speaker",), "condition": ("holder", "must_act")}
_MOST_STEPS = 10


def correct_roots(connection: Connection, report_ids: Sequence[int]) -> None:
    """Put corrected speakers, holders and those who must act into the ``..._root`` columns of these reports' rows."""
    for kind, names in FIELDS.items():
        table = TABLES[kind]
        rows = connection.execute(
            select(table.c.id, table.c.reading_id).where(
                table.c.report_id.in_(report_ids), table.c.verdict.in_(("correct", "disputed"))
            )
        ).fetchall()
        judged = judgements_of_rows(connection, kind, [row.id for row in rows]) if rows else {}
        for row in rows:
            correction = standing(judged.get(row.id, ())).correction
            values: dict[str, Any] = {}
            for name in names:
                if name in correction:
                    root, country = root_of(connection, row.reading_id, correction[name])
                    values[f"{name}_root"] = root
                    if name != "must_act":
                        values["country"] = country
            if values:
                _put(connection, kind, row.id, values)


def _put(connection: Connection, kind: str, number: int, values: dict[str, Any]) -> None:
    if kind == "statement":
        values = {**values, "party_root": _party(connection, values["speaker_root"])}
        link, party = t.statement_issue, t.statement_party
        connection.execute(update(link).where(link.c.statement_id == number).values(values))
        if values["speaker_root"] is not None:
            speaks = (party.c.statement_id == number) & (party.c.role == "speaker")
            connection.execute(update(party).where(speaks).values(actor_root=values["speaker_root"]))
    table = TABLES[kind]
    connection.execute(update(table).where(table.c.id == number).values(values))


def root_of(connection: Connection, reading_id: int, named: str | None) -> tuple[int | None, str | None]:
    """Return who a correction names, an id of the report or a key of the record, and of which country."""
    if named is None:
        return None, None
    c, a = t.canonical_actor.c, t.actor.c
    local = select(func.coalesce(a.resolved_id, a.canonical_id)).where(a.reading_id == reading_id, a.local_id == named)
    number = connection.scalar(local) or connection.scalar(select(c.id).where(c.key == named))
    meant = connection.execute(select(c.root_id, c.country).where(c.id == number)).first()
    if meant is None:
        return None, None
    country = connection.scalar(select(c.country).where(c.id == meant.root_id))
    return meant.root_id, country or meant.country


def _party(connection: Connection, root: int | None) -> int | None:
    """Return for whom an actor speaks in the end, by the principals that the record knows."""
    c = t.canonical_actor.c
    for _ in range(_MOST_STEPS):
        principal = connection.scalar(select(c.principal).where(c.id == root))
        over = connection.scalar(select(c.root_id).where(c.key == principal)) if principal else None
        if over is None or over == root:
            break
        root = over
    return root
