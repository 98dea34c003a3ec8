"""The auxiliaries of verbs and what tense a word bears, by the labels of the parse."""

from __future__ import annotations

from collections.abc import Container

from communique.reading.grammar.labels import (
    AUXILIARIES,
    AUXILIARY,
    FINITE,
    MODAL,
    PASSIVE_AUXILIARY,
    PAST_FORMS,
    PAST_TENSE,
    PRESENT,
    TENSED,
)
from communique.reading.tokens import Tokens


def own_auxiliaries(tokens: Tokens, verb: int) -> list[int]:
    """Return the auxiliaries that hang on a verb itself."""
    return [c for c in tokens.children[verb] if tokens.dep[c] in AUXILIARIES]


def has_own_auxiliary(tokens: Tokens, verb: int) -> bool:
    """Tell whether an auxiliary hangs on a verb itself."""
    return tokens.child(verb, *AUXILIARIES) is not None


def has_active_auxiliary(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has an auxiliary that does not make its passive: "has", "will", "to"."""
    return tokens.child(verb, AUXILIARY) is not None


def active_auxiliary(tokens: Tokens, verb: int) -> int | None:
    """Return a verb's first auxiliary that does not make its passive; None where it has none."""
    return tokens.child(verb, AUXILIARY)


def has_passive_auxiliary(tokens: Tokens, verb: int) -> bool:
    """Tell whether an auxiliary makes a verb's passive: "was sent"."""
    return tokens.child(verb, PASSIVE_AUXILIARY) is not None


def has_auxiliary_among(tokens: Tokens, verb: int, words: Container[str]) -> bool:
    """Tell whether one of some words, in small letters, is an auxiliary of a verb, and not its passive's."""
    return any(tokens.dep[c] == AUXILIARY and tokens.lower[c] in words for c in tokens.children[verb])


def is_auxiliary(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is an auxiliary, of whatever kind."""
    return tokens.dep[i] in AUXILIARIES


def is_modal(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a modal."""
    return tokens.tag[i] == MODAL


def has_modal_of_its_own(tokens: Tokens, verb: int) -> bool:
    """Tell whether a modal hangs on a verb itself."""
    return any(tokens.tag[c] == MODAL for c in tokens.children[verb])


def own_modals(tokens: Tokens, verb: int) -> frozenset[str]:
    """Return the modals that hang on a verb itself, in small letters."""
    return frozenset(tokens.lower[c] for c in tokens.children[verb] if tokens.tag[c] == MODAL)


def is_tensed(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a verb that carries a tense itself."""
    return tokens.tag[i] in TENSED


def is_finite(tokens: Tokens, i: int) -> bool:
    """Tell whether a word carries a clause's tense: a verb, or a modal."""
    return tokens.tag[i] in FINITE


def is_past_tense(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a verb in the past tense."""
    return tokens.tag[i] == PAST_TENSE


def is_present_tense(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a verb in the present tense."""
    return tokens.tag[i] in PRESENT


def is_past_form(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a past tense or participle; the two are taken for one another now and then."""
    return tokens.tag[i] in PAST_FORMS
