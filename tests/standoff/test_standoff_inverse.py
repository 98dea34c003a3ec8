"""The smallest changes of preference that make a wished-for state an equilibrium, against all rankings there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from communique.errors import BadStandoff, StandoffTooLarge, UnknownInStandoff
from communique.standoff import Concept, GraphModel, PayoffPreference, PreferenceStatement, parse_model, solve
from communique.standoff.edits import AddStatement, DropStatement, Edit, MoveStatement, edited
from communique.standoff.inverse import Inverse, inverse
from communique.standoff.status_quo import status_quo
from communique.standoff.unlocking import unlock
from standoff_models import explicit
from standoff_naive import Naive, stable

INDEPENDENT = [Concept.NASH, Concept.GMR, Concept.SMR]


def with_payoffs(model: GraphModel, payoffs: list[tuple[int, ...]]) -> GraphModel:
    makers = zip(model.decision_makers, payoffs, strict=True)
    changed = tuple(replace(maker, preference=PayoffPreference(p)) for maker, p in makers)
    return replace(model, decision_makers=changed)


def naive_of(model: GraphModel, payoffs: list[tuple[int, ...]]) -> Naive:
    assert model.states is not None
    moves = [
        {s: {b - 1 for a, b in maker.moves if a - 1 == s} for s in range(model.states)}
        for maker in model.decision_makers
    ]

    def compare(i: int, s: int, x: int) -> str:
        gain = payoffs[i][x] - payoffs[i][s]
        return "=" if not gain else ">" if gain > 0 else "<"

    return Naive(model.states, moves, compare)


def reversed_pairs(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    pairs = combinations(range(len(one)), 2)
    return sum((one[a] - one[b]) * (other[a] - other[b]) < 0 for a, b in pairs)


@st.composite
def strict_models(draw: Any) -> tuple[GraphModel, list[tuple[int, ...]], int]:
    model, _ = draw(explicit(most_makers=3))
    assume(2 <= model.states <= 5)
    payoffs = [tuple(draw(st.permutations(range(model.states)))) for _ in model.decision_makers]
    return with_payoffs(model, payoffs), payoffs, draw(st.integers(1, model.states))


@pytest.mark.parametrize("concept", INDEPENDENT)
def test_no_ranking_nearer_than_the_change_found_makes_the_state_stable(concept: Concept) -> None:
    @settings(max_examples=25, deadline=None)
    @given(strict_models())
    def check(drawn: Any) -> None:
        model, payoffs, wished = drawn
        found = inverse(model, wished, concept)
        distances = {change.maker: change.distance for change in found.changes}
        assert all(change.proved for change in found.changes)
        for i, name in enumerate(model.names):
            nearest = min(
                reversed_pairs(payoffs[i], ranking)
                for ranking in permutations(range(model.states))
                if stable(naive_of(model, [*payoffs[:i], ranking, *payoffs[i + 1 :]]), i, wished - 1, concept.value)
            )
            assert distances.get(name, 0) == nearest

    check()


def payoffs_after(model: GraphModel, payoffs: list[tuple[int, ...]], found: Inverse) -> list[tuple[int, ...]]:
    """Rank what is moved down below what is level with the state, above all that was below it, in its old order."""
    after = list(payoffs)
    for change in found.changes:
        maker = model.names.index(change.maker)
        level = payoffs[maker][found.wished - 1]
        keys = [
            (level, 0, payoff) if number in change.demoted else (payoff, 1, 0)
            for number, payoff in enumerate(payoffs[maker], start=1)
        ]
        places = {key: place for place, key in enumerate(sorted(set(keys)))}
        after[maker] = tuple(places[key] for key in keys)
    return after


@pytest.mark.parametrize("concept", list(Concept))
def test_the_changes_make_the_state_an_equilibrium_and_reverse_as_many_pairs_as_they_say(concept: Concept) -> None:
    @settings(max_examples=40, deadline=None)
    @given(explicit(most_makers=4), st.data())
    def check(models: Any, data: Any) -> None:
        model, _ = models
        wished = data.draw(st.integers(1, model.states))
        found = inverse(model, wished, concept)
        payoffs = [maker.preference.payoffs for maker in model.decision_makers]
        after = payoffs_after(model, payoffs, found)
        assert wished in solve(with_payoffs(model, after)).equilibria(concept)
        for change in found.changes:
            i = model.names.index(change.maker)
            assert reversed_pairs(payoffs[i], after[i]) == change.distance
        assert bool(found.changes) == (wished not in solve(model).equilibria(concept))

    check()


@pytest.mark.parametrize("concept", list(Concept))
def test_the_clauses_say_exactly_which_preferences_do(concept: Concept) -> None:
    @settings(max_examples=25, deadline=None)
    @given(strict_models())
    def check(drawn: Any) -> None:
        model, payoffs, wished = drawn
        found = inverse(model, wished, concept)
        for i, name in enumerate(model.names):
            for ranking in permutations(range(model.states)):
                preferred = {s + 1 for s in range(model.states) if ranking[s] > ranking[wished - 1]}
                does = all(
                    any(not preferred & set(one) for one in clause.alternatives) for clause in found.clauses[name]
                )
                changed = naive_of(model, [*payoffs[:i], ranking, *payoffs[i + 1 :]])
                assert does == stable(changed, i, wished - 1, concept.value)

    check()


TALKS = parse_model(
    {
        "decision_makers": [
            {
                "name": "Japan",
                "options": ["shift policy"],
                "preferences": ["resume talks", "NOT shift policy"],
            },
            {
                "name": "Russia",
                "options": ["resume talks"],
                "preferences": ["resume talks IFF shift policy", "shift policy", "resume talks"],
            },
        ],
        "status_quo": {"taken": []},
    }
)


def test_what_would_unlock_talks() -> None:
    found = inverse(TALKS, "YY", Concept.NASH)
    assert [(change.maker, change.demoted, change.distance) for change in found.changes] == [("Japan", (3,), 1)]
    assert (found.moves, found.improvements) == (2, None)
    changes = unlock(TALKS, "YY", Concept.NASH).changes
    assert [change.edits for change in changes] == [(DropStatement("Japan", 2),)]
    assert 4 in solve(edited(TALKS, changes[0].edits), strict=False).equilibria(Concept.NASH)


def test_an_unlocking_can_be_asked_to_lead_there_from_the_status_quo() -> None:
    answering = edited(TALKS, [AddStatement("Japan", PreferenceStatement("shift policy IFF resume talks"))])
    assert unlock(answering, "YY", Concept.NASH).changes[0].edits == (MoveStatement("Japan", 2, 3),)
    found = unlock(answering, "YY", Concept.NASH, reached="improving")
    assert found.changes[0].steps == 3
    for change in found.changes:
        model = edited(answering, change.edits)
        assert 4 in solve(model, strict=False).equilibria(Concept.NASH)
        assert status_quo(model).improving.moves[3] == 2


def test_where_no_order_of_statements_leads_there_the_search_says_so() -> None:
    found = unlock(TALKS, "YY", Concept.NASH, reached="improving")
    assert (found.changes, found.complete) == ((), True)


def all_edits(model: GraphModel, most: int) -> list[tuple[int, tuple[Edit, ...]]]:
    """All sequences of up to ``most`` edits, with their steps."""
    found: list[tuple[int, tuple[Edit, ...]]] = [(0, ())]
    frontier = found
    for _ in range(most):
        more = []
        for steps, edits in frontier:
            here = edited(model, edits)
            for maker in here.decision_makers:
                count = len(maker.preference.statements)  # type: ignore[union-attr]
                for k in range(1, count + 1):
                    more.append((steps + count - k + 1, (*edits, DropStatement(maker.name, k))))
                    if k < count:
                        more.append((steps + 1, (*edits, MoveStatement(maker.name, k, k + 1))))
        found = found + more
        frontier = more
    return found


@pytest.mark.parametrize(("state", "concept"), [*product(["NN", "YN", "NY", "YY"], [Concept.NASH, Concept.SEQ])])
def test_no_fewer_steps_unlock_a_state(state: str, concept: Concept) -> None:
    found = unlock(TALKS, state, concept)
    number = ["NN", "YN", "NY", "YY"].index(state) + 1
    nearest = min(
        steps
        for steps, edits in all_edits(TALKS, 3)
        if number in solve(edited(TALKS, edits), strict=False).equilibria(concept)
    )
    assert found.complete
    assert {change.steps for change in found.changes} == {nearest}


def test_a_search_that_comes_to_its_limit_says_so() -> None:
    found = unlock(TALKS, "NY", Concept.NASH, most=2)
    assert (found.changes, found.looked_at, found.complete) == ((), 2, False)


def test_the_inverse_analysis_refuses_what_it_cannot_do() -> None:
    with pytest.raises(UnknownInStandoff, match="there is no state 9"):
        inverse(TALKS, 9)
    unknown = {"name": "A", "moves": [[1, 2]], "payoffs": [1, 2], "unknown": [[1, 2]]}
    with pytest.raises(BadStandoff, match="known preferences"):
        inverse(parse_model({"states": 2, "decision_makers": [unknown]}), 1)
    with pytest.raises(BadStandoff, match="ranked statements"):
        unlock(parse_model({"states": 2, "decision_makers": [{"name": "A", "payoffs": [1, 2]}]}), 1)
    many = parse_model({"states": 3_000, "decision_makers": [{"name": "A", "payoffs": list(range(3_000))}]})
    with pytest.raises(StandoffTooLarge, match="3,000 states; the limit for the inverse analysis is 2,048"):
        inverse(many, 1)
    assert np.array_equal(solve(many).stable[Concept.NASH]["A"], np.ones(3_000, np.bool_))
