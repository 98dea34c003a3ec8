"""Who speaks, and for whom, where a report or a document tells it in pieces."""

from __future__ import annotations

import pytest

from communique.model import Act, Actor, Reading, Statement
from communique.reading.pipeline import read


def words(reading: Reading, statement: Statement) -> str:
    return " ".join(reading.report.text[start:end] for start, end in statement.content)


def speaker(reading: Reading, held: str) -> Actor:
    found = [s for s in reading.statements if held in words(reading, s)]
    assert found, [words(reading, s) for s in reading.statements]
    own = min(found, key=lambda s: len(words(reading, s))).speaker
    return next(a for a in reading.actors if a.id == own)


OFFICE_FIRST = [
    (
        (
            "Peru will not sign a pact with Chile while the queue lasts, Lima's top negotiator said Friday.\n\n"
            '"One does not trade in the dark," Selma Quintoro told reporters.'
        ),
        "Peru will not sign",
        ("Selma Quintoro", "PER"),
    ),
    (
        (
            "KABUL - Iran's ambassador-at-large for water warned on Monday that patience had run out.\n\n"
            "Speaking in Zahedan, Hamed Darvishi said that his country had received four percent."
        ),
        "his country had received",
        ("Hamed Darvishi", "IRN"),
    ),
    (
        (
            "Kenya's trade minister says the tariff will stay, after her Ugandan counterpart warned of a ban.\n\n"
            "Minister Grace Wambui told a committee that she had made it clear."
        ),
        "the tariff will stay",
        ("Grace Wambui", "KEN"),
    ),
]


@pytest.mark.parametrize(("text", "held", "expected"), OFFICE_FIRST)
def test_who_is_told_by_office_first_and_by_name_after_it(text: str, held: str, expected: tuple[str, str]) -> None:
    actor = speaker(read(text), held)
    assert (actor.name, actor.country) == expected


def test_who_asked_not_to_be_named_is_not_the_next_who_is() -> None:
    text = (
        "Chad will leave the pact, a senior Chadian official, who asked not to be named, said on Monday.\n\n"
        '"Nobody has left anything," Aline Mercier told reporters.'
    )
    assert speaker(read(text), "Chad will leave").name != "Aline Mercier"


def test_any_diplomat_is_not_the_next_who_is_named() -> None:
    text = (
        "The catch must fall, a Spanish diplomat said on Monday.\n\n"
        '"It stops at twelve miles," Peteris Kalnins told reporters.'
    )
    assert speaker(read(text), "twelve miles").country is None


def test_a_title_in_front_makes_a_name_the_subject() -> None:
    text = (
        "Its spokesperson, Vania Siregar, said that the ships were on patrol.\n\n"
        "In Kota Kinabalu, assemblyman Jeffrey Masidi slammed the government for its silence.\n\n"
        '"Whose oil is it? Has anyone asked?" he said.'
    )
    reading = read(text)
    assert speaker(reading, "Whose oil").name == "Jeffrey Masidi"
    assert "Kota Kinabalu" not in {a.name for a in reading.actors}


def test_an_official_tells_the_will_of_his_own_state() -> None:
    text = (
        "The undersecretary, Marta Fuenzal, spoke of stolen cars. Fuenzal said Chile was willing to try a single stamp."
    )
    assert speaker(read(text), "Chile was willing").country == "CHL"


def test_an_analyst_tells_the_will_of_any_state() -> None:
    text = "The analyst Marta Fuenzal spoke of stolen cars. Fuenzal said Chile was willing to try a single stamp."
    assert speaker(read(text), "Chile was willing").country is None


def test_a_representative_in_a_city_has_his_name_after_it() -> None:
    text = (
        'The representative of the Polisario Front in Algiers, Mr. Omar Lamine Bachir, hailed "the constant position".'
    )
    assert speaker(read(text), "constant position").name == "Omar Lamine Bachir"


def test_answers_are_those_of_the_one_who_opened_the_briefing() -> None:
    text = (
        "Briefing by the Government Spokesperson of the Republic of Moldova, 9 December 2026\n\n"
        "Ludmila Racu: Good morning. The Government decided to extend the state of alert.\n\n"
        "Question (Wire): Why was the offer refused?\n\n"
        "Answer: You would have to ask them. We have not closed any valve.\n"
    )
    actor = speaker(read(text), "We have not closed any valve")
    assert (actor.name, actor.country) == ("Ludmila Racu", "MDA")


def test_a_thread_of_posts_is_read_by_who_posted() -> None:
    text = (
        "Thread collected from X\n\n"
        "Esteban Larrea (@LarreaEC), Minister of Production of Ecuador, 14 June, 07:51\n"
        "From Monday the fee rises. We will not wait a day.\n\n"
        "Catalina Uribe (@curibe), Minister of Commerce of Colombia, 14 June, 09:20\n"
        "The fee hurts your own consumers. We will not sell one more kilowatt.\n\n"
        "Esteban Larrea (@LarreaEC), 14 June, 11:02\n"
        "We have already signed with Peru.\n"
    )
    reading = read(text)
    for held, expected in (("From Monday", "ECU"), ("one more kilowatt", "COL"), ("signed with Peru", "ECU")):
        assert speaker(reading, held).country == expected


def test_a_press_release_that_names_nobody_is_of_the_state_that_it_speaks_for() -> None:
    text = (
        "No: 187, 22 July 2026, Press Release Regarding the Marine Park Declared by Greece\n\n"
        "The park has no legal effect. We do not accept this and will not accept it.\n\n"
        "Türkiye has proposed on numerous occasions that the two countries cooperate. We regret the silence.\n\n"
        "If Greece abandons unilateral steps, Türkiye is prepared to begin negotiations.\n"
    )
    assert speaker(read(text), "the silence").country == "TUR"


def test_what_the_parties_to_an_agreement_shall_do_they_promise() -> None:
    text = (
        "AGREEMENT\nbetween Chad and Niger on the joint use of the lake\n\n"
        'Chad and Niger, hereinafter "the Parties",\nHave agreed as follows:\n\n'
        "Article 1\nDisputes shall be settled by negotiation. The Chadian Party shall withdraw its cameras.\n\n"
        "Article 2\nIn case of divergence the French text shall prevail.\n"
    )
    acts = {words(reading, s).split()[0]: s.act for reading in (read(text),) for s in reading.statements}
    assert acts["Disputes"] is Act.PROMISE
    assert Act.DEMAND not in acts.values()
