"""Who must act where no report says so."""

from __future__ import annotations

from communique.model import DisputedIssue, Frame, Party
from communique.record import Record
from communique.standoff.derived.counterparts import Counterparts

TWO = (Party("Kenya", "KEN"), Party("Somalia", "SOM"), Party("African Union"))
ISSUES = (DisputedIssue("sea border", ("maritime boundary",)),)


def of(record: Record, *parties: Party) -> Counterparts:
    record.follow("sea", Frame(parties, ISSUES))
    with record.reading() as connection:
        return Counterparts.of(connection)


def test_in_a_dispute_of_two_states_it_is_the_other_one(record: Record) -> None:
    found = of(record, *TWO)
    assert found.must_act("ken", "the maritime boundary is drawn") == "som"
    assert found.must_act("som", "the Sea Border was on the agenda") == "ken"


def test_what_has_nothing_to_do_with_it_is_nobodys(record: Record) -> None:
    found = of(record, *TWO)
    assert found.must_act("ken", "the rains fail") is None
    assert found.must_act("usa", "the sea border is drawn") is None


def test_among_three_states_nobody_can_tell(record: Record) -> None:
    assert of(record, *TWO, Party("Ethiopia", "ETH")).must_act("ken", "the sea border is drawn") is None


def test_what_the_dispute_is_about_is_no_actor_in_it(record: Record) -> None:
    found = of(record, *TWO)
    assert found.is_matter("organisation:maritime-boundary")
    assert not found.is_matter("organisation:maritime-boundary-commission")
    assert not found.is_matter("som")
