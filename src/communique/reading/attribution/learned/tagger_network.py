"""The network of the learned reader, forward and backward, in NumPy.

Each word's numbers become a vector; four times it takes in the words beside it, its head's vector and the mean of its
dependents'. Of the result one small layer says how likely the word is a cue. For each cue, the words around it go
through three more such rounds, with how they hang on the cue, and come out as other, cue, source or content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from communique.reading.attribution.learned.tagger_features import (
    COLUMNS,
    LISTED,
    PAIR_COLUMNS,
    SIZES,
    Ints,
    Pairs,
    Seen,
)

Floats = np.ndarray[Any, np.dtype[np.float32]]
Weights = dict[str, Floats]
Back = Callable[[Floats], Floats]

WIDTHS = {
    "word": 64,
    "suffix": 24,
    "tag": 24,
    "dep": 24,
    "shape": 8,
    "class": 12,
    "quote": 6,
    "distance": 8,
    "path": 32,
    "depth": 8,
    "offset": 16,
    "place": 12,
}
WIDE, NARROW, HIDDEN = 96, 64, 64
ROUNDS = 4
STRIDES = (1, 2, 4)
"""How far the words lie that each round over a cue's surroundings takes in."""
LABELS = 4
"""Other, cue, source, content."""

_TINY = np.float32(1e-6)


def fresh(vocabulary: Mapping[str, Mapping[str, int]], seed: int) -> Weights:
    """Return weights to begin the training with."""
    rng = np.random.default_rng(seed)
    made: Weights = {}

    def table(name: str, rows: int) -> None:
        made[f"{name}.E"] = rng.normal(0, 0.1, (rows, WIDTHS[name])).astype(np.float32)

    def dense(name: str, wide: int, out: int, bias: float = 0.0) -> None:
        made[f"{name}.W"] = rng.normal(0, (1.0 / wide) ** 0.5, (wide, out)).astype(np.float32)
        made[f"{name}.b"] = np.full(out, bias, np.float32)

    def maxout(name: str, wide: int, out: int) -> None:
        dense(name, wide, 2 * out)
        made[f"{name}.g"] = np.ones(out, np.float32)
        made[f"{name}.s"] = np.zeros(out, np.float32)

    for name in LISTED:
        table(name, len(vocabulary[name]) + 1)
    for name, rows in SIZES.items():
        table(name, rows)
    maxout("in", 2 * sum(WIDTHS[c] for c in COLUMNS), WIDE)
    for k in range(ROUNDS):
        maxout(f"round{k}", 5 * WIDE, WIDE)
    dense("cue1", WIDE, HIDDEN)
    dense("cue2", HIDDEN, 1, -3.0)
    dense("of_word", WIDE, NARROW)
    dense("of_cue", WIDE, NARROW)
    maxout("pair", NARROW + sum(WIDTHS[c] for c in PAIR_COLUMNS), NARROW)
    for k in range(len(STRIDES)):
        maxout(f"beside{k}", 5 * NARROW, NARROW)
    dense("label", NARROW, LABELS)
    return made


class Groups:
    """Which of n groups each row is in, -1 being none; what sums need is worked out when the first is asked for."""

    def __init__(self, group: Ints, n: int) -> None:
        """Take each row's group, and how many groups there are."""
        self.group, self.n = group, n

    @cached_property
    def _sorted(self) -> tuple[Ints, Ints, Ints]:
        order = np.argsort(self.group, kind="stable")
        order = order[np.searchsorted(self.group[order], 0) :]
        held, first = np.unique(self.group[order], return_index=True)
        return order, held, first

    @cached_property
    def size(self) -> Floats:
        """How many rows each group has, 1 where it has none."""
        count = np.bincount(self.group[self.group >= 0], minlength=self.n)
        return np.maximum(count, 1).astype(np.float32)[:, None]

    def total(self, rows: Floats) -> Floats:
        """Return the sum of the rows of each group."""
        order, held, first = self._sorted
        out = np.zeros((self.n, rows.shape[1]), np.float32)
        if len(first):
            out[held] = np.add.reduceat(rows[order], first, axis=0)
        return out

    def mean(self, rows: Floats) -> Floats:
        """Return the mean of the rows of each group, 0 where it has none."""
        return self.total(rows) / self.size


