"""Conditions told as a list: each item is needed for what the terms are for."""

from __future__ import annotations

from collections.abc import Iterator

from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.grammar.auxiliaries import is_auxiliary, is_finite
from communique.reading.grammar.token_ranges import trim_clause
from communique.reading.grammar.verbs import VERBAL
from communique.reading.segmentation.term_lists import TermList
from communique.reading.tokens import Tokens, TokenSpan

_RELIABILITY = 0.9


def listed_terms(context: ConditionContext, lists: list[TermList]) -> Iterator[ConditionMatch]:
    """Yield a condition for each item of the lists that say what their terms are for."""
    tokens = context.tokens
    for terms in lists:
        goal = None if terms.goal is None else trim_clause(tokens, terms.goal)
        if goal is None or not terms.binding:
            continue
        cue = ((terms.noun, terms.noun + 2),)
        holder = terms.holder if terms.holder is not None else -1
        for item in terms.items:
            piece = trim_clause(tokens, item)
            if piece is not None:
                yield ConditionMatch(
                    ConditionKind.NECESSARY,
                    cue,
                    (piece,),
                    (goal,),
                    _main(tokens, piece),
                    goal[0],
                    _RELIABILITY,
                    1.0,
                    holder,
                )


def _main(tokens: Tokens, piece: TokenSpan) -> int:
    """Return the first finite verb of an item, else the token whose head lies outside it."""
    for t in range(*piece):
        if tokens.pos[t] in VERBAL and is_finite(tokens, t):
            up = tokens.head[t]
            return up if is_auxiliary(tokens, t) and piece[0] <= up < piece[1] else t
    return next((t for t in range(*piece) if not piece[0] <= tokens.head[t] < piece[1]), piece[0])
