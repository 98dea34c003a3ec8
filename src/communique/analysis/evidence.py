"""What the analyses rest on: statements of the record with all that weighs in, newest first.

Statements that somebody judged wrong are left out; those of older versions of a report too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, literal_column, select

from communique.model import ConditionKind, Span, Spans, Stance
from communique.record import schema as t
from communique.record.filters import beyond, lower
from communique.record.storing import spans_of


@dataclass(frozen=True, slots=True)
class HeldCondition:
    """A condition as a position holds it: the words of both sides, and by key who holds it and who must act."""

    key: str
    kind: ConditionKind
    antecedent: str
    consequent: str
    holder: str | None
    must_act: str | None
    antecedent_at: Spans
    confidence: float


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue that a statement is about, and where it stands on it."""

    key: str
    name: str
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement. ``content`` are its words, at the spans ``at`` of the report's newest text.

    ``stance`` is that on the issue for which it was looked up, None where it was looked up by another way; ``topics``
    are all issues that it is about, where they were asked for.

    ``day`` is when it was said, as far as known ("2023-10-02", "2022-03"), else when it was published, "" where neither
    is known; ``published_at`` sorts by time. ``voice`` is the number of the report whose copies count as one voice.
    ``rank`` is how much the speaker commits the party, 0 to 6.
    """

    id: int
    key: str
    report: str
    title: str | None
    outlet: str | None
    url: str | None
    published_at: str
    day: str
    speaker: str | None
    speaker_name: str
    party: str | None
    rank: int
    act: str
    stance: Stance | None
    content: str
    at: Spans
    confidence: float
    voice: int
    voices: int
    conditions: tuple[HeldCondition, ...]
    responds_to: str | None = None
    parent: str | None = None
    relayed: bool = False
    party_name: str = ""
    topics: tuple[Topic, ...] = ()


ONE: ColumnElement[int] = literal_column("1")
"""Written out, not bound: only so does a store see that an index over current rows serves."""

_SPEAKER = t.canonical_actor.alias("speaker_actor")
_PARTY = t.canonical_actor.alias("party_actor")


def _query(*more: Any) -> Select[Any]:
    s = t.statement
    columns = [
        *(
            s.c[name]
            for name in ("id", "key", "published_at", "act", "content", "content_text", "confidence", "voices")
        ),
        *(s.c[name] for name in ("responds_to", "parent", "chain", "said_on", "rank")),
        _SPEAKER.c.key.label("speaker"),
        _SPEAKER.c.name.label("speaker_name"),
        _PARTY.c.key.label("party"),
        _PARTY.c.name.label("party_name"),
        t.report.c.key.label("report"),
        *(t.report.c[name] for name in ("title", "outlet", "url", "voice")),
    ]
    return (
        select(*columns, *more)
        .join(t.report, t.report.c.id == s.c.report_id)
        .outerjoin(_SPEAKER, _SPEAKER.c.id == s.c.speaker_root)
        .where(s.c.verdict.is_distinct_from("reject"))
    )


def evidence_on(
    connection: Connection,
    issue: int,
    *,
    party: int | None = None,
    with_stance: bool = False,
    as_of: str | None = None,
    since: str | None = None,
    limit: int = 500,
) -> list[Evidence]:
    """Return the newest statements on an issue, of one party or of all, newest first.

    ``as_of`` (ISO 8601) leaves out what was published later than that day, ``since`` what was published before.
    Raises BadFilter for what is no date.
    """
    rows = rows_on(connection, issue, party=party, with_stance=with_stance, as_of=as_of, since=since, limit=limit)
    return with_conditions(connection, rows)


def rows_on(
    connection: Connection,
    issue: int,
    *,
    party: int | None = None,
    with_stance: bool = False,
    as_of: str | None = None,
    since: str | None = None,
    limit: int = 500,
) -> Sequence[Row[Any]]:
    """Return the rows of which `evidence_on` makes evidence, so that many lists can share one look for conditions."""
    given = {
        "issue": issue,
        "party": party,
        "as_of": beyond(as_of) if as_of else None,
        "since": lower(since) if since else None,
        "most": limit,
    }
    query = _on_issue(party is not None, with_stance, as_of is not None, since is not None)
    return connection.execute(query, {name: value for name, value in given.items() if value is not None}).all()


@cache
def _on_issue(of_party: bool, with_stance: bool, until: bool, since: bool) -> Select[Any]:
    """The query, built once for each shape."""
    i = t.statement_issue
    query = (
        _query(i.c.stance)
        .join(i, i.c.statement_id == t.statement.c.id)
        .outerjoin(_PARTY, _PARTY.c.id == i.c.party_root)
        .where(i.c.current == ONE, i.c.issue_root == bindparam("issue"))
    )
    if of_party:
        query = query.where(i.c.party_root == bindparam("party"))
    if with_stance:
        query = query.where(i.c.stance.in_([stance.value for stance in Stance]))
    if until:
        query = query.where(i.c.published_at < bindparam("as_of"))
    if since:
        query = query.where(i.c.published_at >= bindparam("since"))
    return query.order_by(i.c.published_at.desc(), i.c.statement_id.desc()).limit(bindparam("most"))


def newest(
    connection: Connection,
    *,
    party: int | None = None,
    as_of: str | None = None,
    since: str | None = None,
    limit: int = 500,
) -> list[Evidence]:
    """Return the newest statements, of one party or of all, newest first, whatever they are about.

    ``as_of`` and ``since`` are as in `evidence_on`. Raises BadFilter for what is no date.
    """
    s = t.statement
    query = _query().outerjoin(_PARTY, _PARTY.c.id == s.c.party_root).where(s.c.current == ONE)
    if party is not None:
        query = query.where(s.c.party_root == party)
    if as_of:
        query = query.where(s.c.published_at < beyond(as_of))
    if since:
        query = query.where(s.c.published_at >= lower(since))
    query = query.order_by(s.c.published_at.desc(), s.c.id.desc()).limit(limit)
    return with_conditions(connection, connection.execute(query).all())


def topics_of(connection: Connection, statements: Iterable[int]) -> dict[int, tuple[Topic, ...]]:
    """Return the issues that statements are about, by the statement's row."""
    i, c = t.statement_issue, t.canonical_issue
    found: dict[int, tuple[Topic, ...]] = {}
    numbers = sorted(set(statements))
    for start in range(0, len(numbers), 500):
        query = (
            select(i.c.statement_id, i.c.stance, c.c.key, c.c.name)
            .join(c, c.c.id == i.c.issue_root)
            .where(i.c.statement_id.in_(numbers[start : start + 500]), i.c.current == ONE)
            .order_by(i.c.statement_id, c.c.key)
        )
        for row in connection.execute(query):
            topic = Topic(row.key, row.name, Stance(row.stance) if row.stance else None)
            found[row.statement_id] = (*found.get(row.statement_id, ()), topic)
    return found


