"""Whose condition it is, whose move, and what hangs on it, where a neighbour's words could be taken for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Condition, Reading

Read = Callable[..., Reading]


def only(reading: Reading) -> Condition:
    """Return the one condition of a reading."""
    (condition,) = reading.conditions
    return condition


def name(reading: Reading, key: str | None) -> str:
    """Return an actor's name."""
    return {actor.id: actor.name for actor in reading.actors}.get(key or "", "")


def words(reading: Reading, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the words of some spans."""
    return " ".join(reading.report.text[a:b] for a, b in spans)


def test_it_inside_a_quotation_is_the_party_last_named_in_the_words(reader: Read) -> None:
    reading = reader(
        "Spain said that it was close to a deal. "
        '"There will be no talks with Chile until it withdraws from the strait," Peru\'s ambassador to Madrid said.'
    )
    assert name(reading, only(reading).must_act) == "Chile"


def test_the_readiness_that_another_welcomes_is_its_owners(reader: Read) -> None:
    reading = reader("Spain welcomes the readiness of Peru to enter into talks, on condition that Chile withdraws.")
    assert name(reading, only(reading).holder) == "Peru"
    assert name(reading, only(reading).must_act) == "Chile"


def test_what_hangs_on_it_is_what_one_is_ready_to_do_not_what_is_told_of_the_thing(reader: Read) -> None:
    reading = reader(
        '"Peru is prepared to dismantle the fence that has parted the two towns since 1909, but only if '
        'Chile opens the road," the minister said.'
    )
    assert words(reading, only(reading).consequent).startswith("dismantle the fence")


@pytest.mark.parametrize(
    ("text", "hanging"),
    [
        (
            '"If he wants to stay, the condition is that he keeps quiet," an envoy of Peru said.',
            "he wants to stay",
        ),
        ("The condition is that he keeps quiet, the envoy of Peru said.", ""),
    ],
)
def test_the_condition_is_what_is_named_as_one(reader: Read, text: str, hanging: str) -> None:
    reading = reader(text)
    assert words(reading, only(reading).antecedent) == "he keeps quiet"
    assert words(reading, only(reading).consequent) == hanging


def test_between_two_states_what_nobody_is_named_for_falls_to_the_other_and_is_held_a_guess(reader: Read) -> None:
    reading = reader(
        "Peru and Chile have quarrelled over the strait for years. "
        "Peru's foreign minister, Ana Rojas, said that talks would be held once the decree had been withdrawn."
    )
    condition = only(reading)
    assert name(reading, condition.must_act) == "Chile"
    assert condition.must_act_confidence is not None
    assert condition.must_act_confidence <= 0.5


def test_among_three_states_it_falls_to_nobody(reader: Read) -> None:
    reading = reader(
        "Peru, Spain and Chile have quarrelled over the strait for years. "
        "Peru's foreign minister, Ana Rojas, said that talks would be held once the decree had been withdrawn."
    )
    assert only(reading).must_act is None


def test_a_passive_after_should_is_a_condition_wherever_it_stands(reader: Read) -> None:
    reading = reader("Peru said that it would go to court should the draft treaty of 2011 not be signed within a year.")
    assert words(reading, only(reading).antecedent) == "the draft treaty of 2011 not be signed within a year"


def test_a_courtesy_is_no_condition(reader: Read) -> None:
    reading = reader("I should be grateful if you would have the present letter circulated as a document.")
    assert not reading.conditions
