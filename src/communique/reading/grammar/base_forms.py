"""Words without the endings that grammar gives them, by which texts are compared.

A light stemmer: it needs no parse, treats both sides alike, and takes a noun made from a verb for that verb, as a
lemmatiser does not: "suspensions" and "suspended" are "suspend".
"""

from __future__ import annotations

from functools import cache, lru_cache

from communique.lexicon import endings, load

_NO_PLURALS = endings("base_forms", "forms", "no_plurals")
_SIBILANT_PLURALS = endings("base_forms", "forms", "sibilant_plurals")

_PAST = endings("propositions", "words", "past")

_SHORT = 3
"""Letters of a word that no ending is taken from."""

_DOUBLED = "elsz"
"""Letters that end words doubled, with no ending behind them."""


@lru_cache(maxsize=65536)
def base_form(word: str) -> str:
    """Return the base form of a word in small letters.

    Of words that mean the same in this field, as "truce" and "ceasefire" do, the first stands for all.
    """
    stem = _stem(word)
    return _same().get(stem, stem)


def is_past(word: str) -> bool:
    """Tell whether a word in small letters has the form of a past tense or participle: "fired", "shot", "written"."""
    return word in _pairs("irregular_past") or (len(word) > _SHORT + 1 and word.endswith(_PAST))


def _stem(word: str) -> str:
    word = _singular(_irregular().get(word, word))
    if word in _irregular():
        word = _irregular()[word]
    elif len(word) > _SHORT:
        word = _bare(word)
    return word[:-1] if word.endswith("e") and len(word) > _SHORT else word


def _singular(word: str) -> str:
    if len(word) <= _SHORT or word[-1] != "s" or word.endswith(_NO_PLURALS):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(_SIBILANT_PLURALS) else word[:-1]


def _bare(word: str) -> str:
    for ending, instead, least in _endings().get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)] + instead
            break
    doubled = len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in _DOUBLED
    return word[:-1] if doubled else word


@cache
def _endings() -> dict[str, list[tuple[str, str, int]]]:
    """Endings by their last letter: what stands there instead, and after how many letters at least."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    for line in load("base_forms")["forms"]["endings"].split(";"):
        ending, *instead, least = line.split()
        found.setdefault(ending[-1], []).append((ending, "".join(instead), int(least)))
    return found


@cache
def _irregular() -> dict[str, str]:
    return {**_pairs("irregular_past"), **_pairs("irregular")}


@cache
def _pairs(name: str) -> dict[str, str]:
    pairs = (pair.strip().partition(" ") for pair in load("base_forms")["forms"][name].split(";"))
    return {form: bare for form, _, bare in pairs}


@cache
def _same() -> dict[str, str]:
    lines = (line.split() for line in load("base_forms")["forms"]["same"].split(";"))
    return {_stem(word): _stem(first) for first, *others in lines for word in others}
