"""The words of a statement as comparisons use them: base forms, what is denied, which numbers.

Similarity is the share of common content words; polarity is decided apart from it, since texts that contradict each
other are as alike as those that agree.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from communique.lexicon import load

_WORD = re.compile(r"[a-z]+(?:['’]t)?|\d[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FURTHER = re.compile(r"[.;!?]|\b(?:unless|until|only if|if|as long as|so long as|provided)\b")
_NO_DENIAL = re.compile(r"\bnot only\b|\b(?:not|never) (?:been )?chang\w+|\bunchanged\b")


def base(word: str) -> str:
    """Return a word without the endings that grammar gives it: a light stemmer, the same for both sides."""
    return _base(word)


@lru_cache(maxsize=65536)
def _base(word: str) -> str:
    if len(word) <= 3:
        return word
    for ending, instead in (
        ("sses", "ss"),
        ("ies", "y"),
        ("ied", "y"),
        ("ations", "ate"),
        ("ation", "ate"),
        ("tions", "t"),
        ("tion", "t"),
        ("ingly", ""),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
        ("al", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 3:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def content_words(text: str) -> frozenset[str]:
    """Return the base forms of the words that carry content, negations and numbers left out."""
    return frozenset(_base(word) for word in _WORD.findall(text.lower()) if not word[0].isdigit() and not _empty(word))


def numbers(text: str) -> frozenset[str]:
    """Return the numbers in the text, small ones in words too, years left out."""
    found = set()
    for word in _WORD.findall(text.lower()):
        if word in _counts() and word not in ("one", "zero"):
            found.add(str(_counts()[word]))
        elif word[0].isdigit():
            number = word.strip(",.").replace(",", "")
            if not _YEAR.fullmatch(number):
                found.add(number)
    return frozenset(found)


def denied(text: str) -> bool:
    """Tell whether the text denies what it says: an odd number of negations in its main part.

    What a condition or a second sentence adds is not looked at; "not only" and "not changed" deny nothing.
    """
    main = _NO_DENIAL.sub(" ", _FURTHER.split(text.lower())[0])
    return sum(_denies(word) for word in re.findall(r"[\w'’]+", main)) % 2 == 1


def _denies(word: str) -> bool:
    return word in _words("negations") or word.endswith(("n't", "n’t"))


def _empty(word: str) -> bool:
    return word in _words("empty") or _denies(word) or word in _counts()


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("comparison")[name].split())


@cache
def _counts() -> dict[str, int]:
    return {word: number for number, word in enumerate(load("comparison")["counts"].split())}


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Return, by base form, the base forms that mean the opposite."""
    found: dict[str, set[str]] = {}
    for pair in load("comparison")["pairs"].split(";"):
        one, other = (_base(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def opposed(one: frozenset[str], other: frozenset[str]) -> tuple[str, str] | None:
    """Return a word of ``one`` and its opposite in ``other`` where each stands in one of them alone; None without."""
    known = opposites()
    for word in sorted(one - other):
        against = known.get(word, frozenset()) & (other - one)
        if against:
            return word, min(against)
    return None


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the shorter side's words that the other has, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
