"""Moves of an option form laid out on the hypercube of all combinations of options.

A decision maker moves by changing any of its own options, so its moves are transitive, and so are its improvements:
that nobody moves twice in a row then restricts nothing, and what a group can reach is a closure. A minimum over one
decision maker's moves is taken option by option over the whole cube, in time states x options; over its improvements
it is a running minimum down the ranks of each coset of its options. No list of moves is ever made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.errors import StandoffTooLarge
from communique.standoff.graph_model import Direction, GraphModel
from communique.standoff.moves_protocol import NEVER, Cells, Mask, Values
from communique.standoff.state_space import StateSpace

_DIRECT = 2  # reversible options up to which pairs of states are compared one by one
_WORK = 256  # comparisons allowed for each state of the limit


@dataclass(frozen=True, slots=True)
class Own:
    """A decision maker's options as bits ``low`` to ``high`` - 1; ``forward`` and ``backward`` are masks of these."""

    low: int
    high: int
    forward: int
    backward: int

    @property
    def size(self) -> int:
        """Combinations of the decision maker's options."""
        return 1 << (self.high - self.low)

    @property
    def directed(self) -> int:
        """The options, counted from its first, that change one way only."""
        return (self.forward | self.backward) >> self.low

    def permitted(self, own: NDArray[np.int64], start: int) -> Mask:
        """Return which combinations can be moved to from one (a combination counted from the first option)."""
        forward, backward = self.forward >> self.low, self.backward >> self.low
        can: Mask = ((own & start & forward) == (start & forward)) & ((own & ~start & backward) == 0)
        return can


def own_options(model: GraphModel) -> list[Own]:
    """Return where each decision maker's options lie."""
    owns, low = [], 0
    for maker in model.decision_makers:
        bits = {
            direction: sum(1 << (low + at) for at, o in enumerate(maker.options) if o.direction is direction)
            for direction in Direction
        }
        high = low + len(maker.options)
        owns.append(Own(low, high, bits[Direction.FORWARD], bits[Direction.BACKWARD]))
        low = high
    return owns


