"""Whether a word, a clause or a stretch of text is denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.lexicon import endings, listed
from communique.reading.grammar.labels import AUXILIARY, NEGATION, NOMINAL_SUBJECTS

if TYPE_CHECKING:  # that a word denies is asked where no model is
    from communique.reading.tokens import Tokens, TokenSpan

_NEGATIONS = listed("closed_classes", "negations")
_NEGATED_SUBJECTS = listed("closed_classes", "negated_subjects")
_CONTRACTED = endings("closed_classes", "contracted_negations")
_SAYING_OF = NOMINAL_SUBJECTS | {"attr", "dobj"}
_COMPLEMENTS = frozenset(("acomp", "attr", "oprd", "xcomp"))
_LINKS = 3
_LONGER = "longer"
_DENYING = _NEGATIONS | _NEGATED_SUBJECTS | {_LONGER, "no"}
"""The words that may deny, whatever their label."""


def is_negation(word: str) -> bool:
    """Tell whether a word in small letters denies: "not", "never", "cannot", "won't"."""
    return word in _NEGATIONS or word.endswith(_CONTRACTED)


def is_denied(tokens: Tokens, head: int, *, ended: bool = True) -> bool:
    """Tell whether a verb, adjective or noun is itself denied ("not", "never", "nobody", "no"); two undo each other.

    ``ended`` tells whether "no longer" denies: what no longer is the case is not, but was, and is still spoken of.
    """
    denied = False
    dep, lower = tokens.dep, tokens.lower
    for child in tokens.children[head]:
        # Most words are ruled out at sight: this is asked some ten times a sentence.
        if (dep[child] == NEGATION or lower[child] in _DENYING) and _denies(tokens, child, ended):
            denied = not denied
    return denied


def has_negation(tokens: Tokens, verb: int) -> bool:
    """Tell whether a word of a verb's own denies by its label, however many do: "not", "n't"."""
    return any(tokens.dep[child] == NEGATION for child in tokens.children[verb])


def is_denied_with_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is denied, itself or by its subject ("no envoy will attend"); two undo each other."""
    subjects = [c for c in tokens.children[verb] if tokens.dep[c] in NOMINAL_SUBJECTS]
    return is_denied(tokens, verb) != any(is_denied(tokens, subject) for subject in subjects)


def is_denied_predicate(tokens: Tokens, word: int) -> bool:
    """Tell whether a complement is denied, itself or through its verbs: "is not conditional", "never was dependent"."""
    node = word
    for _ in range(_LINKS):
        if is_denied(tokens, node):
            return True
        if tokens.dep[node] not in _COMPLEMENTS:
            return False
        node = tokens.head[node]
    return False


def is_denied_clause(tokens: Tokens, verb: int) -> bool:
    """Tell whether a clause says no: by its verb, its subject or object ("no talks"), or "under no circumstances"."""
    if is_denied(tokens, verb):
        return True
    return any(_says_no_of(tokens, verb, child) for child in tokens.children[verb])


def holds_denial(tokens: Tokens, pieces: Iterable[TokenSpan]) -> bool:
    """Tell whether some word of a stretch denies, whatever it denies there: "not", "never", the "no" of "no talks"."""
    return any(_denies(tokens, t, True) for start, end in pieces for t in range(start, end))


def holds_word(tokens: Tokens, pieces: Iterable[TokenSpan], words: frozenset[str]) -> bool:
    """Tell whether a stretch has one of some words, such as those that turn down."""
    return any(low in words for start, end in pieces for low in tokens.lower[start:end])


def holds_phrase(tokens: Tokens, pieces: Iterable[TokenSpan], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether one of some phrases, given by their words in small letters, starts in a stretch."""
    return any(
        tokens.lower[t] == phrase[0] and tuple(tokens.lower[t : t + len(phrase)]) == phrase
        for start, end in pieces
        for t in range(start, end)
        for phrase in phrases
    )


def _denies(tokens: Tokens, child: int, ended: bool) -> bool:
    dep, low = tokens.dep[child], tokens.lower[child]
    if low == _LONGER and tokens.lower[child - 1] == "no":
        return ended
    if low == "no" and child + 1 < tokens.n and tokens.lower[child + 1] == _LONGER:
        return False  # the two words deny once
    if dep == NEGATION:
        return True
    if dep in NOMINAL_SUBJECTS:
        return low in _NEGATED_SUBJECTS
    return low in _NEGATIONS and dep in ("advmod", "preconj", "det", AUXILIARY)


def _says_no_of(tokens: Tokens, verb: int, child: int) -> bool:
    dep = tokens.dep[child]
    if tokens.lower[child] in _NEGATED_SUBJECTS:
        return True
    if dep == "prep" and child < verb:
        return any(is_denied(tokens, noun) for noun in tokens.children[child])
    return dep in _SAYING_OF and is_denied(tokens, child)
