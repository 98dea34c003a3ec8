"""Which issues a statement is about when people have corrected that: the rows that everything is counted by follow.

What the reader assigned is marked as denied and no longer current, what it had not is added; both are as before where
the correction is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from communique.model import AssignmentReason
from communique.record.database import tables as t
from communique.record.decisions.judgement_log import judgements_of_rows, standing

LATER, JUDGED = "frame", "judged"
"""The origins of rows that a change of the frame made, and that a judgement made; the reader's have none."""

DENIED = {"": "denied", LATER: f"denied {LATER}"}
"""The origins of rows that a judgement took out of the count, by what they were before; "" is the reader's."""


def correct_matters(connection: Connection, report_id: int) -> None:
    """Put corrected issues of a report's statements into the rows that link the two."""
    link, s = t.statement_issue, t.statement.c
    own = select(s.id).where(s.report_id == report_id)
    connection.execute(delete(link).where(link.c.statement_id.in_(own), link.c.origin == JUDGED))
    current = select(s.current).where(s.id == link.c.statement_id).scalar_subquery()
    for before, origin in DENIED.items():
        denied = link.c.statement_id.in_(own) & (link.c.origin == origin)
        connection.execute(update(link).where(denied).values(origin=before or None, current=current))
    rows = connection.execute(
        select(t.statement).where(s.report_id == report_id, s.verdict.in_(("correct", "disputed")))
    ).fetchall()
    judged = judgements_of_rows(connection, "statement", [row.id for row in rows]) if rows else {}
    for row in rows:
        correction = standing(judged.get(row.id, ())).correction
        if "about" in correction:
            _correct(connection, row, correction["about"])


def _correct(connection: Connection, row: Any, wanted: Iterable[str]) -> None:
    link = t.statement_issue
    meant = {each.root_id: each.id for each in (_issue(connection, row.reading_id, name) for name in wanted) if each}
    columns = (link.c.issue_id, link.c.issue_root, link.c.origin)
    held = connection.execute(select(*columns).where(link.c.statement_id == row.id)).fetchall()
    for each in held:
        if each.issue_root not in meant:
            this = (link.c.statement_id == row.id) & (link.c.issue_id == each.issue_id)
            connection.execute(update(link).where(this).values(origin=DENIED[each.origin or ""], current=0))
    known = {each.issue_root for each in held}
    for root, number in meant.items():
        if root not in known:
            values = {name: getattr(row, name) for name in ("speaker_root", "country", "party_root", "rank", "said_on")}
            connection.execute(
                insert(link).values(
                    statement_id=row.id,
                    issue_id=number,
                    issue_root=root,
                    published_at=row.published_at,
                    current=row.current,
                    probability=1.0,
                    reason=AssignmentReason.JUDGED.value,
                    origin=JUDGED,
                    **values,
                )
            )


def _issue(connection: Connection, reading_id: int, name: str) -> Any:
    """The issue that a correction names: by the report's id, else by the record's key."""
    c, i = t.canonical_issue.c, t.issue.c
    local = select(i.canonical_id).where(i.reading_id == reading_id, i.local_id == name)
    own = connection.scalar(local)
    which = c.id == own if own else c.key == name
    return connection.execute(select(c.id, c.root_id).where(which)).first()
