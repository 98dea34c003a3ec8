"""Names of states in a text's words: one state is one word, be it Tehran, Iranian or Iran.

So is a place that has a state's name in its own: the South China Sea is not China.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from communique.lexicon import listed, load

_MARK = "@"
_WORD = re.compile(r"[a-z]+")
_TERRITORY = {"kind": "territory"}
_SHORTEST = 4
"""Letters of a single word that names a state; shorter ones are other words, but for a few in capitals."""

_ABBREVIATED = frozenset(("uk", "uae"))

AMERICA = _MARK + "usa"
"""The word for the United States, whose abbreviation is a pronoun in small letters."""


def plain(text: str) -> str:
    """Return a text in small letters without accents, character for character: places stay what they were."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)).lower()
    return bare if len(bare) == 1 else character if len(character.lower()) != 1 else character.lower()


def state_at(words: list[str], at: int) -> tuple[str, int] | None:
    """Return the word for the state that is named from a word on, and how many words name it; None where none is."""
    single, several = _names()
    word = words[at]
    for rest, state in several.get(word, ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return state, 1 + len(rest)
    return (single[word], 1) if word in single else None


def state_openers() -> frozenset[str]:
    """Return the first words of all names of states."""
    single, several = _names()
    return frozenset(single).union(several)


def is_state(word: str) -> bool:
    """Tell whether a word stands for a state or a territory."""
    return word.startswith(_MARK)


def states_in(words: Iterable[str]) -> frozenset[str]:
    """Return the states among words; a territory, which may also be told by the state that holds it, is none."""
    known = load("states")["states"]
    return frozenset(
        w for w in words if w.startswith(_MARK) and known.get(w[1:], _TERRITORY).get("kind") != "territory"
    )


@cache
def _names() -> tuple[dict[str, str], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Single words for a state, and by their first word the others, the longest first."""
    single: dict[str, str] = {AMERICA: AMERICA}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    data = load("states")
    common = listed("propositions", "words", "common_names")
    for key, row in (*data["states"].items(), *data["territories"].items()):
        for name in _forms(row):
            first, *rest = _WORD.findall(name)
            if rest:
                several.setdefault(first, []).append((tuple(rest), _MARK + key))
            elif (len(first) >= _SHORTEST or first in _ABBREVIATED) and first not in common:
                single.setdefault(first, _MARK + key)
    for place in load("propositions_compared")["places"]["all"].split(";"):
        first, *rest = place.split()
        several.setdefault(first, []).append((tuple(rest), place.strip()))
    for names in several.values():
        names.sort(key=lambda each: len(each[0]), reverse=True)
    return single, several


def _forms(row: dict[str, Any]) -> Iterator[str]:
    names = (row["name"], *row.get("aliases", ()), *row.get("people", ()), *row.get("capital", ()))
    for name in names:
        small = plain(name).removeprefix("the ")
        yield small
        if name in row.get("people", ()):
            yield small + "s"
