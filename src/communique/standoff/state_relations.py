"""Stability by relations between all pairs of states: for coalitions and for unknown preference.

There preferences are no ranks (a coalition gains only where each member does; an unknown order is no order), so each
relation is a square of truth values, a row for each state. Memory and time go with the square and the cube of the
number of states; ``MOST`` is the limit.

Coalitions: Kilgour, Hipel, Fang and Peng, "Coalition analysis in group decision support" (GDN 10, 2001); Inohara and
Hipel, "Coalition analysis in the graph model for conflict resolution" (Systems Engineering 11, 2008). Unknown
preference: Li, Hipel, Kilgour and Fang, "Preference uncertainty in the graph model for conflict resolution" (IEEE SMC-A
34, 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from communique.errors import StandoffTooLarge
from communique.standoff.arcs import explicit_arcs, option_arcs
from communique.standoff.graph import Graph
from communique.standoff.graph_model import Concept
from communique.standoff.preferences import Ranking

MOST = 2_048
"""The limit on states."""

_SQUARES = 1 << 29  # pairs of states, over all coalitions

Relation = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Order:
    """A decision maker's preference: ``better[s, t]`` where t is preferred to s, ``unknown`` where nobody knows."""

    better: Relation
    unknown: Relation


def check_size(graph: Graph, what: str) -> None:
    """Raise StandoffTooLarge where the model has more states than relations can be made of."""
    count = graph.space.count
    if count > MOST:
        raise StandoffTooLarge(graph.model.where, f"{count:,} states; the limit for {what} is {MOST:,}")


def order(ranking: Ranking) -> Order:
    """Return a ranking as relations."""
    rank = ranking.rank
    if ranking.columns:
        return _from_columns(ranking)
    better = rank[None, :] > rank[:, None]
    unknown = np.zeros_like(better)
    for one, other in ranking.pairs:
        unknown[one, other] = unknown[other, one] = True
    return Order(better & ~unknown, unknown)


def _from_columns(ranking: Ranking) -> Order:
    truths = [(truth, weight, unknown) for truth, weight, unknown in ranking.columns]
    size = len(ranking.rank)
    if truths[0][1] is not None:
        known = np.zeros(size, np.int64)
        spread = np.zeros((size, size), np.int64)
        for truth, weight, unknown in truths:
            if unknown:
                spread += (truth[:, None] != truth[None, :]) * np.int64(abs(weight or 0))
            else:
                known += truth * np.int64(weight or 0)
        gain = known[None, :] - known[:, None]
        better = gain > spread
        return Order(better, ~better & ~better.T & ~((gain == 0) & (spread == 0)))
    undecided = np.ones((size, size), np.bool_)
    better = np.zeros_like(undecided)
    open_ = np.zeros_like(undecided)
    for truth, _, unknown in truths:
        differ = undecided & (truth[:, None] != truth[None, :])
        if unknown:
            open_ |= differ
        else:
            better |= differ & truth[None, :]
        undecided &= ~differ
    return Order(better, open_)


def meets(one: Relation, other: Relation) -> Relation:
    """Return where row s of one and row t of the other have a state in common."""
    common: Relation = one.astype(np.float32) @ other.T.astype(np.float32) > 0.5
    return common


def legal(graph: Graph) -> list[Relation]:
    """Return each decision maker's moves."""
    space = graph.space
    arcs = explicit_arcs(space) if space.model.states is not None else option_arcs(space, max(graph.limit, MOST**2))
    moves = []
    for pairs in arcs:
        reach = np.zeros((space.count, space.count), np.bool_)
        reach[pairs[:, 0], pairs[:, 1]] = True
        moves.append(reach)
    return moves


def joint(steps: Sequence[Relation], size: int) -> Relation:
    """Return what sequences of steps lead to, no mover's steps twice in a row: a relation for each mover."""
    if not steps:
        return np.zeros((size, size), np.bool_)
    stay = np.eye(size, dtype=np.bool_)
    first = [np.zeros((size, size), np.bool_) for _ in steps]
    unchanged, turn = 0, 0
    while unchanged < len(steps):
        beyond = stay.copy()
        for other, found in enumerate(first):
            if other != turn:
                beyond |= found
        reached = meets(steps[turn], beyond.T)
        unchanged = unchanged + 1 if np.array_equal(reached, first[turn]) else 0
        first[turn] = reached
        turn = (turn + 1) % len(steps)
        if len(steps) == 1:
            break
    together: Relation = np.logical_or.reduce(first)
    return together


