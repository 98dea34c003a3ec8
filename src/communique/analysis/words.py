"""The words of a statement as comparisons use them: base forms, what is denied, which numbers.

Similarity is the share of common content words. Polarity is decided apart from it, since texts that contradict each
other are as alike as those that agree: words of assent and refusal and negations are taken out of the content and make
up its sign, as the valence shifters of Polanyi and Zaenen (2006) do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from communique.analysis.states import as_one, is_state, spelt_out
from communique.lexicon import load
from communique.reading.grammar.base_forms import base_form

_WORD = re.compile(r"[a-z]+(?:['’]t)?|\d[\d,.]*")
_PIECE = re.compile(_WORD.pattern + "|[.;!?]")
_NAME = re.compile(r"(?<=\w)[^\w.?!]+([A-Z][A-Za-z]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DEADLINES = frozenset(("by", "until", "till", "before"))
UNITS = frozenset(("hour", "day", "week", "month", "year"))
IMMEDIATE = "immediat"
"""The base form of what is done at once."""
_ARTICLES = frozenset(("a", "an"))
_SPANNING = frozenset(("within", "in", "for", "after"))
_MAGNITUDES = frozenset(("hundred", "thousand", "million", "billion", "trillion"))
_STOPS = frozenset(".;!?")
_FURTHER = _STOPS.union(("unless", "until", "if", "while", "provided", "because", "since", "but"))
_FURTHER_PAIRS = {"only": ("if", "when"), "and": ("that", "never", "not", "no")}
_STEADY = re.compile(
    r"\b(?:not|never|n[o'’]t) (?:been |yet )?(?:chang\w+|alter\w*)|\bunchanged\b|\bconsistent\b"
    r"|\b(?:position|policy|stance|course|line|approach|attitude)s? \w+ (?:not|never) (?:yet )?(?:shift|mov)\w*"
    r"|\b(?:no|not) (?:intention|intend|plan|plans|need|reason|going) (?:of |to )chang\w+|\bremains? the same\b"
)
_LEADING_CONDITION = re.compile(
    r"[^a-z0-9]*(?:that )?(?:if|unless|until|as long as|once|only if|provided that)\b[^,]*,"
)
_MATTER = ("ment", "ments")
_PREFIXES = ("un", "il", "in", "im", "ir", "dis", "non")


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text says and whether it denies it.

    ``words`` are the base forms of its content words, a state being one word. ``names`` are the states and the base
    forms of words written with a capital after the first, ``numbers`` pairs of a number and the base form of what it
    counts. ``denied`` is the sign of its main part; ``final`` tells that the denial leaves no way out, ``steady`` that
    the text calls a position unchanged.
    """

    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    denied: bool
    final: bool
    steady: bool


@lru_cache(maxsize=16384)
def gist(text: str) -> Gist:
    """Return what a text says, in base forms."""
    text = spelt_out(text)
    plain = _phrased(text.lower())
    steady = bool(_STEADY.search(plain))
    if steady:
        plain = _STEADY.sub(" ", plain)
    pieces = _PIECE.findall(plain)
    every = as_one([piece for piece in pieces if piece not in _STOPS])
    content = frozenset(filter(None, map(_content, every)))
    return Gist(
        content,
        frozenset(base_form(word.lower()) for word in _NAME.findall(text)).union(filter(is_state, content)),
        _counted(every),
        sum(map(_turns, _main(plain, pieces))) % 2 == 1,
        not _listed("final").isdisjoint(every),
        steady,
    )


def willing(text: str) -> bool:
    """Tell whether a text has a word of assent or readiness, denied or not."""
    return any(_attitude(word, "for") for word in _WORD.findall(_phrased(text.lower())))


def content_words(text: str) -> frozenset[str]:
    """Return the base forms of the words that carry content; negations, attitudes and numbers are left out."""
    return gist(text).words


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the shorter side's words that the other has, 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def against(found: frozenset[str]) -> frozenset[str]:
    """Return the words that stand against some of these, and those that these stand against by a prefix."""
    return frozenset().union(*map(_against, found))


@lru_cache(maxsize=65536)
def _against(word: str) -> frozenset[str]:
    against = opposites().get(word, frozenset())
    if not word.startswith(_PREFIXES):
        return against
    return against | {
        word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 2
    }


def opposed(one: frozenset[str], other: frozenset[str]) -> tuple[str, str] | None:
    """Return a word of ``one`` and its opposite in ``other`` where each stands in one of them alone; None without."""
    ours, theirs = one - other, other - one
    for word in sorted(ours):
        if found := _against(word) & theirs:
            return word, min(found)
    for word in sorted(theirs):
        if found := _against(word) & ours:
            return min(found), word
    return None


