"""What the learned reader finds as candidates like the rules', with the construction that its words show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.attribution.candidates import Candidate, speech_tokens, verb_group
from communique.reading.attribution.learned.tagger_decoding import Tagged
from communique.reading.constructions import Construction
from communique.reading.grammar.subjects import has_passive_subject
from communique.reading.grammar.token_ranges import ranges
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

_BRIDGED = 2  # marks between two pieces of a content that belong to it
_EDGES = {",", ":", ";", "-", "–", "—"}
_BY_RELATION = {
    "ccomp": Construction.CLAUSE,
    "parataxis": Construction.CLAUSE_BEFORE,
    "xcomp": Construction.INFINITIVE,
    "pcomp": Construction.GERUND,
    "dobj": Construction.OBJECT,
    "pobj": Construction.PREPOSITION,
    "prep": Construction.PREPOSITION,
    "acl": Construction.NOUN,
}


@dataclass(frozen=True, slots=True)
class Learned(Candidate):
    """A candidate of the learned reader, with the probability that it is right."""

    likely: float = 0.0


def candidate_of(text: Text, tagged: Tagged, likely: float) -> Learned | None:
    """Return the candidate that a statement of the network's is; None where its words leave nothing."""
    tokens, v = text.tokens, tagged.cue_head
    content = pieces_of(tokens, tagged.content)
    if not content:
        return None
    source = pieces_of(tokens, tagged.source)
    head = None if not source else _head(tokens, source)
    clause = _head(tokens, content)
    construction = _construction(text, v, content, clause)
    group = verb_group(tokens, v) if tokens.pos[v] in ("VERB", "AUX") else ranges(sorted({v, *_beside(tagged)}))
    name, mode = _class(tokens, v)
    holds = construction.has_clause and not construction.is_direct
    kept = clause if holds and tokens.pos[clause] in ("VERB", "AUX") else None
    return Learned(source, head, group, v, content, kept, construction, name, mode, rule="learned", likely=likely)


def pieces_of(tokens: Tokens, words: Sequence[int]) -> tuple[TokenSpan, ...]:
    """Return words as ranges: marks between them taken in, marks at their edges that belong to nobody left out."""
    out: list[list[int]] = []
    for i in words:
        gap = range(out[-1][1], i) if out else range(0)
        if out and len(gap) <= _BRIDGED and all(tokens.pos[t] in ("PUNCT", "SPACE") for t in gap):
            out[-1][1] = i + 1
        else:
            out.append([i, i + 1])
    made = []
    for a, b in out:
        while a < b and (tokens.pos[a] == "SPACE" or tokens.text[a] in _EDGES):
            a += 1
        while a < b and (tokens.pos[b - 1] == "SPACE" or tokens.text[b - 1] in _EDGES):
            b -= 1
        if any(tokens.pos[t] not in ("PUNCT", "SPACE") for t in range(a, b)):
            made.append((a, b))
    return tuple(made)


def _beside(tagged: Tagged) -> list[int]:
    """Return the words of a cue that stand on end with its main one."""
    own = set(tagged.cue)
    first = last = tagged.cue_head
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    return list(range(first, last + 1))


def _head(tokens: Tokens, pieces: Sequence[TokenSpan]) -> int:
    """Return the word of some ranges that the others hang on, the first of several."""
    words = [i for a, b in pieces for i in range(a, b) if tokens.pos[i] not in ("PUNCT", "SPACE")]
    inside = set(words)
    return next((i for i in words if tokens.head[i] == i or tokens.head[i] not in inside), words[0])


def _construction(text: Text, v: int, content: Sequence[TokenSpan], clause: int) -> Construction:
    tokens = text.tokens
    first, last = content[0][0], content[-1][1] - 1
    quoted = speech_tokens(text.quotations)
    if first in quoted and last in quoted and v not in quoted:
        return Construction.QUOTE_AFTER if v > first else Construction.QUOTE_BEFORE
    if tokens.pos[v] in ("ADP", "SCONJ"):
        return Construction.ACCORDING_FIRST if v < first else Construction.ACCORDING
    if tokens.pos[v] == "NOUN":
        return Construction.NOUN
    if tokens.pos[v] == "ADJ":
        return Construction.ADJECTIVE
    if first < v:
        return Construction.ASIDE if v < last else Construction.CLAUSE_BEFORE
    if has_passive_subject(tokens, v):
        return Construction.PASSIVE_INFINITIVE if tokens.dep[clause] == "xcomp" else Construction.PASSIVE_SUBJECT
    return _BY_RELATION.get(tokens.dep[clause], Construction.REST)


def _class(tokens: Tokens, v: int) -> tuple[str, Mode]:
    lexicon, lemma = cues(), tokens.lemma[v]
    noun, adjective = tokens.pos[v] == "NOUN", tokens.pos[v] == "ADJ"
    table = lexicon.nouns if noun else lexicon.adjectives if adjective else lexicon.verbs
    name = min(table.get(lemma, ("other",)))
    return name, lexicon.modes.get(name, Mode.SAID)
