"""Saying in forms that the parse does not give: "called for X to act", ", a charge X denies", ", which X claims is"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.attribution.candidates import Candidate, noun_phrase, subject_of, verb_group
from communique.reading.attribution.content_spans import cut_at_next_cue
from communique.reading.constructions import Construction
from communique.reading.grammar.labels import FINITE, TENSED
from communique.reading.grammar.token_ranges import ranges, trim
from communique.reading.tokens import Tokens

_CALLING = listed("cues", "constructions", "calling")
_CALLING_PREPOSITIONS = listed("cues", "constructions", "calling_prepositions")
_CLAIMS = listed("cues", "deeds", "claims")
_ANSWERS = listed("cues", "deeds", "answers")
_WHICH = listed("closed_classes", "relative_that_which_who")
_REACH = 8


def appeal_candidates(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the candidates of these forms."""
    for v in range(tokens.n):
        if tokens.pos[v] != "VERB":
            continue
        if tokens.lemma[v] in _CALLING:
            yield from _called_for(tokens, v)
        if tokens.lemma[v] in _ANSWERS and tokens.tag[v] in {*TENSED, "VBN"}:
            yield from _apposed(tokens, v)
        if tokens.lemma[v] in cues().strong and tokens.tag[v] in TENSED:
            yield from _which_claims(tokens, v)


def _called_for(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """As in "called for Uganda to engage", where the parse makes a clause of what is called for."""
    for act in tokens.children[v]:
        mark = tokens.child(act, "mark")
        if act < v or mark is None or tokens.lower[mark] not in _CALLING_PREPOSITIONS or mark > v + 2:
            continue
        source = subject_of(tokens, v)
        if source is None or tokens.tag[act] != "VB":
            continue
        piece = trim(tokens, cut_at_next_cue(tokens, (mark + 1, tokens.right[act] + 1), act))
        cue = ranges([*(i for a, b in verb_group(tokens, v) for i in range(a, b)), mark])
        phrase = (noun_phrase(tokens, source),)
        form, mode = Construction.PREPOSITION, Mode.SAID
        yield Candidate(phrase, source, cue, v, (piece,), act, form, "cite", mode, f"{tokens.lower[mark]}-to")
        return


def _apposed(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """As in ", a charge Phnom Penh denies", ", a claim that Lima has rejected"."""
    first = max(tokens.sentences[tokens.sentence[v]][0], v - 2 * _REACH)
    noun = next((t for t in range(v - 1, first, -1) if tokens.lemma[t] in _CLAIMS), None)
    if noun is None or noun < 2 or tokens.lower[noun - 1] not in {"a", "an"} or tokens.text[noun - 2] != ",":
        return
    start = noun + 1 + (tokens.lower[noun + 1] in _WHICH)
    end = v
    while end > start and tokens.pos[end - 1] in {"AUX", "ADV"}:
        end -= 1
    name = range(start, end)
    if not name or len(name) > _REACH or any(tokens.pos[t] in {"VERB", "PUNCT", "SPACE"} for t in name):
        return
    if tokens.pos[end - 1] not in {"PROPN", "NOUN", "PRON"}:
        return
    cue = ranges([*range(end, v), v])
    yield Candidate(
        ((start, end),),
        end - 1,
        cue,
        v,
        ((noun - 1, noun + 1),),
        noun,
        Construction.OBJECT_BEFORE,
        "blame",
        Mode.SAID,
        "apposed",
    )


def _which_claims(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """As in "the pass, which Nepal claims is part of its land": what is said follows the verb."""
    last = tokens.sentences[tokens.sentence[v]][1]
    if v + 1 >= last or tokens.tag[v + 1] not in FINITE:
        return
    start = v
    while start > 0 and v - start <= _REACH and tokens.pos[start - 1] in {"PROPN", "NOUN", "DET", "ADJ", "PART"}:
        if tokens.lower[start - 1] in _WHICH:
            break
        start -= 1
    which = start - 1
    if which < 1 or tokens.lower[which] not in _WHICH or start == v or tokens.pos[v - 1] not in {"PROPN", "NOUN"}:
        return
    end = next((t for t in range(v + 2, last) if tokens.text[t] in {",", ";", ".", '"'}), last)
    piece = trim(tokens, (v + 1, end))
    if piece[0] < piece[1]:
        yield Candidate(
            ((start, v),), v - 1, ((v, v + 1),), v, (piece,), v + 1, Construction.CLAUSE, "say", Mode.SAID, "relative"
        )
