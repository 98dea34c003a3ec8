"""What a party says that it did and that it did not do, and what it is told to have agreed to and denies."""

from __future__ import annotations

from functools import partial

import pytest

from communique.model import DisputedIssue, Frame, Party
from communique.record import Record
from contradicting_reports import contradicting

RIVER = Frame(
    (Party("Kenya", "KEN"), Party("Somalia", "SOM")),
    (DisputedIssue("water release", ("water",)), DisputedIssue("seized boats", ("boats",))),
)


found = partial(contradicting, RIVER)
"""What two reports, each with its day and text, contradict each other in."""

FIRED = 'Kenyan Defence Minister Ana Mwangi said: "Our guards fired warning shots over the boats."'
NEVER_FIRED = "Kenyan army spokesman Peter Oduya said that no warning shots were fired over the boats."
FIRED_AT_CROWD = 'Kenyan army spokesman Peter Oduya said: "Our guards never fired at the crowd in the market."'


def test_a_deed_told_and_then_denied_is_a_contradiction_however_long_after(record: Record) -> None:
    (one,) = found(record, ("2024-01-03", FIRED), ("2024-04-02", NEVER_FIRED))
    assert one.kind == "self"
    assert "“fired”" in one.judged.explanation


def test_a_denial_of_another_deed_is_none(record: Record) -> None:
    assert found(record, ("2024-01-03", FIRED), ("2024-04-02", FIRED_AT_CROWD)) == []


REDUCED = 'Kenyan Water Minister Ana Mwangi said: "We reduced the water release by a third. We had no choice."'
NOT_REDUCED = 'Kenyan Water Minister Ana Mwangi said: "The water release was not reduced by a single litre."'


def test_each_sentence_is_looked_at_alone(record: Record) -> None:
    (one,) = found(record, ("2024-01-03", REDUCED), ("2024-01-20", NOT_REDUCED))
    assert one.kind == "self"


def test_what_is_denied_first_may_have_been_done_since(record: Record) -> None:
    assert found(record, ("2024-01-03", NOT_REDUCED), ("2024-06-20", REDUCED)) == []


@pytest.mark.parametrize("month", ["January", "March"])
def test_what_is_told_of_two_months_is_none(record: Record, month: str) -> None:
    told = f'Kenyan Water Minister Ana Mwangi said: "We reduced the water release in {month}."'
    denied = 'Kenyan Water Minister Ana Mwangi said: "The water release was not reduced in January."'
    assert bool(found(record, ("2024-04-03", told), ("2024-09-09", denied))) == (month == "January")


WILL = 'Kenyan Water Minister Ana Mwangi said: "We would have reduced the water release if it had not rained."'


def test_what_was_not_done_is_no_deed(record: Record) -> None:
    assert found(record, ("2024-01-03", WILL), ("2024-06-20", NOT_REDUCED)) == []


AGREED = "Kenya agreed at the talks on Tuesday to hand back the seized boats, the Somali delegation said."
NONE_PROMISED = "Kenyan Fisheries Minister Ana Mwangi said that no seized boats had been promised to Somalia."
WISHED = "Kenyan Fisheries Minister Ana Mwangi said that the seized boats should be kept clean."


def test_a_consent_that_is_denied_the_next_day_is_a_telling(record: Record) -> None:
    told = found(record, ("2024-05-02", AGREED), ("2024-05-03", NONE_PROMISED))
    assert {one.kind for one in told} == {"telling"}
    assert all(one.to_check for one in told)


@pytest.mark.parametrize(("day", "text"), [("2024-05-03", WISHED), ("2024-09-03", NONE_PROMISED)])
def test_other_words_and_other_days_deny_no_consent(record: Record, day: str, text: str) -> None:
    assert found(record, ("2024-05-02", AGREED), (day, text)) == []
