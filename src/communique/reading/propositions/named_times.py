"""The months and years that words name, by which two tellings of a deed are of two occasions."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import phrases

_WORD = re.compile(r"[a-z]+|(?:19|20)\d\d")
_AMBIGUOUS = "may"


def times_in(text: str) -> frozenset[str]:
    """Return the months, in small letters, and the years that a text names; not "may", which is oftener a verb."""
    return frozenset(word for word in _WORD.findall(text.lower()) if word[0].isdigit() or word in _months())


def of_other_times(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both name times, and none that the other does."""
    return bool(one and other) and one.isdisjoint(other)


@cache
def _months() -> frozenset[str]:
    return frozenset(name for names in phrases("dates", "months") for name in names) - {_AMBIGUOUS}
