"""Conditions that were met, dropped or overtaken, the same condition in other words, and models of many parties."""

from __future__ import annotations

import pytest

from communique.model import DisputedIssue, Frame, Party, Reading, Report
from communique.reading.pipeline import outcomes
from communique.record import Record
from communique.record.query.lookup import find_issue
from communique.standoff import solve
from communique.standoff.derived.derivation import Derived, derive
from communique.standoff.derived.model_report import model_report, report_lines
from communique.standoff.derived.waits import FateKind

SEA = Frame(
    (Party("Kenya", "KEN"), Party("Somalia", "SOM")),
    (DisputedIssue("fishing fee", ("fee",)), DisputedIssue("joint patrols", ("patrols",))),
)
TIED = (
    "Kenyan Foreign Minister Ana Mwangi said on Monday that Kenya would resume the joint patrols only if Somalia paid "
    "the fishing fee."
)


def patrols(record: Record, *reports: tuple[str, str], frame: Frame = SEA, issue: str = "joint patrols") -> Derived:
    """The standoff on an issue after reports, each with its day and text."""
    record.follow("sea", frame)
    texts = [Report(f"r{at}", text, outlet=f"Outlet {at}", published=day) for at, (day, text) in enumerate(reports)]
    for reading in outcomes(texts, frame=frame):
        assert isinstance(reading, Reading)
        record.add(record.place(reading.report), reading)
    with record.reading() as connection:
        return derive(connection, find_issue(connection, issue))


def fate_after(record: Record, later: str) -> FateKind | None:
    """What became of Kenya's condition after a report four months later."""
    (only,) = patrols(record, ("2024-01-08", TIED), ("2024-05-06", later)).preconditions.all
    return only.fate.kind if only.fate else None


@pytest.mark.parametrize(
    "told",
    [
        "The joint patrols were on the agenda in Nairobi. Somalia paid the fishing fee on Friday.",
        "Somali President Omar Warsame said that Somalia had paid the fishing fee, and spoke of the joint patrols.",
        "Kenyan Foreign Minister Ana Mwangi said that Somalia had paid the fishing fee for the joint patrols.",
        "Kenyan Foreign Minister Ana Mwangi said that the demand for the fee of the joint patrols had been met.",
    ],
)
def test_what_is_told_as_done_meets_the_condition(record: Record, told: str) -> None:
    assert fate_after(record, told) is FateKind.MET


@pytest.mark.parametrize(
    "told",
    [
        "Somali President Omar Warsame said that Somalia would pay the fishing fee for the joint patrols.",
        "Kenyan Foreign Minister Ana Mwangi said that Somalia had not paid the fishing fee for the joint patrols.",
        "The joint patrols were on the agenda in Nairobi. Kenya wants Somalia to pay the fishing fee.",
        "The joint patrols were on the agenda in Nairobi. It was not known whether Somalia had paid the fishing fee.",
        TIED.replace("said", "said again"),
    ],
)
def test_what_is_wished_denied_or_said_again_leaves_it_as_it_is(record: Record, told: str) -> None:
    assert fate_after(record, told) is None


def test_a_holder_who_offers_the_matter_without_it_has_dropped_it(record: Record) -> None:
    offers = "Kenyan Foreign Minister Ana Mwangi said on Monday that Kenya would resume the joint patrols in June."
    assert fate_after(record, offers) is FateKind.DROPPED


def test_a_holder_who_will_have_none_of_it_any_more_has_left_the_condition_behind(record: Record) -> None:
    refuses = "Kenyan Foreign Minister Ana Mwangi said on Monday that Kenya would never resume the joint patrols."
    assert fate_after(record, refuses) is FateKind.OVERTAKEN


def test_parties_are_called_as_the_dossier_calls_them(record: Record) -> None:
    frame = Frame((Party("Republic of Kenya", "KEN"), Party("Federal Republic of Somalia", "SOM")), SEA.issues)
    (only,) = patrols(record, ("2024-01-08", TIED), frame=frame).preconditions.all
    assert (only.holder_name, only.must_act_name) == ("Republic of Kenya", "Federal Republic of Somalia")


def test_a_condition_that_was_set_anew_stands(record: Record) -> None:
    paid = "Somali President Omar Warsame said that Somalia had paid the fishing fee, and spoke of the joint patrols."
    found = patrols(record, ("2024-01-08", TIED), ("2024-03-04", paid), ("2024-05-06", TIED))
    assert [each.fate for each in found.preconditions.all] == [None]


def test_what_is_waited_for_no_longer_is_told_last_with_the_words_that_show_it(record: Record) -> None:
    paid = "The joint patrols were on the agenda in Nairobi. Somalia paid the fishing fee on Friday."
    found = patrols(record, ("2024-01-08", TIED), ("2024-05-06", paid))
    assert found.model is None
    assert found.preconditions.deadlocks == ()
    data = model_report(found)
    fate = data["preconditions"][0]["fate"]
    assert (fate["kind"], fate["statement"], fate["outlet"]) == ("met", None, "Outlet 1")
    lines = report_lines(data)
    assert "Waited for no longer" in lines
    assert any("“Somalia paid the fishing fee on Friday.”" in line for line in lines)


def test_one_condition_in_other_words_is_one(record: Record) -> None:
    hands = (
        "Kenyan Foreign Minister Ana Mwangi said Kenya would resume the joint patrols if Somalia hands over Musa Ali."
    )
    delivers = (
        "Kenyan President Peter Oduya said Kenya would not resume the joint patrols unless Somalia delivered Musa Ali."
    )
    (only,) = patrols(record, ("2024-01-08", hands), ("2024-05-06", delivers)).preconditions.all
    assert only.voices == 2


FIVE = ("Kenya", "KEN"), ("Somalia", "SOM"), ("Ethiopia", "ETH"), ("Uganda", "UGA"), ("Tanzania", "TZA")
RING = (
    "Kenya's foreign minister said Kenya would sign the lake treaty only if Somalia opened its ports. "
    "Somalia's foreign minister said Somalia would sign the lake treaty only if Ethiopia withdrew its troops. "
    "Ethiopia's foreign minister said Ethiopia would sign the lake treaty only if Uganda published its data. "
    "Uganda's foreign minister said Uganda would sign the lake treaty only if Tanzania closed its dam. "
    "Tanzania's foreign minister said Tanzania would sign the lake treaty only if Kenya lifted its tariffs."
)


def test_a_model_has_as_many_parties_as_the_record_follows(record: Record) -> None:
    frame = Frame(tuple(Party(*each) for each in FIVE), (DisputedIssue("lake treaty", ("treaty",)),))
    found = patrols(record, ("2024-01-08", RING), frame=frame, issue="lake treaty")
    assert {name for _, name in found.names} == {name for name, _ in FIVE}
    assert found.model is not None
    assert solve(found.model, strict=False).states > 1
    assert any(len(each.preconditions) == len(FIVE) for each in found.preconditions.deadlocks)