def spelt(text: str, form: str) -> str:
    """Return the word or phrase of a text that has this base form, as it stands there; the form where none has."""
    pattern, known = _phrases()
    phrases = (found for found in pattern.findall(text.lower()) if base_form(known[found]) == form)
    return next(
        (word for word in re.findall(r"[A-Za-z]+", text) if base_form(word.lower()) == form), next(phrases, form)
    )


def _phrased(text: str) -> str:
    pattern, known = _phrases()
    return pattern.sub(lambda found: known[found.group()], text)


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    known: dict[str, str] = load("comparison")["phrases"]
    longest = sorted(known, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), known


def _main(text: str, pieces: list[str]) -> list[str]:
    """The words of the main part: what a condition or a second sentence adds is not looked at."""
    if leading := _LEADING_CONDITION.match(text):
        pieces = _PIECE.findall(text, leading.end())
    main: list[str] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        if piece not in _FURTHER and after not in _FURTHER_PAIRS.get(piece, ()):
            main.append(piece)
        elif main:
            break
    return main


def _counted(every: list[str]) -> frozenset[tuple[str, str]]:
    """The numbers with what they count, and years by which; other years, days of a month, bare numbers are left out."""
    found = set()
    counts = _counts()
    for place in [at for at, word in enumerate(every) if word in counts or word[0].isdigit() or word in _ARTICLES]:
        if place and every[place - 1] in _DEADLINES and _YEAR.fullmatch(every[place]):
            found.add((every[place], "by"))
        number = _number(every[place]) or _single(every, place)
        if number is None or (place and base_form(every[place - 1]) in _months()):
            continue
        rest = every[place + 1 : place + 4]
        if rest and rest[0] in _MAGNITUDES:
            number, rest = f"{number} {rest[0]}", rest[1:]
        counted = (
            base_form(rest[0])
            if rest and base_form(rest[0]) in UNITS
            else next(filter(None, map(_content, rest)), None)
        )
        if counted:
            found.add((number, counted))
    return frozenset(found)


def _single(every: list[str], place: int) -> str | None:
    """As in "within a year"; one day is any day."""
    spans = every[place] in (*_ARTICLES, "one") and place and every[place - 1] in _SPANNING
    return "1" if spans and base_form("".join(every[place + 1 : place + 2])) in UNITS - {"day"} else None


def _number(word: str) -> str | None:
    if word in _counts() and word not in ("one", "zero"):
        return str(_counts()[word])
    if not word[0].isdigit():
        return None
    number = word.strip(",.").replace(",", "")
    return None if _YEAR.fullmatch(number) else number


def _denies(word: str) -> bool:
    return word in _listed("negations") or word.endswith(("n't", "n’t"))


@lru_cache(maxsize=65536)
def _turns(word: str) -> bool:
    """Whether a word turns what is said into its opposite."""
    return _denies(word) or _attitude(word, "against")


@lru_cache(maxsize=65536)
def _content(word: str) -> str | None:
    """The base form of a word that carries content, None for another."""
    if is_state(word):
        return word
    if word in _empty() or word[0].isdigit() or len(word) < 2 or _denies(word):
        return None
    form = base_form(word)
    return None if form in _attitudes() and not word.endswith(_MATTER) else form


@cache
def _empty() -> frozenset[str]:
    return _listed("empty").union(_counts(), _MAGNITUDES)


@cache
def _attitudes() -> frozenset[str]:
    return _based("for") | _based("against")


def _attitude(word: str, name: str) -> bool:
    """Whether a word tells what its speaker thinks: to agree does, an agreement is a matter."""
    return base_form(word) in _based(name) and not word.endswith(_MATTER)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("comparison")["words"][name].split())


@cache
def _based(name: str) -> frozenset[str]:
    return frozenset(map(base_form, _listed(name)))


@cache
def _months() -> frozenset[str]:
    names = "january february march april may june july august september october november december"
    return frozenset(map(base_form, names.split()))


@cache
def _counts() -> dict[str, int]:
    return {word: number for number, word in enumerate(load("comparison")["words"]["counts"].split())}


def stops() -> frozenset[str]:
    """Return the base forms of the words that say that something is stopped, or does not come about."""
    return _based("stops")


def generic() -> frozenset[str]:
    """Return the base forms of the words that tell that there are talks, and not over what."""
    return _based("generic")


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Return, by base form, the base forms that mean the opposite."""
    found: dict[str, set[str]] = {}
    for pair in load("comparison")["pairs"]["all"].split(";"):
        one, other = (base_form(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
