"""Pronouns and descriptions stand for whoever the words make most likely, or for nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def meant(reading: Reading, words: str, occurrence: int = 0) -> str | None:
    """Return the id of the actor that these words mention at their nth occurrence."""
    text = reading.report.text
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(words, at + 1)
    for actor in reading.actors:
        if (at, at + len(words)) in actor.mentions:
            return actor.id
    return None


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Brazil said it would abstain.", "it", "bra"),
        ("Brazil defended its vote.", "its", "bra"),
        ("Brazil would sign only if a vote was held, its government said.", "its", "bra"),
        ("Brazil would never sign the pact, it said.", "it", "bra"),
        ("NATO met. Brazil had broken the pact, it said.", "it", "org:nato"),
        ("Ali Bawa would not step down, he said.", "he", "person:ali-bawa"),
        ("President Juan Mora spoke. He then left.", "He", "person:juan-mora"),
        ("Spokeswoman Rita Lund met minister Juan Mora. She smiled.", "She", "person:rita-lund"),
        ("Cuban officials said they were ready.", "they", "cub/officials"),
        ("Juan Mora, who leads the talks, was late.", "who", "person:juan-mora"),
        ("Kuwait and Iraq disagree. The two countries will meet again.", "The two countries", "group:irq+kwt"),
        ("Kuwait blamed Iraq. Both sides refused to yield.", "Both sides", "group:irq+kwt"),
        ("NATO held a summit. The alliance said it was united.", "The alliance", "org:nato"),
        ("Hungary's foreign ministry spoke. The ministry said no.", "The ministry", "hun/foreign-ministry"),
        ("Reuters had the story. The agency cited officials.", "The agency", "outlet:reuters"),
        ("French President Ana Petit spoke. The French leader was brief.", "The French leader", "person:ana-petit"),
        ("Togo's trade minister, Ali Bawa, spoke. The minister was brief.", "The minister", "person:ali-bawa"),
    ],
)
def test_what_stands_for_an_actor_mentions_it(reader: Read, text: str, words: str, key: str) -> None:
    assert meant(reader(text), words) == key


def test_a_pronoun_is_not_its_own_co_argument(reader: Read) -> None:
    reading = reader("President Juan Mora met premier Ali Bawa. Mora thanked him.")
    assert meant(reading, "him") != "person:juan-mora"


def test_an_it_that_stands_for_nobody_mentions_nobody(reader: Read) -> None:
    assert meant(reader("Ghana waited. It is clear that the rains failed."), "It") is None


def test_a_thing_in_between_keeps_it_from_the_state(reader: Read) -> None:
    assert meant(reader("Ghana signed. The treaty lapsed when it expired."), "it") is None


def test_the_two_leaders_join_their_members(reader: Read) -> None:
    reading = reader("President Juan Mora met Prime Minister Ali Bawa. The two leaders shook hands.")
    joined = next(a for a in reading.actors if a.members)
    assert set(joined.members) == {"person:juan-mora", "person:ali-bawa"}


def test_the_first_person_in_a_quotation_is_left_to_its_speaker(reader: Read) -> None:
    assert meant(reader('"We will not sign," said President Juan Mora.'), "We") is None


def test_it_that_claims_is_an_actor_though_a_thing_is_nearer(reader: Read) -> None:
    reading = reader("Fiji rejected the list. The paperwork, it claims, was never properly filed.")
    text = reading.report.text
    fiji = next(a for a in reading.actors if a.id == "fji")
    assert "it" in [text[s:e] for s, e in fiji.mentions]
