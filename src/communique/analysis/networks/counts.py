"""Statements counted by actor, concept and level of the qualifier, and the matrix work on those counts.

A matrix is one of NumPy's where the network is small, else a sparse one of SciPy's: to import SciPy takes longer than
a small network takes to be counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.settings import Aggregation, Settings
from communique.errors import NetworkTooLarge

MOST_CELLS = 16_000_000
"""Cells of a matrix that is written out in full, and ties of actors that are counted."""

SMALL = (200, 2_000)
"""Rows and columns up to which a matrix is held with all its zeros."""

Floats = NDArray[np.float64]
Matrix: TypeAlias = Any
"""A float64 matrix: an ndarray, or a csr_array of SciPy's."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """The entries of a matrix other than 0, row by row: their places (int64) and their values, all of one length."""

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]
    values: Floats

    def __len__(self) -> int:
        return len(self.values)

    def take(self, which: NDArray[np.bool_]) -> Entries:
        """Return some of them."""
        return Entries(self.rows[which], self.cols[which], self.values[which])

    def over(self, divisors: Floats) -> Entries:
        """Return each over its divisor."""
        return Entries(self.rows, self.cols, self.values / divisors)


class Cells:
    """Statements counted: ``counts`` and ``roots`` are matrices of actors by (concept, level).

    A statement adds its weight to ``counts``, and the square root of its weight to ``roots``. ``actors`` and
    ``concepts`` are the codes of those that are counted, ``levels`` the values of the qualifier.
    """

    def __init__(self, statements: Coded, settings: Settings, weights: Floats) -> None:
        """Count statements, each of a weight of at least 0."""
        ignored = settings.aggregation is Aggregation.IGNORE
        self.binary = statements.binary
        self.levels = np.array([0] if ignored else statements.levels, np.float64)
        self.actors = _kept(statements.actor.codes, len(statements.actor.names), settings.isolates)
        self.concepts = _kept(statements.concept.codes, len(statements.concept.names), settings.isolates)
        self._rows = np.searchsorted(self.actors, statements.actor.codes)
        self._concept = np.searchsorted(self.concepts, statements.concept.codes)
        cols = self._concept * len(self.levels)
        if not ignored:
            cols = cols + np.searchsorted(self.levels, statements.qualifier)
        shape = (len(self.actors), len(self.concepts) * len(self.levels))
        self._dense = shape[0] <= SMALL[0] and shape[1] <= SMALL[1]
        self.counts = _matrix(weights, self._rows, cols, shape, self._dense)
        self.roots = _matrix(np.sqrt(weights), self._rows, cols, shape, self._dense)

    def by_level(self, matrix: Matrix, block: Floats) -> Matrix:
        """Return a matrix of actors by (concept, level) with the levels of each concept multiplied by a block.

        ``block`` is of levels by how many columns each concept is to have.
        """
        if self._dense:
            actors, concepts = len(self.actors), len(self.concepts)
            levels = matrix.reshape(actors * concepts, len(self.levels))
            return (levels @ block).reshape(actors, concepts * block.shape[1])
        from scipy import sparse

        return matrix @ sparse.kron(sparse.eye_array(len(self.concepts)), block, format="csr")

    def check(self) -> None:
        """Raise NetworkTooLarge where the actors may have too many ties to be held."""
        if len(self.actors) ** 2 <= MOST_CELLS:
            return
        said = np.unique(self._concept * len(self.actors) + self._rows)
        speakers = np.bincount(said // len(self.actors))
        pairs = int(np.square(speakers).sum())
        if pairs > MOST_CELLS:
            reason = f"{len(self.actors):,} actors have up to {pairs:,} ties; at most {MOST_CELLS:,} are counted"
            raise NetworkTooLarge("network", reason)

    def nearness(self) -> Floats:
        """Return how near two levels are, 1 for the same and 0 for the two ends."""
        distance = np.abs(self.levels[:, None] - self.levels[None, :])
        span = distance.max(initial=0.0)
        return 1.0 - distance / span if span else np.ones_like(distance)


def entries(matrix: Matrix) -> Entries:
    """Return the entries other than 0; a sparse matrix is left without its zeros, its indices sorted."""
    if isinstance(matrix, np.ndarray):
        rows, cols = np.nonzero(matrix)
        return Entries(rows, cols, matrix[rows, cols])
    matrix.eliminate_zeros()
    matrix.sort_indices()
    found = matrix.tocoo()
    return Entries(found.row.astype(np.int64), found.col.astype(np.int64), found.data)


def entries_at(matrix: Matrix, places: Entries) -> Floats:
    """Return what the matrix has at the places of these entries, 0 or not."""
    return np.asarray(matrix[places.rows, places.cols], np.float64).ravel()


def sums(matrix: Matrix, axis: int) -> Floats:
    """Return the sums of the columns (axis 0) or of the rows (axis 1)."""
    return np.asarray(matrix.sum(axis=axis), np.float64).ravel()


def occurring(matrix: Matrix) -> Matrix:
    """Return 1 where the matrix is more than 0, else 0."""
    return (matrix > 0).astype(np.float64)


def _kept(codes: NDArray[np.int64], size: int, isolates: bool) -> NDArray[np.int64]:
    return np.arange(size, dtype=np.int64) if isolates else np.unique(codes)


def _matrix(
    values: Floats, rows: NDArray[np.int64], cols: NDArray[np.int64], shape: tuple[int, int], dense: bool
) -> Matrix:
    """Values summed by place."""
    if dense:
        return np.bincount(rows * shape[1] + cols, values, minlength=shape[0] * shape[1]).reshape(shape)
    from scipy import sparse

    return sparse.csr_array((values, (rows, cols)), shape=shape)
