"""The grammatical subjects of verbs."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.grammar.auxiliaries import has_passive_auxiliary
from communique.reading.grammar.labels import (
    ACTIVE_SUBJECT,
    EXPLETIVE,
    NOMINAL_SUBJECTS,
    PASSIVE_SUBJECT,
    SUBJECTS,
    UNDERGOING,
)
from communique.reading.tokens import Tokens

_SOURCE = ("according", "to")


def has_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(tokens.dep[c] in SUBJECTS for c in tokens.children[verb])


def active_subject(tokens: Tokens, verb: int) -> int | None:
    """Return the subject that does what a verb tells; None where it has none."""
    return tokens.child(verb, ACTIVE_SUBJECT)


def passive_subject(tokens: Tokens, verb: int) -> int | None:
    """Return the subject that undergoes what a verb tells; None where it has none."""
    return tokens.child(verb, PASSIVE_SUBJECT)


def nominal_subject(tokens: Tokens, verb: int) -> int | None:
    """Return a verb's subject, be it one that does or one that undergoes; None where it has none, or a clause."""
    return tokens.child(verb, *NOMINAL_SUBJECTS)


def undergoer(tokens: Tokens, verb: int) -> int | None:
    """Return what a verb is done to: its object, or its subject in the passive; None where there is none."""
    return tokens.child(verb, *UNDERGOING)


def has_active_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has a subject that does what it tells."""
    return tokens.child(verb, ACTIVE_SUBJECT) is not None


def has_passive_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has a subject that undergoes what it tells."""
    return tokens.child(verb, PASSIVE_SUBJECT) is not None


def has_nominal_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has a noun or pronoun for a subject."""
    return tokens.child(verb, *NOMINAL_SUBJECTS) is not None


def has_expletive(tokens: Tokens, verb: int) -> bool:
    """Tell whether "there" stands for a verb's subject: "there are talks"."""
    return tokens.child(verb, EXPLETIVE) is not None


def is_active_subject(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is the subject that does what its verb tells."""
    return tokens.dep[i] == ACTIVE_SUBJECT


def is_passive_subject(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is the subject that undergoes what its verb tells."""
    return tokens.dep[i] == PASSIVE_SUBJECT


def is_nominal_subject(tokens: Tokens, i: int) -> bool:
    """Tell whether a word is a verb's subject, and no clause."""
    return tokens.dep[i] in NOMINAL_SUBJECTS


def is_expletive(tokens: Tokens, i: int) -> bool:
    """Tell whether a word only stands for a subject: "there are talks"."""
    return tokens.dep[i] == EXPLETIVE


def is_undergone(tokens: Tokens, i: int) -> bool:
    """Tell whether a word names what its verb is done to."""
    return tokens.dep[i] in UNDERGOING


def is_passive(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb's subject undergoes it, by the parse's labels."""
    return has_passive_subject(tokens, verb) or has_passive_auxiliary(tokens, verb)


def is_of_us(tokens: Tokens, subject: int) -> bool:
    """As in "our forces", "my country"; not as in "our partners"."""
    ours = listed("issued_documents", "sentences", "our")
    if tokens.lemma[subject].lower() not in listed("issued_documents", "sentences", "of_us"):
        return False
    return any(tokens.dep[c] == "poss" and tokens.lower[c] in ours for c in tokens.children[subject])


def told_by(tokens: Tokens, i: int) -> int | None:
    """Return whom "according to" at token i names as the source of its sentence; None where nothing such stands."""
    to = i + 1
    stands = to < tokens.n and (tokens.lower[i], tokens.lower[to]) == _SOURCE
    return tokens.child(to, "pobj") if stands else None
