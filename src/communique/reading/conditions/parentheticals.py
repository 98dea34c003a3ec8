"""Words of attribution set between marks inside a sentence (", the minister said,"), which belong to no half."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.attribution.candidates import apposed_end
from communique.reading.conditions.context import ConditionContext
from communique.reading.conditions.cues import words
from communique.reading.grammar.auxiliaries import is_finite, is_tensed
from communique.reading.grammar.token_ranges import bounds
from communique.reading.tokens import Tokens, TokenSpan

_MARKS = frozenset((",", '"', "\u201d", "\u201c", "''", "``", "\u2019", "'", "\u2014", "--", "\u2013", ".", "?", "!"))
_NO_TAG = listed("conditions", "constructions", "no_parenthetical")
_LONGEST = 14


def tags(context: ConditionContext, at: int) -> list[TokenSpan]:
    """Return the attributions set between marks in a token's sentence: ", X said,", ", said X of Y" with its marks.

    They are what stands between the pieces of a statement's content, and what looks like an attribution besides.
    """
    first, last = bounds(context.tokens, at)
    holes = context.asides.get(first, [])
    looks = [
        piece
        for piece in _worded(context.tokens, first, last)
        if not any(_meet(piece, hole) for hole in holes) and not _holds_words(context, piece)
    ]
    return sorted([*holes, *looks])


def _holds_words(context: ConditionContext, piece: TokenSpan) -> bool:
    """Tell whether what looks like ", X said Y" before a quotation has some of what was said: "said Y "must go"."""
    tokens, after = context.tokens, piece[1]
    if after >= tokens.n or tokens.tag[after] != "``" or tokens.text[after - 1] == ",":
        return False
    for t in range(*piece):
        index = context.cue_heads.get(t)
        if index is not None and any(_meet(piece, part) for part in context.attributions[index].content):
            return True
    return False


def _meet(a: TokenSpan, b: TokenSpan) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _worded(tokens: Tokens, first: int, last: int) -> list[TokenSpan]:
    found: list[TokenSpan] = []
    verbs = words("says")
    t = first
    for v in range(first + 1, last):
        if v < t or tokens.lemma[v] not in verbs or not is_tensed(tokens, v):
            continue
        opened = _opened(tokens, v, first)
        if opened is None:
            continue
        closed = _closed(tokens, v, last)
        if closed is None:
            continue
        inverted = opened + 1 == v
        if not inverted and not _noun_phrase(tokens, opened + 1, v):
            continue
        found.append((opened, closed))
        t = closed
    return found


def _opened(tokens: Tokens, verb: int, first: int) -> int | None:
    """Return the mark before an attribution; None where a clause's own start stands there."""
    for t in range(verb - 1, max(first, verb - _LONGEST) - 1, -1):
        if tokens.lower[t] in _MARKS:
            return t if t > first else None
        if tokens.lower[t] in _NO_TAG or is_finite(tokens, t):
            return None
    return None


def _noun_phrase(tokens: Tokens, begin: int, end: int) -> bool:
    return begin < end and any(tokens.pos[t] in ("NOUN", "PROPN", "PRON") for t in range(begin, end))


def _closed(tokens: Tokens, verb: int, last: int) -> int | None:
    """Return the token after an attribution: its closing comma or quotation mark, or the sentence's end."""
    for t in range(verb + 1, last):
        if tokens.lower[t] == "that" or is_finite(tokens, t):
            return None
        if tokens.lower[t] in _MARKS:
            if tokens.lower[t] == "," and _apposition(tokens, t + 1, last):
                return last
            described = apposed_end(tokens, t, last)
            if described is not None:
                return described + 1
            return t + (tokens.lower[t] == ",")
        if t - verb > 2 * _LONGEST:
            return None
    return last


def _apposition(tokens: Tokens, begin: int, last: int) -> bool:
    """Tell whether nothing but a description follows to the sentence's end: ", a lecturer in Mombasa."."""
    return all(
        not is_finite(tokens, t) and tokens.lower[t] not in ('"', "\u201c", "\u201d", "``") for t in range(begin, last)
    )


def inside(pieces: list[TokenSpan], token: int) -> bool:
    """Tell whether a token lies in one of the pieces."""
    return any(start <= token < end for start, end in pieces)
