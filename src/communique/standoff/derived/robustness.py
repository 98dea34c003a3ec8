"""How sure a verdict is: the share of the orders of preferences that the evidence leaves open in which it holds.

Statements of one rank may stand in any order. All orders are gone through where there are few, else a sample that is
the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, permutations, product
from math import factorial, prod

from communique.standoff.derived.derivation import Derived, Ranked
from communique.standoff.graph import status_quo_state
from communique.standoff.graph_model import Concept, GraphModel, StatementPreference
from communique.standoff.solution import solve

MOST_ORDERS = 200
_MOST_STATES = 200_000
"""In all orders together: of a large model fewer are gone through, but not less than `_LEAST_ORDERS`."""
_LEAST_ORDERS = 20


@dataclass(frozen=True, slots=True)
class Robustness:
    """``orders`` that were gone through, all there are if ``complete``; by concept the share in which the status quo is
    an equilibrium, and by state (pattern) the share in which it is one under sequential stability."""

    orders: int
    complete: bool
    status_quo: dict[str, float]
    equilibria: dict[str, float]


def robustness(derived: Derived) -> Robustness:
    """Return in how many orders the verdicts hold. Raises ValueError where there is no model."""
    if derived.model is None:
        raise ValueError("there is no model")
    total = _count(derived)
    most = min(MOST_ORDERS, max(_LEAST_ORDERS, _MOST_STATES >> len(derived.model.options)))
    models = list(_models(derived)) if total <= most else list(_sample(derived, most))
    held = {concept.value: 0 for concept in Concept}
    states: dict[int, int] = {}
    for model in models:
        solution = solve(model, strict=False)
        quo = status_quo_state(solution.graph)
        for concept in Concept:
            found = solution.equilibria(concept)
            held[concept.value] += quo is not None and quo + 1 in found
            if concept is Concept.SEQ:
                for number in found:
                    states[number] = states.get(number, 0) + 1
    count = len(models)
    # The order of preferences changes no state's number.
    labelled = {solution.label(number): times for number, times in states.items()}
    return Robustness(
        count,
        total <= most,
        {name: number / count for name, number in held.items()},
        {name: number / count for name, number in sorted(labelled.items(), key=lambda pair: (-pair[1], pair[0]))},
    )


def _by_party(derived: Derived) -> dict[str, list[list[Ranked]]]:
    return {
        party: [list(several) for _, several in groupby((r for r in derived.ranked if r.party == party), _rank)]
        for party, _ in derived.names
    }


def _rank(ranked: Ranked) -> str:
    return ranked.rank


def _count(derived: Derived) -> int:
    return prod(factorial(len(several)) for ranks in _by_party(derived).values() for several in ranks)


def _models(derived: Derived) -> Iterator[GraphModel]:
    parties = _by_party(derived)
    choices = [
        [[r for part in some for r in part] for some in product(*(list(permutations(several)) for several in ranks))]
        for ranks in parties.values()
    ]
    for chosen in product(*choices):
        yield _with(derived, dict(zip(parties, chosen, strict=True)))


def _sample(derived: Derived, count: int) -> Iterator[GraphModel]:
    rng = random.Random(1)
    for _ in range(count):
        yield _with(
            derived,
            {
                party: [r for several in ranks for r in rng.sample(several, len(several))]
                for party, ranks in _by_party(derived).items()
            },
        )


def _with(derived: Derived, order: dict[str, list[Ranked]]) -> GraphModel:
    assert derived.model is not None
    makers = tuple(
        replace(maker, preference=StatementPreference(tuple(r.statement for r in order[party])))
        for (party, _), maker in zip(derived.names, derived.model.decision_makers, strict=True)
    )
    return replace(derived.model, decision_makers=makers)
