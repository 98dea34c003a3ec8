"""What the words around a matter's name say of it, without a parse: whether they want it, end it or leave it open.

Polarity by cue words and their negation in a window follows the contextual valence shifters of Polanyi and Zaenen
(2006). Words are compared by their base forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial

from communique.lexicon import listed, phrases
from communique.model import Span, Spans
from communique.reading.grammar.base_forms import base_form
from communique.reading.grammar.negation import is_negation

_listed = partial(listed, "stances", "words")
_WORD = re.compile(r"[\w’']+")
_MARK = re.compile(r"[.;!?:]")
_BEFORE = 9
"""Words before a matter's name that bear on it: further off, another matter has come between."""

_AFTER = 12
_DENIED_AFTER = 6
"""Words behind the name among which a denial is one of what is said of it."""

_NEAR = 3
"""Words between which others of a set phrase may stand: "not yet been changed", "should not be lifted"."""

_REACH = 1_000
"""Characters around a name that are looked at: more than its clause has."""


def around(text: str, content: Spans, place: Span, unbound: bool) -> tuple[int, bool]:
    """Return the polarity of the words around a name, -1, 0 or 1, and whether they speak of readiness.

    ``unbound`` tells that the content waives conditions (see `waives_conditions`): that says no more than readiness.
    """
    before, after = _context(text, content, place)
    if unbound:
        return 0, True
    opens = any(word in _listed("open") for word in (*before, *after))
    sign = 0
    for word in reversed(before):
        if _is(word, "reverse"):
            sign = -1
            break
        if _is(word, "favour"):
            sign = 1
            break
    if sign == 0 and _to_be_ended(after):
        sign = -1
    if any(_is(word, "against") for word in (*before, *after)):
        # To lift it is impossible: it stays.
        return -(sign or 1), False
    denied = sum(denies(word) for word in (*before, *after[:_DENIED_AFTER])) % 2 == 1
    if denied and sign == 0:
        return 0, opens
    return (-sign if denied else sign), opens and not denied


def is_reversed(text: str, content: Spans, places: Iterable[Span]) -> bool:
    """Tell whether a word that ends the matter stands before its name."""
    return any(_is(word, "reverse") for place in places for word in _context(text, content, place)[0])


def waives_conditions(text: str, content: Spans) -> bool:
    """As in "without any preconditions"."""
    for start, end in content:
        said = words(text[start:end])
        for at, word in enumerate(said):
            before = said[max(0, at - _NEAR + 1) : at]
            if word in _listed("terms") and any(denies(one) for one in before):
                return True
    return False


def is_to_come(said: str) -> bool:
    """As in "if there is to be a treaty": what is to be at all hangs on something."""
    own = words(said)
    return any(
        own[at] in _listed("is") and own[at + 1] == "to" and own[at + 2] in _listed("to_come")
        for at in range(len(own) - 2)
    )


def lasts(cue: str) -> bool:
    """Tell whether a condition's cue says that it holds for as long as something goes on."""
    own = words(cue)
    return any(
        tuple(own[at : at + len(phrase)]) == phrase
        for phrase in phrases("stances", "words", "lasting")
        for at in range(len(own))
    )


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.lower())


def denies(word: str) -> bool:
    """Tell whether a word denies what it stands by, or tells it as lacking."""
    return is_negation(word) or word in _listed("lacking")


def _to_be_ended(after: Sequence[str]) -> bool:
    """As in "the sanctions should be lifted", "wants the rule to be abandoned": the end asked for stands behind."""
    return any(
        one in _listed("asked") and "be" in after[at + 1 : at + _NEAR] and _ends(after[at + 1 : at + _NEAR + 1])
        for at, one in enumerate(after)
    )


def _ends(said: Sequence[str]) -> bool:
    be = said.index("be")
    return any(_is(word, "reverse") for word in said[be + 1 : be + 2])


def _context(text: str, content: Spans, place: Span) -> tuple[list[str], list[str]]:
    """The words before and behind a name that its clause has, without those that say that a position lasts."""
    start, end = next((start, end) for start, end in content if start <= place.start and place.end <= end)
    before = _clause(text[max(start, place.start - _REACH) : place.start], backwards=True)
    after = _clause(text[place.end : min(end, place.end + _REACH)], backwards=False)
    return before[-_BEFORE:], after[:_AFTER]


def _clause(text: str, *, backwards: bool) -> list[str]:
    """The words from a name on to the next mark, or comma before a word that opens a clause, one way or the other."""
    opens = [
        match.start()
        for match in _WORD.finditer(text)
        if text.endswith(", ", 0, match.start()) and match.group().lower() in _listed("opening_clauses")
    ]
    marks = [mark.start() for mark in _MARK.finditer(text)]
    if backwards:
        first = max((*(at for at in opens), *(at + 1 for at in marks)), default=0)
        said = words(text[first:])
        return _unsteadied(said[1:] if first in opens else said)
    return _unsteadied(words(text[: min((*opens, *marks), default=len(text))]))


def _unsteadied(said: list[str]) -> list[str]:
    """Without what says that a position has not changed: that denies nothing of what it is."""
    left: list[str] = []
    for word in said:
        near = left[-_NEAR:]
        denial = next((at for at in range(len(near) - 1, -1, -1) if is_negation(near[at])), None)
        between = [] if denial is None else near[denial + 1 :]
        if denial is not None and _is(word, "steadied") and all(one in _listed("between") for one in between):
            del left[len(left) - len(between) - 1 :]
        else:
            left.append(word)
    return left


def _is(word: str, name: str) -> bool:
    return word in _listed(name) or base_form(word) in _bases(name)


@cache
def _bases(name: str) -> frozenset[str]:
    return frozenset(map(base_form, _listed(name)))