@dataclass(frozen=True, slots=True)
class Links:
    """Who takes in whom: the row before, the row itself, the row behind, the head, and the mean of a group.

    ``before`` and ``behind`` name a row each, n where there is none; so does ``head``. Where ``pooled`` is None the
    group is who depends on a row, else it is all rows of the same number.
    """

    n: int
    before: Ints
    behind: Ints
    head: Ints
    below: Groups
    pooled: Groups | None

    def __call__(self, rows: Floats) -> tuple[Floats, Back]:
        """Return for each row what it takes in, side by side, and what hands the gradients back."""
        wide = rows.shape[1]
        padded = np.concatenate([rows, np.zeros((1, wide), np.float32)])
        mean = self.below.mean(rows) if self.pooled is None else self.pooled.mean(rows)[self.pooled.group]
        out = np.concatenate([padded[self.before], rows, padded[self.behind], padded[self.head], mean], axis=1)

        def back(given: Floats) -> Floats:
            before, own, behind, head, mean = (given[:, k * wide : (k + 1) * wide] for k in range(5))
            made = np.zeros_like(padded)
            made[self.before] += before  # a row is before one row alone
            made[self.behind] += behind
            made = made[: self.n] + own
            made += self.below.total(head)
            if self.pooled is None:
                share = np.concatenate([mean / self.below.size, np.zeros((1, wide), np.float32)])
                made += share[self.below.group]  # what has no head takes the last row
            else:
                made += self.pooled.mean(mean)[self.pooled.group]
            return made

        return out, back


def links_of_text(text: Seen) -> Links:
    """Return the links of a text's words."""
    n, here = text.n, np.arange(text.n)
    before = np.where(here > 0, here - 1, n)
    behind = np.where(here < n - 1, here + 1, n)
    rooted = text.head == here
    return Links(n, before, behind, np.where(rooted, n, text.head), Groups(np.where(rooted, -1, text.head), n), None)


def links_of_pairs(rows: Pairs, stride: int, runs: Groups) -> Links:
    """Return the links of the words beside cues, each cue for itself."""
    n = len(rows.token)
    here = np.arange(n)
    start, end = rows.starts[rows.cue], rows.starts[rows.cue + 1]
    before = np.where(here - stride >= start, here - stride, n)
    behind = np.where(here + stride < end, here + stride, n)
    head = np.where(rows.head == here, -1, rows.head)
    return Links(n, before, behind, np.where(head < 0, n, head), Groups(head, n), runs)


