"""Titles, names and the offices they give: the report's own words first, the dated lexicon second."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Actor, ActorKind, Reading

Read = Callable[..., Reading]


def by_id(reading: Reading, key: str) -> Actor:
    """Return the actor of this id."""
    return next(a for a in reading.actors if a.id == key)


@pytest.mark.parametrize(
    ("text", "key", "role", "country"),
    [
        ("Fiji's Fisheries Minister Ana Tukana said no.", "person:ana-tukana", "Fisheries Minister", "FJI"),
        ("Ana Tukana, the Fijian fisheries minister, said no.", "person:ana-tukana", "fisheries minister", "FJI"),
        ("The Fijian fisheries minister, Ana Tukana, said no.", "person:ana-tukana", "fisheries minister", "FJI"),
        ("Fijian President Ana Tukana said no.", "person:ana-tukana", "President", "FJI"),
        ("The foreign minister of Fiji, Ana Tukana, said no.", "person:ana-tukana", "foreign minister", "FJI"),
        ("U.S. Secretary of State Ana Tukana said no.", "person:ana-tukana", "Secretary of State", "USA"),
    ],
)
def test_a_title_gives_the_role_in_the_reports_words(
    reader: Read, text: str, key: str, role: str, country: str
) -> None:
    actor = by_id(reader(text), key)
    assert (actor.kind, actor.role, actor.country) == (ActorKind.PERSON, role, country)


def test_a_spokesperson_speaks_for_the_ministry(reader: Read) -> None:
    reading = reader("Chinese Foreign Ministry spokeswoman Mao Ning said Beijing was concerned.")
    assert by_id(reading, "person:mao-ning").principal == "chn/foreign-ministry"
    assert by_id(reading, "chn/foreign-ministry").principal == "chn"


def test_a_family_name_later_is_the_same_person(reader: Read) -> None:
    reading = reader("Bolivia's envoy Rosa Quispe spoke first. Quispe said the sea was a right. Ms Quispe left early.")
    assert len(by_id(reading, "person:rosa-quispe").mentions) == 3


def test_a_headline_by_family_name_finds_the_person_named_later(reader: Read) -> None:
    reading = reader("Quispe demands access to sea\n\nBolivia's envoy Rosa Quispe spoke on Monday.")
    assert len(by_id(reading, "person:rosa-quispe").mentions) >= 2


@pytest.mark.parametrize(
    ("text", "key", "country"),
    [
        ("The Danish prime minister refused.", "dnk/prime-minister", "DNK"),
        ("The strait stays open, Fiji's communications minister said.", "fji/communications-minister", "FJI"),
        ("The farm minister in The Hague said no.", "nld/farm-minister", "NLD"),
        ("The roads minister of Fiji said no.", "fji/roads-minister", "FJI"),
        (
            "Denmark would buy no gas from Gazprom, the energy minister in Copenhagen said.",
            "dnk/energy-minister",
            "DNK",
        ),
    ],
)
def test_an_office_without_a_name_is_an_office(reader: Read, text: str, key: str, country: str) -> None:
    actor = by_id(reader(text), key)
    assert (actor.kind, actor.country, actor.principal) == (ActorKind.OFFICE, country, country.lower())


def test_the_lexicon_names_the_holder_at_the_date_of_the_report(reader: Read) -> None:
    text = "The Japanese prime minister refused."
    assert by_id(reader(text, published="2019-05-01"), "person:shinzo-abe").country == "JPN"
    assert by_id(reader(text, published="2023-05-01"), "person:fumio-kishida").country == "JPN"


def test_the_reports_own_words_come_before_the_lexicon(reader: Read) -> None:
    reading = reader(
        "Japanese Prime Minister Jun Sato spoke. The Japanese prime minister refused.", published="2023-05-01"
    )
    assert len(by_id(reading, "person:jun-sato").mentions) == 2


def test_an_office_takes_the_name_that_the_report_gives_it_later(reader: Read) -> None:
    reading = reader("Mali summoned the Swedish ambassador. The ambassador, Lena Holm, stayed silent.")
    actor = by_id(reading, "person:lena-holm")
    assert actor.country == "SWE"
    assert len(actor.mentions) == 3


def test_a_counterpart_holds_the_same_office_elsewhere(reader: Read) -> None:
    reading = reader("Peru's Foreign Minister Luz Rojas met her Chilean counterpart.")
    assert by_id(reading, "chl/foreign-minister").kind is ActorKind.OFFICE


def test_a_former_minister_does_not_hold_the_office(reader: Read) -> None:
    reading = reader("Former Peruvian foreign minister Luz Rojas objected. The Peruvian foreign minister disagreed.")
    assert "per/foreign-minister" in {a.id for a in reading.actors}


def test_a_title_that_speaks_is_not_the_name_before_it(reader: Read) -> None:
    reading = reader(
        "Serbian President Aleksandar Vucic met envoys. He will speak to Vladimir Putin, the Serbian leader announced.",
        published="2024-09-12",
    )
    putin = by_id(reading, "person:vladimir-putin")
    assert (putin.country, putin.role) == ("RUS", None)
    text = reading.report.text
    assert "the Serbian leader" in [text[s:e] for s, e in by_id(reading, "person:aleksandar-vucic").mentions]


def test_a_province_before_a_speaking_title_is_no_person(reader: Read) -> None:
    reading = reader("The vessel sank off Quang Ngai Province, the Deputy Spokesperson noted.")
    assert not [a for a in reading.actors if a.kind is ActorKind.PERSON and "quang" in a.id]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing moves until the Fijian side fulfils all of its financial obligations.",
        "Chile will wait until the Fijian side withdraws, he said.",
        "The Fijian delegation rejected the plan.",
    ],
)
def test_a_nations_side_or_delegation_is_the_state(reader: Read, text: str) -> None:
    assert by_id(reader(text), "fji").country == "FJI"


def test_an_ambassador_belongs_to_the_sender_not_the_host(reader: Read) -> None:
    reading = reader("Croatia protested on Monday. Its ambassador in Belgrade said the note was delivered.")
    assert by_id(reading, "hrv/ambassador").country == "HRV"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The governor of Sakhalin, Valery Limarenko, said ferries would resume.", "governor"),
        (
            "It was signed by the President of the Commission, Valery Limarenko, on Sunday.",
            "President of the Commission",
        ),
        (
            "Valery Limarenko, Minister of State for Foreign Affairs of Fiji, met envoys.",
            "Minister of State for Foreign Affairs",
        ),
    ],
)
def test_a_title_keeps_what_it_is_over(reader: Read, text: str, role: str) -> None:
    assert by_id(reader(text), "person:valery-limarenko").role == role


def test_a_described_office_is_the_person_just_named(reader: Read) -> None:
    reading = reader("The bill was a relief to Farid Olmez. The Fijian foreign minister had told aides so.")
    assert by_id(reading, "person:farid-olmez").country == "FJI"


def test_an_office_is_whom_the_lexicon_says_held_it(reader: Read) -> None:
    reading = reader("Liz Truss brought a bill. The foreign secretary was told off.", published="2022-06-27")
    assert by_id(reading, "person:liz-truss").role == "foreign secretary"


def test_a_title_between_two_names_is_of_the_one_before_it(reader: Read) -> None:
    reading = reader(
        "At the wish of David Martin, Minister of Trade of Malta, Maria Lopez, Minister of Trade of Chad, came."
    )
    assert {a.name: a.country for a in reading.actors if a.kind is ActorKind.PERSON} == {
        "David Martin": "MLT",
        "Maria Lopez": "TCD",
    }


def test_an_age_in_brackets_parts_no_name_from_what_its_bearer_is(reader: Read) -> None:
    reading = reader("The mayor, Rosa Molina (44), said that the wall would stay.")
    assert [a.name for a in reading.actors] == ["Rosa Molina"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Malaysia lowered the ferry tax. “We will not pay,” Zamboanga's police said.", "PHL"),
        ("Iran closed the bridge. “We will not pay,” Basra's governor warned.", "IRQ"),
        ("Turkey closed the bridge. “It will be rebuilt,” Baghdad's governor warned.", "IRQ"),
        ("Poland closed the crossing. Lviv's governor said that he would reopen the road.", "UKR"),
        ("Norway closed the crossing. Warsaw's mayor said that he would reopen the road.", "POL"),
        ("Lithuania shut the bridge. Kaliningrad's governor promised to keep it open.", "RUS"),
        ("Norway closed the road. Poland's police said the road was closed.", "POL"),
        ("Spain closed the port. The police said that it was dangerous.", "ESP"),
    ],
)
def test_who_serves_a_town_is_of_the_towns_state(reader: Read, text: str, country: str) -> None:
    reading = reader(text)
    assert by_id(reading, reading.statements[-1].speaker or "").country == country


def test_governors_of_two_towns_are_two(reader: Read) -> None:
    reading = reader("Baghdad's governor said the road was closed. Warsaw's mayor said that it was open.")
    assert len({s.speaker for s in reading.statements}) == 2
