"""The smallest changes of preference statements that make a wished-for state an equilibrium.

Statements are what parties say, so these changes are ones that a party could make and announce: a statement gains or
loses importance by one place (one step), or is given up (as many steps as to the last place, and one more).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Literal

from communique.errors import BadStandoff
from communique.standoff.edits import DropStatement, Edit, MoveStatement
from communique.standoff.graph import Graph, build, find_state, status_quo_state, with_rankings
from communique.standoff.graph_model import Concept, GraphModel, StatementPreference
from communique.standoff.inverse import refuse_unknown
from communique.standoff.preferences import Ranking, rank
from communique.standoff.stability import stability
from communique.standoff.state_relations import check_size
from communique.standoff.state_space import MOST_STATES, Terms
from communique.standoff.status_quo import reachable

Reached = Literal["legal", "improving"]
Order = tuple[int, ...]
MOST_CHANGED = 2_000
"""Changed models that are looked at, where nobody says how many."""


@dataclass(frozen=True, slots=True)
class Unlocking:
    """Edits that make a state an equilibrium, one after the other, and their steps."""

    edits: tuple[Edit, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Unlockings:
    """The smallest changes that make a state an equilibrium: all of the same number of steps.

    ``changes`` has one without edits where it is an equilibrium, and is empty where none was found. ``looked_at`` are
    the models that were tried. ``complete``: there are no others of so few steps, and none at all where there are no
    ``changes``; otherwise the search came to its limit.
    """

    wished: int
    concept: Concept
    changes: tuple[Unlocking, ...]
    looked_at: int
    complete: bool


def unlock(
    model: GraphModel,
    wished: int | str,
    concept: Concept = Concept.SEQ,
    *,
    reached: Reached | None = None,
    most: int = MOST_CHANGED,
    limit: int = MOST_STATES,
) -> Unlockings:
    """Find the smallest changes of ranked statements that make a state (number, pattern or name) an equilibrium.

    ``reached`` asks that the state can also be reached from the model's status quo, by legal moves or by improvements
    alone. ``most`` is how many changed models are looked at. Raises what ``solve`` raises; BadStandoff where nobody has
    ranked statements, StandoffTooLarge over 2,048 states, ValueError where ``reached`` lacks a status quo.
    """
    graph = build(model, limit=limit)
    check_size(graph, "the inverse analysis")
    refuse_unknown(graph)
    state = find_state(graph, wished)
    quo = status_quo_state(graph)
    if reached is not None and quo is None:
        raise ValueError("the model has no status quo")
    search = _Search(graph, state, concept, None if reached is None else quo, reached == "improving")
    if not search.open:
        raise BadStandoff(model.where, "nobody's preference is a list of ranked statements")
    return search.smallest(most)


class _Search:
    def __init__(self, graph: Graph, state: int, concept: Concept, quo: int | None, improving: bool) -> None:
        self.graph = graph
        self.state = state
        self.concept = concept
        self.quo = quo
        self.improving = improving
        self.terms = Terms(graph.model)
        self.open = [at for at in range(len(graph.rankings)) if self.statements(at) is not None]
        self.cached: dict[tuple[int, Order], Ranking] = {}

    def statements(self, maker: int) -> StatementPreference | None:
        preference = self.graph.model.decision_makers[maker].preference
        return preference if isinstance(preference, StatementPreference) and not preference.weighted else None

    def ranking(self, maker: int, order: Order) -> Ranking:
        key = (maker, order)
        if key not in self.cached:
            preference = self.statements(maker)
            assert preference is not None
            changed = replace(preference, statements=tuple(preference.statements[at] for at in order))
            decision_maker = replace(self.graph.model.decision_makers[maker], preference=changed)
            self.cached[key] = rank(decision_maker, maker + 1, self.graph.space, self.terms, strict=False)
        return self.cached[key]

    def holds(self, orders: Sequence[Order]) -> bool:
        rankings = list(self.graph.rankings)
        for maker, order in zip(self.open, orders, strict=True):
            rankings[maker] = self.ranking(maker, order)
        graph = with_rankings(self.graph.model, self.graph.space, tuple(rankings), self.graph.limit)
        if not all(stability(graph, maker)[0][self.concept][self.state] for maker in range(len(rankings))):
            return False
        if self.quo is None:
            return True
        found = reachable(graph, self.quo + 1)
        return bool((found.improving if self.improving else found.legal).moves[self.state] >= 0)

    def smallest(self, most: int) -> Unlockings:
        """Go through the changed models, fewest steps first."""
        preferences = [self.statements(maker) for maker in self.open]
        start = tuple(tuple(range(len(p.statements))) for p in preferences if p is not None)
        queue: list[tuple[int, int, tuple[Order, ...], tuple[Edit, ...]]] = [(0, 0, start, ())]
        seen: set[tuple[Order, ...]] = set()
        found: list[Unlocking] = []
        entered = 0
        complete = True
        while queue:
            steps, _, orders, edits = heappop(queue)
            if found and steps > found[0].steps:
                break
            if len(seen) >= most:
                complete = False
                break
            if orders in seen:
                continue
            seen.add(orders)
            if self.holds(orders):
                found.append(Unlocking(edits, steps))
                continue
            for cost, changed, edit in self._steps(orders):
                if changed not in seen:
                    entered += 1
                    heappush(queue, (steps + cost, entered, changed, (*edits, edit)))
        return Unlockings(self.state + 1, self.concept, tuple(found), len(seen), complete)

    def _steps(self, orders: tuple[Order, ...]) -> Iterator[tuple[int, tuple[Order, ...], Edit]]:
        for at, (maker, order) in enumerate(zip(self.open, orders, strict=True)):
            preference = self.statements(maker)
            assert preference is not None
            name = self.graph.model.names[maker]
            for place in range(len(order)):
                dropped = order[:place] + order[place + 1 :]
                yield len(order) - place, _with(orders, at, dropped), DropStatement(name, place + 1)
                if place + 1 < len(order):
                    one, other = order[place : place + 2]
                    # A strong statement stays above all that are not.
                    if preference.statements[one].strong == preference.statements[other].strong:
                        swapped = (*order[:place], other, one, *order[place + 2 :])
                        yield 1, _with(orders, at, swapped), MoveStatement(name, place + 1, place + 2)


def _with(orders: tuple[Order, ...], at: int, order: Order) -> tuple[Order, ...]:
    return (*orders[:at], order, *orders[at + 1 :])
