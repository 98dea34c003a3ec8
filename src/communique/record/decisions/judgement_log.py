"""What people decided about what a reader made: appended, signed, dated, and never lost by reading again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from communique.record.database import tables as t
from communique.record.decisions.anchors import from_data
from communique.record.decisions.corrections import FIELDS, corrected, problem_of
from communique.record.decisions.log import Log, Signed, sorted_json, unsigned

KINDS = tuple(FIELDS)
SPANS = {"statement": ("content", "cue", "source"), "condition": ("antecedent", "consequent", "cue")}
TABLES = {"statement": t.statement, "condition": t.condition}
PARTY = {"statement": t.statement.c.speaker, "condition": t.condition.c.holder}
CANONICAL = {"actor": t.canonical_actor, "issue": t.canonical_issue}
DISPUTED = "disputed"
LONGEST = {"by": 200, "note": 10_000, "key": 1000}


class JudgementVerdict(StrEnum):
    """What a judgement says; ``withdraw`` takes back what the same person said before."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Judgement(Signed):
    """One person's verdict on a statement, condition, actor or issue.

    ``key`` and ``report`` are public keys, ``anchor`` is what `communique.record.decisions.anchors.as_data` gives,
    empty for actors and issues. A correction's spans are quotes. ``uid`` follows from all the rest.
    """

    kind: str
    key: str
    report: str | None
    anchor: Mapping[str, Any]
    verdict: JudgementVerdict
    correction: Mapping[str, Any]
    note: str | None


JUDGEMENTS = Log(t.judgement, Judgement, {"kind": "target_kind", "key": "target_key", "report": "report_key"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row's judgements come to.

    ``verdict`` is accept, reject or correct where all agree, "disputed" where they do not, None where nobody has
    judged. ``correction`` is what to change, with the latest judgement's value where two differ.
    """

    verdict: str | None
    correction: Mapping[str, Any]
    judgements: tuple[Judgement, ...]


def problem_in(made: Judgement) -> str | None:
    """Say what is wrong with a judgement from elsewhere, None where nothing is."""
    if made.kind not in FIELDS:
        return f"judgements are on {', '.join(FIELDS)}, not on {made.kind!r}"
    if problem := unsigned(made, LONGEST["by"]):
        return problem
    if not made.key or len(made.key) > LONGEST["key"] or len(made.note or "") > LONGEST["note"]:
        return "its key or note is too long"
    if bool(made.correction) != (made.verdict is JudgementVerdict.CORRECT):
        return "it corrects nothing" if made.verdict is JudgementVerdict.CORRECT else "only a correction corrects"
    try:
        from_data(made.anchor)
    except ValueError as error:
        return str(error)
    return problem_of(made.kind, made.correction)


def judgements_on(connection: Connection, kind: str, key: str) -> list[Judgement]:
    """Return what was said about the thing of a key, the earliest first, also under its keys of older readings."""
    rows = list(connection.execute(select(t.judgement).where(_about(kind, key))))
    if kind in TABLES:
        own = select(TABLES[kind].c.id).where(TABLES[kind].c.key == key)
        rows += connection.execute(
            select(t.judgement)
            .join(t.attachment, t.attachment.c.judgement_seq == t.judgement.c.seq)
            .where(t.attachment.c.kind == kind, t.attachment.c.row_id.in_(own))
        )
    found = {row.uid: JUDGEMENTS.from_row(row) for row in rows}
    return sorted(found.values(), key=lambda each: each.order)


def _about(kind: str, key: str) -> Any:
    return (t.judgement.c.target_kind == kind) & (t.judgement.c.target_key == key)


def judgements_of_rows(connection: Connection, kind: str, rows: Iterable[int]) -> dict[int, tuple[Judgement, ...]]:
    """Return the judgements on statements or conditions by the rows' numbers; rows without any are left out."""
    found: dict[int, list[Judgement]] = {}
    for row in connection.execute(
        select(t.attachment.c.row_id, *t.judgement.c)
        .join(t.judgement, t.judgement.c.seq == t.attachment.c.judgement_seq)
        .where(t.attachment.c.kind == kind, t.attachment.c.row_id.in_(list(rows)))
    ):
        found.setdefault(row.row_id, []).append(JUDGEMENTS.from_row(row))
    return {number: tuple(sorted(each, key=lambda one: one.order)) for number, each in found.items()}


def judgements_of_keys(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, tuple[Judgement, ...]]:
    """Return the judgements on actors or issues by key; keys without any are left out."""
    found: dict[str, list[Judgement]] = {}
    for row in connection.execute(
        select(t.judgement).where(t.judgement.c.target_kind == kind, t.judgement.c.target_key.in_(list(keys)))
    ):
        found.setdefault(row.target_key, []).append(JUDGEMENTS.from_row(row))
    return {key: tuple(sorted(each, key=lambda one: one.order)) for key, each in found.items()}


def standing(judgements: Iterable[Judgement]) -> Standing:
    """Return what judgements on one thing come to: each person's latest counts, unless withdrawn."""
    latest = {each.by: each for each in sorted(judgements, key=lambda each: each.order)}
    present = sorted(
        (j for j in latest.values() if j.verdict is not JudgementVerdict.WITHDRAW), key=lambda each: each.order
    )
    if not present:
        return Standing(None, {}, ())
    verdicts = {each.verdict for each in present}
    if len(verdicts) > 1 or _contrary(present):
        return Standing(DISPUTED, dict(present[-1].correction), tuple(present))
    together = {name: value for each in present for name, value in each.correction.items()}
    return Standing(present[-1].verdict.value, together, tuple(present))


def apply_corrections(
    row: Mapping[str, Any], judgements: Iterable[Judgement], *, text: str | None = None
) -> dict[str, Any]:
    """Return a row of a statement, condition, actor or issue with its judgements in it: the effective values.

    The row gains ``verdict`` and, where something was corrected, ``as_read`` with what the reader had found. Where
    people agree all their corrections hold; where they dispute it the latest judgement's values hold, which are the
    reader's where that one accepts or rejects. ``text`` is the row's version's text: with it, corrected spans are found
    again where another version was judged.
    """
    each = list(judgements)
    now_stands = standing(each)
    if not each:
        return dict(row)
    done = corrected(each[0].kind, row, now_stands.correction, text)
    done["verdict"] = now_stands.verdict
    return done


def _contrary(present: Sequence[Judgement]) -> bool:
    """Whether two corrections give one field different values."""
    values: dict[str, str] = {}
    return any(
        values.setdefault(name, sorted_json(value)) != sorted_json(value)
        for each in present
        for name, value in each.correction.items()
    )


def same(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements on one thing say the same."""
    return _said(one) == _said(other)


def _said(each: Judgement) -> tuple[str, str | None, str]:
    return (each.verdict, each.note, sorted_json(each.correction))
