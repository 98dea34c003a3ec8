"""Propositions made of words alone.

The words tell what a text is about, its sign, its numbers and what else it says; so a corrected statement gets a new
proposition wherever there is no model. The parse adds the rest: see `predicates.with_predicate`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from communique.lexicon import load
from communique.model import Naming, Proposition, Quantity, Span, Spans, Trait
from communique.reading.grammar.state_words import plain
from communique.reading.propositions.words import (
    Sense,
    Word,
    content_of,
    denies,
    meant_words,
    quantities_of,
    raw_words,
    sense,
)

GAP = " … "
"""What joins the stretches of a text."""

_BEFORE = 20
"""Characters before a condition among which "until" stands."""

_STEADY = "unchanged"


@dataclass(frozen=True, slots=True)
class _TriggeredPattern:
    """A pattern that is looked for only where one of some words stands."""

    words: frozenset[str]
    pattern: re.Pattern[str]


def proposition_of(text: str, pieces: Spans | None = None) -> Proposition:
    """Return what stretches of a text say, all of it where none are given; places are those of the text.

    Predicate, arguments, modality and time stay at what is usual.
    """
    stretches = (Span(0, len(text)),) if pieces is None else tuple(piece for piece in pieces if piece.start < piece.end)
    return _of_joined(GAP.join(text[start:end] for start, end in stretches), _Places.of(stretches))


def proposition_without(text: str, antecedents: Sequence[str]) -> Proposition:
    """Return what a text says less the conditions in it, which are given by their words."""
    holes = []
    for antecedent in filter(None, antecedents):
        start = text.find(antecedent)
        while start >= 0:
            holes.append(Span(start, start + len(antecedent)))
            start = text.find(antecedent, start + len(antecedent))
    return proposition_of(text, less((Span(0, len(text)),), holes)) if holes else proposition_of(text)


def until_met(text: str, antecedent: Spans) -> bool:
    """Tell whether the words before a condition say that a denial lasts until it is met: "not until ..."."""
    start = antecedent[0].start if antecedent else 0
    return bool(_opening("until").search(plain(text[max(0, start - _BEFORE) : start])))


def less(pieces: Spans, holes: Iterable[Span]) -> Spans:
    """Return what is left of stretches of a text without others."""
    left = list(pieces)
    for hole in holes:
        left = [
            Span(start, end)
            for piece in left
            for start, end in ((piece.start, min(piece.end, hole.start)), (max(piece.start, hole.end), piece.end))
            if start < end
        ]
    return tuple(left)


def _of_joined(text: str, places: _Places) -> Proposition:
    small = plain(text)
    raw = raw_words(text, small)
    present = {word.form for word in raw}
    words = meant_words(raw)
    steady = _found(_patterns("traits")[_STEADY], small, present)
    if steady is not None:
        words = [word for word in words if not steady.start() <= word.start < steady.end()]
    senses = [sense(word.form) for word in words]
    content = content_of(words, senses, text)
    aside = _opening("aside").search(small)
    first_aside = aside.start() if aside else len(text)
    condition = _opening("condition").match(small)
    begins = condition.end() if condition else 0
    return Proposition(
        terms=content.terms,
        terms_at=tuple(map(places.span, content.places)),
        names=content.names,
        main=sum(place.start < first_aside for place in content.places),
        quantities=_quantities(words, places) if any(known.counts for known in senses) else (),
        denied=denies([word for word in words if word.start >= begins] if begins else words),
        steady=steady is not None,
        traits=_traits(small, present, senses),
        none_of=_naming("none-of", small, present, words, places),
        instead_of=_naming("instead-of", small, present, words, places),
        holder=_naming("holder", small, present, words, places),
    )


def _traits(small: str, present: set[str], senses: Sequence[Sense]) -> tuple[Trait, ...]:
    found = [
        Trait(name)
        for name, each in _patterns("traits").items()
        if name != _STEADY and _found(each, small, present) is not None
    ]
    found += [Trait.WILLING] if any(known.willing for known in senses) else []
    found += [Trait.CLAUSE] if any(known.verb for known in senses) else []
    found += [Trait.FINAL] if any(known.final for known in senses) else []
    return tuple(found)


def _quantities(words: Sequence[Word], places: _Places) -> tuple[Quantity, ...]:
    return tuple(replace(each, at=places.span(each.at)) for each in quantities_of(words))


def _naming(name: str, small: str, present: set[str], words: Sequence[Word], places: _Places) -> Naming | None:
    where = _found(_patterns("named")[name], small, present)
    if where is None:
        return None
    group = next(key for key, value in where.groupdict().items() if value is not None)
    at = places.span(Span(*where.span()))
    return Naming(_terms(words, *where.span(group)), _terms(words, 0, where.start()), at)


def _terms(words: Sequence[Word], start: int, end: int) -> tuple[str, ...]:
    inside = (sense(word.form).term for word in words if start <= word.start < end)
    return tuple(dict.fromkeys(filter(None, inside)))


def _found(each: _TriggeredPattern, small: str, present: set[str]) -> re.Match[str] | None:
    return None if each.words.isdisjoint(present) else each.pattern.search(small)


@cache
def _patterns(table: str) -> dict[str, _TriggeredPattern]:
    return {
        name: _TriggeredPattern(frozenset(each["words"].split()), re.compile(each["pattern"]))
        for name, each in load("propositions")[table].items()
    }


@cache
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(load("propositions")["openings"][name])


@dataclass(frozen=True, slots=True)
class _Places:
    """Where joined stretches stand in the text: by their starts in the joined text, how far each is to be moved."""

    starts: list[int]
    shifts: list[int]

    @classmethod
    def of(cls, stretches: Spans) -> _Places:
        starts, at = [], 0
        for start, end in stretches:
            starts.append(at)
            at += end - start + len(GAP)
        return cls(starts, [piece.start - start for piece, start in zip(stretches, starts, strict=True)])

    def span(self, place: Span) -> Span:
        if not self.shifts:
            return place
        if len(self.shifts) == 1:
            shift = self.shifts[0]
            return Span(place.start + shift, place.end + shift) if shift else place
        start = self.shifts[bisect_right(self.starts, place.start) - 1]
        end = self.shifts[bisect_left(self.starts, place.end) - 1]
        return Span(place.start + start, place.end + end)
