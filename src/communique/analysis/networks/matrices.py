"""Statements counted into one-mode and two-mode networks.

With n[i, j, k] the statements of actor i on concept j at qualifier level q[k], and R the range of the levels
(Leifeld 2017; docs/networks.md has the formulas):

- one mode, over all j, k, l: congruence sums n[i, j, k] n[i', j, l] (1 - |q[k] - q[l]| / R), conflict the same with
  |q[k] - q[l]| / R, subtract is their difference, ignore sums n[i, j, k] n[i', j, l];
- two mode: ignore sums n[i, j, k] over k, subtract counts agreement less disagreement (a scale: the sum of the values),
  combine gives a number for the set of levels that occur.

A statement may weigh less than 1 (a kernel). A pair of statements then weighs the geometric mean of its two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from communique.analysis.networks.choosing import chosen
from communique.analysis.networks.settings import Aggregation, Mode, Normalization, Settings
from communique.analysis.networks.statements import Coded
from communique.errors import BadNetwork, NetworkTooLarge

MOST_CELLS = 16_000_000
"""Cells of a matrix that is written out in full, and ties of actors that are counted."""

_MOST_COMBINED = 52  # levels whose combinations a float tells apart

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """A network.

    ``weights`` is a sparse float64 matrix of ``rows`` by ``cols``: actors by actors (symmetric, its diagonal empty) or
    actors by concepts. ``row_counts`` and ``col_counts`` are how many statements each node has, ``statements`` how many
    were counted. ``levels`` are the qualifier's values, none where it is ignored; ``start`` and ``end`` the first and
    the last day ("2023-10-02") of a window.
    """

    settings: Settings
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    weights: sparse.csr_array
    row_counts: tuple[int, ...]
    col_counts: tuple[int, ...]
    statements: int
    levels: tuple[int, ...] = ()
    start: str | None = None
    end: str | None = None

    @property
    def matrix(self) -> Floats:
        """The weights as a whole matrix. Raises NetworkTooLarge."""
        size = len(self.rows) * len(self.cols)
        if size > MOST_CELLS:
            raise NetworkTooLarge("matrix", f"it has {size:,} cells; at most {MOST_CELLS:,} are written out")
        return np.asarray(self.weights.toarray())

    def ties(self) -> Iterator[tuple[int, int, float]]:
        """Yield each tie once, as the places of its two ends and its weight, row by row."""
        found = self.weights.tocoo()
        one = self.settings.mode is Mode.ONE
        order = np.lexsort((found.col, found.row))
        for row, col, weight in zip(found.row[order], found.col[order], found.data[order], strict=True):
            if not one or row < col:
                yield int(row), int(col), float(weight)


def network(statements: Coded, settings: Settings) -> Network:
    """Return the network of statements.

    Raises BadNetwork where they lack what the settings need, NetworkTooLarge where there may be over 16,000,000 ties.
    """
    counted = chosen(statements, settings)
    return counted_network(counted, settings, np.ones(len(counted)))


def counted_network(
    statements: Coded, settings: Settings, weights: Floats, start: str | None = None, end: str | None = None
) -> Network:
    """Return the network of statements that were chosen, each of a weight (float64, at least 0)."""
    cells = _Cells(statements, settings, weights)
    made = _two_mode(cells, settings) if settings.mode is Mode.TWO else _one_mode(cells, settings)
    made.eliminate_zeros()
    rows, row_counts = _names(statements.actor.names, cells.actors, statements.actor.codes)
    if settings.mode is Mode.ONE:
        cols, col_counts = rows, row_counts
    else:
        cols, col_counts = _names(statements.concept.names, cells.concepts, statements.concept.codes)
    levels = () if settings.aggregation is Aggregation.IGNORE else statements.levels
    return Network(settings, rows, cols, made, row_counts, col_counts, len(statements), levels, start, end)


def _names(
    names: tuple[str, ...], kept: NDArray[np.int64], codes: NDArray[np.int64]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    counts = np.bincount(codes, minlength=len(names))
    return tuple(names[at] for at in kept), tuple(int(counts[at]) for at in kept)


class _Cells:
    """Statements counted by actor, concept and level: sparse matrices of actors by (concept, level)."""

    def __init__(self, statements: Coded, settings: Settings, weights: Floats) -> None:
        ignored = settings.aggregation is Aggregation.IGNORE
        self.binary = statements.binary
        self.levels = np.array([0] if ignored else statements.levels, np.float64)
        self.actors = _kept(statements.actor.codes, len(statements.actor.names), settings.isolates)
        self.concepts = _kept(statements.concept.codes, len(statements.concept.names), settings.isolates)
        rows = np.searchsorted(self.actors, statements.actor.codes)
        cols = np.searchsorted(self.concepts, statements.concept.codes) * len(self.levels)
        if not ignored:
            cols = cols + np.searchsorted(self.levels, statements.qualifier)
        shape = (len(self.actors), len(self.concepts) * len(self.levels))
        self.counts = sparse.csr_array((weights, (rows, cols)), shape=shape)
        self.roots = sparse.csr_array((np.sqrt(weights), (rows, cols)), shape=shape)

    def spread(self, block: Floats) -> sparse.csr_array:
        """The block once for each concept, along the diagonal."""
        return sparse.kron(sparse.eye_array(len(self.concepts)), block, format="csr")

    def check(self) -> None:
        """Raise NetworkTooLarge where the actors may have too many ties to be held."""
        if len(self.actors) ** 2 <= MOST_CELLS:
            return
        speakers = (self.roots != 0).astype(np.float64) @ self.spread(np.ones((len(self.levels), 1)))
        pairs = float(np.square(np.asarray((speakers > 0).sum(axis=0), np.float64)).sum())
        if pairs > MOST_CELLS:
            reason = f"{len(self.actors):,} actors have up to {pairs:,.0f} ties; at most {MOST_CELLS:,} are counted"
            raise NetworkTooLarge("network", reason)

    def nearness(self) -> Floats:
        """How near two levels are, 1 for the same and 0 for the two ends."""
        distance = np.abs(self.levels[:, None] - self.levels[None, :])
        span = distance.max(initial=0.0)
        return 1.0 - distance / span if span else np.ones_like(distance)


def _kept(codes: NDArray[np.int64], size: int, isolates: bool) -> NDArray[np.int64]:
    return np.arange(size, dtype=np.int64) if isolates else np.unique(codes)


def _one_mode(cells: _Cells, settings: Settings) -> sparse.csr_array:
    near = cells.nearness()
    block = {
        Aggregation.IGNORE: near,
        Aggregation.CONGRUENCE: near,
        Aggregation.CONFLICT: 1.0 - near,
        Aggregation.SUBTRACT: 2.0 * near - 1.0,
    }[settings.aggregation]
    cells.check()
    ties = sparse.coo_array(cells.roots @ cells.spread(block) @ cells.roots.T)
    apart = ties.row != ties.col
    rows, cols, data = ties.row[apart], ties.col[apart], ties.data[apart]
    if settings.normalization is not Normalization.NONE and data.size:
        data = data / _shared(cells, settings.normalization, near, rows, cols)
    return sparse.csr_array((data, (rows, cols)), shape=ties.shape)


def _shared(cells: _Cells, normalization: Normalization, near: Floats, rows: Any, cols: Any) -> Floats:
    """What the ties between these actors are divided by: never 0 where there is a tie."""
    if normalization is Normalization.COSINE:
        own = np.asarray((cells.roots @ cells.spread(near)).multiply(cells.roots).sum(axis=1)).ravel()
        return np.asarray(np.sqrt(own[rows] * own[cols]))
    activity = np.asarray(cells.counts.sum(axis=1)).ravel()
    if normalization is Normalization.AVERAGE:
        return np.asarray((activity[rows] + activity[cols]) / 2)
    both = _at(cells.roots @ cells.roots.T, rows, cols)
    shared = sparse.csr_array(cells.counts @ (cells.counts > 0).astype(np.float64).T)
    alone = activity[rows] - _at(shared, rows, cols) + activity[cols] - _at(shared, cols, rows)
    return np.asarray(both + np.maximum(alone, 0.0))


def _at(matrix: sparse.csr_array, rows: Any, cols: Any) -> Floats:
    return np.asarray(sparse.csr_array(matrix)[rows, cols]).ravel()


def _two_mode(cells: _Cells, settings: Settings) -> sparse.csr_array:
    if settings.aggregation is Aggregation.COMBINE:
        return _combined(cells)
    values = np.ones(len(cells.levels))
    if settings.aggregation is Aggregation.SUBTRACT:
        values = 2.0 * cells.levels - 1.0 if cells.binary else cells.levels
    ties = cells.counts @ cells.spread(values[:, None])
    if settings.normalization is Normalization.ACTIVITY:
        return sparse.csr_array(sparse.diags_array(_inverse(cells.counts.sum(axis=1))) @ ties)
    if settings.normalization is Normalization.PROMINENCE:
        spoken = cells.counts @ cells.spread(np.ones((len(cells.levels), 1)))
        return sparse.csr_array(ties @ sparse.diags_array(_inverse(spoken.sum(axis=0))))
    return sparse.csr_array(ties)


def _combined(cells: _Cells) -> sparse.csr_array:
    """A number for the set of levels that occur: the highest level is worth 1, the next 2, then 4, and so on."""
    count = len(cells.levels)
    if count > _MOST_COMBINED:
        raise BadNetwork("combine", f"the qualifier has {count} values; at most {_MOST_COMBINED} can be combined")
    worth = np.exp2(np.arange(count - 1, -1, -1, dtype=np.float64))
    return sparse.csr_array((cells.counts > 0).astype(np.float64) @ cells.spread(worth[:, None]))


def _inverse(sums: Any) -> Floats:
    amounts = np.asarray(sums, np.float64).ravel()
    return np.divide(1.0, amounts, out=np.zeros_like(amounts), where=amounts > 0)
