"""Spans, ids and scores of conditions, and odd input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.model import ConditionKind, Reading

Read = Callable[..., Reading]


def test_a_cue_may_stand_in_two_pieces(reader: Read) -> None:
    text = "The envoy said grain would only move after the fleet leaves the bay."
    (condition,) = reader(text).conditions
    assert [text[s:e] for s, e in condition.cue] == ["only", "after"]
    assert [text[s:e] for s, e in condition.consequent] == ["grain would", "move"]
    assert condition.kind is ConditionKind.NECESSARY


def test_what_preconditions_are_waived_for_is_the_consequent(reader: Read) -> None:
    text = "The ministry said there are no preconditions for a summit."
    (condition,) = reader(text).conditions
    assert condition.kind is ConditionKind.WAIVED
    assert condition.antecedent == ()
    assert [text[s:e] for s, e in condition.consequent] == ["a summit"]


def test_a_refusal_to_meet_without_preconditions_waives_nothing(reader: Read) -> None:
    assert reader("Tehran refused to meet without preconditions.").conditions == ()


def test_a_closed_past_is_no_condition(reader: Read) -> None:
    assert reader("If the dam had been finished, the valley would have flooded.").conditions == ()


def test_hard_wrapped_lines_do_not_hide_a_cue(reader: Read) -> None:
    text = "Quito would lift the ban in\nreturn for a lower levy on roses."
    (condition,) = reader(text).conditions
    assert [text[s:e] for s, e in condition.antecedent] == ["a lower levy on roses"]


def test_two_conditions_on_one_act_are_two(reader: Read) -> None:
    text = "Accra will reopen the border if Lome frees the drivers. It will close it again unless tolls fall."
    assert [str(c.kind) for c in reader(text).conditions] == ["sufficient", "exception"]


def test_surer_cues_score_higher(reader: Read) -> None:
    sure = reader("Kigali will sign only if the border reopens.").conditions[0].confidence
    less = reader("Kigali will sign when the border reopens.").conditions[0].confidence
    assert 0 < less < sure <= 1


def test_statements_name_their_conditions(reader: Read) -> None:
    reading = reader("The premier said the fleet would return if the quota rises.")
    (condition,) = reading.conditions
    assert condition.statement is not None
    assert condition.id in next(s.conditions for s in reading.statements if s.id == condition.statement)


@pytest.mark.parametrize(
    "text", ["", " ", "if", "If.", "unless unless unless", "only if only after until", "without", "?if!"]
)
def test_bare_cues_are_survived(reader: Read, text: str) -> None:
    assert reader(text).conditions == ()


WORDS = """only if unless until after , . ; " ' ) ( — then first without no preconditions as long provided that
    Oslo will would must not sign signs quotas talks the a of to be hinges on conditional made conditioned"""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40))
def test_any_order_of_words_gives_spans_inside_the_text(reader: Read, tokens: list[str]) -> None:
    text = " ".join(tokens)
    for condition in reader(text).conditions:
        assert 0 <= condition.confidence <= 1
        for start, end in (*condition.antecedent, *condition.consequent, *condition.cue):
            assert 0 <= start < end <= len(text)
        inside = [set(range(s, e)) for s, e in condition.antecedent]
        assert not any(set(range(s, e)) & a for s, e in condition.consequent for a in inside)
