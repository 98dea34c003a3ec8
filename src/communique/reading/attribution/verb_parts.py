"""What the constructions of cue verbs share: their class and mode, their complements, the candidate made of them."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.attribution.candidates import LONGEST_LOOK, Candidate, noun_phrase, subject_of, verb_group
from communique.reading.constructions import Construction
from communique.reading.grammar.subjects import is_expletive
from communique.reading.grammar.token_ranges import has_word, without
from communique.reading.tokens import Tokens, TokenSpan

TIMES = {"DATE", "TIME"}
"""What the model calls a day or an hour."""

_COMPLEMENT_PREPS = listed("cues", "constructions", "complement_prepositions")


def pick(classes: frozenset[str], *order: str) -> str:
    """Return the first of ``order`` that a verb's classes hold, else the first of them by name."""
    for name in order:
        if name in classes:
            return name
    return min(classes)


def mode_of(name: str) -> Mode:
    """Return the mode of a class of cues."""
    return cues().modes.get(name, Mode.SAID)


def make(
    tokens: Tokens,
    v: int,
    content: tuple[TokenSpan, ...],
    clause: int | None,
    construction: Construction,
    cue_class: str,
    source: int | None = None,
    cue: tuple[TokenSpan, ...] | None = None,
    mode: Mode | None = None,
    phrase: TokenSpan | None = None,
    variant: str = "",
) -> Iterator[Candidate]:
    """Yield the candidate unless it has no content, or its source is an expletive."""
    head = subject_of(tokens, v) if source is None else source
    if head is not None and tokens.lower[head] in {"there", "it"} and is_expletive(tokens, head):
        head = None
    pieces = (phrase or noun_phrase(tokens, head),) if head is not None else ()
    content = tuple(p for p in content if has_word(tokens, p))
    if pieces:
        content = tuple(q for p in content for q in without(tokens, p, pieces))
    if content:
        group = verb_group(tokens, v) if cue is None else cue
        yield Candidate(
            pieces, head, group, v, content, clause, construction, cue_class, mode or mode_of(cue_class), variant
        )


def end_of_complements(tokens: Tokens, v: int, start: int) -> int:
    """Return where the run of v's complements that begins at token ``start`` ends (exclusive)."""
    end = start
    for child in tokens.children[v]:
        if tokens.left[child] < start:
            continue
        if tokens.left[child] > end:
            break
        dep = tokens.dep[child]
        if dep == "prep":
            inner = tokens.child(child, "pobj", "pcomp")
            if tokens.lower[child] == "as":
                inner = tokens.child(child, "pobj", "pcomp", "amod", "advmod", "acomp")
            if tokens.lower[child] not in _COMPLEMENT_PREPS or inner is None or tokens.entity[inner] in TIMES:
                break
        elif dep == "advcl":
            if tokens.tag[child] != "VBG" and tokens.lower[tokens.left[child]] != "as":
                break
        elif dep not in {"dobj", "oprd", "xcomp", "acomp", "dative", "ccomp", "attr"}:
            break
        end = tokens.right[child] + 1
    return end


def clause_start(tokens: Tokens, first: int, end: int) -> int:
    """Return where a clause begins that an inserted cue interrupts: after a semicolon, at a relative before a comma."""
    if end - 2 > first and tokens.lower[end - 2] in {"which", "who"}:
        return end - 3 if tokens.pos[end - 3] == "ADP" else end - 2
    for k in range(end - 2, max(first, end - LONGEST_LOOK), -1):
        if tokens.text[k] == ";":
            return k + 1
    return first