class TaggerNetwork:
    """The weights with what they compute; with ``rng`` some of what is computed is dropped, as training needs it."""

    def __init__(self, weights: Weights, rng: np.random.Generator | None = None, drop: float = 0.0) -> None:
        """Take the weights; they are not changed here."""
        self.w = weights
        self.grads: Weights = {}
        self.rng = rng
        self.drop = drop

    def encode(self, text: Seen) -> tuple[Floats, Back]:
        """Return a vector for each word."""
        embedded, back_in = self._embed(text.ids, COLUMNS)
        padded = np.concatenate([embedded, embedded[text.head]], axis=1)
        wide = embedded.shape[1]
        below = Groups(text.head, text.n)
        vectors, back_first = self._maxout("in", padded)
        links = links_of_text(text)
        backs: list[Back] = []
        for k in range(ROUNDS):
            vectors, back = self._round(f"round{k}", vectors, links)
            backs.append(back)

        def back_all(given: Floats) -> Floats:
            for back in reversed(backs):
                given = back(given)
            given = back_first(given)
            back_in(given[:, :wide] + below.total(given[:, wide:]))
            return given

        return vectors, back_all

    def cues(self, vectors: Floats) -> tuple[Floats, Back]:
        """Return for each word how likely it is the main word of a cue, before the sigmoid."""
        hidden, back1 = self._dense("cue1", vectors)
        active = hidden > 0
        score, back2 = self._dense("cue2", hidden * active)
        return score[:, 0], lambda given: back1(back2(given[:, None]) * active)

    def labels(self, vectors: Floats, rows: Pairs) -> tuple[Floats, Back]:
        """Return for each word beside a cue how likely it is what, before the softmax."""
        word, back_word = self._dense("of_word", vectors)
        cue, back_cue = self._dense("of_cue", vectors[rows.cues])
        embedded, back_in = self._embed(rows.ids, PAIR_COLUMNS)
        state, back_pair = self._maxout("pair", np.concatenate([word[rows.token] + cue[rows.cue], embedded], axis=1))
        backs: list[Back] = []
        runs = Groups(rows.run, int(rows.run[-1]) + 1)
        for k, stride in enumerate(STRIDES):
            state, back = self._round(f"beside{k}", state, links_of_pairs(rows, stride, runs))
            backs.append(back)
        scores, back_label = self._dense("label", state)

        def back_all(given: Floats) -> Floats:
            given = back_label(given)
            for back in reversed(backs):
                given = back(given)
            given = back_pair(given)
            back_in(given[:, NARROW:])
            both = given[:, :NARROW]
            made = back_word(Groups(rows.token, len(vectors)).total(both))
            of_cues = back_cue(Groups(rows.cue, len(rows.cues)).total(both))
            np.add.at(made, rows.cues, of_cues)
            return made

        return scores, back_all

    def _round(self, name: str, rows: Floats, links: Links) -> tuple[Floats, Back]:
        taken, back_links = links(rows)
        made, back = self._maxout(name, taken)
        return rows + made, lambda given: given + back_links(back(given))

    def _dense(self, name: str, rows: Floats) -> tuple[Floats, Back]:
        weight = self.w[f"{name}.W"]
        out = rows @ weight
        out += self.w[f"{name}.b"]

        def back(given: Floats) -> Floats:
            self._add(f"{name}.W", rows.T @ given)
            self._add(f"{name}.b", given.sum(0))
            return given @ weight.T

        return out, back

    def _maxout(self, name: str, rows: Floats) -> tuple[Floats, Back]:
        """The larger of two linear maps, brought to mean 0 and variance 1, some of it dropped."""
        both, back_dense = self._dense(name, rows)
        half = both.shape[1] // 2
        one, two = both[:, :half], both[:, half:]
        top = np.maximum(one, two)
        top -= top.mean(1, keepdims=True)
        spread = 1 / np.sqrt((top * top).mean(1, keepdims=True) + _TINY)
        top *= spread
        scale = self.w[f"{name}.g"]
        out = top * scale + self.w[f"{name}.s"]
        kept = self._kept(out.shape)
        if kept is not None:
            out *= kept

        def back(given: Floats) -> Floats:
            if kept is not None:
                given = given * kept
            self._add(f"{name}.g", (given * top).sum(0))
            self._add(f"{name}.s", given.sum(0))
            given = given * scale
            given = (given - given.mean(1, keepdims=True) - top * (given * top).mean(1, keepdims=True)) * spread
            first = one >= two
            return back_dense(np.concatenate([given * first, given * ~first], axis=1))

        return out, back

    def _embed(self, ids: Mapping[str, Ints], columns: tuple[str, ...]) -> tuple[Floats, Back]:
        out = np.concatenate([self.w[f"{name}.E"][ids[name]] for name in columns], axis=1)
        kept = self._kept(out.shape)
        if kept is not None:
            out *= kept

        def back(given: Floats) -> Floats:
            if kept is not None:
                given = given * kept
            at = 0
            for name in columns:
                rows, wide = self.w[f"{name}.E"].shape
                self._add(f"{name}.E", Groups(ids[name], rows).total(given[:, at : at + wide]))
                at += wide
            return given

        return out, back

    def _kept(self, shape: tuple[int, ...]) -> Floats | None:
        if self.rng is None or not self.drop:
            return None
        mask = (self.rng.random(shape, np.float32) >= self.drop).astype(np.float32)
        mask /= np.float32(1 - self.drop)
        return mask

    def _add(self, name: str, gradient: Floats) -> None:
        if name in self.grads:
            self.grads[name] += gradient
        else:
            self.grads[name] = gradient
