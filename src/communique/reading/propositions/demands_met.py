"""What words tell of a demand: that it was met, and whether they leave open what happened."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import product

from communique.lexicon import listed
from communique.reading.grammar.state_words import plain
from communique.reading.propositions.words import terms_of

_words = partial(listed, "propositions_compared", "fulfilling")
_WORD = re.compile(r"[^\W_]+")
_NEAR = 12
"""Words between a demand and the verb that says it is met."""

_MOST_REMEMBERED = 16_384
"""Texts whose demands are."""


@lru_cache(maxsize=_MOST_REMEMBERED)
def demands_met(text: str) -> tuple[frozenset[str], ...]:
    """Return the terms beside each demand of which a text says that it was met.

    As in "the demand concerning the four villages has been met".
    """
    said = _words_of(text)
    verbs = [at for at, word in enumerate(said) if word in _words("verbs")]
    nouns = [at for at, word in enumerate(said) if word in _words("nouns")] if verbs else []
    found = []
    for verb, noun in product(verbs, nouns):
        first, last = sorted((verb, noun))
        between = said[first : last + 1 if verb > noun else last + _NEAR]
        if last - first <= _NEAR and _words("open").isdisjoint(between):
            found.append(terms_of(" ".join(between)))
    return tuple(found)


def is_settled(text: str) -> bool:
    """Tell whether no word of a text leaves open what happened."""
    return _words("open").isdisjoint(_words_of(text))


def _words_of(text: str) -> list[str]:
    return _WORD.findall(plain(text))
