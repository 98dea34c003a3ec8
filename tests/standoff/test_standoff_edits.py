"""What-if edits: one thing changed, all else and all evidence kept."""

from __future__ import annotations

import pytest

from communique.errors import UnknownInStandoff
from communique.standoff import Concept, PreferenceStatement, StatementPreference, parse_model, solve
from communique.standoff.edits import (
    AddStatement,
    DropInfeasibility,
    DropStatement,
    Edit,
    FixOption,
    MoveStatement,
    edited,
)

MODEL = parse_model(
    {
        "decision_makers": [
            {
                "name": "A",
                "options": [{"name": "a", "evidence": ["s1"]}],
                "preferences": [{"statement": "b", "evidence": ["s2"]}, "NOT a"],
            },
            {"name": "B", "options": ["b"], "preferences": ["b IFF a", "a"]},
            {"name": "C", "options": ["c"], "ranking": ["--Y", "--N"]},
        ],
        "infeasible": [{"formula": "a AND c", "evidence": ["s3"]}],
    }
)


def wishes(edits: list[Edit], maker: int = 0) -> list[str]:
    preference = edited(MODEL, edits).decision_makers[maker].preference
    assert isinstance(preference, StatementPreference)
    return [statement.formula for statement in preference.statements]


def test_statements_are_dropped_added_and_moved() -> None:
    assert wishes([DropStatement("A", 1)]) == ["NOT a"]
    assert wishes([AddStatement("A", PreferenceStatement("c"))]) == ["b", "NOT a", "c"]
    assert wishes([AddStatement("A", PreferenceStatement("c"), 1)]) == ["c", "b", "NOT a"]
    assert wishes([MoveStatement("B", 1, 2)], 1) == ["a", "b IFF a"]
    assert wishes([MoveStatement("A", 1, 2), DropStatement("A", 1)]) == ["b"]


def test_evidence_stays_with_what_is_left() -> None:
    changed = edited(MODEL, [DropStatement("A", 2), FixOption("b", True)])
    preference = changed.decision_makers[0].preference
    assert isinstance(preference, StatementPreference)
    assert preference.statements[0].evidence == ("s2",)
    assert changed.options[0].evidence == ("s1",)
    assert changed.infeasible[0].evidence == ("s3",)


def test_a_fixed_option_leaves_the_states_that_have_it() -> None:
    assert solve(MODEL).states == 6
    taken = solve(edited(MODEL, [FixOption("a", True)]), strict=False)
    assert [taken.label(number + 1) for number in range(taken.states)] == ["YNN", "YYN"]
    assert solve(edited(MODEL, [FixOption("c", False)]), strict=False).states == 4


def test_a_dropped_condition_changes_the_equilibria() -> None:
    before = solve(MODEL).equilibria(Concept.NASH)
    after = solve(edited(MODEL, [DropStatement("B", 1), AddStatement("B", PreferenceStatement("b"), 1)]))
    assert before != after.equilibria(Concept.NASH)


def test_what_was_ruled_out_can_be_let_in() -> None:
    assert solve(edited(MODEL, [DropInfeasibility(1)])).states == 8


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (DropStatement("A", 3), "no preference statement of A 3; there are 2"),
        (DropStatement("A", 0), "no preference statement of A 0"),
        (DropStatement("Japan", 1), "no decision maker 'Japan'"),
        (MoveStatement("A", 3, 1), "no preference statement of A 3"),
        (DropStatement("C", 1), "C has no preference statements"),
        (FixOption("d", True), "no option 'd'"),
        (DropInfeasibility(2), "no infeasible combination 2"),
    ],
)
def test_an_edit_of_what_there_is_not_is_refused(edit: Edit, reason: str) -> None:
    with pytest.raises(UnknownInStandoff, match=reason):
        edited(MODEL, [edit])
