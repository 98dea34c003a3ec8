"""What the learned reader sees of a text: for each word some numbers, for each word beside a cue some more.

Everything comes from the parse and the quotation marks, so that the same parse is read the same way, alone or among
others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from communique.identity import digest
from communique.lexicon.cues import cues
from communique.reading.annotations import Quotation
from communique.reading.tokens import Tokens

Ints = np.ndarray[Any, np.dtype[np.int64]]

COLUMNS = ("word", "suffix", "tag", "dep", "shape", "class", "quote", "distance")
"""The numbers of a word by name; those before ``quote`` are places in a vocabulary, 0 where it has no such entry."""
LISTED = COLUMNS[:6]
SIZES = {"quote": 4, "distance": 23, "path": 800, "depth": 8, "offset": 34, "place": 40}
"""How many values there are of what no vocabulary lists."""

PAIR_COLUMNS = ("path", "depth", "offset", "place")
BEFORE, AFTER = 64, 96
"""Words before and behind a cue that can be its source or content."""

_UP = 6
_DEPS = SIZES["path"] // (2 * _UP)
_STEPS = 24


def tagger_digest() -> str:
    """Return the digest of what this version makes of a text for the learned reader."""
    return digest("tagger 1", COLUMNS, sorted(SIZES.items()), PAIR_COLUMNS, (BEFORE, AFTER, _UP, _DEPS, _STEPS))


@dataclass(frozen=True, slots=True)
class Seen:
    """A text in numbers: ``ids[column]``, each word's head, sentence, paragraph, and the run of words it stands in.

    A run is what stands between the ends of sentences and quotation marks.
    """

    n: int
    ids: Mapping[str, Ints]
    head: Ints
    sentence: Ints
    paragraph: Ints
    quote: Ints
    sentences: Sequence[tuple[int, int]]


def described(tokens: Tokens) -> dict[str, list[str]]:
    """Return each word's lemma, suffix, tag, relation, shape and class of cue."""
    shapes = {word: _shape(word) for word in set(tokens.text)}
    return {
        "word": [lemma.lower() for lemma in tokens.lemma],
        "suffix": [low[-3:] for low in tokens.lower],
        "tag": tokens.tag,
        "dep": tokens.dep,
        "shape": [shapes[word] for word in tokens.text],
        "class": [_class(lemma, pos) for lemma, pos in zip(tokens.lemma, tokens.pos, strict=True)],
    }


