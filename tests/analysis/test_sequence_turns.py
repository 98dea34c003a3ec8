"""A party's stances on an issue as one sequence: what turned it, and what only sounds as if."""

from __future__ import annotations

from dataclasses import replace

from communique.analysis.evidence import Evidence, HeldCondition
from communique.analysis.sequence import SequencePoint, sequence_of
from communique.model import ConditionKind, Stance


def said(
    stance: Stance,
    day: str,
    rank: int = 4,
    *,
    only_if: str = "",
    voice: int = 1,
    sure: float = 0.9,
    act: str = "assert",
) -> Evidence:
    held = (HeldCondition("c", ConditionKind.NECESSARY, only_if, "", "ken", "som", 0.9),) if only_if else ()
    key = f"s-{day}-{rank}-{stance}-{voice}"
    return Evidence(
        hash(key), key, f"r-{day}", None, None, None, day, day, "ken", "Kenya", "ken", rank, act, stance, "", (),
        sure, voice, 1, held,
    )  # fmt: skip


def turned(*evidence: Evidence) -> list[tuple[str, str]]:
    return [(turn.first.kind, turn.second.kind) for turn in sequence_of(evidence).turns]


def points(evidence: list[Evidence]) -> tuple[SequencePoint, ...]:
    return sequence_of(evidence).points


def test_another_kind_of_stance_later_is_a_turn() -> None:
    assert turned(
        said(Stance.AGAINST, "2023-01-10"), said(Stance.CONDITIONAL, "2024-03-01", only_if="Somalia pays")
    ) == [("against", "conditional")]


def test_to_be_open_and_to_be_for_is_one_kind() -> None:
    assert turned(said(Stance.OPEN, "2023-01-10"), said(Stance.FOR, "2024-03-01")) == []


def test_within_a_month_nothing_turns() -> None:
    assert turned(said(Stance.AGAINST, "2023-01-10"), said(Stance.FOR, "2023-01-28")) == []


def test_one_word_between_two_of_another_kind_turns_nothing() -> None:
    steady = (said(Stance.FOR, "2023-01-10"), said(Stance.FOR, "2024-01-10"))
    assert turned(*steady, said(Stance.AGAINST, "2023-06-01")) == []
    assert turned(*steady, said(Stance.AGAINST, "2023-06-01", 6)) == [("for", "against"), ("against", "for")]
    twice = (said(Stance.AGAINST, "2023-06-01", voice=2), said(Stance.AGAINST, "2023-06-01", voice=3))
    assert turned(*steady, *twice) == [("for", "against"), ("against", "for")]


def test_what_tells_the_condition_is_the_days_word() -> None:
    (point,) = points([said(Stance.FOR, "2023-01-10"), said(Stance.CONDITIONAL, "2023-01-10", only_if="Somalia pays")])
    assert point.stance is Stance.CONDITIONAL


def test_the_nameless_the_unsure_and_what_is_recalled_make_no_point_beside_others() -> None:
    sure = said(Stance.AGAINST, "2023-01-10")
    weak = [said(Stance.FOR, "2023-03-10", 0), said(Stance.FOR, "2023-03-10", sure=0.3), said(Stance.FOR, "2022-05")]
    assert [point.evidence for point in points([sure, *weak])] == [sure]
    assert [point.evidence for point in points(weak)] == [weak[1]]


def test_an_unsure_voice_of_no_rank_turns_nothing() -> None:
    before, after = said(Stance.AGAINST, "2023-01-10"), said(Stance.FOR, "2024-01-10", sure=0.6)
    assert turned(before, after) == []
    assert turned(before, said(Stance.FOR, "2024-01-10", 6, sure=0.6)) == [("against", "for")]


def test_a_threat_and_an_exception_to_what_stays_are_no_condition() -> None:
    threat = said(Stance.CONDITIONAL, "2024-01-10", only_if="they go on", act="threaten")
    assert turned(said(Stance.AGAINST, "2023-01-10"), threat) == []
    unless = HeldCondition("c", ConditionKind.EXCEPTION, "Somalia pays", "the fee will stay", "ken", "som", 0.9)
    stays = replace(said(Stance.CONDITIONAL, "2024-01-10"), conditions=(unless,))
    assert turned(said(Stance.FOR, "2023-01-10"), stays) == []


def test_what_stands_inside_a_conditional_word_is_no_word_of_its_own() -> None:
    outer = said(Stance.CONDITIONAL, "2024-03-01", 3, only_if="Somalia pays")
    inner = replace(said(Stance.OPEN, "2024-03-01", 4), parent=outer.key)
    assert turned(said(Stance.AGAINST, "2023-01-10"), outer, inner) == [("against", "conditional")]