class Cube:
    """Implements Moves; a cell is a code."""

    def __init__(self, space: StateSpace, ranks: Sequence[Values], limit: int) -> None:
        """Lay the ranks (over states) out over the cube. Raises StandoffTooLarge."""
        self.owns = own_options(space.model)
        self.makers = len(self.owns)
        self.bits = len(space.model.options)
        self.codes = space.codes
        self.whole = space.count == 1 << self.bits
        self.infeasible = np.ones(1 << self.bits, np.bool_)
        self.infeasible[self.codes] = False
        self.ranks: Sequence[Values] = [self._lay(rank) for rank in ranks]
        self._check_work(space.model, limit)
        self._improving: list[Callable[[Values], Values] | None] = [None] * self.makers

    def _check_work(self, model: GraphModel, limit: int) -> None:
        for own, name in zip(self.owns, model.names, strict=True):
            one_way = own.directed.bit_count()
            free = own.high - own.low - one_way
            work = 3**one_way * 2 ** (free * (2 if free <= _DIRECT else 1)) * (1 << self.bits) // own.size
            if one_way and work > limit * _WORK:
                raise StandoffTooLarge(
                    model.where,
                    f"the {one_way} options of {name} that change one way only make {work:,} comparisons of states a "
                    f"step; the limit is {limit * _WORK:,}",
                )

    def _lay(self, values: Values) -> Values:
        if self.whole:
            return values
        cells = np.zeros(1 << self.bits, np.int32)
        cells[self.codes] = values
        return cells

    def collect(self, cells: NDArray[Any]) -> NDArray[Any]:
        """Return the values of the states alone."""
        return cells if self.whole else cells[self.codes]

    def cell(self, state: int) -> int:
        """Return a state's code."""
        return int(self.codes[state])

    def state(self, cell: int) -> int:
        """Return a code's state."""
        return int(np.searchsorted(self.codes, cell))

    def joint_min(self, group: Sequence[int], values: Values) -> Values:
        """Close over the group's moves."""
        return self._close(group, values, self._legal_min, once=self.whole and not any(map(self._one_way, group)))

    def joint_improving_min(self, group: Sequence[int], values: Values) -> Values:
        """Close over the group's improvements."""
        return self._close(group, values, self._improving_min, once=False)

    def _one_way(self, maker: int) -> bool:
        return bool(self.owns[maker].directed)

    def _close(
        self, group: Sequence[int], values: Values, step: Callable[[int, Values], Values], *, once: bool
    ) -> Values:
        if not group:
            return np.full(1 << self.bits, NEVER)
        best = np.where(self.infeasible, NEVER, values)
        unchanged = 0
        while True:
            for maker in group:
                lower = np.minimum(best, step(maker, best))
                unchanged = unchanged + 1 if np.array_equal(lower, best) else 0
                best = lower
                # One decision maker's moves are transitive: its second step in a row would change nothing.
                if len(group) == 1 or unchanged >= len(group):
                    return best
            if once:
                return best

    def _by_option(self, values: NDArray[Any], maker: int, backwards: bool, join: Any) -> None:
        """Join the values over a maker's moves in place, from targets to starts (or back, for ``backwards``)."""
        own = self.owns[maker]
        for bit in range(own.low, own.high):
            pairs = values.reshape(-1, 2, 1 << bit)
            without, taken = pairs[:, 0], pairs[:, 1]
            one_way = (own.forward | own.backward) >> bit & 1
            if not one_way:
                joined = join(without, taken)
                without[...] = joined
                taken[...] = joined
            elif bool(own.forward >> bit & 1) != backwards:
                join(without, taken, out=without)
            else:
                join(taken, without, out=taken)

    def _legal_min(self, maker: int, values: Values) -> Values:
        lowest = np.where(self.infeasible, NEVER, values)
        self._by_option(lowest, maker, False, np.minimum)
        if not self.whole:
            lowest[self.infeasible] = NEVER
        return lowest

    def reach_max(self, maker: int, values: Values) -> Values:
        """Take the maximum over the cell and the maker's moves."""
        highest = np.where(self.infeasible, np.int32(-1), values)
        self._by_option(highest, maker, False, np.maximum)
        return highest

    def improving_max(self, maker: int, values: Values) -> Values:
        """Take the maximum over the maker's improvements."""
        lowest = self._improving_min(maker, np.where(self.infeasible, NEVER, -values))
        return np.where(lowest == NEVER, np.int32(-1), -lowest)

    def can_move(self, maker: int) -> Mask:
        """Return where another feasible cell is in the maker's reach."""
        count = (~self.infeasible).astype(np.int32)
        self._by_option(count, maker, False, np.add)
        can: Mask = count > 1
        return can

    def spread(self, maker: int, start: Mask, improving: bool) -> Mask:
        """Return the feasible cells one move away, or one improvement."""
        if improving:
            lowest = np.where(start, self.ranks[maker], NEVER)
            self._by_option(lowest, maker, True, np.minimum)
            reached: Mask = (lowest < self.ranks[maker]) & ~self.infeasible
            return reached
        count = start.astype(np.int32)
        self._by_option(count, maker, True, np.add)
        moved: Mask = (count > start) & ~self.infeasible
        return moved

    def successors(self, maker: int, cell: int, improving: bool) -> Cells:
        """List where the maker can move to."""
        own = self.owns[maker]
        start = (cell >> own.low) & (own.size - 1)
        choices = np.arange(own.size, dtype=np.int64)
        return self._others(maker, cell, choices[own.permitted(choices, start)], improving, 1)

    def predecessors(self, maker: int, cell: int, improving: bool) -> Cells:
        """List where the maker can have come from."""
        own = self.owns[maker]
        end = (cell >> own.low) & (own.size - 1)
        choices = np.arange(own.size, dtype=np.int64)
        forward, backward = own.forward >> own.low, own.backward >> own.low
        before = ((choices & ~end & forward) == 0) & ((choices & end & backward) == (end & backward))
        return self._others(maker, cell, choices[before], improving, -1)

    def _others(self, maker: int, cell: int, choices: Cells, improving: bool, sign: int) -> Cells:
        own = self.owns[maker]
        cells = (cell & ~((own.size - 1) << own.low)) | (choices << own.low)
        cells = cells[(cells != cell) & ~self.infeasible[cells]]
        if improving:
            rank = self.ranks[maker]
            cells = cells[(rank[cells] - rank[cell]) * sign > 0]
        found: Cells = cells
        return found

    def _improving_min(self, maker: int, values: Values) -> Values:
        step = self._improving[maker]
        if step is None:
            own = self.owns[maker]
            free = own.high - own.low - own.directed.bit_count()
            columns = _columns(own)
            rank = self._by_coset(self.ranks[maker], own)
            step = _compared(rank, columns) if free <= _DIRECT else _sorted(rank, columns)
            self._improving[maker] = step
        own = self.owns[maker]
        lowest = step(self._by_coset(values, own))
        halves = lowest.reshape(own.size, -1, 1 << own.low).transpose(1, 0, 2)
        result: Values = np.ascontiguousarray(halves).reshape(-1)
        if not self.whole:
            result[self.infeasible] = NEVER
        return result

    def _by_coset(self, values: Values, own: Own) -> Values:
        """Lay values out with a row for each combination of the maker's options, a column for the others'."""
        blocks = values.reshape(-1, own.size, 1 << own.low).transpose(1, 0, 2)
        return np.ascontiguousarray(blocks).reshape(own.size, -1)


