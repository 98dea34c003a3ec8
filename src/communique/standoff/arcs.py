"""Moves as lists of arcs: the explicit form, and option forms whose states are few among many combinations.

Here a decision maker's moves need not be transitive, so that nobody moves twice in a row is kept track of: the least
value in reach is found for each state and each decision maker who moves first (Fang, Hipel and Kilgour 1993,
section 3.3: reachable lists of a coalition).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.errors import StandoffTooLarge
from communique.standoff.cube import own_options
from communique.standoff.moves_protocol import NEVER, Cells, Mask, Values
from communique.standoff.state_space import StateSpace

_ARCS = 16  # moves allowed for each state of the limit


@dataclass(frozen=True, slots=True)
class Rows:
    """Arcs sorted by start: those from state s end in ``ends[starts[s]:starts[s + 1]]``."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int32]
    filled: NDArray[np.int64]

    @staticmethod
    def of(arcs: NDArray[np.int32], states: int) -> Rows:
        """Sort arcs (a row each: from, to)."""
        order = np.lexsort((arcs[:, 1], arcs[:, 0]))
        counts = np.bincount(arcs[:, 0], minlength=states)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        return Rows(starts, np.ascontiguousarray(arcs[order, 1]), np.flatnonzero(counts))

    def least(self, values: Values) -> Values:
        """Return the least value one arc away, NEVER where there is no arc."""
        lowest = np.full(len(self.starts) - 1, NEVER)
        if len(self.filled):
            lowest[self.filled] = np.minimum.reduceat(values[self.ends], self.starts[self.filled])
        return lowest

    def mark(self, start: Mask) -> Mask:
        """Return the states one arc away from any of those marked."""
        marked = np.zeros(len(self.starts) - 1, np.bool_)
        marked[self.ends[np.repeat(start, np.diff(self.starts))]] = True
        return marked

    def row(self, state: int) -> Cells:
        """Return the ends of one state's arcs."""
        return self.ends[self.starts[state] : self.starts[state + 1]].astype(np.int64)


class Arcs:
    """Implements Moves; a cell is a state."""

    def __init__(self, states: int, arcs: Sequence[NDArray[np.int32]], ranks: Sequence[Values]) -> None:
        """Take each decision maker's arcs (rows of from, to) and ranks."""
        self.makers = len(arcs)
        self.count = states
        self.ranks = ranks
        self._arcs = arcs
        self._legal = [Rows.of(pairs, states) for pairs in arcs]
        better = [pairs[rank[pairs[:, 1]] > rank[pairs[:, 0]]] for pairs, rank in zip(arcs, ranks, strict=True)]
        self._better = [Rows.of(pairs, states) for pairs in better]
        self._into: dict[tuple[int, bool], Rows] = {}

    def collect(self, cells: NDArray[Any]) -> NDArray[Any]:
        """Return the values as they are."""
        return cells

    def cell(self, state: int) -> int:
        """Return the state."""
        return state

    def state(self, cell: int) -> int:
        """Return the state."""
        return cell

    def joint_min(self, group: Sequence[int], values: Values) -> Values:
        """Take the minimum over legal sequences of the group's moves."""
        return self._joint([self._legal[maker] for maker in group], values)

    def joint_improving_min(self, group: Sequence[int], values: Values) -> Values:
        """Take the minimum over legal sequences of the group's improvements."""
        return self._joint([self._better[maker] for maker in group], values)

    def _joint(self, rows: Sequence[Rows], values: Values) -> Values:
        first = [np.full(self.count, NEVER) for _ in rows]
        unchanged, turn = 0, 0
        while rows and unchanged < len(rows):
            beyond = values
            for other, found in enumerate(first):
                if other != turn:
                    beyond = np.minimum(beyond, found)
            lower = rows[turn].least(beyond)
            unchanged = unchanged + 1 if np.array_equal(lower, first[turn]) else 0
            first[turn] = lower
            turn = (turn + 1) % len(rows)
            if len(rows) == 1:
                break
        return np.minimum.reduce(first) if first else np.full(self.count, NEVER)

    def reach_max(self, maker: int, values: Values) -> Values:
        """Take the maximum over the state and the maker's moves."""
        lowest = self._legal[maker].least(-values)
        return np.maximum(values, np.where(lowest == NEVER, np.int32(-1), -lowest))

    def improving_max(self, maker: int, values: Values) -> Values:
        """Take the maximum over the maker's improvements."""
        lowest = self._better[maker].least(np.where(values == NEVER, -NEVER, -values))
        return np.where(lowest == NEVER, np.int32(-1), -lowest)

    def can_move(self, maker: int) -> Mask:
        """Return where the maker has an arc."""
        can: Mask = np.diff(self._legal[maker].starts) > 0
        return can

    def spread(self, maker: int, start: Mask, improving: bool) -> Mask:
        """Return the states one arc away."""
        return (self._better if improving else self._legal)[maker].mark(start)

    def successors(self, maker: int, cell: int, improving: bool) -> Cells:
        """List where the maker can move to."""
        return (self._better if improving else self._legal)[maker].row(cell)

    def predecessors(self, maker: int, cell: int, improving: bool) -> Cells:
        """List where the maker can have come from."""
        key = (maker, improving)
        if key not in self._into:
            pairs = self._arcs[maker]
            if improving:
                rank = self.ranks[maker]
                pairs = pairs[rank[pairs[:, 1]] > rank[pairs[:, 0]]]
            self._into[key] = Rows.of(pairs[:, ::-1], self.count)
        return self._into[key].row(cell)


