"""Conflicts from the literature: from their moves and preferences to the equilibria that were published."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from communique.standoff import Concept, parse_model, solve
from communique.standoff.status_quo import status_quo

GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", Path(__file__).parents[3] / "shared" / "gold"))
MODELS = GOLD / "graph_model" / "models.jsonl"
NAMES = ["Prisoners", "Cuban", "Elmira (9 states)"]


def game(a: list[int], b: list[int]) -> dict[str, Any]:
    """Two decision makers of one option each; payoffs for NN, YN, NY, YY."""
    return {
        "decision_makers": [
            {"name": "A", "options": ["a"], "payoffs": a},
            {"name": "B", "options": ["b"], "payoffs": b},
        ]
    }


# Who likes which state how much: Fang, Hipel and Kilgour (1993), chapters 2 and 3; Elmira: Kilgour, Hipel, Fang and
# Peng (2001). Y is to cooperate, to swerve.
PRISONERS_DILEMMA = game([2, 1, 4, 3], [2, 4, 1, 3])
CHICKEN = game([1, 2, 4, 3], [1, 4, 2, 3])

ELMIRA: dict[str, Any] = {
    "name": "Elmira",
    "decision_makers": [
        {
            "name": "Ministry",
            "options": [{"name": "modify", "direction": "forward"}],
            "ranking": "7 > 3 > 4 > 8 > 5 > 1 > 2 > 6 > 9",
        },
        {
            "name": "Uniroyal",
            "options": [
                {"name": "delay", "direction": "backward"},
                "accept",
                {"name": "abandon", "direction": "forward"},
            ],
            "ranking": "1 > 4 > 8 > 5 > 9 > 3 > 7 > 2 > 6",
        },
        {"name": "Local government", "options": ["insist"], "ranking": "7 > 3 > 5 > 1 > 8 > 6 > 4 > 2 > 9"},
    ],
    "infeasible": [{"at_most_one": ["delay", "accept", "abandon"]}, {"at_least_one": ["delay", "accept", "abandon"]}],
    "coalesced": ["abandon"],
    "status_quo": ["delay"],
}


def equilibria(raw: dict[str, Any]) -> dict[str, list[int]]:
    found = solve(parse_model(raw))
    return {concept.value: list(found.equilibria(concept)) for concept in Concept}


def test_prisoners_dilemma() -> None:
    both = [1, 4]
    assert equilibria(PRISONERS_DILEMMA) == {"nash": [1], "gmr": both, "smr": both, "seq": both, "sseq": both}


def test_chicken() -> None:
    one, all_but_collision = [2, 3], [2, 3, 4]
    found = equilibria(CHICKEN)
    assert found == {"nash": one, "gmr": all_but_collision, "smr": all_but_collision, "seq": one, "sseq": one}


def test_elmira_in_option_form() -> None:
    found = solve(parse_model(ELMIRA), coalitions=True)
    assert found.states == 9
    assert found.label(9) == "-NNY-"
    for concept, expected in {"nash": [5, 8, 9], "gmr": [1, 4, 5, 8, 9], "smr": [1, 4, 5, 8, 9]}.items():
        assert found.equilibria(Concept(concept)) == tuple(expected)
    assert found.equilibria(Concept.SEQ) == (5, 8, 9)


def test_the_ministry_and_uniroyal_together_leave_the_deadlock_at_elmira() -> None:
    found = solve(parse_model(ELMIRA), coalitions=True)
    assert found.coalitions is not None
    assert not found.coalitions["Ministry", "Uniroyal"][Concept.NASH][4]
    assert found.coalition_equilibria(Concept.NASH) == (8, 9)


def test_elmira_came_about_by_an_improvement_and_then_a_joint_move() -> None:
    found = status_quo(parse_model(ELMIRA))
    assert found.state == 1
    assert found.improving.path(5) is not None
    assert [step.maker for step in found.improving.path(5) or ()] == ["Local government"]
    assert found.improving.path(8) is None
    assert found.legal.moves[7] == 3


def gold() -> dict[str, dict[str, Any]]:
    if not MODELS.exists():
        pytest.skip(f"the published models may not be passed on, and there is no copy at {MODELS}")
    lines = MODELS.read_text(encoding="utf-8").splitlines()
    return {model["name"]: model for model in map(json.loads, lines)}


@pytest.mark.parametrize("name", NAMES)
def test_published_models_have_the_published_equilibria(name: str) -> None:
    model = gold()[name]
    found = solve(parse_model(model)).as_json()
    assert found["equilibria"] == model["expected"]
    if "expected_per_decision_maker" in model:
        assert found["stable"] == model["expected_per_decision_maker"]


@pytest.mark.parametrize("name", NAMES[:2])
def test_published_models_are_the_same_in_option_form(name: str) -> None:
    model = gold()[name]
    size = len(model["options"])
    every = ["".join("Y" if code >> k & 1 else "N" for k in range(size)) for code in range(1 << size)]
    raw = {
        "decision_makers": [
            {
                "name": maker["name"],
                "options": [
                    {"name": model["options"][k], "direction": model["option_directions"][k]}
                    for k in model["option_owner"][maker["name"]]
                ],
                "payoffs": maker["payoffs"],
            }
            for maker in model["decision_makers"]
        ],
        "infeasible": [pattern for pattern in every if pattern not in model["state_options"]],
    }
    found = solve(parse_model(raw))
    assert [found.label(number + 1) for number in range(found.states)] == model["state_options"]
    assert found.as_json()["equilibria"] == model["expected"]
    assert found.as_json()["stable"] == model["expected_per_decision_maker"]
