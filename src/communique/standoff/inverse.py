"""Which preferences would make a wished-for state an equilibrium, and the smallest changes from the present ones.

The inverse problem of the graph model: Kinsara, Kilgour and Hipel, "Inverse approach to the graph model for conflict
resolution" (IEEE SMC-Systems 45, 2015). Whether a state s is stable for a decision maker under Nash, GMR and SMR
depends on nothing of its preference but which states it prefers to s, and fewer of these never make it less stable.
So what is asked of a preference is a list of clauses, one a move, each satisfied where all states of one of
its alternatives are not preferred to s; and a smallest change takes states from above s to just below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np

from communique.errors import BadStandoff
from communique.standoff.graph import Graph, build, find_state, status_quo_state, with_rankings
from communique.standoff.graph_model import Concept, GraphModel
from communique.standoff.stability import stability
from communique.standoff.state_relations import check_size
from communique.standoff.state_space import MOST_STATES
from communique.standoff.status_quo import StatusQuoAnalysis, reachable

_SEARCHED = 20_000  # sets of states looked at for the smallest change


@dataclass(frozen=True, slots=True)
class Clause:
    """What stability asks about a move to state ``to``: that no state of one of the alternatives be preferred."""

    to: int
    alternatives: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PreferenceChange:
    """A smallest change for a decision maker: these states go from above the wished-for one to just below it.

    They keep their order among themselves. ``distance`` counts the pairs of states whose order is reversed: swaps of
    neighbours in the ranking. ``proved``: no ranking at a smaller distance that keeps what is level with the
    wished-for state level with it would do, with the others' preferences as they are.
    """

    maker: str
    demoted: tuple[int, ...]
    distance: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Inverse:
    """What would make a state an equilibrium under a concept.

    ``clauses`` say for each decision maker which preferences do: all of its clauses must be satisfied. Under SEQ and
    SSEQ they take the others' preferences as they are. ``changes`` together make it an equilibrium; empty where it is
    one. ``from_status_quo`` is what can be reached under the changed preferences, where the model has a status quo.
    """

    wished: int
    concept: Concept
    clauses: dict[str, tuple[Clause, ...]]
    changes: tuple[PreferenceChange, ...]
    from_status_quo: StatusQuoAnalysis | None

    @property
    def distance(self) -> int:
        """Pairs of states reversed, over all decision makers."""
        return sum(change.distance for change in self.changes)

    @property
    def moves(self) -> int | None:
        """Legal moves from the status quo to the wished-for state; None where out of reach or without status quo."""
        return None if self.from_status_quo is None else _moves(self.from_status_quo.legal.moves, self.wished)

    @property
    def improvements(self) -> int | None:
        """The same by improvements alone, under the changed preferences."""
        return None if self.from_status_quo is None else _moves(self.from_status_quo.improving.moves, self.wished)


def _moves(moves: Sequence[int] | np.ndarray, wished: int) -> int | None:
    found = int(moves[wished - 1])
    return found if found >= 0 else None


def inverse(
    model: GraphModel, wished: int | str, concept: Concept = Concept.NASH, *, limit: int = MOST_STATES
) -> Inverse:
    """Find which preferences make a state (number, pattern or name) an equilibrium, and the smallest changes.

    Raises what ``solve`` raises; StandoffTooLarge over 2,048 states.
    """
    graph = build(model, limit=limit)
    return inverse_of(graph, find_state(graph, wished) + 1, concept)


def inverse_of(graph: Graph, wished: int, concept: Concept) -> Inverse:
    """Find the same for a model made ready and the number of a state."""
    check_size(graph, "the inverse analysis")
    refuse_unknown(graph)
    state = wished - 1
    makers = range(len(graph.rankings))
    clauses = {graph.model.names[maker]: tuple(_clauses(graph, maker, state, concept)) for maker in makers}
    changes = {}
    for maker, found in enumerate(clauses.values()):
        if not stability(graph, maker)[0][concept][state]:
            changes[maker] = _smallest(graph, maker, state, found)
    after = _changed(graph, changes, state)
    # What one decision maker changes may take away the credible reply that another's stability rests on.
    for maker in makers:
        if not stability(after, maker)[0][concept][state]:
            nash = tuple(_clauses(graph, maker, state, Concept.NASH))
            changes[maker] = replace(_smallest(graph, maker, state, nash), proved=False)
            after = _changed(graph, changes, state)
    quo = status_quo_state(graph)
    return Inverse(
        wished,
        concept,
        clauses,
        tuple(changes[maker] for maker in sorted(changes)),
        None if quo is None else reachable(after, quo + 1),
    )


def refuse_unknown(graph: Graph) -> None:
    """Raise BadStandoff where some preference is unknown: a change of it has no size."""
    if graph.unknown:
        raise BadStandoff(graph.model.where, "the inverse analysis needs known preferences")


def _clauses(graph: Graph, maker: int, state: int, concept: Concept) -> Iterator[Clause]:
    moves = graph.moves
    cell = moves.cell(state)
    others = [other for other in range(moves.makers) if other != maker]
    for to in moves.successors(maker, cell, False).tolist():
        alternatives: dict[tuple[int, ...], None] = {(moves.state(to) + 1,): None}
        if concept is not Concept.NASH:
            credible = concept in (Concept.SEQ, Concept.SSEQ)
            for end in _reached(graph, others, to, credible):
                needed = [end]
                if concept in (Concept.SMR, Concept.SSEQ):
                    needed += moves.successors(maker, end, False).tolist()
                # The state itself is never preferred to itself: it asks for nothing.
                numbers = tuple(sorted({moves.state(one) + 1 for one in needed if one != cell}))
                alternatives.setdefault(numbers)
        yield Clause(moves.state(to) + 1, tuple(alternatives))


def _reached(graph: Graph, group: Sequence[int], start: int, improving: bool) -> list[int]:
    """The cells that legal sequences of the group's moves lead to."""
    seen: set[tuple[int, int]] = set()
    waiting = [(start, -1)]
    while waiting:
        place, last = waiting.pop()
        for other in group:
            if other != last:
                for end in graph.moves.successors(other, place, improving).tolist():
                    if (end, other) not in seen:
                        seen.add((end, other))
                        waiting.append((end, other))
    return sorted({end for end, _ in seen})


