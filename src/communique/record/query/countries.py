"""Countries by name or code."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from communique.errors import UnknownName
from communique.lexicon import load
from communique.record.database.fold import folded
from communique.record.query.lookup import ALIKE, MOST_SUGGESTED

_CODE_LETTERS = 3
"""Letters of an alpha-3 code, which is no name to suggest."""


def find_country(given: str) -> str:
    """Return the ISO 3166-1 alpha-3 code that a country's name or code stands for. Raises UnknownName."""
    known = _names()
    words = folded(given)
    if words not in known:
        near = get_close_matches(words, known, n=MOST_SUGGESTED, cutoff=ALIKE)
        codes = dict.fromkeys(f"{name.title()} ({known[name]})" for name in near if len(name) > _CODE_LETTERS)
        hint = f"; did you mean {', '.join(codes)}?" if codes else ""
        raise UnknownName(given, f"no country's name or ISO 3166-1 alpha-3 code{hint}")
    return known[words]


@cache
def _names() -> dict[str, str]:
    data = load("states")
    found: dict[str, str] = {}
    for code, row in {**data["states"], **data["territories"]}.items():
        for name in (code, row["name"], row.get("short", ""), *row.get("aliases", ())):
            found.setdefault(folded(name), code.upper())
    return found
