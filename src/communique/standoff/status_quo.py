"""What can be reached from a state: by whom, in how many moves, by any legal moves and by improvements.

Li, Kilgour and Hipel, "Status quo analysis in the graph model for conflict resolution" (JORS 56, 2005): all decision
makers may move, nobody twice in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from communique.standoff.graph import Graph, build, find_state, status_quo_state
from communique.standoff.graph_model import GraphModel
from communique.standoff.moves_protocol import Moves
from communique.standoff.state_space import MOST_STATES

_FAR = np.int32(-1)


@dataclass(frozen=True, slots=True)
class Step:
    """One move: who makes it, and the number of the state it leads to."""

    maker: str
    to: int


@dataclass(frozen=True, slots=True)
class Reach:
    """States within reach of one. ``moves[k]`` is the least number of moves to state k + 1, -1 where out of reach.

    ``last`` are, by decision maker, the least number of moves of a sequence that it ends with its own.
    """

    start: int
    improving: bool
    moves: NDArray[np.int32]
    last: tuple[NDArray[np.int32], ...]
    _graph: Graph = field(repr=False, compare=False)
    _distance: tuple[NDArray[np.int32], ...] = field(repr=False, compare=False)

    def path(self, number: int) -> tuple[Step, ...] | None:
        """Return a shortest sequence of moves to a state, None where it is out of reach; nothing for the start."""
        if number == self.start:
            return ()
        graph, moves = self._graph, self._graph.moves
        cell = moves.cell(number - 1)
        best = _latest(self._distance, cell)
        if best is None:
            return None
        steps: list[Step] = []
        maker, left = best
        while True:
            steps.append(Step(graph.model.names[maker], moves.state(cell) + 1))
            if left == 1:
                return tuple(reversed(steps))
            cell, maker = self._before(maker, cell, left)
            left -= 1

    def _before(self, maker: int, cell: int, left: int) -> tuple[int, int]:
        for origin in self._graph.moves.predecessors(maker, cell, self.improving).tolist():
            for other, distance in enumerate(self._distance):
                if other != maker and distance[origin] == left - 1:
                    return origin, other
        raise AssertionError("a state that was reached has one before it")


def _latest(distance: tuple[NDArray[np.int32], ...], cell: int) -> tuple[int, int] | None:
    found = [(int(far[cell]), maker) for maker, far in enumerate(distance) if far[cell] > 0]
    if not found:
        return None
    moves, maker = min(found)
    return maker, moves


@dataclass(frozen=True, slots=True)
class StatusQuoAnalysis:
    """What can be reached from a state, numbered from 1: by legal moves, and by improvements alone."""

    state: int
    legal: Reach
    improving: Reach


def status_quo(model: GraphModel, state: int | str | None = None, *, limit: int = MOST_STATES) -> StatusQuoAnalysis:
    """Analyse what can be reached from a state (number, pattern or name), the model's status quo where None.

    Raises ValueError where neither is given; UnknownInStandoff and what ``solve`` raises.
    """
    return reachable(build(model, limit=limit), state)


def reachable(graph: Graph, state: int | str | None = None) -> StatusQuoAnalysis:
    """Analyse the same for a model made ready."""
    start = status_quo_state(graph) if state is None else find_state(graph, state)
    if start is None:
        raise ValueError("the model has no status quo: name a state")
    return StatusQuoAnalysis(start + 1, reach(graph, start, improving=False), reach(graph, start, improving=True))


def reach(graph: Graph, start: int, *, improving: bool, group: Sequence[int] | None = None) -> Reach:
    """Find what the decision makers of a group (None: all) can reach from a state's position."""
    members = range(graph.moves.makers) if group is None else group
    distance = tuple(_distances(graph.moves, graph.moves.cell(start), improving, members))
    last = tuple(graph.moves.collect(far) for far in distance)
    near = np.stack([np.where(far > 0, far, np.iinfo(np.int32).max) for far in last]).min(axis=0)
    moves = np.where(near == np.iinfo(np.int32).max, _FAR, near).astype(np.int32)
    moves[start] = 0
    return Reach(start + 1, improving, moves, last, graph, distance)


def _distances(moves: Moves, start: int, improving: bool, group: Sequence[int]) -> list[NDArray[np.int32]]:
    """For each decision maker, the least number of moves to each cell with its own move last."""
    size = len(moves.ranks[0])
    distance = [np.full(size, _FAR) for _ in range(moves.makers)]
    here = np.zeros(size, np.bool_)
    here[start] = True
    nothing = np.zeros(size, np.bool_)
    frontier = [here] * moves.makers
    step = 0
    while any(mask.any() for mask in frontier):
        step += 1
        found = []
        for maker in range(moves.makers):
            if maker not in group:
                found.append(nothing)
                continue
            others = [mask for other, mask in enumerate(frontier) if other != maker]
            origin = here if step == 1 else np.logical_or.reduce(others) if others else nothing
            fresh = moves.spread(maker, origin, improving) & (distance[maker] < 0)
            distance[maker][fresh] = step
            found.append(fresh)
        frontier = found
    return distance