def _smallest(graph: Graph, maker: int, state: int, clauses: Iterable[Clause]) -> PreferenceChange:
    """Find a smallest set of states to put below one, cheapest first over sets that satisfy one clause more."""
    rank = graph.rankings[maker].rank
    above = {int(other) + 1 for other in np.flatnonzero(rank > rank[state])}
    # What matters of an alternative is which of its states are preferred now.
    needs = [{frozenset(set(one) & above) for one in clause.alternatives} for clause in clauses]
    needs = [alternatives for alternatives in needs if frozenset() not in alternatives]
    name = graph.model.names[maker]
    tried = 0
    queue: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    seen: set[frozenset[int]] = set()
    while queue and tried < _SEARCHED:
        distance, _, forced = heappop(queue)
        here = frozenset(forced)
        if here in seen:
            continue
        seen.add(here)
        tried += 1
        demoted = set(_cheapest(rank, state, here, above)[1])
        open_ = next((alternatives for alternatives in needs if not any(one <= demoted for one in alternatives)), None)
        if open_ is None:
            return PreferenceChange(name, tuple(sorted(demoted)), distance, True)
        for one in sorted(open_, key=lambda states: (len(states), sorted(states))):
            more = here | one
            if more not in seen:
                heappush(queue, (_cheapest(rank, state, more, above)[0], len(more), tuple(sorted(more))))
    everything = frozenset(to for alternatives in needs for to in min(alternatives, key=len))
    distance, demoted_all = _cheapest(rank, state, everything, above)
    return PreferenceChange(name, tuple(sorted(demoted_all)), distance, False)


def _cheapest(rank: np.ndarray, state: int, forced: frozenset[int], above: set[int]) -> tuple[int, list[int]]:
    """The fewest reversed pairs by which the forced states come below one, and all states that then do.

    A state that is passed by many forced ones is cheaper to take along. Those taken along are the lowest: taking a
    higher one in place of a lower reverses more pairs.
    """
    if not forced:
        return 0, []
    level = int((rank == rank[state]).sum())
    free = sorted(above - forced, key=lambda number: (int(rank[number - 1]), number))
    ranks = np.array([rank[number - 1] for number in free], np.int64)
    passed = np.searchsorted(ranks, [rank[number - 1] for number in forced])
    along = np.arange(len(free) + 1)
    costs = (len(forced) + along) * level + np.maximum(passed[None, :] - along[:, None], 0).sum(axis=1)
    best = int(np.argmin(costs))
    return int(costs[best]), [*forced, *free[:best]]


def _changed(graph: Graph, changes: dict[int, PreferenceChange], state: int) -> Graph:
    rankings = list(graph.rankings)
    for maker, change in changes.items():
        rank = rankings[maker].rank.astype(np.int64)
        moved = np.zeros(len(rank), np.bool_)
        moved[[number - 1 for number in change.demoted]] = True
        # Below what is level with the state, above all that was below it, in their old order.
        score = np.where(rank >= rank[state], rank + len(rank) + 1, rank)
        score[moved] = rank[moved] - int(rank.max()) - 1 + int(rank[state]) + len(rank)
        dense = np.unique(score, return_inverse=True)[1].reshape(-1).astype(np.int32)
        rankings[maker] = replace(rankings[maker], rank=dense, strongly_below=None)
    return with_rankings(graph.model, graph.space, tuple(rankings), graph.limit)
