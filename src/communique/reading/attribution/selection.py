"""Which candidates stand as attributions, and which stands within which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from communique.model import Manner
from communique.reading.annotations import Attribution
from communique.reading.attribution.candidates import Candidate, has_speaker
from communique.reading.grammar.negation import is_denied
from communique.reading.protocols import Resolver, Text
from communique.reading.tokens import Tokens, TokenSpan

THRESHOLD = 0.4
"""The score from which a candidate stands."""

MARGIN = 0.1
"""Added to the threshold where a thing, or nobody, is the source of anything but a clause or a quotation."""

_DEEPEST = 6
"""Statements within statements that one word may stand in; more are noise, and would cost the square of the text."""


def best() -> Resolver[Candidate, tuple[Attribution, ...]]:
    """Make the resolver that keeps the likeliest candidates that do not conflict."""
    return choose


def choose(text: Text, found: Sequence[Candidate], scores: Sequence[float]) -> tuple[Attribution, ...]:
    """Return the text's attributions in order of their cue."""
    tokens, entities = text.tokens, text.entities
    marked = frozenset(i for q in text.quotations if not q.depth for i in range(q.start, q.end))
    sure = [
        (p, c)
        for p, c in zip(scores, found, strict=True)
        if p >= THRESHOLD + (0.0 if has_speaker(tokens, c, entities) else MARGIN)
    ]
    return arrange(tokens, select(sure, THRESHOLD), marked)


def tokens_of(pieces: Iterable[TokenSpan]) -> set[int]:
    """Return the tokens of some ranges."""
    return {i for a, b in pieces for i in range(a, b)}


def select(rated: list[tuple[float, Candidate]], threshold: float) -> list[tuple[float, Candidate]]:
    """Keep the best candidates: one a cue, and no two with nearly the same content."""
    ranked = sorted((r for r in rated if r[0] >= threshold), key=lambda r: (-r[0], r[1].cue_head, r[1].content))
    kept: list[tuple[float, Candidate]] = []
    contents: list[set[int]] = []
    heads: set[int] = set()
    holders: dict[int, list[int]] = {}
    for p, c in ranked:
        if c.cue_head in heads or any(len(holders.get(i, ())) >= _DEEPEST for a, b in c.content for i in (a, b - 1)):
            continue
        mine = tokens_of(c.content)
        rivals = {k for i in mine for k in holders.get(i, ())}
        if any(_same(mine, c, contents[k], kept[k][1]) for k in rivals):
            continue
        heads.add(c.cue_head)
        for i in mine:
            holders.setdefault(i, []).append(len(kept))
        contents.append(mine)
        kept.append((p, c))
    return kept


def _same(mine: set[int], c: Candidate, other: set[int], k: Candidate) -> bool:
    """Nearly the same content twice; one cue inside the other's content is a statement within a statement."""
    if 2 * len(mine & other) < len(mine | other):
        return False
    if c.source == k.source:
        return True
    return not (c.cue_head in other and mine <= other or k.cue_head in mine and other <= mine)


def arrange(tokens: Tokens, kept: list[tuple[float, Candidate]], marked: frozenset[int]) -> tuple[Attribution, ...]:
    """Put the kept candidates in text order, each under the smallest one whose content holds all of it.

    ``marked`` are the tokens between quotation marks, single words too: they decide the manner.
    """
    kept = sorted(kept, key=lambda r: (r[1].cue_head, r[1].content))
    contents = [tokens_of(c.content) for _, c in kept]
    holders: dict[int, list[int]] = {}
    for k, content in enumerate(contents):
        for i in content:
            holders.setdefault(i, []).append(k)
    return tuple(
        Attribution(
            source=c.source,
            cue=c.cue,
            content=c.content,
            source_head=c.source_head,
            cue_head=c.cue_head,
            clause=c.clause,
            construction=c.construction,
            rule=c.rule or c.form,
            manner=_manner(tokens, c, marked),
            mode=c.mode,
            confidence=round(p, 3),
            parent=_parent(contents, holders.get(c.cue_head, ()), k),
            negated=is_denied(tokens, c.cue_head, ended=False),
        )
        for k, (p, c) in enumerate(kept)
    )


def _parent(contents: list[set[int]], around: Iterable[int], k: int) -> int | None:
    best: int | None = None
    for other in around:
        wider = contents[other]
        if other == k or len(wider) <= len(contents[k]) or not contents[k] <= wider:
            continue
        if best is None or len(wider) < len(contents[best]):
            best = other
    return best


_WORD = re.compile(r"\w")


def _manner(tokens: Tokens, c: Candidate, marked: frozenset[int]) -> Manner:
    content = [i for a, b in c.content for i in range(a, b)]
    if not any(i in marked and _WORD.search(tokens.text[i]) for i in content):
        return Manner.INDIRECT
    outside = any(i not in marked and _WORD.search(tokens.text[i]) for i in content)
    return Manner.MIXED if outside else Manner.DIRECT