def explicit_arcs(space: StateSpace) -> list[NDArray[np.int32]]:
    """Return the arcs of an explicit form, each once."""
    found = []
    for maker in space.model.decision_makers:
        pairs = np.array(maker.moves, np.int32).reshape(-1, 2) - np.int32(1)
        found.append(_unique(pairs, space.count))
    return found


def _unique(pairs: NDArray[np.int32], states: int) -> NDArray[np.int32]:
    keys = np.unique(pairs[:, 0].astype(np.int64) * states + pairs[:, 1])
    return np.stack([keys // states, keys % states], axis=1).astype(np.int32)


def option_arcs(space: StateSpace, limit: int) -> list[NDArray[np.int32]]:
    """Return the arcs of an option form, between coalesced states too. Raises StandoffTooLarge."""
    plans = []
    total = 0
    for own in own_options(space.model):
        mask = np.int64((own.size - 1) << own.low)
        order = np.argsort(space.feasible & ~mask, kind="stable")
        others = (space.feasible & ~mask)[order]
        first = np.flatnonzero(np.concatenate([np.ones(1, np.bool_), others[1:] != others[:-1]]))
        sizes = np.diff(np.append(first, len(others)))
        total += int((sizes * (sizes - 1)).sum())
        plans.append((own, order, first, sizes))
    if total > limit * _ARCS:
        raise StandoffTooLarge(
            space.model.where,
            f"{total:,} moves between {space.count:,} states; the limit is {limit * _ARCS:,} moves",
        )
    found = []
    for own, order, first, sizes in plans:
        size_of = np.repeat(sizes, sizes)
        starts = np.repeat(np.arange(len(order)), size_of)
        within = np.arange(len(starts)) - np.repeat(np.cumsum(size_of) - size_of, size_of)
        ends = np.repeat(np.repeat(first, sizes), size_of) + within
        start, end = order[starts], order[ends]
        before, after = space.feasible[start], space.feasible[end]
        permitted = ((before & ~after & own.forward) == 0) & ((after & ~before & own.backward) == 0) & (before != after)
        pairs = np.stack([space.state_of[start[permitted]], space.state_of[end[permitted]]], axis=1)
        found.append(_unique(pairs[pairs[:, 0] != pairs[:, 1]], space.count))
    return found
