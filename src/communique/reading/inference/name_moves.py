"""The model's entity recogniser, all words at once.

It goes from word to word, opens names and closes them. What it does at a word where no name is open hangs on that word
alone, and where one is, on the word and the name's first: so every word is asked once, and the names that would open go
on together, a word at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from communique.reading.inference.layers import Floats, Linear
from communique.reading.inference.states import States, states
from communique.reading.inference.word_vectors import WordVectors, so_many, word_vectors

_WORD, _FIRST, _BEFORE = range(3)  # what a state looks at: the word, the open name's first, the one before the word
_NEVER = np.float32(-np.inf)

Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Openings:
    """The moves where no name is open: their scores; which open names of several words, which name one; labels."""

    states: States
    several: Flags
    single: Flags
    labels: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class NameMoves:
    """An entity recogniser's quick form, which names what it names. ``given`` is the component itself."""

    given: EntityRecognizer
    vectors: WordVectors
    states: States
    openings: _Openings
    further: Places
    """For each opening, the move that goes on with its name."""
    final: Places
    """For each opening, the move that ends its name."""

    def __call__(self, doc: Doc) -> Doc:
        """Name the Doc's entities; return it."""
        return next(self.pipe([doc], batch_size=1))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Name the entities of the Docs, so many together."""
        for together in so_many(docs, batch_size):
            if all(len(doc) and not doc.to_array(ENT_IOB).any() for doc in together):
                for doc, found in zip(together, self._found(together), strict=True):
                    doc.set_ents([Span(doc, *each) for each in found], default="outside")
                yield from together
            else:
                yield from map(self.given, together)

    def _found(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """Return the first and the end of each name and its label, by text."""
        starts = np.cumsum([0, *map(len, docs)])
        marks = np.concatenate([doc.to_array([SENT_START, IS_SPACE]) for doc in docs])
        last = np.append(marks[1:, 0] == 1, True)
        last[starts[1:] - 1] = True
        rows = self.states.narrow(np.concatenate(self.vectors(docs)))
        best = self._opened(rows, last, marks[:, 1] != 0)
        ends = self._ends(rows, last, best)
        made: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        at, text = 0, 0
        for i in np.flatnonzero(self.openings.several[best] | self.openings.single[best]).tolist():
            if i >= at:
                while i >= starts[text + 1]:
                    text += 1
                at = ends.get(i, i + 1)
                made[text].append((i - int(starts[text]), at - int(starts[text]), self.openings.labels[best[i]]))
        return made

    def _opened(self, rows: Floats, last: Flags, space: Flags) -> Places:
        """Return what is done at each word if no name is open."""
        here = self.openings
        sums = here.states.given(rows, _WORD)
        sums += here.states.nothing[_FIRST]
        sums += here.states.nothing[_BEFORE]
        scores = here.states.scores(sums)
        scores[np.ix_(last | space, here.several)] = _NEVER
        scores[np.ix_(space, here.single)] = _NEVER
        best: Places = scores.argmax(axis=1)
        return best

    def _ends(self, rows: Floats, last: Flags, best: Places) -> dict[int, int]:
        """Return where each name of several words that would open ends, by its first word."""
        first = np.flatnonzero(self.openings.several[best])
        ends: dict[int, int] = {}
        word = first + 1
        opened = self.states.given(rows[first], _FIRST)
        while len(first):
            sums = self.states.given(rows[word], _WORD)
            sums += opened
            sums += self.states.given(rows[word - 1], _BEFORE)
            scores = self.states.scores(sums)
            label, each = best[first], np.arange(len(first))
            on = (scores[each, self.further[label]] >= scores[each, self.final[label]]) & ~last[word]
            ends.update(zip(first[~on].tolist(), (word[~on] + 1).tolist(), strict=True))
            first, word, opened = first[on], word[on] + 1, opened[on]
        return ends


def name_moves(component: Any) -> NameMoves | None:
    """Return the quick form of an entity recogniser; None where it is of another kind or says more than names."""
    if type(component) is not EntityRecognizer or component.cfg["beam_width"] != 1 or component.postprocesses:
        return None
    found = states(component.model, 3)
    vectors = None if found is None else word_vectors(component.model.layers[0].layers[0])
    moves = component.moves
    names = [moves.get_class_name(i).partition("-") for i in range(moves.n_moves)]
    labels = {label for _move, _, label in names if label}
    place = {(move, label): i for i, (move, _, label) in enumerate(names)}
    if found is None or vectors is None:
        return None
    if ("O", "") not in place or not all((move, label) in place for move in "BILU" for label in labels):
        return None
    if any(place["I", label] > place["L", label] for label in labels):  # of two that are as good the first is taken
        return None
    columns = [i for (move, label), i in place.items() if (move in "BU" and label) or move == "O"]
    several, single = (np.array([names[i][0] == move for i in columns]) for move in "BU")
    upper = Linear(np.ascontiguousarray(found.upper.weights[columns]), found.upper.bias[columns])
    kinds = [names[i][2] for i in columns]
    openings = _Openings(replace(found, upper=upper), several, single, kinds)
    # A word outside goes on with nothing: its own column stands for want of one.
    further, final = (np.array([place.get((move, kind), 0) for kind in kinds]) for move in "IL")
    return NameMoves(component, vectors, found, openings, further, final)
