"""Names of states in a statement's words: one state is one word, be it Tehran, Iranian or Iran.

So is a place that has a state's name in its own: the South China Sea is not China.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from communique.lexicon import load

_MARK = "@"
_AMERICA = re.compile(r"\bU\.S\.(?:A\.)?|\bUSA?\b")  # in small letters, "us" is a pronoun
_WORD = re.compile(r"[a-z]+")
_TERRITORY = {"kind": "territory"}
_COMMON = frozenset(("male", "polish", "states"))
"""Names that are as often another word, once capitals are gone."""


def spelt_out(text: str) -> str:
    """Return a text without accents, its abbreviations written as names that small letters leave alone."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _AMERICA.sub("America", text) if "U" in text else text


def as_one(words: list[str]) -> list[str]:
    """Return the words, in small letters, with each name of a state replaced by the word for that state."""
    single, several = _names()
    if several.keys().isdisjoint(words):
        return [single.get(word, word) for word in words]
    found: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in several:
            for rest, state in several[word]:
                if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    found.append(state)
                    at += 1 + len(rest)
                    break
            else:
                found.append(single.get(word, word))
                at += 1
        else:
            found.append(single.get(word, word))
            at += 1
    return found


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
    single: dict[str, str] = {}
    several: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    data = load("states")
    for key, row in (*data["states"].items(), *data["territories"].items()):
        for name in _forms(row):
            first, *rest = _WORD.findall(name)
            if rest:
                several.setdefault(first, []).append((tuple(rest), _MARK + key))
            elif (len(first) > 3 or first in ("uk", "uae")) and first not in _COMMON:
                single.setdefault(first, _MARK + key)
    for place in load("comparison")["places"]["all"].split(";"):
        first, *rest = place.split()
        several.setdefault(first, []).append((tuple(rest), place.strip()))
    for names in several.values():
        names.sort(key=lambda each: len(each[0]), reverse=True)
    return single, several


def _forms(row: dict[str, Any]) -> Iterator[str]:
    names = (row["name"], *row.get("aliases", ()), *row.get("people", ()), *row.get("capital", ()))
    for name in names:
        small = spelt_out(name).lower().removeprefix("the ")
        yield small
        if name in row.get("people", ()):
            yield small + "s"
