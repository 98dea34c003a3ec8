"""What is known on the way up from a matter's name: the sign so far, and what the words on the way are to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from communique.lexicon import listed
from communique.model import Spans
from communique.reading.grammar.auxiliaries import has_auxiliary_among, is_past_tense
from communique.reading.grammar.labels import (
    CLAUSAL_SUBJECT,
    NOMINAL_SUBJECTS,
)
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import has_expletive, is_passive
from communique.reading.tokens import Tokens

_listed = partial(listed, "stances")
_IN = listed("closed_classes", "linking_prepositions")
_HAD = frozenset(("had",))
_ARTICLES = listed("closed_classes", "articles")
_NOBODY = listed("closed_classes", "negated_subjects")

CLAUSES = frozenset(("xcomp", "ccomp", "pcomp", CLAUSAL_SUBJECT))
VERBAL = frozenset(("VERB", "AUX", "ADJ"))
NOMINAL = frozenset(("NOUN", "PROPN"))
SAID_OF = frozenset(("acomp", "attr", "oprd"))
"""Labels of what a linking verb says of its subject."""


def _till_then(tokens: Tokens, i: int) -> bool:
    """As in "until last year", "in the seventies"."""
    if tokens.dep[i] != "prep":
        return False
    if tokens.lower[i] in _listed("government", "until"):
        return any(tokens.entity[d] in ("DATE", "TIME") for d in tokens.children[i])
    return any(tokens.lower[d] in _listed("government", "decades") for d in tokens.children[i])


def _long_past(tokens: Tokens, i: int) -> bool:
    """As in "five years ago", "once", "initially"."""
    if tokens.lower[i] == "ago":
        return any(tokens.lemma[d] in _listed("government", "far_back") for d in tokens.children[i])
    return tokens.dep[i] == "advmod" and tokens.lower[i] in _listed("government", "once")


def key_of(tokens: Tokens, verb: int) -> str:
    """Return a verb as the lexicon lists it: its lemma, with its particle where it has one ("rule_out")."""
    particle = tokens.child(verb, "prt")
    return tokens.lemma[verb] if particle is None else f"{tokens.lemma[verb]}_{tokens.lower[particle]}"


def phrase_of(tokens: Tokens, noun: int) -> tuple[int, str] | None:
    """Return the verb that has a noun for its set phrase, and both as the lexicon lists them: "speak_in_favour"."""
    first = tokens.head[noun]
    if tokens.dep[noun] != "pobj" or tokens.pos[tokens.head[first]] not in VERBAL:
        return None
    verb = tokens.head[first]
    return verb, f"{key_of(tokens, verb)}_{tokens.lower[first]}_{tokens.lemma[noun]}"


def bygone(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is told as of a time that has ended: "had refused until 2013", "used to want"."""
    used = tokens.lemma[tokens.head[verb]] == "use" and tokens.dep[verb] == "xcomp"
    if used and tokens.child(tokens.head[verb], "dobj") is None:
        return True
    if is_past_tense(tokens, verb) and any(
        _till_then(tokens, c) or _long_past(tokens, c) for c in tokens.children[verb]
    ):
        return True
    had = has_auxiliary_among(tokens, verb, _HAD)
    ended = _listed("government", "until")
    return had and any(tokens.lower[c] in ended for c in tokens.children[verb])


def is_none_of(tokens: Tokens, noun: int) -> bool:
    """Tell whether there is none of what a noun names, or next to none: "no objection", "little time", "nothing"."""
    scarce = any(
        tokens.lower[c] in _listed("government", "scarce") and tokens.lower[c - 1] not in _ARTICLES
        for c in tokens.children[noun]
    )
    return is_denied(tokens, noun) or scarce or tokens.lower[noun] in _NOBODY


