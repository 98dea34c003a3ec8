"""What the model makes of each word from its letters and of the words about it: the first part of its networks.

What it makes of a word's letters alone is kept for every sort of word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import NumpyOps

from communique.reading.inference.layers import Floats, Window, window

MOST_KEPT = 20_000
"""Sorts of words that are kept, some 8 MB; 15,000 words of news have about 4,000."""

_EMBED = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
_VALUE = np.dtype(np.uint64)


@dataclass(slots=True, eq=False)
class WordVectors:
    """A network's first part: what is ``asked`` of each word, the layers for a word alone, and those over windows.

    ``apart`` rows of nothing stand before each text and behind the last. ``place`` tells the row of ``kept`` of a sort.
    """

    asked: list[int | str]
    alone: Sequence[Any]
    windows: Sequence[Window]
    apart: int
    place: dict[bytes, int] = field(default_factory=dict, repr=False)
    kept: Floats | None = field(default=None, repr=False)

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the vectors of each text's words."""
        sorts = [self._sorts(doc) for doc in docs]
        table = self._table([sort for some in sorts for sort in some])
        starts: list[int] = []
        end = 0
        for some in sorts:
            starts.append(end + self.apart if some else end)
            end = starts[-1] + len(some)
        rows = np.zeros((end + self.apart, table.shape[1]), dtype=np.float32)
        place = self.place
        for start, some in zip(starts, sorts, strict=True):
            if some:
                rows[start : start + len(some)] = table[[place[sort] for sort in some]]
        for layer in self.windows:
            rows = layer(rows)
        return [rows[start : start + len(some)] for start, some in zip(starts, sorts, strict=True)]

    def _sorts(self, doc: Doc) -> list[bytes]:
        asked: Any = np.ascontiguousarray(doc.to_array(self.asked), dtype=_VALUE)
        size = len(self.asked) * _VALUE.itemsize
        sorts: list[bytes] = asked.view(np.dtype((np.void, size))).ravel().tolist()
        return sorts

    def _table(self, sorts: Sequence[bytes]) -> Floats:
        """Return what is made of all sorts so far, these among them."""
        if len(self.place) > MOST_KEPT:
            self.place.clear()
            self.kept = None
        missing = [sort for sort in dict.fromkeys(sorts) if sort not in self.place]
        if missing or self.kept is None:
            made: Any = np.frombuffer(b"".join(missing), dtype=_VALUE).reshape(-1, len(self.asked))
            for layer in self.alone:
                made = layer.predict(made)
            self.place.update(zip(missing, range(len(self.place), len(self.place) + len(missing)), strict=True))
            self.kept = made if self.kept is None else np.concatenate([self.kept, made])
        return self.kept


def word_vectors(model: Any) -> WordVectors | None:
    """Return the quick form of a ``Tok2Vec`` of hash embeddings and windows of three; None where it is another."""
    if len(model.layers) != 2 or not isinstance(model.ops, NumpyOps):
        return None
    embed, encode = model.layers
    if [_kind(layer) for layer in embed.layers] != _EMBED or _kind(encode) != "with_array":
        return None
    columns, mixed, residuals = embed.layers[0].attrs["columns"], embed.layers[3].layers[0], encode.layers[0].layers
    windows = [found for found in map(window, residuals) if found is not None]
    if mixed.name != "maxout>>layernorm>>dropout" or not windows or len(windows) != len(residuals) or len(columns) < 2:
        return None
    return WordVectors(list(columns), [embed.layers[2].layers[0], mixed], windows, encode.attrs["pad"])


def _kind(layer: Any) -> str:
    return str(layer.name).partition("(")[0]


def so_many(docs: Iterable[Doc], batch_size: int) -> Iterator[list[Doc]]:
    """Yield the Docs in order, so many at a time."""
    stream = iter(docs)
    while some := list(islice(stream, batch_size)):
        yield some
