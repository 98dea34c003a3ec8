"""Own words, sentence by sentence: statements of a document's issuer and of whoever has the floor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading, Report, Statement
from communique.reading import pipeline

Read = Callable[..., Reading]


def read(text: str, **known: str) -> Reading:
    return pipeline.read(Report("r", text, **known))


def the(reading: Reading, words: str, act: str | None = None) -> Statement:
    """The statement whose content holds these words, the narrowest of them, of an act where one is named."""
    text = reading.report.text
    held = [
        (sum(b - a for a, b in s.content), s)
        for s in reading.statements
        if words in " ".join(text[a:b] for a, b in s.content) and act in (None, s.act.value)
    ]
    assert held, [(s.act.value, [text[a:b] for a, b in s.content]) for s in reading.statements]
    return min(held, key=lambda each: each[0])[1]


def speaker(reading: Reading, statement: Statement) -> tuple[str, str | None] | None:
    found = next((a for a in reading.actors if a.id == statement.speaker), None)
    return None if found is None else (found.name, found.country)


def test_what_must_and_will_be_done_is_the_issuers_demand_and_promise() -> None:
    reading = read(
        "Statement by the Prime Minister of Malta on the raid\n\n"
        "The camps must close. We will pay the families. We will not sign unless the raids stop. We condemn the raid."
    )
    acts = {"The camps must close": "demand", "We will pay": "promise", "We will not sign": "refuse"}
    for words, act in acts.items():
        statement = the(reading, words)
        assert statement.act.value == act
        assert speaker(reading, statement) == ("Prime Minister of Malta", "MLT")
    assert the(reading, "the raid", "criticise").rule == "own"
    (condition,) = reading.conditions
    assert condition.holder == the(reading, "We will not sign").speaker


def test_what_is_past_or_told_of_others_is_no_statement_of_the_issuer() -> None:
    reading = read(
        "Statement by the Prime Minister of Malta on the raid\n\n"
        "The raid took place in May. Tunisia rejects the claim. We will pay the families."
    )
    text = reading.report.text
    assert not any("took place" in text[a:b] for s in reading.statements for a, b in s.content)
    assert speaker(reading, the(reading, "the claim")) == ("Tunisia", "TUN")


def test_each_verb_of_a_sentence_keeps_what_is_its_own() -> None:
    reading = read(
        "The Ministry demands a refund and reserves the right to sue.",
        title="Statement of the Ministry of Trade of Malta",
    )
    demanded = the(reading, "a refund", "demand")
    assert [reading.report.text[a:b] for a, b in demanded.content] == ["a refund"]
    assert (speaker(reading, demanded) or ("", None))[1] == "MLT"


@pytest.mark.parametrize("mark", ["1. Urges", "1. Also urges", "Urges", "URGES"])
def test_a_resolutions_body_does_what_its_verbs_say(mark: str) -> None:
    reading = read(
        f"The General Assembly,\n\nNoting the report,\n\n{mark} Chad to reopen the port;\n\nDecides to meet."
    )
    statement = the(reading, "reopen the port")
    assert statement.act.value == "demand"
    assert (speaker(reading, statement) or ("", None))[0] == "UN General Assembly"
    assert statement.addressee == ("tcd",)
    assert all(a.kind.value != "person" for a in reading.actors)


def test_a_party_to_an_agreement_binds_itself() -> None:
    reading = read(
        "Agreement between the Republic of Chad and the Republic of Gabon\n\n"
        "Article 1\nChad shall reopen the port once Gabon has paid.\n\n"
        "Article 2\nThe Parties shall exchange prisoners.\n\nArticle 3\nNeither Party shall deploy troops."
    )
    assert speaker(reading, the(reading, "shall reopen")) == ("Chad", "TCD")
    assert the(reading, "shall reopen").act.value == "promise"
    both = the(reading, "exchange prisoners")
    assert both.act.value == "promise"
    assert set(next(a for a in reading.actors if a.id == both.speaker).members) == {"tcd", "gab"}
    assert the(reading, "deploy troops").act.value == "refuse"
    (condition,) = reading.conditions
    assert (condition.holder, condition.must_act) == ("tcd", "gab")


def test_a_post_leaves_its_author_out() -> None:
    reading = read(
        "Spoke with my colleague. Made clear: no deal unless the port opens.", outlet="X", author="Minister Ida Holm"
    )
    assert (speaker(reading, the(reading, "no deal")) or ("", None))[0] == "Ida Holm"
    (condition,) = reading.conditions
    assert condition.holder == the(reading, "no deal").speaker


def test_an_embassy_speaks_for_its_sender() -> None:
    reading = read("Embassy of Chad in #Gabon: We regret the ruling.")
    assert {(speaker(reading, s) or ("", None))[1] for s in reading.statements} == {"TCD"}


def test_inside_a_turn_what_binds_is_a_statement_within_it(reader: Read) -> None:
    reading = reader(
        "MS HOLM: Good morning. The camps must close. We welcome the offer. We will pay if the raids stop.\n\n"
        "QUESTION: Will you sign?\n\nMS HOLM: Not until Gabon pays."
    )
    turn = next(s for s in reading.statements if s.rule == "turn")
    inside = [s for s in reading.statements if s.rule == "own"]
    assert [s.act.value for s in inside] == ["demand", "praise", "promise"]
    assert {s.parent for s in inside} == {turn.id}
    assert {s.speaker for s in inside} == {turn.speaker}


def test_an_answer_cut_short_makes_what_was_asked_hang_on_it(reader: Read) -> None:
    reading = reader("QUESTION: Will you sign the pact?\n\nMS HOLM: Only if Gabon pays.\n\nQUESTION: Thank you.")
    (condition,) = reading.conditions
    text = reading.report.text
    assert [text[a:b] for a, b in condition.consequent] == ["you sign the pact"]
    assert (condition.kind.value, condition.must_act) == ("necessary", "gab")
    assert condition.holder == next(s.speaker for s in reading.statements if s.speaker)


def test_a_report_has_no_own_words(reader: Read) -> None:
    reading = reader(
        "The minister said the camps must close. Chad will pay, she said. Talks must resume if the raids stop.\n\n"
        '"The Assembly,\n\n1. Urges Chad to pay," the draft reads.'
    )
    assert all(s.rule != "own" for s in reading.statements)


def named(reading: Reading, statement: Statement) -> tuple[str, str | None]:
    actor = next(a for a in reading.actors if a.id == statement.speaker)
    return actor.name, actor.country


def test_a_letterhead_names_the_issuer() -> None:
    text = (
        "MINISTRY OF TRADE\nGOVERNMENT OF MALTA\n\nStatement on the fees\n\nWe deplore the fee. Tunisia must drop it."
    )
    found = read(text)
    assert the(found, "drop it").act.value == "demand"
    assert named(found, the(found, "drop it"))[1] == "MLT"


def test_my_government_is_whoever_speaks() -> None:
    found = read("My government rejects the map.", title="Statement by the President of Guyana at the summit")
    assert named(found, the(found, "rejects the map")) == ("President of Guyana", "GUY")


def test_a_post_leaves_its_subject_out() -> None:
    found = read(
        "Met @LeilaHaddad. Will raise it in Riga.", outlet="X", author="Baiba Ozola, Foreign Minister of Latvia"
    )
    assert named(found, the(found, "Will raise it in Riga")) == ("Baiba Ozola", "LVA")


def test_a_delegate_of_a_summary_record_has_name_and_country() -> None:
    found = read("MIRA KHAN (Pakistan) said that the annex was essential. She urged Oman to sign.")
    assert named(found, the(found, "the annex was essential")) == ("MIRA KHAN", "PAK")
    assert named(found, the(found, "to sign")) == ("MIRA KHAN", "PAK")


def test_the_parties_go_by_any_of_their_words() -> None:
    text = (
        "CEASEFIRE AGREEMENT\n\nThe Government of Peru, of the one part, and the Eastern Front, of the other part, "
        'hereinafter "the Parties", agree:\n\n(a) The Eastern Front shall hand in its weapons;\n\n'
        "(b) The High Contracting Parties shall refrain from propaganda."
    )
    found = read(text)
    assert named(found, the(found, "hand in its weapons"))[0] == "Eastern Front"
    assert the(found, "hand in its weapons").act.value == "promise"
    assert named(found, the(found, "refrain from propaganda"))[0] == "Peru and Eastern Front"


def test_a_senate_resolves() -> None:
    found = read(
        "Resolved, That the Senate—\n(1) condemns the arrest of the bishops; and\n(2) calls on Cuba to release them."
    )
    assert named(found, the(found, "the arrest"))[0] == "Senate"


def test_a_secretary_general_is_no_states() -> None:
    found = read("The Secretary-General met Gabon's envoy. The Secretary-General urged Gabon to admit monitors.")
    assert named(found, the(found, "to admit monitors")) == ("Secretary-General", None)
