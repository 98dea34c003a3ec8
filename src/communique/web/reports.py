"""The report page: the text as it is, with what was read in it where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.brief.highlight import Mark, clamp, paragraphs
from communique.model import Span
from communique.record.judgement.judgement_list import Listed
from communique.record.query.report import OpenedReport
from communique.record.query.rows import ConditionRow, StatementRow


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text, from character ``start`` on, under one set of marks.

    ``roles`` are what it is (content, cue, source, condition, actor, quote), ``cards`` the numbers of the cards that it
    belongs to, ``anchors`` the fragments that lead here.
    """

    start: int
    text: str
    roles: tuple[str, ...]
    cards: tuple[int, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A statement in the margin with its conditions, or a condition alone; ``number`` ties it to its stretches."""

    number: int
    anchor: str
    statement: StatementRow | None
    conditions: tuple[ConditionRow, ...]
    judged: tuple[Listed, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report ready to be shown.

    ``apart`` are conditions that the report itself states, outside any statement; ``orphaned`` are judgements on what
    this version, or this reading of it, does not have.
    """

    opened: OpenedReport
    paragraphs: tuple[tuple[Stretch, ...], ...]
    cards: tuple[Card, ...]
    apart: tuple[Card, ...]
    orphaned: tuple[Listed, ...]
    quote: Span | None


def lay_out(opened: OpenedReport, quote: tuple[int, int] | None = None) -> ReportPage:
    """Lay a report out; ``quote`` is a span that the address points at, marked too."""
    text = opened.text
    held: dict[str, list[ConditionRow]] = {}
    for condition in opened.conditions:
        held.setdefault(condition.statement or "", []).append(condition)
    judged = _by_key(opened.judged)
    ordered = sorted(opened.statements, key=lambda s: (s.content[:1], s.statement))
    cards = tuple(
        Card(
            number,
            f"s-{row.statement}",
            row,
            tuple(held.get(row.statement, ())),
            tuple(judged.get(row.statement, ())),
            span_of(row.content),
        )
        for number, row in enumerate(ordered)
    )
    marks, anchors = _marks(cards, opened)
    pointed = clamp([Span(*quote)], len(text)) if quote else []
    for span in pointed:
        marks.append(Mark(span.start, span.end, "quote", -1))
        anchors.setdefault(span.start, []).append("quote")
    told = tuple(
        tuple(
            Stretch(
                each.start,
                text[each.start : each.end],
                each.roles,
                tuple(ref for ref in each.refs if ref >= 0),
                tuple(anchors.pop(each.start, ())),
            )
            for each in line
        )
        for line in paragraphs(text, marks, anchors)
    )
    apart = tuple(
        Card(-1, f"c-{row.condition}", None, (row,), tuple(judged.get(row.condition, ())), span_of(row.antecedent))
        for row in held.get("", ())
    )
    shown = {row.statement for row in opened.statements} | {row.condition for row in opened.conditions}
    orphaned = tuple(each for each in opened.judged if each.key_now not in shown)
    return ReportPage(opened, told, cards, apart, orphaned, pointed[0] if pointed else None)


def span_of(spans: Iterable[Span]) -> str:
    """Return what an address says of a quote: from its first character to its last, "10-52"."""
    several = list(spans)
    return f"{several[0].start}-{several[-1].end}" if several else ""


def _marks(cards: Iterable[Card], opened: OpenedReport) -> tuple[list[Mark], dict[int, list[str]]]:
    marks: list[Mark] = []
    anchors: dict[int, list[str]] = {}
    length = len(opened.text)
    for card in cards:
        row = card.statement
        if row is None:
            continue
        for role, spans in (("content", row.content), ("cue", row.cue), ("source", row.source)):
            marks += [Mark(span.start, span.end, role, card.number) for span in clamp(spans, length)]
        first = clamp(row.content or row.cue, length)
        if first:
            anchors.setdefault(first[0].start, []).append(card.anchor)
    for number, condition in _conditions(cards, opened.conditions):
        for role, spans in (("condition", condition.antecedent), ("outcome", condition.consequent)):
            marks += [Mark(span.start, span.end, role, number) for span in clamp(spans, length)]
        first = clamp(condition.antecedent, length)
        if first:
            anchors.setdefault(first[0].start, []).append(f"c-{condition.condition}")
    for actor in opened.actors:
        marks += [Mark(span.start, span.end, "actor", -1) for span in clamp(actor.mentions, length)]
    return marks, anchors


def _conditions(cards: Iterable[Card], conditions: Iterable[ConditionRow]) -> Iterable[tuple[int, ConditionRow]]:
    number = {card.statement.statement: card.number for card in cards if card.statement}
    return ((number.get(condition.statement or "", -1), condition) for condition in conditions)


def _by_key(judged: Iterable[Listed]) -> Mapping[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for each in judged:
        if each.key_now is not None:
            found.setdefault(each.key_now, []).append(each)
    return found
