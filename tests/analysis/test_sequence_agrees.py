"""Positions, changes and the standoff derive from one sequence: they never disagree, whatever is on record."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from communique.analysis.evidence import Evidence, HeldCondition
from communique.analysis.positions import position_of
from communique.analysis.sequence import kind_of, sequence_of
from communique.model import ConditionKind, Stance

_KINDS = {Stance.FOR: "for", Stance.OPEN: "for", Stance.CONDITIONAL: "conditional", Stance.AGAINST: "against"}


@st.composite
def records(draw: st.DrawFn) -> list[Evidence]:
    """What a party said of an issue: days, ranks, sureness, voices and conditions as they come."""
    number = count(1)
    return [
        _said(
            next(number),
            draw(st.dates(min_value=date(2021, 1, 1), max_value=date(2024, 1, 1))).isoformat(),
            draw(st.sampled_from(Stance)),
            draw(st.integers(0, 6)),
            draw(st.sampled_from((0.3, 0.5, 0.7, 0.9))),
            draw(st.integers(1, 4)),
            draw(st.sampled_from(("", "necessary", "exception"))),
        )
        for _ in range(draw(st.integers(0, 9)))
    ]


def _said(number: int, day: str, stance: Stance, rank: int, sure: float, voice: int, kind: str) -> Evidence:
    held = (HeldCondition("c", ConditionKind(kind), "Somalia pays", "it stays", "ken", "som", 0.9),) if kind else ()
    return Evidence(
        number, f"s{number}", f"r{number}", None, None, None, day, day, "ken", "Kenya", "ken", rank, "assert", stance,
        "", (), sure, voice, 1, held,
    )  # fmt: skip


@given(records())
def test_a_party_stands_where_its_last_turn_left_it(spoken: list[Evidence]) -> None:
    sequence = sequence_of(spoken)
    position = position_of(sorted(spoken, key=lambda e: e.day, reverse=True), "ken", "fee", "2024-06-01")
    if not sequence.points:
        assert position is None
        return
    assert position is not None
    standing = sequence.standing
    assert standing is not None
    assert _KINDS[position.stance] == standing.kind == kind_of(position.decisive)
    if sequence.turns:
        assert sequence.turns[-1].second.kind in {stretch.kind for stretch in sequence.stretches[1:]}
        assert all(turn.first.kind != turn.second.kind for turn in sequence.turns)
    assert not (position.tentative and sequence.turns)


@given(records())
def test_the_order_in_which_reports_arrive_tells_nothing(spoken: list[Evidence]) -> None:
    assert sequence_of(spoken) == sequence_of(list(reversed(spoken)))


@given(records())
def test_what_a_tentative_position_rests_on_turns_nothing(spoken: list[Evidence]) -> None:
    sequence = sequence_of(spoken)
    if any(stretch.tentative for stretch in sequence.stretches):
        assert len(sequence.stretches) == 1
