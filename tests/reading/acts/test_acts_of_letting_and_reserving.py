"""What lets a thing be, what voids it, what is reserved, and what is only asked to be made another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("But he did not object to the patrols, Peru's minister, Ana Rojas, said. Peru signed.", "promise"),
        ("Peru did not object to the patrols.", "promise"),
        ("Peru declared the treaty null and void.", "refuse"),
        ('"Should these acts be repeated, we reserve the right to review the pact," Peru said.', "threaten"),
        ("Peru doubts that there will be a treaty.", "deny"),
        ("Peru would not stand in the way of the canal, Lima said.", "promise"),
        ("Peru does not accept the patrols, Lima said.", "refuse"),
        ("There will be no patrols until the boats are back, Peru said.", "refuse"),
        ("The release of the trawler is a must, Peru said.", "demand"),
        ("The closing of the port was an unfriendly act, Peru said.", "criticise"),
        ("Peru maintains its veto on the accession, Lima said.", "reaffirm"),
        ("Peru expects Chile to give up the field.", "demand"),
        ("Peru would like to know why the school is closed.", "ask"),
        ("Peru brushed aside the charge that it armed the rebels.", "deny"),
        ("Peru called the demand blackmail.", "criticise"),
    ],
)
def test_what_is_let_be_voided_reserved_or_doubted(reader: Read, text: str, act: str) -> None:
    assert act in [s.act.value for s in reader(text).statements]


def test_another_s_proposal_is_not_refused_by_the_one_who_made_it(reader: Read) -> None:
    reading = reader("Peru rejected a demand by Chile that it open the port.")
    (chile,) = [a.id for a in reading.actors if a.name == "Chile"]
    assert [s.act.value for s in reading.statements if s.speaker == chile] == ["demand"]


def test_what_others_try_they_do_not_say(reader: Read) -> None:
    reading = reader("Peru and Chile rejected attempts by third forces to present the Treaty as a concession.")
    assert [s.act.value for s in reading.statements] == ["refuse"]
    assert "treaty" not in [stance.issue for stance in reading.statements[0].stances]


def test_what_backs_an_actor_is_no_statement(reader: Read) -> None:
    assert not reader("Hezbollah, which is supported by Iran, took the town.").statements


def test_a_relative_pronoun_means_the_word_before_it_and_no_issue(reader: Read) -> None:
    reading = reader(
        "Peru and Chile are at odds over the lease. Peru wants the lease, and Chile opposes the lease. "
        "The lease stays. \"We won't sign anything that isn't in the national interest,\" Peru said."
    )
    assert not reading.statements[-1].stances


def test_a_thing_to_be_made_another_is_neither_wanted_nor_fought(reader: Read) -> None:
    reading = reader(
        "Peru and Chile are at odds over the lease. "
        "Peru said it would only sign if the lease was cut from 99 years to 50."
    )
    assert "for" not in [stance.stance.value for stance in reading.statements[-1].stances]
