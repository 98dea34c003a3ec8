"""Statements given to issues that are followed since they were read, without reading them again.

Rows that the reader made stay as they are; those made later are marked as such, go when the frame changes, and are made
anew. What finds the issues in the words is no matter of the record's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from communique.model import Act, AssignmentReason, Condition, ConditionKind, Span, Spans, Stance
from communique.record.database import tables as t
from communique.record.database.values import given, packed, spans_of
from communique.record.decisions.corrected_matters import LATER

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement of a newest version: what tells whether it is about an issue, and where it stands on it.

    Spans are in ``text``, the report's; ``inner`` are the contents of the statements inside it.
    """

    id: int
    text: str
    content: Spans
    act: Act
    conditions: tuple[Condition, ...]
    inner: Spans
    row: Any


@dataclass(frozen=True, slots=True)
class LaterAssignment:
    """That a statement is about an issue of the frame, by the issue's key."""

    statement: ReadStatement
    issue: str
    probability: float
    reason: AssignmentReason
    place: Span
    stance: Stance | None


def forget_later(connection: Connection) -> None:
    """Take away what earlier changes of the frame assigned."""
    connection.execute(delete(t.statement_issue).where(t.statement_issue.c.origin == LATER))


def frames_read_in(connection: Connection) -> list[tuple[str, ...] | None]:
    """Return in which frames the record's reports were read, each as its issues' names; None where that is unknown."""
    rows = connection.scalars(select(t.reading.c.frame).distinct())
    return [tuple(json.loads(row)) if row is not None else None for row in rows]


def contents_read_in(connection: Connection, frame: tuple[str, ...] | None) -> Iterator[tuple[int, str]]:
    """Yield the numbers and words of the statements of newest versions that were read in a frame."""
    s = t.statement.c
    held = t.reading.c.frame.is_(None) if frame is None else t.reading.c.frame == packed(list(frame))
    query = (
        select(s.id, s.content_text)
        .join(t.reading, t.reading.c.id == s.reading_id)
        .where(held, s.current == 1)
        .order_by(s.id)
    )
    last = 0
    while rows := connection.execute(query.where(s.id > last).limit(10 * _AT_ONCE)).fetchall():
        yield from ((row.id, row.content_text) for row in rows)
        last = rows[-1].id


def read_statements(connection: Connection, numbers: Sequence[int]) -> Iterator[ReadStatement]:
    """Yield statements by number, with their texts and conditions."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield from _some(connection, numbers[start : start + _AT_ONCE])


def _some(connection: Connection, numbers: Sequence[int]) -> Iterator[ReadStatement]:
    s, v = t.statement.c, t.report_version.c
    rows = connection.execute(
        select(*s, t.reading.c.version_id)
        .join(t.reading, t.reading.c.id == s.reading_id)
        .where(s.id.in_(numbers))
        .order_by(s.id)
    ).fetchall()
    versions = {row.version_id for row in rows}
    texts = {
        row.id: given(row.text, row.text_exact)
        for row in connection.execute(select(v.id, v.text, v.text_exact).where(v.id.in_(versions)))
    }
    conditions: dict[int, list[Condition]] = {}
    for row in connection.execute(
        select(t.condition).where(t.condition.c.statement_id.in_(numbers)).order_by(t.condition.c.id)
    ):
        conditions.setdefault(row.statement_id, []).append(_condition(row))
    inner: dict[tuple[int, str], list[Span]] = {}
    for row in connection.execute(
        select(s.reading_id, s.parent, s.content).where(
            s.reading_id.in_({row.reading_id for row in rows}), s.parent.in_({row.key for row in rows})
        )
    ):
        inner.setdefault((row.reading_id, row.parent), []).extend(spans_of(row.content))
    for row in rows:
        yield ReadStatement(
            row.id,
            texts[row.version_id],
            spans_of(row.content),
            Act(row.act),
            tuple(conditions.get(row.id, ())),
            tuple(inner.get((row.reading_id, row.key), ())),
            row,
        )


def _condition(row: Any) -> Condition:
    antecedent, consequent, cue = (spans_of(getattr(row, name)) for name in ("antecedent", "consequent", "cue"))
    kind = ConditionKind(row.kind)
    who = (row.holder, row.must_act)
    return Condition(row.key, row.statement, antecedent, consequent, cue, kind, *who, row.confidence)


def assign_later(connection: Connection, found: Iterable[LaterAssignment]) -> int:
    """Keep assignments that the record has not; return how many."""
    numbers = {row.key: row for row in connection.execute(select(t.canonical_issue))}
    made = 0
    waiting: list[LaterAssignment] = []
    for each in found:
        waiting.append(each)
        if len(waiting) == _AT_ONCE:
            made += _assign(connection, waiting, numbers)
            waiting = []
    return made + _assign(connection, waiting, numbers)


def _assign(connection: Connection, found: Sequence[LaterAssignment], issues: dict[str, Any]) -> int:
    link = t.statement_issue.c
    held = {
        (row.statement_id, row.issue_root)
        for row in connection.execute(
            select(link.statement_id, link.issue_root).where(link.statement_id.in_({f.statement.id for f in found}))
        )
    }
    rows = []
    for each in found:
        issue, row = issues.get(each.issue), each.statement.row
        if issue is None or (row.id, issue.root_id) in held:
            continue
        held.add((row.id, issue.root_id))
        rows.append(
            {
                "statement_id": row.id,
                "issue_id": issue.id,
                "issue_root": issue.root_id,
                **{name: getattr(row, name) for name in ("speaker_root", "country", "party_root", "rank", "said_on")},
                "published_at": row.published_at,
                "current": row.current,
                "stance": each.stance.value if each.stance else None,
                "probability": each.probability,
                "reason": each.reason.value,
                "place": packed(each.place),
                "origin": LATER,
            }
        )
    if rows:
        connection.execute(insert(t.statement_issue), rows)
    return len(rows)
