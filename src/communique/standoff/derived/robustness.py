"""How sure a verdict is: the share of the orders of preferences that the evidence leaves open in which it holds.

Statements of one rank may stand in any order. All orders are gone through where there are few, else a sample that is
the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice, permutations, product
from math import factorial, prod

from communique.standoff.derived.derivation import Derived, Ranked
from communique.standoff.graph import status_quo_state
from communique.standoff.model import Concept, GraphModel, StatementPreference
from communique.standoff.solution import solve

MOST_ORDERS = 200


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
    models = list(islice(_models(derived), MOST_ORDERS)) if total <= MOST_ORDERS else list(_sample(derived))
    held = {concept.value: 0 for concept in Concept}
    states: dict[str, int] = {}
    for model in models:
        solution = solve(model, strict=False)
        quo = status_quo_state(solution.graph)
        for concept in Concept:
            found = solution.equilibria(concept)
            held[concept.value] += quo is not None and quo + 1 in found
            if concept is Concept.SEQ:
                for number in found:
                    states[solution.label(number)] = states.get(solution.label(number), 0) + 1
    count = len(models)
    return Robustness(
        count,
        total <= MOST_ORDERS,
        {name: number / count for name, number in held.items()},
        {name: number / count for name, number in sorted(states.items(), key=lambda pair: (-pair[1], pair[0]))},
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


def _sample(derived: Derived) -> Iterator[GraphModel]:
    rng = random.Random(1)
    for _ in range(MOST_ORDERS):
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
