"""Reasons: each move and answer in them can be made, and bears the verdict out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings

from communique.standoff import Concept, parse_model, solve
from communique.standoff.reasons import MOST_MOVES, Reason, coalition_gains, explain, explain_all
from standoff_models import explicit, option_form
from standoff_naive import Naive, sequences


def check_reason(naive: Naive, names: tuple[str, ...], reason: Reason) -> None:
    who, s = names.index(reason.maker), reason.state - 1
    better = naive.improving(who, s)
    assert reason.improvements == len(better)
    credible = reason.concept in (Concept.SEQ, Concept.SSEQ)
    lasting = reason.concept in (Concept.SMR, Concept.SSEQ)
    step = naive.improving if credible else naive.legal
    others = [i for i in naive.makers if i != who]
    if not reason.stable:
        (free, *_) = reason.answers
        assert free.to - 1 in better
        if reason.concept is not Concept.NASH:
            for end in sequences(others, step, free.to - 1):
                assert not naive.not_better(who, s, end) or (
                    lasting and not all(naive.not_better(who, s, x) for x in naive.legal(who, end))
                )
        return
    assert len(reason.answers) == min(len(better), MOST_MOVES)
    for answer in reason.answers:
        here, last = answer.to - 1, -1
        assert here in better
        assert answer.replies
        for reply in answer.replies:
            mover = names.index(reply.maker)
            assert mover not in (who, last)
            assert reply.to - 1 in step(mover, here)
            here, last = reply.to - 1, mover
        assert naive.not_better(who, s, here)
        if lasting:
            assert all(naive.not_better(who, s, x) for x in naive.legal(who, here))


@settings(max_examples=100, deadline=None)
@given(explicit() | option_form())
def test_every_reason_bears_its_verdict_out(models: Any) -> None:
    model, naive = models
    assume(naive.states)
    solution = solve(model, strict=False)
    for reason in explain_all(solution, range(1, naive.states + 1)):
        assert reason.stable == bool(solution.stable[reason.concept][reason.maker][reason.state - 1])
        assert reason.text.startswith(reason.maker)
        check_reason(naive, model.names, reason)


@settings(max_examples=60, deadline=None)
@given(explicit(most_makers=4) | option_form())
def test_a_coalitions_gain_is_a_way_that_it_can_go_and_all_gain_by(models: Any) -> None:
    model, naive = models
    assume(naive.states)
    solution = solve(model, strict=False, coalitions=True)
    assert solution.coalitions is not None
    for state in range(1, naive.states + 1):
        gains = {gain.members: gain for gain in coalition_gains(solution, state)}
        for members, held in solution.coalitions.items():
            assert (members not in gains) == bool(held[Concept.NASH][state - 1])
        for members, gain in gains.items():
            here, last = state - 1, ""
            for step in gain.path:
                assert step.maker in members
                assert step.maker != last
                assert step.to - 1 in naive.legal(model.names.index(step.maker), here)
                here, last = step.to - 1, step.maker
            assert here == gain.to - 1
            for member in members:
                assert naive.compare(model.names.index(member), state - 1, here) == ">"


DEADLOCK = parse_model(
    {
        "states": 5,
        "decision_makers": [
            {"name": "Japan", "moves": [[1, 3]], "payoffs": [2, 1, 3, 0, 1]},
            {"name": "Russia", "moves": [[3, 5], [2, 1]], "payoffs": [1, 2, 1, 0, 2]},
        ],
    }
)


@pytest.mark.parametrize(
    ("state", "maker", "concept", "text"),
    [
        (
            1,
            "Japan",
            Concept.SEQ,
            "Japan stays at 1: Japan could move to 3, but Russia would answer with 5, which Japan likes less than 1.",
        ),
        (1, "Japan", Concept.NASH, "Japan would leave 1: it could move to 3, which it prefers."),
        (1, "Russia", Concept.NASH, "Russia stays at 1: it has no move from there."),
        (2, "Russia", Concept.NASH, "Russia stays at 2: none of its moves leads to a state that it prefers."),
        (
            3,
            "Russia",
            Concept.SEQ,
            (
                "Russia would leave 3: it could move to 5, which it prefers, and no reply that the others themselves "
                "gain by would leave Russia as badly off as at 3 or worse."
            ),
        ),
    ],
)
def test_a_reason_in_words(state: int, maker: str, concept: Concept, text: str) -> None:
    assert explain(solve(DEADLOCK), state, maker, concept).text == text


def test_a_reason_where_preference_is_unknown_tells_what_it_hangs_on() -> None:
    raw = {
        "states": 2,
        "decision_makers": [
            {"name": "A", "moves": [[1, 2]], "payoffs": [1, 1], "unknown": [[1, 2]]},
            {"name": "B", "payoffs": [1, 2]},
        ],
    }
    solution = solve(parse_model(raw))
    reason = explain(solution, 1, "A", Concept.NASH)
    assert not reason.stable
    assert reason.text == (
        "A stays at 1 only if it neither tries nor fears what it cannot compare or it does not try but fears what it "
        "cannot compare."
    )
    assert "whatever" in explain(solution, 2, "A", Concept.NASH).text


def test_reasons_are_for_states_and_decision_makers_that_there_are() -> None:
    solution = solve(DEADLOCK)
    for state, maker in ((0, "Japan"), (6, "Japan"), (1, "China")):
        with pytest.raises(LookupError):
            explain(solution, state, maker, Concept.NASH)
    with pytest.raises(ValueError, match="coalitions=True"):
        coalition_gains(solution, 1)
    with pytest.raises(ValueError, match="coalitions=True"):
        solution.coalition_equilibria(Concept.NASH)