def seen(tokens: Tokens, quotations: Sequence[Quotation], vocabulary: Mapping[str, Mapping[str, int]]) -> Seen:
    """Return a text in numbers."""
    words = described(tokens)
    ids = {name: _array(list(map(_places(vocabulary[name]), words[name]))) for name in LISTED}
    head = _array(tokens.head)
    quote = np.zeros(tokens.n, np.int64)
    for q in sorted(quotations, key=lambda q: q.depth):
        if not q.depth:
            quote[q.start : q.end] = 3 if q.scare else 1
            quote[q.start] = 2
            if q.closed:
                quote[q.end - 1] = 2
    here = np.arange(tokens.n)
    ids["quote"] = quote
    ids["distance"] = np.clip(head - here, -11, 11) + 11
    broken = np.array([pos == "SPACE" for pos in tokens.pos], np.int64)
    return Seen(tokens.n, ids, head, _array(tokens.sentence), np.cumsum(broken), quote, tokens.sentences)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Words beside cues, a row each, those of one cue together: their ``token``, ``cue`` (index), and numbers.

    ``head`` is the row of the word's head, -1 where that lies outside; ``run`` numbers the runs of words.
    """

    cues: Ints
    starts: Ints
    token: Ints
    cue: Ints
    ids: Mapping[str, Ints]
    head: Ints
    run: Ints


def pairs(text: Seen, cue_heads: Sequence[int]) -> Pairs:
    """Return the words beside each cue: its sentence, the one before and three behind, cut where they are long."""
    spans = [_around(text, cue) for cue in cue_heads]
    sizes = np.array([b - a for a, b in spans], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    at = np.repeat(np.arange(len(spans)), sizes)
    cue = _array(cue_heads)
    first = _array([a for a, _ in spans])
    token = np.arange(int(sizes.sum())) - starts[at] + first[at]
    offset = token - cue[at]
    aside = text.sentence[token] - text.sentence[cue[at]]
    path, depth = _paths(text, cue, at, token, offset, aside)
    quoted = text.quote[token] % 3
    both = (quoted > 0) & (text.quote[cue[at]] % 3 > 0)
    apart = text.paragraph[token] != text.paragraph[cue[at]]
    place = ((np.clip(aside, -1, 3) + 1) * 4 + np.where(both, 3, quoted)) * 2 + apart
    head = text.head[token]
    inside = (head >= first[at]) & (head < first[at] + sizes[at])
    row = np.where(inside, head - first[at] + starts[at], -1)
    marks = (text.quote[token] == 2).astype(np.int64)
    turn = np.ones(len(token), np.int64)
    turn[1:] = (np.diff(at) != 0) | (np.diff(text.sentence[token]) != 0) | (marks[1:] != marks[:-1])
    ids = {"path": path, "depth": depth, "offset": _bucket(offset), "place": place}
    return Pairs(cue, starts, token, at, ids, row, np.cumsum(turn) - 1)


def _around(text: Seen, cue: int) -> tuple[int, int]:
    at = int(text.sentence[cue])
    first = text.sentences[max(at - 1, 0)][0]
    last = text.sentences[min(at + 3, len(text.sentences) - 1)][1]
    return max(first, cue - BEFORE), min(last, cue + AFTER)


def _paths(text: Seen, cue: Ints, at: Ints, token: Ints, offset: Ints, aside: Ints) -> tuple[Ints, Ints]:
    """Say how each word hangs on its cue: how far up they meet, by which relation it comes down, and how far."""
    chain = np.full((_UP, len(cue)), -1, np.int64)
    node = cue.copy()
    for rung in range(_UP):
        new = np.ones(len(cue), bool) if not rung else (node != chain[rung - 1])
        chain[rung] = np.where(new & (chain[rung - 1] >= 0 if rung else True), node, -1)
        node = text.head[node]
    mine = chain[:, at]
    level: Any = np.full(len(token), -1, np.int64)
    depth = np.zeros(len(token), np.int64)
    top, now = token.copy(), token.copy()
    for step in range(_STEPS):
        open_ = level < 0
        if not open_.any():
            break
        for k in range(_UP):
            level = np.where(open_ & (level < 0) & (mine[k] == now), k, level)
        still = level < 0
        depth = np.where(still, step + 1, depth)
        top = np.where(still, now, top)
        now = np.where(still, text.head[now], now)
    own = depth == 0  # the cue, and those it hangs on
    relation = np.where(own, 0, np.minimum(text.ids["dep"][top] + 1, _DEPS - 1))
    path = ((level * _DEPS) + relation) * 2 + (offset > 0)
    away = (level < 0) | (aside != 0)
    return np.where(away, SIZES["path"] - 1, np.minimum(path, SIZES["path"] - 2)), np.minimum(depth, 7)


def _bucket(offset: Ints) -> Ints:
    """Numbers near 0 for themselves, farther ones in ever wider steps."""
    size = np.abs(offset)
    step = np.where(size < 8, size, np.minimum(8 + np.log2(np.maximum(size, 8) / 8) * 2, 16).astype(np.int64))
    return np.asarray(np.sign(offset) * step + 16, np.int64)


def _places(known: Mapping[str, int]) -> Callable[[str], int]:
    return lambda word: known.get(word, 0)


def _array(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, np.int64).reshape(-1)


def _shape(word: str) -> str:
    out = ""
    for char in word:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not out.endswith(kind):
            out += kind
    return out[:4]


def _class(lemma: str, pos: str) -> str:
    lexicon = cues()
    table = lexicon.verbs if pos in ("VERB", "AUX") else lexicon.nouns if pos == "NOUN" else lexicon.adjectives
    return min(table.get(lemma, ("",)))


def cue_root(tokens: Tokens, cue: Sequence[int]) -> int:
    """Return the word of a cue that its others hang on; a verb or noun where there are several."""
    inside = set(cue)
    tops = [i for i in cue if tokens.head[i] == i or tokens.head[i] not in inside]
    return next((i for i in tops if tokens.pos[i] in ("VERB", "NOUN")), tops[0])


def tokens_within(tokens: Tokens, spans: Sequence[Sequence[int]]) -> list[int]:
    """Return the words that some spans of characters touch."""
    out: list[int] = []
    for first, last in spans:
        i = bisect_right(tokens.end, first)
        while i < tokens.n and tokens.start[i] < last:
            out.append(i)
            i += 1
    return out
