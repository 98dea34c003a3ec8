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

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.counts import MOST_CELLS, Cells, Entries, Floats, entries, entries_at, occurring, sums
from communique.analysis.networks.settings import Aggregation, NetworkMode, Normalization, Settings
from communique.analysis.networks.statement_filter import chosen
from communique.analysis.networks.tentative import between_parties, on_concepts
from communique.errors import BadNetwork, NetworkTooLarge

_AT_ONCE = 10_000  # ties that are numbers of Python at a time
_MOST_COMBINED = 52  # levels whose combinations a float tells apart


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A network.

    ``entries`` are the weights other than 0 of ``rows`` by ``cols``: actors by actors (symmetric, none on the diagonal)
    or actors by concepts. ``row_counts`` and ``col_counts`` are how many statements each node has, ``statements`` how
    many were counted. ``levels`` are the qualifier's values, none where it is ignored; ``start`` and ``end`` the first
    and the last day ("2023-10-02") of a window. ``tentative`` are the places (row, column) of the ties that rest on
    tentative positions alone; a tie of two actors has both its places there.
    """

    settings: Settings
    rows: tuple[str, ...]
    cols: tuple[str, ...]
    entries: Entries
    row_counts: tuple[int, ...]
    col_counts: tuple[int, ...]
    statements: int
    levels: tuple[int, ...] = ()
    start: str | None = None
    end: str | None = None
    tentative: frozenset[tuple[int, int]] = frozenset()

    @property
    def weights(self) -> Any:
        """The weights as a sparse float64 matrix: a csr_array of SciPy's, made anew."""
        from scipy import sparse

        held = self.entries
        return sparse.csr_array((held.values, (held.rows, held.cols)), shape=(len(self.rows), len(self.cols)))

    @property
    def matrix(self) -> Floats:
        """The weights as a whole matrix. Raises NetworkTooLarge."""
        size = len(self.rows) * len(self.cols)
        if size > MOST_CELLS:
            raise NetworkTooLarge("matrix", f"it has {size:,} cells; at most {MOST_CELLS:,} are written out")
        whole = np.zeros((len(self.rows), len(self.cols)))
        whole[self.entries.rows, self.entries.cols] = self.entries.values
        return whole

    def ties(self) -> Iterator[tuple[int, int, float]]:
        """Yield each tie once, as the places of its two ends and its weight, row by row."""
        held = self.entries
        if self.settings.mode is NetworkMode.ONE:
            held = held.take(held.rows < held.cols)
        for start in range(0, len(held), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            yield from zip(held.rows[some].tolist(), held.cols[some].tolist(), held.values[some].tolist(), strict=True)


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
    cells = Cells(statements, settings, weights)
    made = _two_mode(cells, settings) if settings.mode is NetworkMode.TWO else _one_mode(cells, settings)
    rows, row_counts = _names(statements.actor.names, cells.actors, statements.actor.codes)
    if settings.mode is NetworkMode.ONE:
        cols, col_counts = rows, row_counts
    else:
        cols, col_counts = _names(statements.concept.names, cells.concepts, statements.concept.codes)
    levels = () if settings.aggregation is Aggregation.IGNORE else statements.levels
    unsure = (
        on_concepts(statements, rows, cols, made)
        if settings.mode is NetworkMode.TWO
        else between_parties(statements, rows, made)
    )
    return Network(settings, rows, cols, made, row_counts, col_counts, len(statements), levels, start, end, unsure)


def _names(
    names: tuple[str, ...], kept: NDArray[np.int64], codes: NDArray[np.int64]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    counts = np.bincount(codes, minlength=len(names))
    return tuple(names[at] for at in kept), tuple(int(counts[at]) for at in kept)


def _one_mode(cells: Cells, settings: Settings) -> Entries:
    near = cells.nearness()
    block = {
        Aggregation.IGNORE: near,
        Aggregation.CONGRUENCE: near,
        Aggregation.CONFLICT: 1.0 - near,
        Aggregation.SUBTRACT: 2.0 * near - 1.0,
    }[settings.aggregation]
    cells.check()
    ties = entries(cells.by_level(cells.roots, block) @ cells.roots.T)
    ties = ties.take(ties.rows != ties.cols)
    if settings.normalization is Normalization.NONE or not len(ties):
        return ties
    return ties.over(_shared(cells, settings.normalization, near, ties))


def _shared(cells: Cells, normalization: Normalization, near: Floats, ties: Entries) -> Floats:
    """What each tie is divided by: never 0."""
    if normalization is Normalization.COSINE:
        own = sums(cells.by_level(cells.roots, near) * cells.roots, axis=1)
        return np.asarray(np.sqrt(own[ties.rows] * own[ties.cols]))
    activity = sums(cells.counts, axis=1)
    if normalization is Normalization.AVERAGE:
        return np.asarray((activity[ties.rows] + activity[ties.cols]) / 2)
    both = entries_at(cells.roots @ cells.roots.T, ties)
    shared = cells.counts @ occurring(cells.counts).T
    back = Entries(ties.cols, ties.rows, ties.values)
    alone = activity[ties.rows] - entries_at(shared, ties) + activity[ties.cols] - entries_at(shared, back)
    return np.asarray(both + np.maximum(alone, 0.0))


def _two_mode(cells: Cells, settings: Settings) -> Entries:
    if settings.aggregation is Aggregation.COMBINE:
        return _combined(cells)
    values = np.ones(len(cells.levels))
    if settings.aggregation is Aggregation.SUBTRACT:
        values = 2.0 * cells.levels - 1.0 if cells.binary else cells.levels
    ties = entries(cells.by_level(cells.counts, values[:, None]))
    # Who has a tie has spoken, and on a concept with a tie somebody has: none of these sums is 0.
    if settings.normalization is Normalization.ACTIVITY:
        return ties.over(sums(cells.counts, axis=1)[ties.rows])
    if settings.normalization is Normalization.PROMINENCE:
        spoken = cells.by_level(cells.counts, np.ones((len(cells.levels), 1)))
        return ties.over(sums(spoken, axis=0)[ties.cols])
    return ties


def _combined(cells: Cells) -> Entries:
    """A number for the set of levels that occur: the highest level is worth 1, the next 2, then 4, and so on."""
    count = len(cells.levels)
    if count > _MOST_COMBINED:
        raise BadNetwork("combine", f"the qualifier has {count} values; at most {_MOST_COMBINED} can be combined")
    worth = np.exp2(np.arange(count - 1, -1, -1, dtype=np.float64))
    return entries(cells.by_level(occurring(cells.counts), worth[:, None]))
