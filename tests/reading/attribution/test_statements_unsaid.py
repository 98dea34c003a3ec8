"""What is asked about, supposed, denied or left out has not been said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def contents(reading: Reading) -> list[str]:
    """Return what each statement says, in order."""
    text = reading.report.text
    return [" ... ".join(text[a:b] for a, b in s.content) for s in reading.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Has Spain promised to open the port?",
        "Did Peru accept the offer?",
        "Neither Oslo nor Lima promised to sign the pact.",
        "None of the envoys threatened to leave the talks.",
        "No government said that it would send ships.",
        "Peru left the talks without promising to sign.",
        "Instead of agreeing to the truce, Peru shelled the port.",
        "Spain has yet to say that it will come.",
        "Had Spain promised to open the port, Peru would have come.",
        "It was not clear whether Spain had threatened to close the port.",
    ],
)
def test_what_was_not_said_is_no_statement(reader: Read, text: str) -> None:
    assert contents(reader(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Only then did Spain promise to open the port.", "to open the port"),
        ("Spain promised to open the port, with no date.", "to open the port"),
        ("Lima said that no ship would come.", "no ship would come"),
        ("Peru accused Chile of firing shells, a charge Chile denies.", "firing shells"),
    ],
)
def test_what_was_said_stays(reader: Read, text: str, said: str) -> None:
    assert any(said in content for content in contents(reader(text)))


def test_what_is_denied_is_the_denial_alone(reader: Read) -> None:
    reading = reader("Peru denied on Sunday that it had agreed to open the port.")
    assert [s.act.value for s in reading.statements] == ["deny"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru denied a report in the Lima Gazette that Chile had already promised access to Bolivia.",
        "The envoy dismissed reports that Chile had offered to sign the treaty if Peru dropped a dam project.",
        "Peru rejected suggestions that Chile had agreed to open the port.",
        "There is no truth in rumours that Chile has offered to leave the pact, Peru said.",
        "Were Chile to say no, there would be no treaty, Peru said.",
    ],
)
def test_what_is_dismissed_or_supposed_is_nobodys_statement_and_no_stance(reader: Read, text: str) -> None:
    reading = reader(text)
    chile = [a.id for a in reading.actors if a.name == "Chile"]
    assert reading.statements
    assert not [s for s in reading.statements if s.speaker in chile]
    assert not [stance for s in reading.statements if s.act.value == "deny" for stance in s.stances]


def test_a_dismissed_report_sets_no_condition(reader: Read) -> None:
    text = "The envoy dismissed reports that Chile had offered to sign the treaty if Peru dropped a dam project."
    assert not reader(text).conditions


def test_what_the_dismissed_report_is_told_beside_stays(reader: Read) -> None:
    reading = reader("Peru dismissed the report. Chile, which published it, said that it would open the port.")
    assert any("open the port" in content for content in contents(reading))


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that Peru opposes the canal treaty, Chile's envoy said.",
        "It is untrue that Peru supports the canal treaty, its foreign minister said.",
        "It would be wrong to say that Peru has rejected the canal treaty, its foreign minister said.",
        "Peru's foreign minister said it is not correct that Peru has rejected the canal treaty.",
    ],
)
def test_what_is_called_untrue_is_nobodys_statement_or_stance(reader: Read, text: str) -> None:
    statements = reader(text).statements
    assert not [s for s in statements if s.stances]
    assert len([s for s in statements if s.parent is None]) == 1


def test_what_is_called_true_is_a_statement(reader: Read) -> None:
    text = "It is true that Peru opposes the canal treaty, its foreign minister said."
    assert [t.stance for s in reader(text).statements for t in s.stances] == ["against"]
