"""Who must act where the words are "we", "you", an order or an army; and what "that depends" looks back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "must_act"),
    [
        (
            'Japan was firm. Japanese Foreign Minister Yoko Kamikawa said: "If we yield, the pact will lapse."',
            "Japan",
        ),
        ('Belgrade told Kosovo: "If you release the policemen, we will open the road."', "Kosovo"),
        ("Russia is silent. Peace is impossible without the withdrawal of Russian troops, Chisinau said.", "Russia"),
        ("Talks can resume only after the withdrawal of Ethiopian forces, Cairo said.", "Ethiopian forces"),
    ],
)
def test_we_you_and_armed_forces_are_resolved_to_a_side(reader: Read, text: str, must_act: str) -> None:
    reading = reader(text)
    names = {actor.id: actor.name for actor in reading.actors}
    assert [names.get(c.must_act or "") for c in reading.conditions] == [must_act]


def test_that_depends_has_the_announced_act_of_the_sentence_before_as_its_consequent(reader: Read) -> None:
    text = "Seoul would resume aid in the spring. That depends on a halt to missile tests, it said."
    (condition,) = reader(text).conditions
    assert [text[s:e] for s, e in condition.consequent] == ["Seoul would resume aid in the spring"]


def test_an_attribution_between_marks_belongs_to_neither_half(reader: Read) -> None:
    text = "If Oslo, the minister said, opens its waters, the fleet will leave, said Jan Berg, an adviser in Bergen."
    (condition,) = reader(text).conditions
    assert [text[s:e] for s, e in condition.antecedent] == ["Oslo", "opens its waters"]
    assert [text[s:e] for s, e in condition.consequent] == ["the fleet will leave"]


@pytest.mark.parametrize(
    "text", ["should", "if X, or", "only by", "without", "for talks to", "That depends on", "or else"]
)
def test_a_text_that_breaks_off_is_read(reader: Read, text: str) -> None:
    assert reader(text).notes == reader(text + "\n\n" + text).notes


@pytest.mark.parametrize("cue", ["on condition that", "provided that", "if"])
def test_a_condition_of_an_offer_is_in_the_statement_of_the_offer(reader: Read, cue: str) -> None:
    reading = reader(f"London offered Oslo a loan {cue} it lowered its quota.")
    ((statement,), (condition,)) = reading.statements, reading.conditions
    assert statement.conditions == (condition.id,)
    assert (condition.statement, condition.holder) == (statement.id, statement.speaker)


def of(reading: Reading, key: str | None) -> str | None:
    return {actor.id: actor.name for actor in reading.actors}.get(key or "")


@pytest.mark.parametrize(
    ("text", "must_act"),
    [
        (
            "Cyprus will not open talks with Turkey unless the latter withdraws its survey ship, Nicosia said.",
            "Turkey",
        ),
        ("Niger said that a pact is impossible if the Algerian complaint remains on the table.", "Algeria"),
        ("“A deal is out of the question if the constitution of Moldova stays as it is,” Russia said.", "Moldova"),
        ("“If they (Peru) keep their word, we will keep ours,” Bolivian President Luis Arce said.", "Peru"),
        (
            "Kenya met Somalia on Monday. Kenya will lift the ban if the other side returns the boats, Nairobi said.",
            "Somalia",
        ),
        ("Serbia will rejoin the forum as soon as the West pays its share, Belgrade said.", "West"),
        ("Estonia wants to see guarantees from Finland before it will sign the cable treaty.", "Finland"),
    ],
)
def test_the_one_whose_thing_is_to_change_or_who_is_pointed_at_must_act(reader: Read, text: str, must_act: str) -> None:
    found = reader(text)
    assert [of(found, c.must_act) for c in found.conditions] == [must_act]


@pytest.mark.parametrize(
    "text",
    [
        "Spain will sign if the rain stops in the valley, Madrid said.",  # weather
        "Chad will sign once the Nigerian prisoners are freed, N'Djamena said.",  # not the prisoners' nation
        "“If the former minister resigns, we will talk,” an aide said.",  # "former" before a noun points to nobody
    ],
)
def test_nobody_must_act_where_the_words_name_nobody(reader: Read, text: str) -> None:
    found = reader(text)
    assert not {of(found, c.must_act) for c in found.conditions} & {"Spain", "Nigeria", "Chad"}
