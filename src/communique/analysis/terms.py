"""Terms of propositions held against each other: how many they share, and which of them are opposites."""

from __future__ import annotations

from functools import cache, lru_cache

from communique.lexicon import endings, listed, load
from communique.reading.grammar.base_forms import base_form
from communique.reading.propositions.words import based

_PREFIXES = endings("propositions", "words", "prefixes")
_SHORTEST_BARE = 3
"""Letters that are left of a word at least when a prefix that turns it round is taken off."""


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the shorter side's terms that the other has, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def against(found: frozenset[str]) -> frozenset[str]:
    """Return the terms that stand against some of these, and those that these stand against by a prefix."""
    return frozenset().union(*map(_against, found))


@lru_cache(maxsize=65536)
def _against(word: str) -> frozenset[str]:
    against = _opposites().get(word, frozenset())
    if not word.startswith(_PREFIXES) or word in _whole():
        return against
    return against | {
        word[len(prefix) :]
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST_BARE
    }


def opposed(one: frozenset[str], other: frozenset[str]) -> tuple[str, str] | None:
    """Return a term of ``one`` and its opposite in ``other`` where each stands in one of them alone; None without."""
    ours, theirs = one - other, other - one
    for word in sorted(ours):
        if found := _against(word) & theirs:
            return word, min(found)
    for word in sorted(theirs):
        if found := _against(word) & ours:
            return min(found), word
    return None


def stops() -> frozenset[str]:
    """Return the terms that say that something is stopped, or does not come about."""
    return based("stops")


def generic() -> frozenset[str]:
    """Return the terms that tell that there are talks, and not over what."""
    return based("generic")


def at_once() -> frozenset[str]:
    """Return the terms of what is done without a delay."""
    return based("at-once")


@cache
def _whole() -> frozenset[str]:
    """The terms that begin like the opposite of a word and are none: "impose"."""
    return frozenset(map(base_form, listed("propositions", "words", "whole")))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """By term, the terms that mean the opposite."""
    found: dict[str, set[str]] = {}
    for pair in load("propositions_compared")["pairs"]["all"].split(";"):
        one, other = (base_form(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
