"""What to judge next: the statements of which the reader is least sure come first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from communique.record.database import tables as t
from communique.record.decisions.judgement_log import JudgementVerdict

JUDGEABLE = "statement"


@dataclass(frozen=True, slots=True)
class Due:
    """A statement that waits for somebody's judgement; ``place`` is where the queue goes on after it."""

    statement: str
    report: str
    place: str


def next_due(
    connection: Connection, by: str, *, after: str | None = None, issue: int | None = None, report: str | None = None
) -> Due | None:
    """Return the least certain current statement that ``by`` has not judged, after a place in the queue, or None.

    ``issue`` (a row's number) and ``report`` (a key) keep to a part. Raises ValueError for a place that is none.
    """
    s = t.statement.c
    query = (
        select(s.id, s.key, s.confidence, t.report.c.key.label("report"))
        .join(t.report, t.report.c.id == s.report_id)
        .where(t.CURRENT, ~_judged(by))
        .order_by(s.confidence, s.id)
        .limit(1)
    )
    if after is not None:
        confidence, _, number = after.partition("~")
        sure, row = float(confidence), int(number)
        query = query.where(or_(s.confidence > sure, and_(s.confidence == sure, s.id > row)))
    if issue is not None:
        about = select(t.statement_issue.c.statement_id).where(t.statement_issue.c.issue_root == issue)
        query = query.where(s.id.in_(about))
    if report is not None:
        query = query.where(t.report.c.key == report)
    found = connection.execute(query).first()
    return Due(found.key, found.report, f"{found.confidence!r}~{found.id}") if found else None


def _judged(by: str) -> ColumnElement[bool]:
    """Whether a person's judgement stands on a statement: one that was not taken back later."""
    made, put = t.judgement.alias("made"), t.attachment.alias("put")
    back, put_back = t.judgement.alias("back"), t.attachment.alias("put_back")
    on = t.statement.c.id
    taken_back = exists().where(
        put_back.c.kind == JUDGEABLE,
        put_back.c.row_id == on,
        put_back.c.judgement_seq == back.c.seq,
        back.c.by == by,
        back.c.verdict == JudgementVerdict.WITHDRAW.value,
        back.c.clock > made.c.clock,
    )
    return exists().where(
        put.c.kind == JUDGEABLE,
        put.c.row_id == on,
        put.c.judgement_seq == made.c.seq,
        made.c.by == by,
        made.c.verdict != JudgementVerdict.WITHDRAW.value,
        ~taken_back,
    )
