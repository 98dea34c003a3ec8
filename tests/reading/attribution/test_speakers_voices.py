"""Whose stance a statement is, who passed it on, to whom it speaks and what it answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import ActorKind, Reading, Statement

Read = Callable[..., Reading]


def by_cue(reading: Reading, cue: str) -> Statement:
    text = reading.report.text
    return next(s for s in reading.statements if any(cue in text[a:b] for a, b in s.cue))


def name(reading: Reading, actor: str | None) -> str | None:
    return next((a.name for a in reading.actors if a.id == actor), None)


def chain(reading: Reading, statement: Statement) -> list[str | None]:
    return [name(reading, relay.actor) for relay in statement.chain]


def test_an_agency_that_reports_a_stance_relays_it(reader: Read) -> None:
    reading = reader("TASS reported that Ankara remains open to talks, provided that Athens withdraws its frigates.")
    statement = by_cue(reading, "reported")
    assert name(reading, statement.speaker) == "Turkey"
    assert chain(reading, statement) == ["TASS"]


def test_an_agency_quoting_an_agency_stands_after_it(reader: Read) -> None:
    reading = reader("Yonhap, quoting KCNA, reported that Kim Jong Un had ordered the army to prepare for war.")
    assert chain(reading, by_cue(reading, "ordered")) == ["KCNA", "Yonhap"]


def test_words_quoted_by_an_agency_are_the_speakers(reader: Read) -> None:
    reading = reader("The minister was quoted by Interfax as saying that the deal was dead.")
    statement = by_cue(reading, "saying")
    assert chain(reading, statement) == ["Interfax"]
    assert reading.report.text[slice(*statement.source[0])] == "The minister"


@pytest.mark.parametrize(
    "text",
    [
        "The port was shut, Interfax quoted Deputy Foreign Minister Sergei Ryabkov as saying on Monday.",
        '"The port is shut," Interfax quoted Foreign Ministry envoy Sergei Ryabkov as saying.',
        "Interfax quoted Sergei Ryabkov as telling reporters that the port was shut.",
    ],
)
def test_an_agency_that_quotes_somebody_as_saying_relays_it(reader: Read, text: str) -> None:
    (statement,) = (reading := reader(text)).statements
    assert name(reading, statement.speaker) == "Sergei Ryabkov"
    assert chain(reading, statement) == ["Interfax"]
    assert "shut" in " ".join(text[start:end] for start, end in statement.content)


@pytest.mark.parametrize(
    "text",
    [
        "The port, said an aide, would open in May.",
        "The port of Aden would open in May, an aide, Ahmed Fahmy, said.",
        "The port of Aden would open in May, the army's chief, General Ahmed Fahmy, said on Monday.",
    ],
)
def test_whoever_commas_set_off_speaks(reader: Read, text: str) -> None:
    (statement,) = (reading := reader(text)).statements
    assert name(reading, statement.speaker) in ("aide", "Ahmed Fahmy")
    words = " ".join(text[start:end] for start, end in statement.content)
    assert words.startswith("The port")
    assert words.endswith("would open in May")


def test_a_government_s_spokesman_is_of_the_state_in_view(reader: Read) -> None:
    reading = reader("Manila will end the agreement, presidential spokesman Salvador Panelo said.")
    (speaker,) = [actor for actor in reading.actors if actor.name == "Salvador Panelo"]
    assert (speaker.country, speaker.principal) == ("PHL", "phl")


def test_the_government_is_not_that_of_a_company_s_state(reader: Read) -> None:
    reading = reader("Britain will let Huawei build the network, the government said on Tuesday.")
    assert by_cue(reading, "said").speaker == "gbr"


def test_a_president_is_of_the_state_that_begins_his_words(reader: Read) -> None:
    reading = reader("Nauru stands by Taiwan, President Lionel Aingimea said.")
    (speaker,) = [actor for actor in reading.actors if actor.name == "Lionel Aingimea"]
    assert speaker.country == "NRU"


def test_a_full_name_that_speaks_is_a_person_where_no_model_says_so(reader: Read) -> None:
    reading = reader("Teresa Ribera reiterated in Alicante that Madrid would not accept a pipeline.")
    assert by_cue(reading, "reiterated").speaker == "person:teresa-ribera"


def test_a_ministry_is_that_of_the_main_subject_not_of_a_clause_s(reader: Read) -> None:
    reading = reader("Peru would reopen the road only if Bolivia paid its debts, the foreign ministry said.")
    assert by_cue(reading, "said").speaker == "per/foreign-ministry"


def test_a_report_that_closes_the_sentence_relays_all_of_it(reader: Read) -> None:
    reading = reader("The prime minister said the tariffs would stay, the Reuters agency reported.")
    assert chain(reading, by_cue(reading, "said")) == ["Reuters"]


def test_according_to_a_newspaper_relays_what_an_official_said(reader: Read) -> None:
    reading = reader("The ambassador said the tariffs would stay, according to the Financial Times.")
    assert chain(reading, by_cue(reading, "said")) == ["Financial Times"]


def test_a_later_report_of_the_response_joins_the_chain_of_the_response(reader: Read) -> None:
    reading = reader(
        "The Norwegian government voiced anger at the ban. This response was reported by TASS and echoed by officials."
    )
    assert chain(reading, by_cue(reading, "voiced")) == ["TASS"]


@pytest.mark.parametrize(
    ("text", "cue", "told"),
    [
        ("The envoy told reporters that the road was open.", "told", "reporters"),
        ("Norway urged Russia to reopen the road.", "urged", "Russia"),
        ("Norway called on Russia to reopen the road.", "called", "Russia"),
        ("Norway demanded that Russia reopen the road.", "demanded", "Russia"),
    ],
)
def test_those_who_are_told_or_asked_are_addressed(reader: Read, text: str, cue: str, told: str) -> None:
    reading = reader(text)
    assert [name(reading, a) for a in by_cue(reading, cue).addressee] == [told]


def test_the_nameless_who_speak_are_actors(reader: Read) -> None:
    reading = reader("Shopkeepers said that sales had collapsed.")
    speaker = next(a for a in reading.actors if a.id == by_cue(reading, "said").speaker)
    assert (speaker.name, speaker.kind) == ("Shopkeepers", ActorKind.GROUP)


def test_a_statement_that_speaks_stands_for_whoever_issued_it(reader: Read) -> None:
    reading = reader("The Norwegian Foreign Ministry rejected the map. “It is a fiction,” the statement said.")
    assert by_cue(reading, "said").speaker == by_cue(reading, "rejected").speaker


def test_dissatisfaction_with_remarks_answers_the_remarks(reader: Read) -> None:
    reading = reader("Japan voiced dissatisfaction with Putin’s remarks suggesting that talks were over.")
    assert by_cue(reading, "voiced").responds_to in {s.id for s in reading.statements if s.parent is not None}


def test_a_charge_dismissed_is_the_charge_made_before(reader: Read) -> None:
    reading = reader("Mali alleged that Algeria had shot down its drone. Algeria dismissed the charge as baseless.")
    assert by_cue(reading, "dismissed").responds_to == by_cue(reading, "alleged").id


def test_i_inside_a_quotation_is_its_speaker(reader: Read) -> None:
    reading = reader("“I believe that the map is wrong,” Foreign Minister Espen Barth Eide said.")
    inner = [s for s in reading.statements if s.parent is not None]
    assert {s.speaker for s in inner} <= {by_cue(reading, "said").speaker}


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "relays"),
    [
        (
            "Nikkei reported, citing a Toyota executive, that China had threatened to cut off supplies.",
            "reported",
            "Toyota executive",
            ["Nikkei"],
        ),
        (
            "According to Tolo News, which quoted a diplomat in Kabul, Delhi would keep its mission open.",
            "According",
            "diplomat",
            ["TOLOnews"],
        ),
        (
            "Chinese media, quoting a Greenpeace specialist, claimed that other isotopes had been overlooked.",
            "claimed",
            "Greenpeace specialist",
            ["Chinese media"],
        ),
        (
            '"One cannot be parted from the other," Sergei Ryabkov said in remarks carried by TASS.',
            "said",
            "Sergei Ryabkov",
            ["TASS"],
        ),
        (
            '"Such words do harm," Zabihullah Mujahid said, as cited by Reuters.',
            "said",
            "Zabihullah Mujahid",
            ["Reuters"],
        ),
        (
            '"We are not afraid," Volodymyr Zelenskyy said through his spokesman, Serhii Nykyforov, in a message.',
            "said",
            "Volodymyr Zelenskyy",
            ["Serhii Nykyforov"],
        ),
        (
            "The state news agency BelTA, citing the president's press service, said that the border would reopen.",
            "said",
            "president's press service",
            ["BelTA"],
        ),
    ],
)
def test_whoever_a_report_cites_speaks_and_whoever_carries_it_relays(
    reader: Read, text: str, cue: str, speaker: str, relays: list[str]
) -> None:
    reading = reader(text)
    statement = by_cue(reading, cue)
    assert name(reading, statement.speaker) == speaker
    assert chain(reading, statement) == relays


def test_whom_a_report_cites_is_no_content(reader: Read) -> None:
    reading = reader("Nikkei reported, citing a Toyota executive, that China had threatened to cut off supplies.")
    contents = [reading.report.text[slice(*s.content[0])] for s in reading.statements]
    assert "a Toyota executive" not in contents
    assert "that China had threatened to cut off supplies" in contents


def test_it_said_is_not_the_state_that_the_words_are_about(reader: Read) -> None:
    reading = reader(
        "China's commerce ministry rejected the rules. The United States had pressed other countries, it said."
    )
    assert name(reading, by_cue(reading, "said").speaker) == "China's commerce ministry"


@pytest.mark.parametrize(
    "text",
    [
        "Traders were angry. One of them, Karim Deye, said that the gate must open.",
        "Scholars go further; one, Dr Karim Deye, argues that the gate must open.",
    ],
)
def test_whoever_is_named_beside_a_number_speaks(reader: Read, text: str) -> None:
    reading = reader(text)
    names = {a.id: a.name for a in reading.actors}
    assert [names.get(s.speaker or "") for s in reading.statements] == ["Karim Deye"]


def test_a_colon_after_what_is_spoken_of_makes_it_nobody(reader: Read) -> None:
    reading = reader("He met the press for an hour. On tolls: “We want our ships to go free. It is silly that we pay.”")
    assert "tolls" not in {a.name for a in reading.actors}


@pytest.mark.parametrize(
    "text",
    [
        "An official of Malta told the press that it was late, adding that should Chad turn it down, Mali would leave.",
        "The talks have failed, according to an official of Malta, adding that Mali would leave.",
    ],
)
def test_a_participle_goes_on_with_whoever_has_spoken(reader: Read, text: str) -> None:
    reading = reader(text)
    names = {a.id: a.name for a in reading.actors}
    added = [s for s in reading.statements if text[slice(*s.cue[0])] == "adding"]
    assert ["official" in names[s.speaker or ""] for s in added] == [True]


def test_who_is_told_in_a_shared_passive_says_nothing(reader: Read) -> None:
    reading = reader("The Maltese crew was arrested on Monday and told to leave the port.")
    assert not [s for s in reading.statements if s.speaker is not None]


def test_who_follows_reports_does_not_say_what_they_tell(reader: Read) -> None:
    text = "Malta has followed with concern the reports, carried by the press, that ships of Chad sank."
    assert not [s for s in reader(text).statements if s.speaker is not None]


def test_he_who_says_so_is_nobody_named_inside_what_he_says(reader: Read) -> None:
    reading = reader("David Martin spoke on Saturday. The pictures taken by Daniel Roe, he stressed, show otherwise.")
    names = {a.id: a.name for a in reading.actors}
    assert [names.get(s.speaker or "") for s in reading.statements if s.act.value == "assert"] == ["David Martin"]
