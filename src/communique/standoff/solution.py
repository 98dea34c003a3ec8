"""What the analysis of a model finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from communique.errors import BadStandoff
from communique.standoff.graph import Graph, Layout, build
from communique.standoff.graph_model import Concept, GraphModel
from communique.standoff.moves_protocol import Mask
from communique.standoff.stability import SANCTIONED, stability
from communique.standoff.state_relations import EXTENSIONS, coalition_stability, uncertain
from communique.standoff.state_space import MOST_STATES

Stability = Mapping[Concept, Mapping[str, Mask]]
"""Where a state is stable: by concept and decision maker, a truth value a state."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Stability of every state under every concept.

    Where some preference is unknown, ``stable`` is extension a, under which a state is stable only where it is under
    all four, and ``uncertain`` has each extension. ``strong`` is given where somebody's preference has two degrees:
    each improvement leads to a state that is strongly less preferred. ``coalitions``, where asked for, has for each
    coalition of two or more where it stays put; ``without_moves`` where a decision maker is stable for having no move.
    States are numbered from 1 in what methods return, and from 0 in masks.
    """

    model: GraphModel
    states: int
    stable: Stability
    without_moves: Mapping[str, Mask]
    strong: Stability | None = None
    uncertain: Mapping[str, Stability] | None = None
    coalitions: Mapping[tuple[str, ...], Mapping[Concept, Mask]] | None = None
    graph: Graph = field(repr=False, compare=False, kw_only=True)

    def equilibria(self, concept: Concept) -> tuple[int, ...]:
        """Return the numbers of the states that are stable for all."""
        return numbers(_all(self.stable[concept], self.states))

    def strong_equilibria(self, concept: Concept) -> tuple[int, ...]:
        """Return the equilibria that are strongly stable for all; none where preference has one degree."""
        return numbers(_all(self.strong[concept], self.states)) if self.strong else ()

    def coalition_equilibria(self, concept: Concept) -> tuple[int, ...]:
        """Return the equilibria that no coalition leaves. Raises ValueError where coalitions were not asked for."""
        if self.coalitions is None:
            raise ValueError("solve(..., coalitions=True) finds these")
        held = _all(self.stable[concept], self.states)
        for found in self.coalitions.values():
            held = held & found[concept]
        return numbers(held)

    def label(self, number: int) -> str:
        """Return a state's name or pattern."""
        return self.graph.space.label(number - 1)

    def as_json(self) -> dict[str, Any]:
        """Return the solution as JSON values."""
        found: dict[str, Any] = {
            "equilibria": {concept.value: list(self.equilibria(concept)) for concept in Concept},
            "stable": _listed(self.stable),
            "states": self.states,
            "without_moves": {name: list(numbers(mask)) for name, mask in self.without_moves.items()},
        }
        if self.strong is not None:
            found["strong"] = {
                "equilibria": {concept.value: list(self.strong_equilibria(concept)) for concept in SANCTIONED},
                "stable": _listed(self.strong),
            }
        if self.uncertain is not None:
            found["uncertain"] = {
                extension: {
                    "equilibria": {c.value: list(numbers(_all(held[c], self.states))) for c in Concept},
                    "stable": _listed(held),
                }
                for extension, held in self.uncertain.items()
            }
        if self.coalitions is not None:
            found["coalitions"] = {
                "equilibria": {concept.value: list(self.coalition_equilibria(concept)) for concept in Concept},
                "stable": [
                    {"members": list(members), **{c.value: list(numbers(held[c])) for c in Concept}}
                    for members, held in self.coalitions.items()
                ],
            }
        return found


def numbers(mask: Mask) -> tuple[int, ...]:
    """Return the numbers, from 1, of the states marked."""
    return tuple((np.flatnonzero(mask) + 1).tolist())


def _all(held: Mapping[str, Mask], states: int) -> Mask:
    result = np.ones(states, np.bool_)
    for mask in held.values():
        result &= mask
    return result


def _listed(stable: Stability) -> dict[str, dict[str, list[int]]]:
    return {c.value: {name: list(numbers(mask)) for name, mask in held.items()} for c, held in stable.items()}


def solve(
    model: GraphModel,
    *,
    coalitions: bool = False,
    limit: int = MOST_STATES,
    strict: bool = True,
    layout: Layout | None = None,
    concepts: Collection[Concept] = tuple(Concept),
) -> Solution:
    """Find every state's stability for every decision maker, and so the equilibria, under each of the ``concepts``.

    ``limit`` is the most states, ``strict`` refuses contradictory preferences, ``layout`` chooses how moves are laid
    out (the result is the same). Raises BadStandoff and its kinds, NoFeasibleState, StandoffTooLarge.
    """
    return solve_graph(
        build(model, limit=limit, strict=strict, layout=layout), coalitions=coalitions, concepts=concepts
    )


def solve_graph(graph: Graph, *, coalitions: bool = False, concepts: Collection[Concept] = tuple(Concept)) -> Solution:
    """Find the same for a model made ready. Raises StandoffTooLarge."""
    names = graph.model.names
    two_degrees = any(ranking.strongly_below is not None for ranking in graph.rankings)
    if graph.unknown and two_degrees:
        raise BadStandoff(graph.model.where, "unknown preference and strong preference do not go together in one model")
    uncertainties = {name: uncertain(graph, maker) for maker, name in enumerate(names)} if graph.unknown else None
    wanted = {Concept.NASH, *concepts}
    found = {name: stability(graph, maker, wanted) for maker, name in enumerate(names)}
    stable: Stability = {c: {name: found[name][0][c] for name in names} for c in Concept if c in wanted}
    by_extension: dict[str, Stability] | None = None
    if uncertainties is not None:
        by_extension = {
            e: {c: {name: uncertainties[name][e][c] for name in names} for c in Concept} for e in EXTENSIONS
        }
        stable = by_extension["a"]
    strong: Stability | None = None
    if two_degrees:
        strong = {
            c: {n: found[n][1].get(c, found[n][0][Concept.NASH]) for n in names} for c in SANCTIONED if c in wanted
        }
    joined = coalition_stability(graph) if coalitions else None
    return Solution(
        model=graph.model,
        states=graph.space.count,
        stable=stable,
        without_moves={name: found[name][2] for name in names},
        strong=strong,
        uncertain=by_extension,
        coalitions=None
        if joined is None
        else {tuple(names[m] for m in group): held for group, held in joined.items() if len(group) > 1},
        graph=graph,
    )
