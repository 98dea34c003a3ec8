"""Stances without an issue that the report shows: a verdict makes the issue, a pronoun means it, a clause tells it."""

from __future__ import annotations

import pytest

from communique.model import Stance
from conftest import Read


def stances(reader: Read, text: str, speaker: str) -> set[tuple[str, Stance]]:
    reading = reader(text)
    names = {issue.id: issue.name for issue in reading.issues}
    return {(names[e.issue], e.stance) for s in reading.statements if s.speaker == speaker for e in s.stances}


@pytest.mark.parametrize(
    ("text", "speaker", "issue", "stance"),
    [
        ("Chad rejects Libyan arbitration, thanks Niger.", "tcd", "Libyan arbitration", Stance.AGAINST),
        ("Laos said that it would not weaken the river commission.", "lao", "river commission", Stance.FOR),
        ("Laos said that it could talk about a night ferry.", "lao", "night ferry", Stance.OPEN),
        (
            "Laos said that without a pledge from Hanoi there would be no night ferry.",
            "lao",
            "night ferry",
            Stance.CONDITIONAL,
        ),
    ],
)
def test_what_a_statement_takes_a_stance_on_is_an_issue(
    reader: Read, text: str, speaker: str, issue: str, stance: Stance
) -> None:
    assert (issue, stance) in stances(reader, text, speaker)


@pytest.mark.parametrize(
    "text",
    [
        "Laos said that its prime minister had arrived in Hanoi on a new aircraft.",
        "Laos said that it had heard of a night ferry.",
        "Laos said that Vietnam rejected the night ferry.",
    ],
)
def test_what_is_only_spoken_of_is_none(reader: Read, text: str) -> None:
    assert stances(reader, text, "lao") == set()


def test_a_pronoun_means_the_issue_named_before_it(reader: Read) -> None:
    text = "Ghana wants the cocoa tariff to be abandoned. Togo said that it would keep it."
    assert {stance for _, stance in stances(reader, text, "tgo")} == {Stance.FOR}


def test_a_clause_of_the_reporter_is_a_stance_of_its_subject(reader: Read) -> None:
    text = "The fishing treaty was drafted in Oslo. Iceland's parliament has thrown out the fishing treaty."
    reading = reader(text)
    (told,) = [s for s in reading.statements if s.rule == "narrated-stance"]
    assert told.speaker == "isl/parliament"
    assert [entry.stance for entry in told.stances] == [Stance.AGAINST]


@pytest.mark.parametrize(
    "clause",
    [
        "Had Iceland thrown out the fishing treaty?",
        "Iceland might throw out the fishing treaty.",
        "Until 2010 Iceland had opposed the fishing treaty.",
        "In 1998 Iceland opposed the fishing treaty.",
    ],
)
def test_what_is_asked_possible_or_bygone_is_none(reader: Read, clause: str) -> None:
    reading = reader(f"The fishing treaty was drafted in Oslo. {clause}")
    assert not [s for s in reading.statements if s.rule == "narrated-stance"]


def test_a_condition_of_the_reporter_is_its_holders(reader: Read) -> None:
    text = (
        "Kenya and Somalia dispute the sea border. "
        "Kenya would sign the border treaty provided that Somalia withdrew its case."
    )
    reading = reader(text)
    (told,) = [s for s in reading.statements if s.rule == "narrated-condition"]
    assert told.speaker == "ken"
    assert {entry.stance for entry in told.stances} == {Stance.CONDITIONAL}
    assert [c.must_act for c in reading.conditions if c.statement == told.id] == ["som"]


def test_what_one_party_says_of_anothers_will_is_no_stance_of_the_other(reader: Read) -> None:
    text = "Ghana said that Togo wants to keep the cocoa tariff. Togo said nothing on the cocoa tariff."
    assert stances(reader, text, "tgo") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peru is weighing a withdrawal from the herring union, its minister said.", "herring union"),
        ("Peru poured cold water on the seabed mining code.", "seabed mining code"),
        ("Peru would be sorry to see the Arctic forum go, its envoy said.", "Arctic forum"),
    ],
)
def test_what_a_verdict_is_on_is_a_matter_also_where_another_is_named_beside_it(
    reader: Read, text: str, name: str
) -> None:
    reading = reader(text)
    taken = {entry.issue for statement in reading.statements for entry in statement.stances}
    assert any(name in issue.name for issue in reading.issues if issue.id in taken)
