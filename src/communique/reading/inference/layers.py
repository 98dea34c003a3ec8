"""The layers of spaCy's small networks, laid out so that NumPy and BLIS do them in long strokes.

Each sum is taken in the order in which thinc takes it, so that what comes out is the same to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

Floats = NDArray[np.float32]

_BLOCK = 512
"""Rows that go through a layer together: what they need stays in the processor's second cache."""

_TINY = 1e-08  # thinc's, against a variance of nothing

_OPS = NumpyOps()


def times(rows: Floats, weights: Floats, out: Floats | None = None) -> Floats:
    """Return the products of rows and the rows of weights, each row's whatever the others are."""
    made: Floats = _OPS.gemm(rows, weights, out=out, trans2=True)
    return made


def pieces_apart(weights: Floats) -> Floats:
    """Return the weights of a maxout layer, outputs by pieces by the rest, as rows: all first pieces come first."""
    first = np.swapaxes(weights, 0, 1)
    return np.ascontiguousarray(first.reshape(first.shape[0] * first.shape[1], -1))


def largest(sums: Floats, pieces: int) -> Floats:
    """Return the largest of the pieces of each output, which stand apart; the sums are lost."""
    width = sums.shape[1] // pieces
    best = sums[:, :width]
    for k in range(1, pieces):
        np.maximum(best, sums[:, k * width : (k + 1) * width], out=best)
    return best


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Weights, outputs by inputs, and a bias."""

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return the outputs for each row."""
        made = times(rows, self.weights)
        made += self.bias
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A residual layer: each row and the two beside it, the largest of some pieces, made even, added to the row."""

    weights: Floats
    bias: Floats
    pieces: int
    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return what comes after the layer; beyond the first and the last row there is nothing."""
        many, width = rows.shape
        framed = np.zeros((many + 2, width), dtype=np.float32)
        framed[1:-1] = rows
        step = framed.strides[0]
        beside = np.lib.stride_tricks.as_strided(framed, (many, 3 * width), (step, framed.itemsize), writeable=False)
        made = np.empty_like(rows)
        columns = np.empty((_BLOCK, 3 * width), dtype=np.float32)
        sums = np.empty((_BLOCK, self.weights.shape[0]), dtype=np.float32)
        for start in range(0, many, _BLOCK):
            end = min(start + _BLOCK, many)
            here, outputs = columns[: end - start], sums[: end - start]
            np.copyto(here, beside[start:end])
            times(here, self.weights, outputs)
            outputs += self.bias
            even(largest(outputs, self.pieces), self.scale, self.shift, made[start:end])
            made[start:end] += rows[start:end]
        return made


def even(rows: Floats, scale: Floats, shift: Floats, out: Floats) -> None:
    """Write rows of mean 0 and variance 1, scaled and shifted, as thinc's layer norm does."""
    width = np.float32(rows.shape[1])
    mean = np.add.reduce(rows, axis=1, keepdims=True)
    mean /= width
    np.subtract(rows, mean, out=out)
    spread = np.add.reduce(out * out, axis=1, keepdims=True)
    spread /= width
    spread += _TINY
    out *= spread ** (-1.0 / 2.0)
    out *= scale
    out += shift


def linear(model: Any) -> Linear | None:
    """Return a linear layer's copy; None where it is of another kind."""
    if model.name != "linear" or not isinstance(model.ops, NumpyOps):
        return None
    return Linear(np.ascontiguousarray(model.get_param("W")), np.ascontiguousarray(model.get_param("b")))


def window(model: Any) -> Window | None:
    """Return the copy of a residual layer over windows of three; None where it is of another kind."""
    kinds = "residual(expand_window>>maxout>>layernorm>>dropout)"
    if model.name != kinds or not isinstance(model.ops, NumpyOps):
        return None
    expand, rest = model.layers[0].layers
    (maxout, norm), _dropout = rest.layers[0].layers, rest.layers[1]
    if expand.attrs["window_size"] != 1 or [maxout.name, norm.name] != ["maxout", "layernorm"]:
        return None
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    return Window(
        pieces_apart(weights),
        pieces_apart(bias).ravel(),
        weights.shape[1],
        norm.get_param("G"),
        norm.get_param("b"),
    )
