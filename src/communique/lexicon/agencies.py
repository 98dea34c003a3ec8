"""News agencies under all their names."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import load

LONGEST_NAME = 60
"""Characters of a name that can be an agency's, or a person's in a byline."""

_JOINED = re.compile(r"\s*[/&+,-]\s*|\s+and\s+")


def is_agency(name: str) -> bool:
    """Tell whether the name, or every one of the names that it joins ("AFP/Reuters"), is that of a listed agency."""
    exact, loose = _agencies()

    def listed(part: str) -> bool:
        part = part.strip().removeprefix("The ").removeprefix("the ")
        return part in exact or part.casefold() in loose

    return len(name) <= LONGEST_NAME and (listed(name) or all(map(listed, _JOINED.split(name))))


def agencies_in(name: str) -> frozenset[str]:
    """Return the agencies that a credit names, each by one name however it is printed: "AP" and "The Associated Press".

    "AFP/Reuters" names two. One that is not listed goes by its own words, in any case and without "News Agency" behind.
    """
    rows = _rows()
    whole = _bare(name)
    parts = [whole] if whole in rows else [_bare(part) for part in _JOINED.split(name)]
    if all(part in rows for part in parts):
        return frozenset(rows[part] for part in parts)
    words = whole.split()
    while len(words) > 1 and words[-1] in _ends():
        words.pop()
    return frozenset((" ".join(words),))


@cache
def _agencies() -> tuple[frozenset[str], frozenset[str]]:
    """Names that count as written, and those that count in any case."""
    names = [name for row in load("agencies")["agencies"] for name in row.split("|")]
    exact = {form for name in names for form in (name, name.upper())}
    return frozenset(exact), frozenset(name.casefold() for name in names if len(name) > 4)


def _bare(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


@cache
def _rows() -> dict[str, str]:
    """The first name of each agency, by all of its names in small letters."""
    rows = [row.split("|") for row in load("agencies")["agencies"]]
    # Where two agencies have one short name, the one that is listed first has it.
    return {_bare(name): row[0] for row in reversed(rows) for name in row}


@cache
def _ends() -> frozenset[str]:
    return frozenset(word.casefold() for word in load("agencies")["ends"])
