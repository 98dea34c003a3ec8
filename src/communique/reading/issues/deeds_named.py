"""A deed named where it was told before by a verb: "the closure", after "Latvia will close its crossings"."""

from __future__ import annotations

from collections.abc import Mapping

from communique.lexicon import endings
from communique.reading.grammar.base_forms import base_form
from communique.reading.grammar.labels import UNDERGOING
from communique.reading.grammar.subjects import is_active_subject
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.tokens import Tokens

_PARTICLES = endings("issues", "constructions", "particles_in_nouns")
_STATES_OF_IT = frozenset(("oprd", "acomp", "ccomp", "xcomp"))
_VERBAL = frozenset(("VERB", "ADJ"))
_LEAST = 3


def told_by_verb(tokens: Tokens, phrase: IssuePhrase, owner: Mapping[int, int]) -> int | None:
    """Return the matter to which a deed was done that a phrase without more names, the last told before it, else None.

    ``owner`` maps where a matter is named to its number.
    """
    deed = _deed(tokens.lower[phrase.end - 1])
    if len(deed) < _LEAST:
        return None
    for t in range(phrase.start - 1, -1, -1):
        if tokens.pos[t] in _VERBAL and tokens.lower[t][: _LEAST - 1] == deed[: _LEAST - 1]:
            found = _done_to(tokens, t, owner) if base_form(tokens.lower[t]) == deed else None
            if found is not None:
                return found
    return None


def _deed(noun: str) -> str:
    """The verb's base form within a noun: "clos" of "closure", "hand" of "handover"."""
    for particle in _PARTICLES:
        if noun.endswith(particle) and len(noun) > len(particle) + _LEAST - 1:
            return base_form(noun.removesuffix(particle))
    return base_form(noun)


def _done_to(tokens: Tokens, verb: int, owner: Mapping[int, int]) -> int | None:
    """The matter named in what a verb, or "keep ... closed", acts on."""
    things = [c for c in tokens.children[verb] if tokens.dep[c] in UNDERGOING]
    if tokens.dep[verb] in _STATES_OF_IT:
        things += [c for c in tokens.children[tokens.head[verb]] if tokens.dep[c] in ("dobj", "obj")]
    if tokens.dep[verb] in ("acl", "amod"):
        things.append(tokens.head[verb])
    things = things or [c for c in tokens.children[verb] if is_active_subject(tokens, c)]
    for thing in things:
        for t in range(tokens.left[thing], thing + 1):
            if t in owner:
                return owner[t]
    return None
