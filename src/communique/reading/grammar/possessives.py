"""The mark by which a noun owns what follows: "Japan's islands", "the states' treaty"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # words are asked of where no model is
    from communique.reading.tokens import Tokens

_WITH_S = "'s"
_MARKS = frozenset((_WITH_S, "'"))
_OWNING = "POS"
_CURLY = "\u2019"
"""The apostrophe as it is set; texts that were made ready for the model have the plain one alone."""


def is_possessive_mark(tokens: Tokens, i: int) -> bool:
    """Tell whether a possessive's mark stands at a place, by its form; what lies outside the text is none."""
    return 0 <= i < tokens.n and tokens.lower[i] in _MARKS


def is_possessive_s(tokens: Tokens, i: int) -> bool:
    """Tell whether "'s" stands at a place; what lies outside the text is none."""
    return 0 <= i < tokens.n and tokens.lower[i] == _WITH_S


def makes_owner(tokens: Tokens, i: int) -> bool:
    """Tell whether a word makes the one before it an owner, by the parse."""
    return tokens.tag[i] == _OWNING


def without_possessive(word: str) -> str:
    """Return a word without "'s" at its end, however the apostrophe is set."""
    return word.removesuffix(_WITH_S).removesuffix(_CURLY + "s")
