"""Find conditions: what hangs on what, who holds it and who must act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.model import Condition, ConditionKind, Span
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.conditions.context import ConditionContext, ConditionMatch, context_of
from communique.reading.conditions.cues import CueMatch, find_cues, listed
from communique.reading.conditions.frames.clauses import before, clause
from communique.reading.conditions.frames.inversions import inverted, sequence
from communique.reading.conditions.frames.means import means, only_way, purpose, requires, terms
from communique.reading.conditions.frames.nouns import noun, waived
from communique.reading.conditions.frames.parataxis import (
    alternative,
    bargain,
    counted,
    in_return,
    otherwise,
    thereafter,
)
from communique.reading.conditions.frames.phrases import phrase, predicate, without
from communique.reading.conditions.parties import holder, must_act
from communique.reading.conditions.scorer import confidence
from communique.reading.tokens import Tokens, TokenSpan

_FRAMES: dict[str, Callable[[ConditionContext, CueMatch], ConditionMatch | None]] = {
    "clause": clause,
    "before": before,
    "inverted": inverted,
    "sequence": sequence,
    "phrase": phrase,
    "without": without,
    "predicate": predicate,
    "noun": noun,
    "waived": waived,
    "means": means,
    "requires": requires,
    "purpose": purpose,
    "only_way": only_way,
    "terms": terms,
    "otherwise": otherwise,
    "alternative": alternative,
    "thereafter": thereafter,
    "in_return": in_return,
    "counted": counted,
    "bargain": bargain,
}
_LONGEST = 300


def find_conditions(
    tokens: Tokens, attributions: tuple[Attribution, ...], sources: tuple[ResolvedSource, ...], entities: Entities
) -> tuple[Condition, ...]:
    """Return the text's conditions in the order of their cues.

    ``statement`` is ``s<index into attributions>``, the innermost statement that holds the condition, or None where
    the report itself states it; ids are ``c1``, ``c2`` and so on. A sentence of more than 300 tokens is left alone:
    nothing that long has a usable parse.
    """
    matches = find_cues(tokens)
    if not matches:
        return ()
    context = context_of(tokens, attributions, entities)
    found: list[ConditionMatch] = []
    for match in matches:
        start, end = tokens.sentences[tokens.sentence[match.start]]
        if end - start > _LONGEST:
            continue
        made = _FRAMES[match.cue.frame](context, match)
        if made is None or _overlaps(made) or _forecast(context, made):
            continue
        made = _less_saying(context, made)
        if not any(_same(made, other) for other in found[-3:]):
            found.append(made)
    return tuple(_condition(context, made, sources, f"c{k + 1}") for k, made in enumerate(found))


def _overlaps(made: ConditionMatch) -> bool:
    """Tell whether the two halves run into each other: then the parse misled the rule."""
    return any(a < d and c < b for a, b in made.antecedent for c, d in made.consequent)


def _less_saying(context: ConditionContext, made: ConditionMatch) -> ConditionMatch:
    """As in "Hanoi said on Thursday it would sign only if ...": the day is of the saying, not of what hangs on it."""
    owner = context.owner[made.cue[0][0]]
    if owner < 0 or not made.consequent:
        return made
    start = context.attributions[owner].content[0][0]
    (first, last), *others = made.consequent
    tokens = context.tokens
    day = range(first, min(start, last))
    dated = bool(day) and all(tokens.entity[i] in ("DATE", "TIME") or tokens.pos[i] in ("ADP", "PUNCT") for i in day)
    return replace(made, consequent=((start, last), *others)) if dated and start < last else made


def _forecast(context: ConditionContext, made: ConditionMatch) -> bool:
    """Tell what somebody foretells from what a party makes hang on something.

    "Diplomats fear that ... if ..." foretells; so does whatever hangs on who wins or falls.
    """
    if made.kind is not ConditionKind.SUFFICIENT or made.head is None:
        return False
    tokens = context.tokens
    if tokens.lemma[made.head] in listed("fortunes"):
        return True
    statement = _statement(context, made)
    if statement is None:
        return False
    cue = context.attributions[statement].cue_head
    return tokens.lemma[cue] in listed("foretelling")


def _same(made: ConditionMatch, other: ConditionMatch) -> bool:
    return made.antecedent == other.antecedent and made.consequent == other.consequent


def _condition(
    context: ConditionContext, made: ConditionMatch, sources: tuple[ResolvedSource, ...], name: str
) -> Condition:
    tokens = context.tokens
    statement = _statement(context, made)
    if statement is None:
        statement = _offering(context, made)

    def spans(pieces: tuple[TokenSpan, ...]) -> tuple[Span, ...]:
        return tuple(tokens.span(piece) for piece in pieces)

    return Condition(
        id=name,
        statement=None if statement is None else f"s{statement}",
        antecedent=spans(made.antecedent),
        consequent=spans(made.consequent),
        cue=spans(made.cue),
        kind=made.kind,
        holder=holder(context, made, statement, sources),
        must_act=must_act(context, made, statement, sources),
        confidence=confidence(tokens, made),
    )


def _statement(context: ConditionContext, made: ConditionMatch) -> int | None:
    """Return the innermost statement that holds both halves, else the one that holds what hangs on the condition."""
    cue = made.cue[-1][0]
    first = made.antecedent[0][0] if made.antecedent else cue
    second = made.consequent[0][0] if made.consequent else cue
    shared = context.common(first, second)
    if shared is not None:
        return shared
    owner = context.owner[second]
    if owner >= 0 and context.owner[cue] >= 0 and context.tokens.lemma[context.attributions[owner].cue_head] == "ask":
        owner = context.owner[cue]  # who answers holds it, not who asked
    return owner if owner >= 0 else None


def _offering(context: ConditionContext, made: ConditionMatch) -> int | None:
    """Return the statement of "Seoul offered aid on condition that ...": its content is part of what hangs on it."""
    index = None if made.matrix is None else context.cue_heads.get(made.matrix)
    if index is None or not made.antecedent:
        return None
    starts = [start for start, _ in context.attributions[index].content]
    return index if any(a <= start < b for start in starts for a, b in made.consequent) else None