Columns = list[tuple[NDArray[np.int64], list[int]]]


def _columns(own: Own) -> Columns:
    """Group a maker's combinations by its one-way options; with each group, those it leads to, itself among them."""
    choices = np.arange(own.size, dtype=np.int64)
    one_way = [bit for bit in range(own.high - own.low) if own.directed >> bit & 1]
    patterns = [sum(1 << bit for k, bit in enumerate(one_way) if p >> k & 1) for p in range(1 << len(one_way))]
    return [
        (
            choices[(choices & own.directed) == pattern],
            [to for to, other in enumerate(patterns) if own.permitted(np.array([other]), pattern)[0]],
        )
        for pattern in patterns
    ]


def _compared(rank: Values, columns: Columns) -> Callable[[Values], Values]:
    """Compare the states of a coset pair by pair: for few reversible options."""

    def step(values: Values) -> Values:
        lowest = np.full(values.shape, NEVER)
        for starts, ends in columns:
            for start in starts.tolist():
                here = lowest[start]
                for group in ends:
                    for end in columns[group][0].tolist():
                        if end != start:
                            better = rank[end] > rank[start]
                            np.minimum(here, values[end], out=here, where=better)
        return lowest

    return step


def _sorted(rank: Values, columns: Columns) -> Callable[[Values], Values]:
    """Sort each group of a coset by rank once; then the least value above a rank is a running minimum."""
    orders = [np.argsort(rank[rows], axis=0, kind="stable").astype(np.int32) for rows, _ in columns]
    above = {
        (start, end): _not_above(rank[columns[start][0]], rank[columns[end][0]])
        for start, (_, ends) in enumerate(columns)
        for end in ends
    }

    def step(values: Values) -> Values:
        lowest = np.full(values.shape, NEVER)
        for end, (rows, _) in enumerate(columns):
            running = np.full((len(rows) + 1, values.shape[1]), NEVER)
            running[:-1] = np.take_along_axis(values[rows], orders[end], axis=0)
            np.minimum.accumulate(running[::-1], axis=0, out=running[::-1])
            for start, (starts, ends) in enumerate(columns):
                if end in ends:
                    found = np.take_along_axis(running, above[start, end], axis=0)
                    lowest[starts] = np.minimum(lowest[starts], found)
        return lowest

    return step


def _not_above(readers: Values, sources: Values) -> NDArray[np.int32]:
    """For each reader, how many sources of its column rank no higher than it."""
    both = np.concatenate([sources, readers])
    order = np.argsort(both, axis=0, kind="stable")  # stable: of equals, sources come first
    before = np.cumsum(order < len(sources), axis=0, dtype=np.int32)
    places = np.empty_like(before)
    np.put_along_axis(places, order, before, axis=0)
    return places[len(sources) :]
