"""The grammatical subjects of verbs."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.tokens import Tokens

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
"""Labels of all that stands as a subject, clauses and "there" among it."""

NOMINAL_SUBJECTS = ("nsubj", "nsubjpass")
"""Labels of subjects that are nouns or pronouns."""
_SOURCE = ("according", "to")


def has_subject(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(tokens.dep[c] in SUBJECTS for c in tokens.children[verb])


def is_passive(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb's subject undergoes it, by the parse's labels."""
    return any(tokens.dep[c] in ("auxpass", "nsubjpass") for c in tokens.children[verb])


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