def is_dated(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is told of another time: "in 1998 it fought the levy", "until last year it rejected it"."""
    if not is_past_tense(tokens, verb):
        return False
    for c in tokens.children[verb]:
        if tokens.dep[c] not in ("prep", "mark", "advmod"):
            continue
        if tokens.lower[c] in _listed("government", "until"):
            return True
        if tokens.lower[c] in _IN and any(_another_time(tokens, d) for d in tokens.children[c]):
            return True
    return False


def _another_time(tokens: Tokens, i: int) -> bool:
    return (len(tokens.text[i]) == 4 and tokens.text[i].isdigit()) or tokens.lower[i] in _listed(
        "government", "decades"
    )


class PathFromName:
    """The state of the way: the sign so far, whether any word has told it, and what else the words made of it."""

    def __init__(self, tokens: Tokens, content: Spans, foreign: Callable[[int], bool]) -> None:
        """Start with nothing told; see `government.governed` for what is taken."""
        self.tokens, self.content, self.foreign = tokens, content, foreign
        self.sign, self.told, self.void, self.open, self.tied = 1, False, False, False, False
        self.aside = False
        self.evaluated = False
        self.of_clause = False
        self.borrowed = False
        self.keys: list[tuple[int, str]] = []

    def turn(self) -> None:
        """Take a word that turns the sense round."""
        self.sign, self.told = -self.sign, True

    def _inside(self, i: int) -> bool:
        return any(start <= self.tokens.start[i] < end for start, end in self.content)

    def _key(self, verb: int) -> str:
        return key_of(self.tokens, verb)

    def _weigh(self, key: str, at: int) -> bool:
        tokens = self.tokens
        if tokens.pos[at] == "ADJ" and tokens.lemma[at] in _listed("government", "only_open"):
            self.told = self.open = True
        elif key in _listed("government", "turning"):
            self.sign, self.told = -self.sign, True
            self.open = self.open or key in _listed("government", "leaving_open")
        elif key in _listed("government", "favouring"):
            self.told = True
        else:
            return False
        self.keys.append((at, key))
        return True

    def _modal(self, verb: int) -> bool:
        """Tell whether a verb is of what will be: "will", "would", "going to"."""
        tokens = self.tokens
        going = tokens.lemma[tokens.head[verb]] == "go" and tokens.dep[verb] == "xcomp"
        return going or has_auxiliary_among(tokens, verb, _listed("government", "future"))

    def _able(self, verb: int) -> bool:
        """Tell whether a verb is of what can be: "there can be no treaty"."""
        tokens = self.tokens
        return has_auxiliary_among(tokens, verb, _listed("government", "able"))

    def _in_order_to(self, verb: int) -> bool:
        """As in "used its veto to block it"."""
        tokens = self.tokens
        return tokens.tag[verb] == "VB" and any(tokens.tag[c] == "TO" for c in tokens.children[verb])

    def _duty(self, verb: int) -> bool:
        """Tell whether a verb is of what must be: "must", "ought to", "has to"."""
        tokens = self.tokens
        above = tokens.head[verb]
        having = tokens.dep[verb] == "xcomp" and tokens.lemma[above] in ("have", "need", "ought")
        return having or has_auxiliary_among(tokens, verb, _listed("government", "duties"))

    def _quality(self, i: int) -> bool:
        tokens = self.tokens
        words = {tokens.lower[i]}
        if tokens.tag[i] in ("JJR", "JJS"):
            words.add(tokens.lemma[i])  # "fairer than before"
        spoiling = "excess" if tokens.pos[i] in ("ADJ", "ADV") else "backward"
        excess = any(
            tokens.lower[c] in _listed("government", spoiling) and tokens.pos[i] != "VERB" for c in tokens.children[i]
        )
        if words & _listed("government", "gone") or words & _listed("government", "bad") or excess:
            self.sign, self.told = -self.sign, True
            return True
        if words & _listed("government", "good"):
            self.told = True
            return True
        return False

    def _gone(self, i: int) -> bool:
        return self.tokens.lower[i] in _listed("government", "gone")

    def _denied_noun(self, noun: int) -> None:
        # "Makes no secret of it", "left no doubt about it": what hides is denied.
        if self.tokens.lemma[noun] not in _listed("government", "hiding") and is_none_of(self.tokens, noun):
            self.sign = -self.sign

    def _exists(self, verb: int) -> bool:
        return self.tokens.lemma[verb] == "be" and has_expletive(self.tokens, verb)

    def _whose(self, verb: int) -> None:
        """Take what somebody else does for no stance of the speaker."""
        tokens = self.tokens
        if is_passive(tokens, verb):
            by = tokens.child(verb, "agent")
            doer = None if by is None else tokens.child(by, "pobj")
        else:
            doer = tokens.child(verb, *NOMINAL_SUBJECTS)
        if doer is not None and self.foreign(doer):
            self.void = True