def with_conditions(connection: Connection, rows: Sequence[Any]) -> list[Evidence]:
    """Return the rows as evidence, their conditions fetched in one go."""
    held = conditions_of(connection, [row.id for row in rows])
    return [as_evidence(row, tuple(held.get(row.id, ()))) for row in rows]


def conditions_of(connection: Connection, statements: Iterable[int]) -> dict[int, list[HeldCondition]]:
    """Return the conditions that hang on statements, by the statement's row."""
    found: dict[int, list[HeldCondition]] = {}
    numbers = sorted(set(statements))
    for start in range(0, len(numbers), 500):
        for row in connection.execute(_conditions(), {"statements": numbers[start : start + 500]}):
            found.setdefault(row.statement_id, []).append(
                HeldCondition(
                    row.key,
                    ConditionKind(row.kind),
                    row.antecedent_text,
                    row.consequent_text,
                    row.holder,
                    row.must_act,
                    spans_of(row.antecedent),
                    row.confidence,
                )
            )
    return found


@cache
def _conditions() -> Select[Any]:
    c = t.condition
    holder, must_act = t.canonical_actor.alias("holder_actor"), t.canonical_actor.alias("must_act_actor")
    return (
        select(
            *(c.c[name] for name in ("statement_id", "key", "kind", "antecedent", "antecedent_text", "confidence")),
            c.c.consequent_text,
            holder.c.key.label("holder"),
            must_act.c.key.label("must_act"),
        )
        .outerjoin(holder, holder.c.id == c.c.holder_root)
        .outerjoin(must_act, must_act.c.id == c.c.must_act_root)
        .where(c.c.statement_id.in_(bindparam("statements", expanding=True)), c.c.verdict.is_distinct_from("reject"))
        .order_by(c.c.id)
    )


def as_evidence(row: Any, conditions: tuple[HeldCondition, ...] = ()) -> Evidence:
    """Make evidence of a row."""
    return Evidence(
        id=row.id,
        key=row.key,
        report=row.report,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published_at=row.published_at,
        day=row.said_on or row.published_at[:10],
        speaker=row.speaker,
        speaker_name=row.speaker_name or "",
        party=row.party,
        rank=row.rank,
        act=row.act,
        stance=_stance(row),
        content=row.content_text,
        at=tuple(Span(*span) for span in spans_of(row.content)),
        confidence=row.confidence,
        voice=row.voice,
        voices=row.voices,
        conditions=conditions,
        responds_to=row.responds_to,
        parent=row.parent,
        relayed=row.chain != "[]",
        party_name=row.party_name or "",
    )


def _stance(row: Any) -> Stance | None:
    given = getattr(row, "stance", None)
    return Stance(given) if given else None
