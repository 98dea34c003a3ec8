"""The words of a text as comparisons use them: base forms with their places, what is denied, which numbers.

Words of assent and refusal and negations are taken out of the content and make up its sign, as the valence shifters of
Polanyi and Zaenen (2006) do: texts that contradict each other are as alike as those that agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from communique.lexicon import endings, listed, load, phrases
from communique.model import Quantity, Span
from communique.reading.grammar.base_forms import base_form
from communique.reading.grammar.negation import is_negation
from communique.reading.grammar.state_words import AMERICA, is_state, plain, state_at, state_openers

_AMERICAN = re.compile(load("propositions")["words"]["america"])
_PIECE = re.compile(r"@+|[a-z]+(?:['’]t)?|\d[\d,.]*|[.;!?]")
_NAME = re.compile(r"(?<=\w)[^\w.?!]+([A-Z][A-Za-z]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = frozenset(".;!?")
_DEADLINES = listed("propositions", "words", "deadlines")
UNITS = listed("propositions", "words", "units")
"""Base forms of what time is counted in."""

_LONGEST_STAND_IN = 8
"""Characters from which on nothing stands for something else by signs alone."""

_SPANNING = listed("propositions", "words", "spanning")
_SINGLE = listed("propositions", "words", "single")
_MAGNITUDES = listed("propositions", "words", "magnitudes")
_FURTHER = _STOPS | listed("propositions", "words", "further")
_FURTHER_PAIRS = frozenset(phrases("propositions", "words", "further_pairs"))
_MATTER = endings("propositions", "words", "matter_endings")
_VERBS = listed("propositions", "words", "clause")
_PAST = endings("propositions", "words", "past")
_FINAL = listed("propositions_compared", "words", "final")
_PER_NUMBER = 3
"""Words after a number among which what it counts stands."""

_Phrase: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""Words of a phrase, and the words that it stands for."""


class Word(NamedTuple):
    """A word or a mark of a text: in small letters, a state as the word for it, with its place in the text."""

    form: str
    start: int
    end: int


