"""From the network's numbers to statements: which words are cues, and whose source and content stands beside each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from communique.reading.attribution.learned.tagger_features import Ints, Pairs, Seen, pairs
from communique.reading.attribution.learned.tagger_network import Floats, TaggerNetwork

LEAST_CUE = 0.1
"""How likely a word must be a cue for its surroundings to be looked at where all cues are."""
CHANGE = 2.0
"""What it costs to go into a content and out of it, in log probability."""
CUE, SOURCE, CONTENT = 1, 2, 3

_MOST_ROWS = 12_000  # that go through the network at once


@dataclass(frozen=True, slots=True)
class Tagged:
    """A statement as the network has it: words, and from 0 to 1 how sure of the cue and of the content."""

    cue_head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    cue_likely: float
    content_likely: float

    @property
    def sure(self) -> float:
        """How sure of the whole, not calibrated."""
        return self.cue_likely * math.sqrt(self.content_likely)


def cues_in(net: TaggerNetwork, text: Seen, words: Sequence[bool]) -> tuple[Floats, Floats]:
    """Return a vector for each word, and how likely it is a cue.

    ``words`` are the tokens that are no space: others cannot be cues.
    """
    if not text.n:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    vectors, _ = net.encode(text)
    scores, _ = net.cues(vectors)
    return vectors, np.where(words, 1 / (1 + np.exp(-np.clip(scores, -30, 30))), 0).astype(np.float32)


def statements_at(
    net: TaggerNetwork, text: Seen, vectors: Floats, likely: Floats, heads: Sequence[int]
) -> list[Tagged]:
    """Return what is said by some cues, in their order; those have none beside which no content stands."""
    found: list[Tagged] = []
    for some in _portions(heads):
        rows = pairs(text, some)
        out, _ = net.labels(vectors, rows)
        out = out - out.max(1, keepdims=True)
        logs = out - np.log(np.exp(out).sum(1, keepdims=True))
        found += _statements(rows, logs, likely)
    return found


def _portions(heads: Sequence[int]) -> Iterator[Sequence[int]]:
    most = _MOST_ROWS // 100
    for k in range(0, len(heads), most):
        yield heads[k : k + most]


def _statements(rows: Pairs, logs: Floats, likely: Floats) -> Iterator[Tagged]:
    labels = best_labels(rows, logs)
    for k, head in enumerate(rows.cues.tolist()):
        first, last = int(rows.starts[k]), int(rows.starts[k + 1])
        start = int(rows.token[first])
        own = labels[first:last]
        parts = [tuple((np.flatnonzero(own == label) + start).tolist()) for label in (CUE, SOURCE, CONTENT)]
        if not parts[2]:
            continue
        sure = float(np.exp(logs[first:last][own == CONTENT, CONTENT]).mean())
        yield Tagged(head, parts[0], parts[1], parts[2], float(likely[head]), sure)


def best_labels(rows: Pairs, logs: Floats) -> Ints:
    """Return the likeliest label of each row, by Viterbi over all cues side by side.

    A content is dear to enter and to leave.
    """
    sizes = np.diff(rows.starts)
    longest = int(sizes.max())
    here = np.arange(len(rows.cues))
    at = rows.starts[:-1, None] + np.minimum(np.arange(longest)[None], sizes[:, None] - 1)
    table = logs[at]
    came = np.zeros((longest, len(here), 2), np.int8)
    total = table[:, 0]
    for step in range(1, longest):
        top = total[:, :CONTENT].argmax(1)
        outside, inside = total[here, top], total[:, CONTENT]
        leaves, enters = inside - CHANGE > outside, outside - CHANGE > inside
        came[step, :, 0] = np.where(leaves, CONTENT, top)
        came[step, :, 1] = np.where(enters, top, CONTENT)
        best = np.repeat(np.where(leaves, inside - CHANGE, outside)[:, None], logs.shape[1], axis=1)
        best[:, CONTENT] = np.where(enters, outside - CHANGE, inside)
        total = np.where((step < sizes)[:, None], best + table[:, step], total)
    label = total.argmax(1)
    out = np.zeros(len(rows.token), np.int64)
    for step in range(longest - 1, -1, -1):
        inside = step < sizes
        out[(rows.starts[:-1] + step)[inside]] = label[inside]
        label = np.where(inside & (step > 0), came[step][here, (label == CONTENT).astype(np.int64)], label)
    return out