def judge(
    incentive: Relation, replies: Relation, credible: Relation, escapes: Relation, harm: Relation
) -> dict[Concept, NDArray[np.bool_]]:
    """Return where each concept holds.

    ``incentive[s, s1]``: s1 is worth moving to from s. ``replies`` and ``credible``: what the opponents can reach, by
    moves and by improvements. ``escapes``: the mover's own moves. ``harm[s, x]``: x deters from leaving s.
    """
    lasting = harm & ~meets(~harm, escapes)
    found: dict[Concept, NDArray[np.bool_]] = {Concept.NASH: np.logical_not(incentive.any(axis=1))}
    for concept, reach, deters in (
        (Concept.GMR, replies, harm),
        (Concept.SMR, replies, lasting),
        (Concept.SEQ, credible, harm),
        (Concept.SSEQ, credible, lasting),
    ):
        found[concept] = np.logical_not((incentive & ~meets(deters, reach)).any(axis=1))
    return found


Extension = str
EXTENSIONS: dict[Extension, tuple[bool, bool]] = {
    "a": (True, False),
    "b": (False, False),
    "c": (True, True),
    "d": (False, True),
}
"""For each extension: whether a state of unknown order is worth moving to, and whether it deters."""


def uncertain(graph: Graph, maker: int) -> dict[Extension, dict[Concept, NDArray[np.bool_]]]:
    """Return where a decision maker is stable under each of the four extensions for unknown preference.

    Opponents' improvements count moves to states of unknown order in all extensions (Li et al. 2004).
    Raises StandoffTooLarge.
    """
    check_size(graph, "unknown preference")
    size = graph.space.count
    moves, orders = legal(graph), [order(ranking) for ranking in graph.rankings]
    others = [other for other in range(len(moves)) if other != maker]
    replies = joint([moves[other] for other in others], size)
    credible = joint([moves[o] & (orders[o].better | orders[o].unknown) for o in others], size)
    own, preference = moves[maker], orders[maker]
    found = {}
    for extension, (tempted, deterred) in EXTENSIONS.items():
        incentive = own & (preference.better | preference.unknown if tempted else preference.better)
        harm = ~preference.better if deterred else ~(preference.better | preference.unknown)
        found[extension] = judge(incentive, replies, credible, own, harm)
    return found


def coalitions(makers: int) -> list[tuple[int, ...]]:
    """Return the coalitions of two or more, the smallest first."""
    return [group for size in range(2, makers + 1) for group in combinations(range(makers), size)]


def coalition_stability(graph: Graph) -> dict[tuple[int, ...], dict[Concept, NDArray[np.bool_]]]:
    """Return where each coalition, single decision makers among them, has no incentive to leave a state.

    A coalition improvement leads by joint moves to a state that every member prefers. It is sanctioned by a state in
    the opponents' reach that some member does not prefer. Under SEQ and SSEQ the opponents get there by improvements
    of coalitions among themselves, no coalition moving twice in a row. SSEQ for coalitions joins Inohara and Hipel's
    CSMR and CSEQ as Rego and Vieira's does SMR and SEQ. Unknown order is no improvement. Raises StandoffTooLarge.
    """
    check_size(graph, "coalitions")
    size = graph.space.count
    if (1 << len(graph.rankings)) * size**2 > _SQUARES:
        what = f"{len(graph.rankings)} decision makers and {size:,} states"
        raise StandoffTooLarge(graph.model.where, f"{what} make too many coalitions; the limit is {_SQUARES:,} pairs")
    moves, orders = legal(graph), [order(ranking) for ranking in graph.rankings]
    everyone = range(len(moves))
    groups = [(maker,) for maker in everyone] + coalitions(len(moves))
    reach = {group: joint([moves[maker] for maker in group], size) for group in groups}
    improving = {
        group: reach[group] & np.logical_and.reduce([orders[maker].better for maker in group]) for group in groups
    }
    found = {}
    for group in groups:
        rest = tuple(maker for maker in everyone if maker not in group)
        replies = reach[rest] if rest else np.zeros((size, size), np.bool_)
        credible = joint([improving[other] for other in groups if set(other) <= set(rest)], size)
        harm = ~np.logical_and.reduce([orders[maker].better for maker in group])
        found[group] = judge(improving[group], replies, credible, reach[group], harm)
    return found
