"""Who counts as an actor, of what kind, and under which id."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.model import Actor, ActorKind, Reading
from communique.reading import pipeline

Read = Callable[..., Reading]


def named(reading: Reading, words: str) -> Actor | None:
    """Return the actor that one mention names with exactly these words."""
    text = reading.report.text
    for actor in reading.actors:
        if any(text[start:end] == words for start, end in actor.mentions):
            return actor
    return None


@pytest.mark.parametrize(
    ("text", "words", "key", "kind", "country"),
    [
        ("Chile said it would sign.", "Chile", "chl", "state", "CHL"),
        ("The Peruvian government rejected the offer.", "The Peruvian government", "per", "state", "PER"),
        ("The Kenyan side asked for more time.", "The Kenyan side", "ken", "state", "KEN"),
        ("The White House said it was concerned.", "The White House", "usa", "state", "USA"),
        ("Downing Street declined to comment.", "Downing Street", "gbr", "state", "GBR"),
        ("The Dutch foreign ministry protested.", "The Dutch foreign ministry", "nld/foreign-ministry", "body", "NLD"),
        ("Ghana's defence ministry denied it.", "Ghana's defence ministry", "gha/defence-ministry", "body", "GHA"),
        ("The border service in Bishkek said no.", "The border service in Bishkek", "kgz/border-guard", "body", "KGZ"),
        ("Suren Papikyan said no.", "Suren Papikyan", "person:suren-papikyan", "person", None),
        ("Goldman Sachs said no.", "Goldman Sachs", "org:goldman-sachs", "organisation", None),
        ("The electoral agency said it rained.", "electoral agency", "unnamed:electoral-agency", "unnamed", None),
        ("The official agency said it rained.", "official agency", "outlet:official-agency", "outlet", None),
        ("The weather service said it rained.", "weather service", "unnamed:weather-service", "unnamed", None),
        ("A news agency in Oslo said it rained.", "news agency in Oslo", "outlet:news-agency-in-oslo", "outlet", None),
        ("The Knesset approved the law.", "The Knesset", "isr/parliament", "body", "ISR"),
        ("The IAEA said it needed access.", "The IAEA", "org:iaea", "organisation", None),
        ("The Houthis said they fired first.", "The Houthis", "org:houthis", "organisation", "YEM"),
        ("Yonhap reported the launch.", "Yonhap", "outlet:yonhap", "outlet", "KOR"),
        ("Finnish officials said talks would go on.", "Finnish officials", "fin/officials", "group", "FIN"),
        ("Officials in Jordan said talks would go on.", "Officials in Jordan", "jor/officials", "group", "JOR"),
        ("Analysts expect a deal.", "Analysts", "unnamed:analysts", "unnamed", None),
    ],
)
def test_an_actor_has_a_kind_a_country_and_an_id_that_stays(
    reader: Read, text: str, words: str, key: str, kind: str, country: str | None
) -> None:
    actor = named(reader(text), words)
    assert actor is not None
    assert (actor.id, actor.kind, actor.country) == (key, ActorKind(kind), country)


def test_the_state_its_government_and_its_capital_are_one_actor(reader: Read) -> None:
    reading = reader("Norway signed. The Norwegian government was pleased, and Oslo promised to pay.")
    assert {a.id for a in reading.actors} == {"nor"}


def test_a_ministry_speaks_for_its_state(reader: Read) -> None:
    actor = named(reader("Egypt's foreign ministry said no."), "Egypt's foreign ministry")
    assert actor is not None
    assert actor.principal == "egy"


def test_a_nameless_official_keeps_the_country_that_the_words_give(reader: Read) -> None:
    actor = named(reader("A senior Indian diplomat who asked not to be named said so."), "A senior Indian diplomat")
    assert actor is not None
    assert (actor.kind, actor.country) == (ActorKind.UNNAMED, "IND")


def test_an_abbreviation_that_the_report_introduces_is_the_same_actor(reader: Read) -> None:
    reading = reader("The Lake Basin Water Commission (LBWC) met on Monday. The LBWC said flows had fallen.")
    first, second = named(reading, "The LBWC"), named(reading, "LBWC")
    assert first is not None
    assert second is not None
    assert first.id == second.id


def test_an_unknown_paper_is_an_outlet_by_the_word_before_it(reader: Read) -> None:
    actor = named(reader("The minister told the daily Vestnik that he would resign."), "Vestnik")
    assert actor is not None
    assert actor.kind is ActorKind.OUTLET


def test_an_adjective_alone_names_nobody(reader: Read) -> None:
    assert reader("Swiss cheese and Belgian beer were served.").actors == ()


def test_military_exercises_are_no_army(reader: Read) -> None:
    assert not [a for a in reader("Canada observed joint military exercises.").actors if a.kind is ActorKind.BODY]


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "\u200f", "???", "a " * 500, "(((((", "President", "of the of the", "’s ’s"]
)
def test_odd_text_has_no_actors_and_no_error(reader: Read, text: str) -> None:
    assert isinstance(reader(text).actors, tuple)


def test_mentions_are_sorted_and_within_the_text(reader: Read) -> None:
    text = "Japan’s prime minister met Xi Jinping. Both leaders spoke. Tokyo said it was content, and he agreed."
    for actor in reader(text).actors:
        assert list(actor.mentions) == sorted(actor.mentions)
        assert all(0 <= start < end <= len(text) for start, end in actor.mentions)


_WORDS = (
    "the a his its Japan Japan's Tokyo Kremlin foreign minister ministry of for and , . \" ' ( ) -",
    "President Ana Tukana",
    "spokesman said he it they who both sides two leaders officials analysts NATO ( LBWC ) to from between in \n \n\n",
    "Russians Russian daily agency office counterpart General former King",
)
_PIECES = st.sampled_from([word for line in _WORDS for word in line.split(" ")])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=40))
def test_any_order_of_words_gives_a_consistent_cast(pieces: list[str]) -> None:
    reading = pipeline.read(" ".join(pieces))
    ids = {a.id for a in reading.actors}
    assert len(ids) == len(reading.actors)
    joined = {member for actor in reading.actors for member in actor.members}
    assert joined <= ids
    assert all(actor.mentions or actor.id in joined for actor in reading.actors)
