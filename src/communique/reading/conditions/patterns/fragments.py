"""Answers cut short to their condition: "Only if the fleet leaves.", "Not until they have left."."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.annotations import Turn
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch
from communique.reading.grammar.labels import SUBJECTS
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL
from communique.reading.tokens import Tokens, TokenSpan

_PATTERNS = frozenset(("clause", "before"))
_LONGEST = 8  # tokens before the cue


def fragment(context: ConditionContext, match: CueMatch, turns: tuple[Turn, ...]) -> ConditionMatch | None:
    """Read a sentence of a turn that is nothing but a condition; what hangs on it is what the turn before asks.

    Where no question is before it, nothing is said to hang on it.
    """
    tokens = context.tokens
    if not turns or match.cue.pattern not in _PATTERNS or context.owner[match.start] < 0:
        return None
    if not context.attributions[context.owner[match.start]].construction.is_labelled:
        return None
    first, last = bounds(tokens, match.start)
    openers = listed("issued_documents", "sentences", "before_fragments")
    lead = [i for i in range(first, match.start) if tokens.pos[i] not in ("PUNCT", "SPACE")]
    if len(lead) > _LONGEST or any(tokens.lower[i] not in openers for i in lead):
        return None
    if any(tokens.text[i] == "?" for i in range(max(first, last - 3), last)):
        return None
    answered = range(match.end, last - 1)
    end = next((i for i in answered if tokens.text[i] == "," and tokens.lower[i + 1] in openers), last)
    antecedent = trim_clause(tokens, (match.end, end))
    verb = next((i for i in range(match.end, last) if tokens.pos[i] in VERBAL and tokens.has_child(i, *SUBJECTS)), None)
    if antecedent is None or verb is None or _goes_on(tokens, verb, last):
        return None
    told = {tokens.lower[i] for i in range(first, match.end)}
    hard = bool(told & listed("issued_documents", "sentences", "only"))
    kind = ConditionKind.NECESSARY if hard else match.cue.kind
    asked = _question(tokens, turns, first)
    made = ConditionMatch(kind, ((match.start, match.end),), (antecedent,), (), verb, None, match.cue.reliability)
    return made if asked is None else replace(made, consequent=(asked[0],), matrix=asked[1])


def _goes_on(tokens: Tokens, verb: int, last: int) -> bool:
    """As in "If they leave, we will": a main clause follows after all."""
    comma = next((i for i in range(verb, last) if tokens.text[i] == ","), None)
    return comma is not None and any(
        tokens.pos[i] in VERBAL and tokens.has_child(i, *SUBJECTS) for i in range(comma, last)
    )


def _question(tokens: Tokens, turns: tuple[Turn, ...], at: int) -> tuple[TokenSpan, int] | None:
    """Return the clause that the turn before asks about, and its verb: "you lift the tariffs"."""
    k = bisect_left(turns, tokens.start[at], key=lambda t: t.label.start) - 2
    if k < 0 or not turns[k].body:
        return None
    end = turns[k].body[-1].end
    mark = next((i for i in range(at - 1, -1, -1) if tokens.end[i] <= end and tokens.pos[i] != "SPACE"), None)
    if mark is None or tokens.text[mark] != "?":
        return None
    first, _ = bounds(tokens, mark)
    verb = next((i for i in range(first, mark) if tokens.head[i] == i and tokens.pos[i] in VERBAL), None)
    subject = None if verb is None else tokens.child(verb, *SUBJECTS)
    if verb is None or subject is None or subject > verb:
        return None
    piece = trim_clause(tokens, (tokens.left[subject], mark))
    return None if piece is None else (piece, verb)
