"""A model made ready for analysis: its states found, its preferences ranked, its moves laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.errors import UnknownInStandoff
from communique.standoff.arcs import Arcs, explicit_arcs, option_arcs
from communique.standoff.cube import Cube
from communique.standoff.formulas import QUOTED
from communique.standoff.graph_model import GraphModel
from communique.standoff.moves_protocol import Moves
from communique.standoff.preferences import Ranking, rank
from communique.standoff.state_space import MOST_STATES, StateSpace, Terms, find_states

_FEW = 1024  # states: of fewer, as many combinations as these allow are laid out
_LONGEST_NUMBER = 11  # digits of a state's number
_SPARSE = 64  # combinations for each feasible state above which the cube is not worth its size

Layout = Literal["cube", "arcs"]


@dataclass(frozen=True, slots=True)
class Graph:
    """A model with its states, its decision makers' rankings and its moves."""

    model: GraphModel
    space: StateSpace
    rankings: tuple[Ranking, ...]
    moves: Moves
    limit: int

    @property
    def unknown(self) -> bool:
        """Whether the order of some states is unknown for somebody."""
        return any(ranking.unknown for ranking in self.rankings)


def build(model: GraphModel, *, limit: int = MOST_STATES, strict: bool = True, layout: Layout | None = None) -> Graph:
    """Make a model ready. ``limit`` is the most states; ``strict`` refuses contradictory preferences.

    ``layout`` says how moves are laid out, where that should not be chosen by size. Raises BadStandoff and its kinds,
    NoFeasibleState, StandoffTooLarge.
    """
    terms = Terms(model)
    space = find_states(model, terms, limit)
    rankings = tuple(rank(maker, at + 1, space, terms, strict=strict) for at, maker in enumerate(model.decision_makers))
    return with_rankings(model, space, rankings, limit, layout)


def with_rankings(
    model: GraphModel,
    space: StateSpace,
    rankings: tuple[Ranking, ...],
    limit: int = MOST_STATES,
    layout: Layout | None = None,
) -> Graph:
    """Lay out the moves for rankings of the states."""
    ranks = [ranking.rank for ranking in rankings]
    if model.states is not None:
        return Graph(model, space, rankings, Arcs(space.count, explicit_arcs(space), ranks), limit)
    combinations = 1 << len(model.options)
    fits = combinations <= limit and combinations <= max(space.count, _FEW) * _SPARSE and not space.coalesced
    if layout == "cube" or (layout is None and fits):
        return Graph(model, space, rankings, Cube(space, ranks, limit), limit)
    return Graph(model, space, rankings, Arcs(space.count, option_arcs(space, limit), ranks), limit)


def find_state(graph: Graph, wanted: str | int) -> int:
    """Return the position of a state given by its number, pattern or name. Raises UnknownInStandoff."""
    space, where = graph.space, graph.model.where
    text = str(wanted).strip()
    if isinstance(wanted, int) or (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        number = int(text)
        if not 1 <= number <= space.count:
            raise UnknownInStandoff(where, f"there is no state {number:,}; there are {space.count:,}")
        return number - 1
    if not space.labels:
        if text in graph.model.state_names:
            return graph.model.state_names.index(text)
        raise UnknownInStandoff(where, f"there is no state {text!r}")
    options = len(graph.model.options)
    if len(text) == options and not set(text) - set("YN"):
        return _by_code(graph, sum(1 << at for at, sign in enumerate(text) if sign == "Y"), text)
    for state, label in space.coalesced.items():
        if label == text:
            return state
    raise UnknownInStandoff(
        where, f"{text[:QUOTED]!r} is no state: a number, or Y or N for each of the {options} options"
    )


def status_quo_state(graph: Graph) -> int | None:
    """Return the position of the model's status quo, None where it has none. Raises UnknownInStandoff."""
    quo = graph.model.status_quo
    if quo is None:
        return None
    if quo.state is not None:
        return find_state(graph, quo.state)
    names = [option.name for option in graph.model.options]
    code = sum(1 << names.index(name) for name in dict.fromkeys(quo.taken))
    return _by_code(graph, code, f"status quo ({', '.join(quo.taken) or 'no option taken'})")


def _by_code(graph: Graph, code: int, named: str) -> int:
    import numpy as np

    state = int(graph.space.find(np.array([code], np.int64))[0])
    if state < 0:
        raise UnknownInStandoff(graph.model.where, f"{named} is not feasible")
    return state
