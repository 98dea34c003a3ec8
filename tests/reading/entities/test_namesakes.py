"""Namesakes: persons of one surname stay apart, and a state's name may be a part's, a town's or a person's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def speakers(found: Reading) -> list[tuple[str, str | None]]:
    actors = {a.id: (a.name, a.country) for a in found.actors}
    return [actors[s.speaker] for s in found.statements if s.speaker]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ivo Brand met Lena Brand on Monday. Ms Brand said it would rain. Mr Brand said it would not.", "Ivo Brand"),
        (
            "Kenyan minister Amina Okello met Ugandan minister Peter Okello. Okello, the Kenyan, said the road shut.",
            "Amina Okello",
        ),
        ("President John A. Kofi said it was late. President John B. Kofi said it was early.", "John B. Kofi"),
        ("Donald Trump Jr. said the tower would open.", "Donald Trump Jr."),
        ("Norway's Prime Minister Jana Støre said the bridge would open.", "Jana Støre"),
        ("Iraqi minister Fuad Hussein spoke. Foreign Minister Fuad Husein said the well was dry.", "Fuad Hussein"),
        ("Defence Minister Ola “Bear” Lund said the boats would leave.", "Ola “Bear” Lund"),
        ("Malaysian minister Datuk Seri Razak Omar said the port would open.", "Razak Omar"),
    ],
)
def test_the_bearer_of_the_name_speaks(reader: Read, text: str, last: str) -> None:
    assert speakers(reader(text))[-1][0] == last


@pytest.mark.parametrize(
    ("text", "speaker", "absent"),
    [
        ("Georgia Governor Ann Lee said the road would open.", ("Ann Lee", "USA"), "Georgia"),
        ("Georgian minister Ana Beridze said Georgia would join.", ("Ana Beridze", "GEO"), "United States"),
        ("Jordan Whitaker denied the charge.", ("Jordan Whitaker", None), "Jordan"),
        ("Jordan denied the charge.", ("Jordan", "JOR"), "Whitaker"),
        ("Jordan Police denied the charge.", ("Jordan Police", None), "Jordan Whitaker"),
        ("New Mexico rejected the plan.", ("New Mexico", None), "Mexico"),
        ("Cuba, Illinois, rejected the plan.", ("Cuba", None), "Illinois"),
        ("The Sudanese general Abdul Fatah al-Tijani said the war goes on.", ("Abdul Fatah al-Tijani", "SDN"), "Fatah"),
    ],
)
def test_a_states_name_is_not_always_the_states(
    reader: Read, text: str, speaker: tuple[str, str | None], absent: str
) -> None:
    found = reader(text)
    assert absent not in {a.name for a in found.actors}
    if "Police" not in text:
        assert speakers(found)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "Talks with Mali failed on Monday. Defence Minister Ana Paz told the cabinet in Lima that she would go.",
            "PER",
        ),
        ("After a call with Oslo, Prime Minister Ana Paz said Latvia's border would stay shut.", "LVA"),
        ("After a call with Oslo, Prime Minister Ana Paz said Latvia was to blame.", None),
    ],
)
def test_the_place_where_a_minister_speaks_and_what_is_his_tell_his_state(
    reader: Read, text: str, country: str | None
) -> None:
    assert {a.country for a in reader(text).actors if a.name == "Ana Paz"} == {country}


def test_state_media_are_those_of_whom_the_sentence_opens_with(reader: Read) -> None:
    text = "Cuban President Ana Paz turned down Lima's offer, state media reported on Monday."
    assert {a.country for a in reader(text).actors if a.name == "state media"} == {"CUB"}


def test_a_foreign_office_named_twice_is_not_therefore_the_british_one(reader: Read) -> None:
    text = "The Foreign Office met on Monday. Pakistan will pay, the Foreign Office said."
    assert "GBR" not in {a.country for a in reader(text).actors}


def test_a_name_in_another_spelling_is_the_one_named_first_that_sounds_so(reader: Read) -> None:
    text = (
        "Tarik Lemmary said on Monday that he would sign. Tarek Lemmary, the miner, said that he would not. "
        "Tarik Lemmari said on Friday that the talks were over."
    )
    names = [name for name, _ in speakers(reader(text))]
    assert names[0] == names[-1] == "Tarik Lemmary"
