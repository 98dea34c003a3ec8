"""The turns of a transcript as attributions: the label is the source, its mark the cue, the body the content."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from communique.lexicon import listed
from communique.model import Mode, Span
from communique.reading.annotations import Part, Turn
from communique.reading.attribution.candidates import Candidate
from communique.reading.constructions import Construction
from communique.reading.grammar.token_ranges import has_word, trim, without
from communique.reading.tokens import Tokens, TokenSpan


def turn_candidates(tokens: Tokens, turns: tuple[Turn, ...]) -> Iterator[Candidate]:
    """Yield one candidate a turn."""
    for turn in turns:
        mark = _mark(tokens, turn)
        label = trim(tokens, (bisect_left(tokens.start, turn.label.start), mark[0]))
        if label[0] >= label[1]:
            label = mark
        pieces = tuple(p for p in (trim(tokens, _range(tokens, piece)) for piece in turn.body) if has_word(tokens, p))
        if pieces and mark[0] < mark[1] and label[0] < label[1]:
            yield Candidate((label,), label[1] - 1, (mark,), mark[0], pieces, None, Construction.TURN, "say", Mode.SAID)


def within_turns(tokens: Tokens, turns: tuple[Turn, ...], candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates that keep to one turn: none has a label for its cue, nor is what a questioner asks said."""
    if not turns:
        yield from candidates
        return
    starts = [turn.label.start for turn in turns]
    for c in candidates:
        k = bisect_right(starts, tokens.start[c.cue_head]) - 1
        touched = {bisect_right(starts, tokens.start[i]) - 1 for a, b in c.content for i in (a, b - 1)}
        if touched != {k}:
            continue
        if k >= 0 and tokens.start[c.cue_head] < max(turns[k].mark.end, turns[k].label.end):
            continue
        if k >= 0 and turns[k].part is Part.QUESTIONER and _asked(tokens, c.cue_head):
            continue
        if k >= 0 and turns[k].part is Part.PRESIDING and _gives_floor(tokens, c):
            continue
        yield without_furniture(tokens, turns[k], c) if k >= 0 and len(turns[k].body) > 1 else c


def without_furniture(tokens: Tokens, turn: Turn, c: Candidate) -> Candidate:
    """Return a candidate whose content leaves out the page numbers and headings inside a turn."""
    holes = [_range(tokens, Span(a.end, b.start)) for a, b in pairwise(turn.body)]
    kept = tuple(part for piece in c.content for part in without(tokens, piece, holes))
    return replace(c, content=kept) if kept else c


def _gives_floor(tokens: Tokens, c: Candidate) -> bool:
    """As in "I call on the representative of Ghana", from the chair."""
    return c.source_head is not None and tokens.lower[c.source_head] in listed("issued_documents", "sentences", "we")


def _asked(tokens: Tokens, verb: int) -> bool:
    """As in "Does Turkey reject the deal?": the main verb of a question with its subject after an auxiliary."""
    first, last = tokens.sentences[tokens.sentence[verb]]
    asks = any(tokens.text[i] == "?" for i in range(max(first, last - 3), last))
    opens = any(
        tokens.lower[i] in listed("issued_documents", "speech", "asking") for i in range(first, min(last, first + 2))
    )
    return asks and opens and tokens.head[verb] == verb


def _mark(tokens: Tokens, turn: Turn) -> TokenSpan:
    """Return the token that holds a label's mark: "):" is one, where the label ends in a bracket."""
    held = bisect_right(tokens.start, turn.mark.start) - 1
    return held, held + 1


def _range(tokens: Tokens, span: Span) -> TokenSpan:
    return bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)
