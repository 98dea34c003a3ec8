"""Words that disown earlier ones, and two accounts of one occasion, by the other side and in a party's own words."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from communique.analysis.contradictions import Contradiction, contradictions
from communique.model import DisputedIssue, Frame, Party, Reading, Report
from communique.reading.pipeline import outcomes
from communique.record import Record

SEA = Frame(
    (Party("Kenya", "KEN"), Party("Somalia", "SOM")),
    (DisputedIssue("fishing fee", ("fee",)), DisputedIssue("joint patrols", ("patrols",))),
)


def found(record: Record, *reports: tuple[str, str]) -> list[Contradiction]:
    """What two reports, each with its day and text, contradict each other in."""
    record.follow("sea", SEA)
    texts = [Report(f"r{at}", text, outlet=f"Outlet {at}", published=day) for at, (day, text) in enumerate(reports)]
    for reading in outcomes(texts, frame=SEA):
        assert isinstance(reading, Reading)
        record.add(record.place(reading.report), reading)
    with record.reading() as connection:
        return _self_and_telling(connection)


def _self_and_telling(connection: Connection) -> list[Contradiction]:
    return contradictions(connection, disagreements=False)


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
