"""Kinds of misreading found in reports, each as small texts: what is read of them now."""

from __future__ import annotations

import pytest

from communique.model import Act, Actor, ActorKind, Reading, Statement
from communique.reading.pipeline import read


def words(reading: Reading, statement: Statement) -> str:
    return " ".join(reading.report.text[start:end] for start, end in statement.content)


def statement(reading: Reading, held: str) -> Statement:
    found = [s for s in reading.statements if held in words(reading, s)]
    assert found, [words(reading, s) for s in reading.statements]
    return min(found, key=lambda s: len(words(reading, s)))


def speaker(reading: Reading, held: str) -> Actor | None:
    own = statement(reading, held).speaker
    return next((a for a in reading.actors if a.id == own), None)


def named(reading: Reading, held: str) -> str:
    actor = speaker(reading, held)
    return "" if actor is None else actor.name


def test_both_verbs_of_a_headline_have_one_subject() -> None:
    reading = read("Sudan's Burhan rejects peace talks, demands RSF withdrawal")
    assert statement(reading, "RSF withdrawal").act is Act.DEMAND
    assert named(reading, "RSF withdrawal") == "Abdel Fattah al-Burhan"


def test_a_courtesy_is_no_second_verb() -> None:
    assert not [s for s in read("It's very much alive, thank you.").statements if s.act is Act.PRAISE]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The Peruvian Foreign Ministry denounced in a statement Chile's incursion.", "Chile's incursion"),
        ("Kenya condemned in a letter Uganda's blockade.", "Uganda's blockade"),
    ],
)
def test_what_is_condemned_may_stand_after_where_it_was(text: str, held: str) -> None:
    reading = read(text)
    assert words(reading, statement(reading, held)) == held


@pytest.mark.parametrize(
    ("text", "asked", "act"),
    [
        ("Honduras rejected any talks until the Nicaraguan troops leave the island.", "leave the island", "talks"),
        (
            "Peru said it was willing to reopen the border once the clause that governs transit was honoured.",
            "was honoured",
            "reopen the border",
        ),
        (
            "Chad’s army chief Ali Deby ruled out a truce until the Free Forces withdraw from the towns.",
            "withdraw from the towns",
            "truce",
        ),
    ],
)
def test_conditions_whose_verb_the_parse_lost(text: str, asked: str, act: str) -> None:
    (condition,) = read(text).conditions
    assert any(asked in text[a:b] for a, b in condition.antecedent)
    assert any(act in text[a:b] for a, b in condition.consequent)


def test_who_turns_down_anothers_condition_does_not_speak_of_its_aim() -> None:
    reading = read("Peru's foreign minister said that Lima rejects Chile's precondition for signing the port accord.")
    assert not [s for s in reading.statements if named(reading, words(reading, s)) == "Chile"]
    assert not [t for s in reading.statements for t in s.stances]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Trade &amp; Industry of Japan said that it agreed.", "Trade & Industry"),
        ("Peru's Ministry of Land, Water and Transport said that it agreed.", "Land, Water and Transport"),
    ],
)
def test_a_ministry_has_all_its_fields(text: str, name: str) -> None:
    assert name in named(read(text), "agreed")


def test_a_name_after_a_ministry_is_no_field() -> None:
    reading = read("Deputy Spokesperson of the Ministry of Foreign Affairs Pham Thu Hang stated that the ban was void.")
    assert named(reading, "the ban was void") == "Pham Thu Hang"


def test_one_who_has_an_office_is_a_person() -> None:
    reading = read("A video released by Sarkesian’s office shows the street. Sarkesian denied the charge in Paris.")
    assert [a.kind for a in reading.actors if a.name == "Sarkesian"] == [ActorKind.PERSON]


def test_a_portfolio_may_tell_the_state() -> None:
    actor = speaker(read("Brexit minister Ann Lee said that the border would stay open."), "the border")
    assert actor is not None
    assert actor.country == "GBR"


def test_the_president_elect_is_not_the_president() -> None:
    reading = read("ACCRA, Dec 2, 2016 - Ghana welcomed the US president-elect's promise to end the tariffs.")
    assert "Barack Obama" not in {a.name for a in reading.actors}


def test_a_headline_is_signed_by_the_ministry_named_below_it() -> None:
    reading = read(
        "Peru to reopen border: ministry\n\nPeru's Ministry of Transport said on Friday that trucks would pass."
    )
    assert named(reading, "reopen border") == "Peru's Ministry of Transport"


def test_the_parts_of_a_page_are_no_outlets() -> None:
    reading = read("Nation / National\n\nKenya's foreign ministry said on Friday that the door is open.")
    assert not [a for a in reading.actors if a.kind is ActorKind.OUTLET]


def test_the_congress_of_another_state_is_not_the_parliament_of_this_one() -> None:
    text = "Turkish President Recep Tayyip Erdogan said parliament will only act if Congress approves the jets."
    reading = read(text)
    (condition,) = reading.conditions
    assert next(a.name for a in reading.actors if a.id == condition.must_act) == "Congress"


def test_what_an_agency_tells_somebody_did_with_words_is_his_act() -> None:
    reading = read("Kim Yo Jong “sharply criticized the essence of the drill”, state-run KCNA said.")
    assert statement(reading, "essence of the drill").act is Act.CRITICISE


def test_a_violation_is_a_charge() -> None:
    reading = read("Uruguay said that Brazil's dam constitutes a clear violation of the river treaty.")
    assert statement(reading, "violation").act is Act.ACCUSE


def test_one_constitution_whichever_word_names_its_state() -> None:
    text = "Kenya said the Somali constitution must change. Mogadishu said that the constitution of Somalia would stay."
    assert len([i for i in read(text).issues if "onstitution" in i.name]) == 1


def test_two_accords_of_one_name_are_two() -> None:
    reading = read(
        "Peru's president said Lima would ratify the border accord only if Ecuador withdraws.\n\n"
        "Mali said in a separate dispute that it would reject the border accord with Niger.\n"
    )
    lima, bamako = statement(reading, "Lima would ratify"), statement(reading, "it would reject")
    assert all((lima.about, bamako.about))
    assert not {*lima.about} & {*bamako.about}


def test_one_accord_stays_one() -> None:
    text = "Kenya said that it would sign the water treaty with Uganda. Uganda and Chad welcomed the water treaty."
    assert [i.name for i in read(text).issues] == ["water treaty"]


@pytest.mark.parametrize("text", ["Peru is adamant that the port stays shut.", "Kenya was clear that it owes nothing."])
def test_who_is_adamant_that_something_is_so_says_it(text: str) -> None:
    (found,) = read(text).statements
    assert words(read(text), found).startswith("that ")


@pytest.mark.parametrize("text", ["Mali brushed aside the charge.", "The ministry of Mali waved away the allegation."])
def test_what_turns_down_a_charge_denies_it(text: str) -> None:
    assert [s.act for s in read(text).statements] == [Act.DENY]


def test_what_one_declines_to_tell_is_no_stance() -> None:
    reading = read("Kenya's minister declined to say whether Nairobi would sign the water treaty.")
    assert not [t for s in reading.statements for t in s.stances]
