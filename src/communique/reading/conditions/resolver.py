"""Who holds a condition, who must act, and which statement it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from communique.model import Condition, Span
from communique.reading.annotations import ResolvedSource
from communique.reading.conditions.context import ConditionContext, ConditionMatch, context_of
from communique.reading.conditions.parties import holder, must_act
from communique.reading.conditions.spoken_on import around
from communique.reading.protocols import Resolver, Text
from communique.reading.tokens import TokenSpan


def rules() -> Resolver[ConditionMatch, tuple[Condition, ...]]:
    """Make the resolver that asks the statements and the parse who holds a condition and who must act."""
    return resolve_conditions


def resolve_conditions(text: Text, found: Sequence[ConditionMatch], scores: Sequence[float]) -> tuple[Condition, ...]:
    """Return the text's conditions, in the order in which they were found.

    ``statement`` is ``s<index into attributions>``, the innermost statement that holds the condition, or None where
    the report itself states it; ids are ``c1``, ``c2`` and so on.
    """
    if not found:
        return ()
    context = context_of(text.tokens, text.attributions, text.entities)
    return tuple(
        _condition(context, made, text.sources, score, f"c{k + 1}")
        for k, (made, score) in enumerate(zip(found, scores, strict=True))
    )


def _condition(
    context: ConditionContext, made: ConditionMatch, sources: tuple[ResolvedSource, ...], score: float, name: str
) -> Condition:
    tokens = context.tokens
    statement = context.statement(made)
    if statement is None:
        statement = _offering(context, made)
    if statement is None:
        statement = around(context, made)

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
        confidence=score,
    )


def _offering(context: ConditionContext, made: ConditionMatch) -> int | None:
    """Return the statement of "Seoul offered aid on condition that ...": its content is part of what hangs on it."""
    index = None if made.matrix is None else context.cue_heads.get(made.matrix)
    if index is None or not made.antecedent:
        return None
    starts = [start for start, _ in context.attributions[index].content]
    return index if any(a <= start < b for start in starts for a, b in made.consequent) else None
