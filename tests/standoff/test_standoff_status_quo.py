"""What can be reached from a state, against a walk over all legal sequences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from communique.errors import UnknownInStandoff
from communique.standoff import GraphModel, parse_model
from communique.standoff.graph import Layout, build
from communique.standoff.status_quo import Reach, reachable, status_quo
from standoff_models import explicit, option_form
from standoff_naive import Naive


def walked(naive: Naive, start: int, improving: bool) -> dict[int, int]:
    """The least number of moves to each state, nobody moving twice in a row."""
    step = naive.improving if improving else naive.legal
    least = {start: 0}
    seen = {(start, -1)}
    frontier = list(seen)
    moves = 0
    while frontier:
        moves += 1
        found = {(x, i) for s, last in frontier for i in naive.makers if i != last for x in step(i, s)} - seen
        seen |= found
        frontier = list(found)
        for x, _ in found:
            least.setdefault(x, moves)
    return least


def check_paths(model: GraphModel, naive: Naive, reach: Reach, least: dict[int, int]) -> None:
    step = naive.improving if reach.improving else naive.legal
    for number in range(1, naive.states + 1):
        path = reach.path(number)
        assert reach.moves[number - 1] == least.get(number - 1, -1)
        if number - 1 not in least:
            assert path is None
            continue
        assert path is not None
        assert len(path) == least[number - 1]
        here, last = reach.start - 1, ""
        for move in path:
            assert move.maker != last
            assert move.to - 1 in step(model.names.index(move.maker), here)
            here, last = move.to - 1, move.maker
        assert here == number - 1


@pytest.mark.parametrize("layout", ["cube", "arcs"])
def test_each_state_is_reached_in_the_fewest_moves_by_a_path_that_can_be_walked(layout: Layout) -> None:
    @settings(max_examples=60, deadline=None)
    @given(explicit() | option_form(), st.data())
    def check(models: Any, data: Any) -> None:
        model, naive = models
        assume(naive.states)
        start = data.draw(st.integers(1, naive.states))
        found = reachable(build(model, strict=False, layout=layout), start)
        check_paths(model, naive, found.legal, walked(naive, start - 1, False))
        check_paths(model, naive, found.improving, walked(naive, start - 1, True))

    check()


TALKS: dict[str, Any] = {
    "decision_makers": [
        {"name": "A", "options": ["a"], "preferences": ["a"]},
        {"name": "B", "options": [{"name": "b", "direction": "forward"}], "preferences": ["NOT b"]},
    ],
    "infeasible": ["YY"],
    "status_quo": {"taken": ["a"]},
}


def test_the_status_quo_of_the_model_is_where_one_starts() -> None:
    found = status_quo(parse_model(TALKS))
    assert (found.state, found.legal.moves.tolist(), found.improving.moves.tolist()) == (2, [1, 0, 2], [-1, 0, -1])
    assert [far.tolist() for far in found.legal.last] == [[1, -1, -1], [-1, -1, 2]]
    assert status_quo(parse_model(TALKS), "NN").state == 1


def test_a_state_must_be_named_and_feasible() -> None:
    without = {key: value for key, value in TALKS.items() if key != "status_quo"}
    with pytest.raises(ValueError, match="name a state"):
        status_quo(parse_model(without))
    for state in ("YY", "4", 0, "Y", "peace", "Y" * 5_000):
        with pytest.raises(UnknownInStandoff):
            status_quo(parse_model(without), state)
    with pytest.raises(UnknownInStandoff, match=r"status quo \(a, b\) is not feasible"):
        status_quo(parse_model({**TALKS, "status_quo": ["b", "a"]}))
