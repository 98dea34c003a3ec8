"""Words that disown earlier ones, and two accounts of one occasion, by the other side and in a party's own words."""

from __future__ import annotations

from functools import partial

import pytest

from communique.model import DisputedIssue, Frame, Party
from communique.record import Record
from contradicting_reports import contradicting

SEA = Frame(
    (Party("Kenya", "KEN"), Party("Somalia", "SOM")),
    (DisputedIssue("fishing fee", ("fee",)), DisputedIssue("joint patrols", ("patrols",))),
)


found = partial(contradicting, SEA)
"""What two reports, each with its day and text, contradict each other in."""

REFUSED = "Kenyan Foreign Minister Ana Mwangi said that Kenya rejects the joint patrols with Somalia."
NEVER = "Kenyan Foreign Minister Ana Mwangi said that Kenya had never rejected the joint patrols with Somalia."
ACCEPTS = "Kenyan Foreign Minister Ana Mwangi said that Kenya now accepts the joint patrols with Somalia."


def test_never_to_have_refused_contradicts_the_refusal_however_long_ago_it_was(record: Record) -> None:
    disowning = found(record, ("2021-03-01", REFUSED), ("2024-05-02", NEVER))
    assert {one.kind for one in disowning} == {"self"}
    assert "never" in disowning[0].judged.explanation


def test_to_accept_later_what_was_refused_is_no_contradiction(record: Record) -> None:
    assert found(record, ("2021-03-01", REFUSED), ("2024-05-02", ACCEPTS)) == []


TOLD = "A Somali official, Omar Warsame, said that Kenya no longer objects to the fishing fee."
OWN = "President Peter Oduya of Kenya said that Kenya will not accept the fishing fee."


def test_the_other_sides_account_against_the_partys_own_words_is_a_telling(record: Record) -> None:
    (one,) = found(record, ("2024-05-02", TOLD), ("2024-05-02", OWN))
    assert one.kind == "telling"
    assert "according to" in one.judged.explanation


@pytest.mark.parametrize("day", ["2024-05-09", "2024-08-01"])
def test_what_is_said_on_another_occasion_is_none(record: Record, day: str) -> None:
    assert found(record, ("2024-05-02", TOLD), (day, OWN)) == []


TOGETHER = "Kenya and Somalia rejected an Ethiopian offer to send joint patrols."
NEVER_TURNED = "Kenyan Foreign Minister Ana Mwangi said that Kenya had never turned down the joint patrols of anybody."


def test_what_two_parties_did_as_one_is_disowned_by_one_of_them(record: Record) -> None:
    (one,) = found(record, ("2021-03-01", TOGETHER), ("2024-05-02", NEVER_TURNED))
    assert one.kind == "self"
    assert not one.to_check


AGREED = "Somali spokesman Omar Warsame said that Kenyan President Peter Oduya agreed to the fishing fee in the night."
NOT_AGREED = "Kenyan President Peter Oduya said that Kenya had not agreed to pay the fishing fee."


def test_who_is_said_to_have_agreed_and_says_that_it_did_not_is_told_differently(record: Record) -> None:
    tellings = found(record, ("2024-05-02", AGREED), ("2024-05-03", NOT_AGREED))
    assert {one.kind for one in tellings} == {"telling"}
    assert all(one.to_check for one in tellings)


def test_to_have_agreed_on_another_occasion_is_no_telling(record: Record) -> None:
    assert found(record, ("2024-05-02", AGREED), ("2024-08-03", NOT_AGREED)) == []


PROMISED = "A Somali official said that Kenyan President Peter Oduya had promised to resume the joint patrols in June."
TIED = (
    "Kenyan President Peter Oduya said that Kenya would resume the joint patrols only if Somalia paid the fishing fee."
)


def test_what_the_other_side_has_it_promise_outright_and_it_ties_to_a_condition_is_a_telling(record: Record) -> None:
    tellings = found(record, ("2024-05-02", PROMISED), ("2024-05-03", TIED))
    assert {one.kind for one in tellings} == {"telling"}
