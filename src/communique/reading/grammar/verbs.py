"""What a verb's own words tell of it: its auxiliaries, tense and modality, and how its clause stands in time."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.grammar.auxiliaries import (
    has_auxiliary_among,
    is_modal,
    is_past_tense,
    is_present_tense,
    own_auxiliaries,
)
from communique.reading.grammar.labels import MODAL, PAST_FORMS, PAST_TENSE, PRESENT
from communique.reading.grammar.subjects import has_subject
from communique.reading.tokens import Tokens, TokenSpan

VERBAL = frozenset(("VERB", "AUX"))
"""Parts of speech of verbs."""

LOOKING_AHEAD = listed("closed_classes", "looking_ahead")
"""Lemmas that look ahead to what they govern: "is ready to sign"."""

_TO = frozenset(("to",))
_MODALS = listed("closed_classes", "modals")
_POSSIBLE = listed("closed_classes", "possible")
_COPULAS = listed("closed_classes", "copulas")
_DUTIES_WITH_TO = listed("closed_classes", "duties_with_to")
_STEPS = 60
_OUTLOOK_STEPS = 8


def auxiliaries(tokens: Tokens, verb: int) -> list[int]:
    """Return a verb's auxiliaries, those of the verb it is joined to where it has none."""
    for _ in range(_STEPS):
        found = own_auxiliaries(tokens, verb)
        if found or tokens.dep[verb] != "conj" or has_subject(tokens, verb):
            return found
        verb = tokens.head[verb]
    return []


def modal(tokens: Tokens, verb: int) -> str:
    """Return a verb's own modal in small letters, as it is spelt ("will", "wo"); "" where it has none."""
    return next((tokens.lower[c] for c in tokens.children[verb] if is_modal(tokens, c)), "")


def has_modal(tokens: Tokens, pieces: tuple[TokenSpan, ...]) -> bool:
    """Tell whether a stretch has a modal."""
    return any(is_modal(tokens, t) for start, end in pieces for t in range(start, end))


def is_possible(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is told as a possibility: "may", "might", "could"."""
    return has_auxiliary_among(tokens, verb, _POSSIBLE)


def is_infinitive(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has "to" for an auxiliary."""
    return has_auxiliary_among(tokens, verb, _TO)


def tense(tokens: Tokens, verb: int) -> str:
    """Say the tense of a subordinate verb: "present", "past", "perfect past" ("had left"), "modal" or ""."""
    aux = auxiliaries(tokens, verb)
    if any(is_modal(tokens, c) for c in aux):
        return "modal"
    if any(tokens.lower[c] == "had" for c in aux):
        return "perfect past"
    if any(is_past_tense(tokens, c) for c in aux):
        return "past"
    if any(is_present_tense(tokens, c) for c in aux) or is_present_tense(tokens, verb):
        return "present"
    if tokens.tag[verb] in ("NNS", "NN", "VB") and any(tokens.dep[c] == "mark" for c in tokens.children[verb]):
        return "present"  # a verb that the tagger took for a plural: "if the border reopens"
    return "past" if is_past_tense(tokens, verb) else ""


def outlook(tokens: Tokens, verb: int) -> str:
    """Say how a clause stands in time: "future", "present", "past" or "unreal" ("would have signed")."""
    for _ in range(_OUTLOOK_STEPS):
        seen = _outlook_here(tokens, verb)
        if seen:
            return seen
        if tokens.dep[verb] == "ROOT" or tokens.head[verb] == verb:
            return "future" if tokens.tag[verb] == "VB" else "present"
        verb = tokens.head[verb]
    return "present"


def _outlook_here(tokens: Tokens, verb: int) -> str:
    aux = auxiliaries(tokens, verb)
    lows = [tokens.lower[c] for c in aux]
    tag = tokens.tag[verb]
    if any(low in _MODALS or is_modal(tokens, c) for c, low in zip(aux, lows, strict=True)):
        return "unreal" if "have" in lows and tag in PAST_FORMS else "future"
    if _looks_ahead(tokens, verb):
        return "future"
    if any(is_past_tense(tokens, c) for c in aux):
        return "past"
    if tag in PRESENT or any(is_present_tense(tokens, c) for c in aux):
        return "present"
    return {PAST_TENSE: "past", MODAL: "future"}.get(tag, "")


def _looks_ahead(tokens: Tokens, verb: int) -> bool:
    if tokens.lemma[verb] in LOOKING_AHEAD or (tokens.lemma[verb] == "go" and tokens.tag[verb] == "VBG"):
        return True
    linking = tokens.pos[verb] == "AUX" or tokens.lemma[verb] in _COPULAS
    return linking and _predicate(tokens, verb) in LOOKING_AHEAD


def _predicate(tokens: Tokens, verb: int) -> str:
    return next((tokens.lemma[c] for c in tokens.children[verb] if tokens.dep[c] in ("acomp", "attr", "oprd")), "")


def obliges(tokens: Tokens, pieces: tuple[TokenSpan, ...], duties: frozenset[str]) -> bool:
    """Tell whether a clause says what has to be done, by one of some words: "must", "has to", "demands"."""
    return any(
        tokens.lower[t] in duties
        and (tokens.lower[t] not in _DUTIES_WITH_TO or (t + 1 < tokens.n and tokens.lower[t + 1] == "to"))
        for start, end in pieces
        for t in range(start, end)
    )