class Sense(NamedTuple):
    """What a word is for comparing: its term, "" where it carries no content, and what else it does.

    ``turns`` it makes the opposite of what is said, ``willing`` it assents, ``final`` it leaves no way out, ``counts``
    it may be a number, ``verb`` it may be a clause's.
    """

    term: str
    turns: bool
    willing: bool
    final: bool
    counts: bool
    verb: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The words that carry content, each once in text order, where each first stands, and which of them are names."""

    terms: tuple[str, ...]
    places: tuple[Span, ...]
    names: tuple[str, ...]


def raw_words(text: str, small: str | None = None) -> list[Word]:
    """Return the words and the marks that end sentences as they stand, in small letters without accents.

    ``small`` is the text as `state_words.plain` gives it, where somebody has it already.
    """
    small = plain(text) if small is None else small
    if "U" in text:
        for found in _AMERICAN.finditer(text):
            small = f"{small[: found.start()]}{'@' * len(found[0])}{small[found.end() :]}"
    return [Word(each[0], each.start(), each.end()) for each in _PIECE.finditer(small)]


def meant_words(words: list[Word]) -> list[Word]:
    """Return words with phrases that stand for a word made that word, and names of states the word for the state."""
    openers = _openers()
    forms = [word.form for word in words]
    if openers.isdisjoint(forms):
        return words
    found: list[Word] = []
    after = 0
    for at, word in enumerate(words):
        if at < after:
            continue
        if word.form in openers:
            meant, taken = _meant(words, forms, at)
            found += meant
            after = at + taken
        else:
            found.append(word)
    return found


def content_of(words: Sequence[Word], senses: Sequence[Sense], text: str) -> Content:
    """Return the content of words that stand in a text; ``senses`` are theirs."""
    placed: dict[str, Span] = {}
    for word, known in zip(words, senses, strict=True):
        if known.term and known.term not in placed:
            placed[known.term] = Span(word.start, word.end)
    named = {base_form(plain(found)) for found in _NAME.findall(text)}
    names = (form for form in placed if form[0] == "@" or form in named)
    return Content(tuple(placed), tuple(placed.values()), tuple(names))


@lru_cache(maxsize=16384)
def terms_of(text: str) -> frozenset[str]:
    """Return the base forms of the words of a text, such as a name, that carry content."""
    return frozenset(filter(None, (sense(word.form).term for word in meant_words(raw_words(text)))))


def is_infinitive(text: str) -> bool:
    """Tell whether words name a deed alone, and nobody who does it: "to sign the treaty"."""
    return text.startswith(_TO)


_TO = "to "
_AND = "and"
_JOINED = 3  # words from one of two joined words to the other


@lru_cache(maxsize=16384)
def name_terms(text: str) -> frozenset[str]:
    """Return the base forms of all words of a name, those that carry no content among them."""
    return frozenset(base_form(word.form) for word in raw_words(text) if word.form[0].isalpha())


def head_of(name: str) -> str:
    """Return the last word of a name before "of" or "on": what the named thing is."""
    for joining in phrases("propositions", "words", "joining_names"):
        name = name.split(f" {joining[0]} ")[0]
    return "".join(name.split()[-1:])


@lru_cache(maxsize=65536)
def sense(word: str) -> Sense:
    """Return what a word in small letters is for comparing."""
    if is_state(word):
        return Sense(word, False, False, False, False, False)
    assents, turns = _attitude(word, "for"), is_negation(word) or _attitude(word, "against")
    counts = word in _counts() or word[0].isdigit() or word in _SINGLE
    verb = word in _VERBS or word.endswith(_PAST)
    return Sense(_term(word), turns, assents, word in _FINAL, counts, verb)


def denies(words: Sequence[Word]) -> bool:
    """Tell whether the main part denies: an odd number of words turn what is said into its opposite.

    Two that are joined turn it once: "unjust and absolutely unacceptable".
    """
    turns, before = 0, None
    forms = _main([word.form for word in words])
    for at, form in enumerate(forms):
        if not sense(form).turns:
            continue
        joined = before is not None and at - before <= _JOINED and _AND in forms[before:at]
        turns += not joined
        before = None if is_negation(form) else at
    return turns % 2 == 1


def quantities_of(words: Sequence[Word]) -> tuple[Quantity, ...]:
    """Return the numbers with what they count, and years by which; other years, days of a month, bare numbers not."""
    words = [word for word in words if word.form not in _STOPS]
    forms = [word.form for word in words]
    found = {}
    for at, form in enumerate(forms):
        if not sense(form).counts:
            continue
        if at and forms[at - 1] in _DEADLINES and _YEAR.fullmatch(form):
            found[form, "by"] = Span(words[at].start, words[at].end)
        number = _number(form) or _single(forms, at)
        if number is None or (at and base_form(forms[at - 1]) in _months()):
            continue
        rest = forms[at + 1 : at + 1 + _PER_NUMBER]
        if rest and rest[0] in _MAGNITUDES:
            number, rest = f"{number} {rest[0]}", rest[1:]
        if counted := _counted(rest):
            found[number, counted] = Span(words[at].start, words[at].end)
    return tuple(Quantity(number, unit, at) for (number, unit), at in sorted(found.items()))


def _counted(rest: Sequence[str]) -> str | None:
    unit = base_form(rest[0]) if rest else ""
    return unit if unit in UNITS else next((sense(form).term for form in rest if sense(form).term), None)


def _single(forms: Sequence[str], at: int) -> str | None:
    """As in "within a year"; one day is any day."""
    spans = forms[at] in _SINGLE and at and forms[at - 1] in _SPANNING
    counted = base_form(forms[at + 1]) if at + 1 < len(forms) else ""
    return "1" if spans and counted in UNITS and counted != "day" else None


def _number(word: str) -> str | None:
    if word in _counts() and _counts()[word] > 1:
        return str(_counts()[word])
    if not word[0].isdigit():
        return None
    number = word.strip(",.").replace(",", "")
    return None if _YEAR.fullmatch(number) else number


def _term(word: str) -> str:
    if word in _empty() or not word[0].isalpha() or len(word) == 1 or is_negation(word):
        return ""
    form = base_form(word) if " " not in word else word
    return "" if form in _attitudes() and not word.endswith(_MATTER) else form


def _meant(words: list[Word], forms: list[str], at: int) -> tuple[list[Word], int]:
    """What stands at a word, and how many words it takes."""
    word = words[at]
    if word.form[0] == "@":
        return [Word(AMERICA, word.start, word.end)], 1
    for phrase, meant in _phrases().get(word.form, ()):
        if tuple(forms[at : at + len(phrase)]) == phrase:
            end = words[at + len(phrase) - 1].end
            return [Word(form, word.start, end) for form in meant], len(phrase)
    named = state_at(forms, at)
    if named is not None:
        return [Word(named[0], word.start, words[at + named[1] - 1].end)], named[1]
    return [word], 1


@cache
def _openers() -> frozenset[str]:
    """The first words of all that stands for something else."""
    return state_openers().union(_phrases(), ("@" * length for length in range(1, _LONGEST_STAND_IN)))


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """Phrases by their first word, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for phrase, meant in load("propositions_compared")["phrases"].items():
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, tuple(meant.split())))
    for each in found.values():
        each.sort(key=lambda phrase: len(phrase[0]), reverse=True)
    return found


def _main(forms: Sequence[str]) -> list[str]:
    """The words of the main part: what a condition or a second sentence adds is not looked at."""
    main: list[str] = []
    for form, after in zip_longest(forms, forms[1:]):
        if form not in _FURTHER and (form, after) not in _FURTHER_PAIRS:
            main.append(form)
        elif main:
            break
    return main


@cache
def _empty() -> frozenset[str]:
    return listed("propositions_compared", "words", "empty").union(_counts(), _MAGNITUDES)


@cache
def _attitudes() -> frozenset[str]:
    return based("for") | based("against")


def _attitude(word: str, name: str) -> bool:
    """Whether a word tells what its speaker thinks: to agree does, an agreement is a matter."""
    return base_form(word) in based(name) and not word.endswith(_MATTER)


@cache
def based(name: str) -> frozenset[str]:
    """Return the base forms of one of the lexicon's lists for comparing."""
    return frozenset(map(base_form, listed("propositions_compared", "words", name)))


@cache
def _months() -> frozenset[str]:
    names: list[str] = load("dates")["months"]
    return frozenset(base_form(name) for month in names for name in month.split())


@cache
def _counts() -> dict[str, int]:
    return {word: number for number, word in enumerate(load("propositions_compared")["words"]["counts"].split())}
