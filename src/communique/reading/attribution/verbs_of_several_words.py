"""Verbs that attribute in several words, or have their clause elsewhere: "let it be known", "quoted as saying"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.reading.attribution.candidates import LONGEST_LOOK, Candidate, saying_of, verb_group
from communique.reading.attribution.content_spans import cut_at_next_cue, names_voice, with_condition
from communique.reading.attribution.verb_parts import clause_start, make, pick
from communique.reading.constructions import Construction
from communique.reading.grammar.labels import FINITE
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.grammar.token_ranges import ranges, trim
from communique.reading.tokens import Tokens

TAKEN_IN = listed("cues", "constructions", "taken_in")
"""What one lets others do by telling them: "let Washington know"."""

_KNOWN = listed("cues", "constructions", "known")

_KNOWN_REACH = 5
"""Words after a verb within which "clear" or "known" goes with it."""


def makes_known(tokens: Tokens, v: int) -> bool:
    """Tell whether a verb says so in several words, as in "Made clear that", "let it be known that"."""
    return any(tokens.lower[k] in _KNOWN for k in range(v + 1, min(tokens.n, v + _KNOWN_REACH)))


def known_that(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """Yield "made clear that": whatever the parse makes of the adjective, the clause is what is said."""
    last = tokens.sentences[tokens.sentence[v]][1]
    for k in range(v + 1, min(last - 2, v + _KNOWN_REACH)):
        if tokens.lower[k] in _KNOWN and tokens.lower[k + 1] == "that" and tokens.dep[k + 1] == "mark":
            clause = tokens.head[k + 1]
            end = min(max(tokens.right[clause] + 1, clause + 1), last)
            piece = trim(tokens, cut_at_next_cue(tokens, (k + 1, end), clause))
            group = [i for a, b in verb_group(tokens, v) for i in range(a, b)]
            cue = ranges([*group, *range(v + 1, k + 1)])
            yield from make(
                tokens, v, (with_condition(tokens, piece),), clause, Construction.CLAUSE_THAT, "say", cue=cue
            )
            return


def lets_know(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """Yield, as in "Iran let Washington know that it would answer": Iran says so, to Washington."""
    for c in tokens.children[v]:
        clause = tokens.child(c, "ccomp") if tokens.lemma[c] in TAKEN_IN and tokens.tag[c] == "VB" and c > v else None
        if clause is None or clause < c:
            continue
        piece = with_condition(tokens, trim(tokens, cut_at_next_cue(tokens, tokens.subtree(clause), clause)))
        group = [i for a, b in verb_group(tokens, v) for i in range(a, b)]
        cue = ranges([*group, c])
        yield from make(tokens, v, (piece,), clause, Construction.CLAUSE_THAT, "say", cue=cue)


def past_citing(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """Yield, as in "said, quoting a diplomat, that it was shut": the parse hangs the clause on the participle."""
    last = tokens.sentences[tokens.sentence[v]][1]
    if v + 3 >= last or tokens.text[v + 1] != "," or not names_voice(tokens, v + 2):
        return
    for k in range(v + 3, min(last - 1, v + LONGEST_LOOK)):
        if tokens.lower[k] == "that" and tokens.dep[k] == "mark" and tokens.text[k - 1] == ",":
            clause = tokens.head[k]
            piece = cut_at_next_cue(tokens, (k, max(k + 1, tokens.right[clause] + 1)), clause)
            name = pick(classes, "say", "think", "write", "show", "cite")
            content = (with_condition(tokens, trim(tokens, piece)),)
            yield from make(tokens, v, content, clause, Construction.CLAUSE_THAT, name)
            return


def quoted_after(tokens: Tokens, v: int) -> Iterator[Candidate]:
    """Yield, as in "Talks will resume, the minister was quoted as saying", or "TASS quoted him as saying".

    What stands before is what he says.
    """
    content, before, saying = tokens.child(v, "ccomp"), nominal_subject(tokens, v), saying_of(tokens, v)
    if before is None or saying is None or tokens.tag[before] == "WDT":
        return
    first, end = tokens.sentences[tokens.sentence[v]][0], tokens.left[before]
    if content is not None and content < end:
        piece = trim(tokens, (tokens.left[content], min(tokens.right[content] + 1, end)))
    elif end - first > 3 and tokens.text[end - 1] == "," and _finite(tokens, first, end):
        content, piece = None, trim(tokens, (clause_start(tokens, first, end), end))
    else:
        return
    yield from make(tokens, saying, (piece,), content, Construction.QUOTED_AS_SAYING, "say")


def _finite(tokens: Tokens, first: int, end: int) -> bool:
    return any(tokens.tag[t] in FINITE for t in range(max(first, end - LONGEST_LOOK), end))
