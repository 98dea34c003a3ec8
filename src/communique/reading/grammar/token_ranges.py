"""Token ranges: their ends trimmed, holes cut out, indices joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from communique.lexicon import listed
from communique.reading.tokens import Tokens, TokenSpan

_SPACES = frozenset(("PUNCT", "SPACE"))
_NOT_WORDS = frozenset(("PUNCT", "SPACE", "SYM"))
_EDGES = listed("closed_classes", "edge_marks")
_JOINING = listed("closed_classes", "joining_at_the_end")
_LEADING = listed("closed_classes", "linking_at_the_start")
_TRAILING = listed("closed_classes", "linking_at_the_end")


def trim(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """Drop commas, dashes, space and a last "and" from a range's ends; quotation marks stay. May come out empty."""

    def is_mark(t: int) -> bool:
        return tokens.text[t] in _EDGES or tokens.pos[t] == "SPACE"

    return _stripped(piece, is_mark, lambda t: is_mark(t) or tokens.lower[t] in _JOINING)


def trim_clause(tokens: Tokens, piece: TokenSpan) -> TokenSpan | None:
    """Drop all marks, space and linking words ("that", "but") from a clause's ends; None where no word is left."""

    def is_mark(t: int) -> bool:
        return tokens.pos[t] in _SPACES

    start, end = _stripped(
        piece,
        lambda t: is_mark(t) or tokens.lower[t] in _LEADING,
        lambda t: is_mark(t) or tokens.lower[t] in _TRAILING,
    )
    return (start, end) if start < end else None


def _stripped(piece: TokenSpan, opens: Callable[[int], bool], closes: Callable[[int], bool]) -> TokenSpan:
    start, end = piece
    while start < end and opens(start):
        start += 1
    while end > start and closes(end - 1):
        end -= 1
    return start, end


def less(piece: TokenSpan, holes: Iterable[TokenSpan]) -> list[TokenSpan]:
    """Return what is left of a range without the holes, in order."""
    parts = [piece]
    for a, b in holes:
        parts = [
            rest
            for first, last in parts
            for rest in ((first, min(last, a)), (max(first, b), last))
            if rest[0] < rest[1]
        ]
    return parts


def without(tokens: Tokens, piece: TokenSpan, holes: Iterable[TokenSpan]) -> tuple[TokenSpan, ...]:
    """Return the range less the holes, trimmed, remainders without a word left out."""
    trimmed = (trim(tokens, part) for part in less(piece, holes))
    return tuple(part for part in trimmed if part[0] < part[1] and has_word(tokens, part))


def cut(tokens: Tokens, piece: TokenSpan, holes: Iterable[TokenSpan]) -> tuple[TokenSpan, ...]:
    """Return a clause less the holes, each part trimmed as a clause."""
    trimmed = (trim_clause(tokens, part) for part in less(piece, holes))
    return tuple(part for part in trimmed if part is not None)


def ranges(tokens: Iterable[int]) -> tuple[TokenSpan, ...]:
    """Join token indices into ranges."""
    out: list[TokenSpan] = []
    for i in sorted(set(tokens)):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return tuple(out)


def has_word(tokens: Tokens, piece: TokenSpan) -> bool:
    """Tell whether a range holds anything but punctuation and space."""
    return any(tokens.pos[i] not in _NOT_WORDS for i in range(*piece))


def bounds(tokens: Tokens, i: int) -> TokenSpan:
    """Return the token range of i's sentence; past the text's end, the last one."""
    return tokens.sentences[tokens.sentence[min(i, tokens.n - 1)]]
