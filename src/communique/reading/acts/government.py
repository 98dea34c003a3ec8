"""What governs a matter's name in the parse: whether the words that it depends on want it, or want it gone.

From the matter's own word the way leads up over the nouns and verbs that it is a complement of. A word that ends,
delays or opposes turns the sense round, and so does each denial on the way; what only stands beside the matter in the
sentence has no say. What may or might be, and what somebody else does, is no stance of the speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from communique.lexicon import load
from communique.model import Span, Spans
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import NOMINAL_SUBJECTS
from communique.reading.grammar.verbs import is_possible
from communique.reading.tokens import Tokens

_LONGEST = 12
"""Steps from a matter's word up to what governs it; longer ways are misread sentences."""

_OBJECTS = frozenset(("dobj", "obj", "nsubjpass", "nsubj:pass"))
_CLAUSES = frozenset(("xcomp", "ccomp", "pcomp", "csubj"))
_BESIDE = frozenset(("conj", "appos", "compound", "nmod", "amod", "poss"))
_VERBAL = frozenset(("VERB", "AUX", "ADJ"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the governing words say: ``sign`` is 1 (for the matter), -1 (against it) or 0 (they do not say).

    ``void`` tells that they are no stance of the speaker at all: a possibility, or somebody else's doing.
    """

    sign: int = 0
    void: bool = False


def governed(tokens: Tokens, place: Span, content: Spans, foreign: Callable[[int], bool]) -> Verdict:
    """Return what the words that govern a name say of it.

    ``place`` are the name's characters, ``content`` the statement's; words outside it are not asked. ``foreign`` tells
    for a token whether it names somebody other than the speaker.
    """
    first, last = bisect_left(tokens.start, place.start), bisect_left(tokens.start, place.end)
    node = next((i for i in range(first, last) if not first <= tokens.head[i] < last), None)
    if node is None:
        return Verdict()
    way = _Way(tokens, content, foreign)
    for _ in range(_LONGEST):
        above = way.step(node)
        if above is None:
            break
        node = above
    return Verdict(0, True) if way.void else Verdict(way.sign if way.told else 0)


class _Way:
    """The way up from a name: the sign so far, and whether any word has told it."""

    def __init__(self, tokens: Tokens, content: Spans, foreign: Callable[[int], bool]) -> None:
        self.tokens, self.content, self.foreign = tokens, content, foreign
        self.sign, self.told, self.void = 1, False, False

    def step(self, node: int) -> int | None:
        """Weigh what ``node`` depends on, and return it; None where the way ends."""
        tokens = self.tokens
        above, dep = tokens.head[node], tokens.dep[node]
        if above != node and dep in _OBJECTS:
            self._denied_noun(node)
        if above == node or not self._inside(above):
            return None
        if dep in ("pobj", "pcomp") and tokens.pos[above] in ("ADP", "SCONJ", "PART"):
            return self._through(node, above)
        if dep in _BESIDE:
            return above
        infinitive = dep == "relcl" and any(tokens.tag[c] == "TO" for c in tokens.children[node])
        if (dep == "acl" or infinitive) and tokens.pos[above] in ("NOUN", "PROPN"):
            return above if self._noun(above) else None
        if dep in _OBJECTS or dep in _CLAUSES:
            return self._verb(above)
        if dep in NOMINAL_SUBJECTS:
            return self._verb(above) if self._described(above) else None
        if dep == "acomp":
            return self._verb(above)
        return None

    def _inside(self, i: int) -> bool:
        return any(start <= self.tokens.start[i] < end for start, end in self.content)

    def _through(self, node: int, preposition: int) -> int | None:
        """Go over a preposition to the noun or verb that asks for it."""
        tokens = self.tokens
        above = tokens.head[preposition]
        word = tokens.lower[preposition]
        if above == preposition or not self._inside(above):
            return None
        if tokens.pos[above] in ("NOUN", "PROPN"):
            self._denied_noun(node)
            return above if self._noun(above) else None
        if word == "against":
            self.sign, self.told = -self.sign, True
            return self._verb(above, weighed=True)
        if tokens.pos[above] not in _VERBAL:
            return None
        joined = f"{self._key(above)}_{word}"
        if not self._weigh(joined) and not self._weigh(self._key(above)):
            return None
        self._denied_noun(node)
        return self._verb(above, weighed=True)

    def _noun(self, noun: int) -> bool:
        """Weigh a noun that has the matter for its complement; False where it says that there is a quarrel over it."""
        lemma = self.tokens.lemma[noun]
        if lemma in _listed("government", "about"):
            return False
        if lemma in _listed("government", "turning_nouns"):
            self.sign, self.told = -self.sign, True
        elif lemma in _listed("government", "favouring_nouns"):
            self.told = True
        return True

    def _denied_noun(self, noun: int) -> None:
        if is_denied(self.tokens, noun):
            self.sign = -self.sign

    def _described(self, verb: int) -> bool:
        """Weigh what a clause says of the matter as its subject: "is sound", "is out of the question"."""
        tokens = self.tokens
        for c in tokens.children[verb]:
            if tokens.dep[c] in ("acomp", "attr") and self._quality(tokens.lower[c]):
                return True
            if tokens.dep[c] == "prep" and tokens.surface(tokens.subtree(c)).lower() in _listed_phrases(
                "government", "excluded"
            ):
                self.sign, self.told = -self.sign, True
                return True
        if tokens.lemma[verb] in _listed("government", "stays"):
            self.told = True
            return True
        return False

    def _quality(self, word: str) -> bool:
        if word in _listed("words", "against") or word in _listed("government", "bad"):
            self.sign, self.told = -self.sign, True
            return True
        if word in _listed("government", "good"):
            self.told = True
            return True
        return False

    def _key(self, verb: int) -> str:
        particle = self.tokens.child(verb, "prt")
        lemma = self.tokens.lemma[verb]
        return f"{lemma}_{self.tokens.lower[particle]}" if particle is not None else lemma

    def _weigh(self, key: str) -> bool:
        if key in _listed("government", "turning"):
            self.sign, self.told = -self.sign, True
        elif key in _listed("government", "favouring"):
            self.told = True
        else:
            return False
        return True

    def _verb(self, verb: int, weighed: bool = False) -> int:
        tokens = self.tokens
        if not weighed and not self._weigh(self._key(verb)):
            self._weigh(tokens.lemma[verb])
        if is_denied(tokens, verb):
            self.sign = -self.sign
        if is_possible(tokens, verb):
            self.void = True
        subject = tokens.child(verb, *NOMINAL_SUBJECTS)
        passive = any(tokens.dep[c] in ("auxpass", "nsubjpass") for c in tokens.children[verb])
        if subject is not None and not passive and self.foreign(subject):
            self.void = True
        return verb


@cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(load("stances")[table][name].split())


@cache
def _listed_phrases(table: str, name: str) -> frozenset[str]:
    return frozenset(load("stances")[table][name])
