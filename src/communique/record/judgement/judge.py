"""Passing a judgement: on what, by whom, and whether it can be so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from communique.errors import JudgementRefused, NotInRecord
from communique.record.database import tables as t
from communique.record.database.values import given, now, odd_character, odd_in_name, spans_of, storable
from communique.record.decisions.anchors import anchor, as_data
from communique.record.decisions.corrections import problem_of, quoted
from communique.record.decisions.judgement_log import (
    CANONICAL,
    JUDGEMENTS,
    KINDS,
    LONGEST,
    PARTY,
    SPANS,
    TABLES,
    Judgement,
    JudgementVerdict,
    judgements_on,
    same,
)
from communique.record.judgement.judged_rows import refresh


def judge(
    connection: Connection,
    kind: str,
    key: str,
    verdict: str,
    *,
    by: str,
    correction: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> Judgement:
    """Append a judgement; the connection must be writing.

    A correction's spans are ``[[start, end], ...]`` in the report's text. Where the person's present judgement says
    the same already, that one is returned and nothing appended. Raises NotInRecord, JudgementRefused.
    """
    if odd := _odd_in([by, key, *(correction or {}).items()]):
        raise JudgementRefused("judgement", f"it holds {odd}, which no key, name or word has")
    signed = storable(by).strip()
    before = [each for each in judgements_on(connection, kind, key) if each.by == signed]
    target = _target(connection, kind, key, gone=verdict == JudgementVerdict.WITHDRAW and bool(before))
    changes = _changes(connection, kind, key, verdict, correction or {}, target)
    if not signed or len(signed) > LONGEST["by"]:
        raise JudgementRefused(key, "a judgement is signed: say by whom (up to 200 characters)")
    if note is not None and len(note) > LONGEST["note"]:
        raise JudgementRefused(key, "a note has up to 10,000 characters")
    made = Judgement(
        kind=kind,
        key=key,
        report=target.report if target else before[-1].report if before else None,
        anchor=target.anchor if target else before[-1].anchor if before else {},
        verdict=JudgementVerdict(verdict),
        correction=changes,
        note=storable(note),
        by=signed,
        at=now(),
        clock=JUDGEMENTS.next_clock(connection),
    )
    if before and same(before[-1], made):
        return before[-1]
    if made.verdict is JudgementVerdict.WITHDRAW and (not before or before[-1].verdict is JudgementVerdict.WITHDRAW):
        raise JudgementRefused(key, f"{signed} has no judgement to withdraw")
    JUDGEMENTS.append(connection, made)
    if target:
        refresh(connection, [target.report_id])
    return made


@dataclass(frozen=True, slots=True)
class _Target:
    report_id: int
    report: str
    text: str
    anchor: Mapping[str, Any]
    local: frozenset[str]


def _odd_in(value: Any, odd: Callable[[str], str | None] = odd_in_name) -> str | None:
    if isinstance(value, str):
        return odd(value)
    if isinstance(value, Mapping):
        # A quotation of a report, whose words may hold marks of direction.
        value, odd = [*value, *value.values()], odd_character
    inside = (_odd_in(each, odd) for each in value) if isinstance(value, list | tuple) else ()
    return next(filter(None, inside), None)


def _target(connection: Connection, kind: str, key: str, gone: bool) -> _Target | None:
    """Return where a statement or condition stands, None for an actor or issue.

    Raises NotInRecord where it is not there, unless it may be ``gone``.
    """
    if kind in CANONICAL:
        table = CANONICAL[kind]
        if not gone and connection.scalar(select(table.c.id).where(table.c.key == key)) is None:
            raise NotInRecord(key, f"the record knows no such {kind}")
        return None
    if kind not in TABLES:
        raise JudgementRefused(key, f"judgements are on {', '.join(KINDS)}, not on {kind!r}")
    table = TABLES[kind]
    row = connection.execute(
        select(*table.c, t.report.c.key.label("report"), t.report_version.c.text, t.report_version.c.text_exact)
        .join(t.reading, t.reading.c.id == table.c.reading_id)
        .join(t.report_version, t.report_version.c.id == t.reading.c.version_id)
        .join(t.report, t.report.c.id == t.reading.c.report_id)
        .where(table.c.key == key)
        .order_by(table.c.current.desc(), table.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        if gone:
            return None
        raise NotInRecord(key, f"the record knows no such {kind}")
    text = given(row.text, row.text_exact)
    made = anchor(text, getattr(row, PARTY[kind].name), {role: spans_of(getattr(row, role)) for role in SPANS[kind]})
    local = connection.scalars(
        select(t.actor.c.local_id)
        .where(t.actor.c.reading_id == row.reading_id)
        .union(select(t.issue.c.local_id).where(t.issue.c.reading_id == row.reading_id))
    )
    return _Target(row.report_id, row.report, text, as_data(made), frozenset(local))


def _changes(
    connection: Connection, kind: str, key: str, verdict: str, correction: Mapping[str, Any], target: _Target | None
) -> dict[str, Any]:
    """Return the correction as it is stored. Raises JudgementRefused where it cannot be so."""
    if verdict not in {each.value for each in JudgementVerdict}:
        raise JudgementRefused(key, f"a verdict is accept, reject, correct or withdraw, not {verdict!r}")
    if bool(correction) != (verdict == JudgementVerdict.CORRECT):
        reason = (
            "say what is to be corrected" if verdict == JudgementVerdict.CORRECT else f"{verdict} takes no correction"
        )
        raise JudgementRefused(key, reason)
    try:
        changes = quoted(kind, correction, target.text) if target else dict(correction)
    except ValueError as error:
        raise JudgementRefused(key, str(error)) from error
    problem = problem_of(kind, changes)
    if problem:
        raise JudgementRefused(key, problem)
    for name, table in {
        **dict.fromkeys(("speaker", "holder", "must_act", "principal", "addressee"), t.canonical_actor),
        "about": t.canonical_issue,
    }.items():
        for named in _listed(changes.get(name)):
            known = target is not None and named in target.local
            if not known and connection.scalar(select(table.c.id).where(table.c.key == named)) is None:
                raise JudgementRefused(key, f"the record knows nobody called {named!r}: name the {name} by its key")
    return changes


def judge_issue(
    connection: Connection, key: str, issue: str, verdict: str, *, by: str, note: str | None = None
) -> Judgement:
    """Accept or reject that a statement is about an issue; what the same person corrected of it else stays corrected.

    Raises NotInRecord, JudgementRefused.
    """
    correction: dict[str, Any] = {"about": about_with(connection, key, issue, verdict)}
    before = [each for each in judgements_on(connection, "statement", key) if each.by == storable(by).strip()]
    if before and before[-1].verdict is JudgementVerdict.CORRECT:
        for name, value in before[-1].correction.items():
            correction.setdefault(
                name, [[q["start"], q["end"]] for q in value] if name in SPANS["statement"] else value
            )
    return judge(connection, "statement", key, "correct", by=by, correction=correction, note=note)


def about_with(connection: Connection, key: str, issue: str, verdict: str) -> list[str]:
    """Return what a statement is about once an issue of it, by key, is accepted or rejected: the issues by key.

    Raises NotInRecord where the record knows no such statement or issue, JudgementRefused on another verdict.
    """
    if verdict not in (JudgementVerdict.ACCEPT, JudgementVerdict.REJECT):
        raise JudgementRefused(key, f"an assignment to an issue is accepted or rejected, not {verdict!r}")
    s, link, c = t.statement.c, t.statement_issue.c, t.canonical_issue.c
    into = select(c.root_id).where(c.key == issue).scalar_subquery()
    root = connection.scalar(select(c.key).where(c.id == into))
    if root is None:
        raise NotInRecord(issue, "the record knows no issue of this key")
    number = connection.scalar(select(s.id).where(s.key == key).order_by(s.current.desc(), s.id.desc()).limit(1))
    if number is None:
        raise NotInRecord(key, "the record knows no such statement")
    held = connection.scalars(
        select(c.key)
        .join(t.statement_issue, link.issue_root == c.id)
        .where(link.statement_id == number, link.current == 1)
        .distinct()
        .order_by(c.key)
    )
    return [each for each in held if each != root] + ([root] if verdict == JudgementVerdict.ACCEPT else [])


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def kind_of(connection: Connection, key: str) -> str:
    """Return what a key is the key of. Raises NotInRecord; JudgementRefused where it is that of several kinds."""
    held = {**TABLES, **CANONICAL}
    kinds = [
        kind
        for kind, table in held.items()
        if connection.scalar(select(table.c.id).where(table.c.key == key).limit(1)) is not None
    ]
    if not kinds:
        kinds = list(
            connection.scalars(select(t.judgement.c.target_kind).where(t.judgement.c.target_key == key).distinct())
        )
    if not kinds:
        raise NotInRecord(key, "the record knows no statement, condition, actor or issue of this key")
    if len(kinds) > 1:
        raise JudgementRefused(key, f"this is the key of {' and of '.join(kinds)}: say which is meant")
    return kinds[0]
