"""Whose the words of a document, an answer or a meeting are."""

from __future__ import annotations

from communique.model import ActorKind, Reading, Report
from communique.reading import pipeline
from communique.reading.entities.issuers import state_code


def read(text: str, **known: str) -> Reading:
    return pipeline.read(Report("r", text, **known))


def speakers(reading: Reading) -> set[tuple[str, str | None]]:
    named = {a.id: (a.name, a.country) for a in reading.actors}
    return {named[s.speaker] for s in reading.statements if s.speaker}


def test_the_author_holds_the_office_that_a_heading_names() -> None:
    reading = read("We deplore the raid.", title="Statement by the Minister of Trade of Malta", author="Ida Holm")
    assert speakers(reading) == {("Ida Holm", "MLT")}


def test_several_who_issue_a_text_are_a_group_of_their_states() -> None:
    reading = read("Joint Statement by the Trade Ministers of Chad, Gabon and Malta\n\nWe call for a ceasefire.")
    group = next(a for a in reading.actors if a.id == reading.statements[0].speaker)
    assert group.kind is ActorKind.GROUP
    assert set(group.members) == {"tcd", "gab", "mlt"}


def test_the_heading_itself_is_nobody() -> None:
    reading = read("Joint Statement on Trade\n\nChad and Gabon (the “Parties”) agree to meet. Chad will pay.")
    assert all("statement" not in a.name.lower() for a in reading.actors)


def test_both_sides_of_a_joint_statement_are_its_issuers() -> None:
    reading = read(
        "Joint Statement of Chad and Gabon\n\nBoth sides agreed to demarcate the border. We will meet in May."
    )
    assert len({s.speaker for s in reading.statements}) == 1


def test_an_answer_is_whom_the_heading_names_and_speaks_for_the_state_that_his_words_name() -> None:
    reading = read(
        "Foreign Ministry Spokesperson Mei Tan's Regular Press Conference\n\n"
        "Q: Peru has complained. Your comment?\nA: China firmly opposes the complaint. We urge Peru to talk.\n"
        "Q: When?\nA: Soon."
    )
    assert ("Mei Tan", "CHN") in speakers(reading)
    assert all(a.name not in {"A", "Q"} for a in reading.actors)


def test_an_office_alone_is_whom_the_heading_names() -> None:
    reading = read("TRADE MINISTER IDA HOLM\n\nJOURNALIST: Will you pay?\n\nMINISTER: We will pay in May.")
    assert ("Ida Holm", None) in speakers(reading)


def test_a_questioner_is_nobody() -> None:
    reading = read("QUESTION: Will Malta pay?\n\nMS HOLM: We will pay.\n\nQUESTION: When?\n\nMS HOLM: In May.")
    asked = [s for s in reading.statements if s.act.value == "ask"]
    assert len(asked) == 2
    assert {s.speaker for s in asked} == {None}


def test_what_is_said_at_a_meeting_is_said_to_the_other_side() -> None:
    reading = read(
        "Foreign Minister Ida Holm of Malta spoke today with her counterpart from Chad, Musa Deby. "
        "The Minister stressed that the port must reopen. The ministers agreed to meet in May."
    )
    stressed, agreed = reading.statements
    assert [a.name for a in reading.actors if a.id in stressed.addressee] == ["Musa Deby"]
    assert not agreed.addressee
    assert len(next(a for a in reading.actors if a.id == agreed.speaker).members) == 2


def test_a_report_of_a_meeting_has_no_counterpart() -> None:
    reading = read("Ida Holm met Musa Deby in Malta on Monday. Holm said that the port must reopen.")
    assert [s.addressee for s in reading.statements] == [()]


def test_a_state_is_told_by_name_and_by_either_code() -> None:
    assert [state_code(name) for name in ("MLT", "mt", "Malta", "Atlantis", "", None)] == ["MLT"] * 3 + [None] * 3


def test_the_source_may_say_whose_words_a_text_is() -> None:
    assert speakers(read("The port must reopen.", speaker="Ida Holm", country="Malta")) == {("Ida Holm", "MLT")}
    assert speakers(read("We call on Chad to pay.", country="MLT")) == {("Malta", "MLT")}
    assert speakers(read("Chad's minister said on Monday that talks would resume.", country="MLT")) == {
        ("Chad's minister", "TCD")
    }


def test_the_sides_of_a_meeting_speak_to_each_other() -> None:
    reading = read(
        "Foreign Minister Petrov had a phone call with Foreign Minister Aziz. "
        "Inadmissibility of a blockade was stressed by the Bulgarian side. The Pakistani side outlined its position."
    )
    assert [s.addressee for s in reading.statements] == [("pak",), ("bgr",)]


def test_talks_in_a_place_are_with_whoever_is_named_after_it() -> None:
    reading = read(
        "Prime Minister Lena Frost of Iceland held talks in Oslo with President Ida Holm of Malta. "
        "Frost underlined that the port must reopen."
    )
    assert [a.name for a in reading.actors if a.id in reading.statements[0].addressee] == ["Ida Holm"]


def test_a_handle_is_the_state_that_it_names() -> None:
    reading = read("RT @MaltaGov: Malta will not sign unless the port opens.")
    assert speakers(reading) == {("MaltaGov", "MLT")}


def test_a_state_near_a_transcript_is_nobodys_own() -> None:
    reading = read("MINISTER HUBER: We expect Skopje to act.\n\nQ: When?\n\nMINISTER HUBER: By June.")
    assert next(a.country for a in reading.actors if a.name.lower() == "huber") is None


def test_ministers_of_two_states_are_one_group_of_these() -> None:
    reading = read(
        "We condemn the raid. They agreed to meet.",
        title="Joint statement of the trade ministers of Chad and the Sudan",
    )
    (key,) = {s.speaker for s in reading.statements}
    assert set(next(a for a in reading.actors if a.id == key).members) == {"tcd", "sdn"}


def test_a_ministry_of_a_state_is_no_second_issuer() -> None:
    reading = read(
        "We condemn the raid.", title="Statement of the Ministry", outlet="Ministry of Trade, Republic of Malta"
    )
    assert speakers(reading) == {("Ministry of Trade", "MLT")}
