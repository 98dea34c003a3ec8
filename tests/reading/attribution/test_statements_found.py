"""Who said what: source, cue and content of every kind of attribution, in the report's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Manner, Mode, Reading, Spans

Read = Callable[..., Reading]


def words(reading: Reading, spans: Spans) -> list[str]:
    return [reading.report.text[start:end] for start, end in spans]


def found(reading: Reading) -> list[tuple[str, str, list[str]]]:
    """(source, cue, content) of each statement, pieces of source and cue joined."""
    return [
        (" ".join(words(reading, s.source)), " ".join(words(reading, s.cue)), words(reading, s.content))
        for s in reading.statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that the ferry route would stay closed.",
            ("The minister", "said", ["that the ferry route would stay closed"]),
        ),
        (
            "“The route stays closed,” said the minister.",
            ("the minister", "said", ["“The route stays closed,”"]),
        ),
        (
            "The route, the minister said, would stay closed.",
            ("the minister", "said", ["The route", "would stay closed"]),
        ),
        (
            "The route will stay closed, according to Norwegian officials.",
            ("Norwegian officials", "according to", ["The route will stay closed"]),
        ),
        (
            "According to Norwegian officials, the route will stay closed.",
            ("Norwegian officials", "According to", ["the route will stay closed"]),
        ),
        (
            "Oslo wants to reopen the route.",
            ("Oslo", "wants", ["to reopen the route"]),
        ),
        (
            "Norway accused Russia of jamming signals over the border.",
            ("Norway", "accused", ["of jamming signals over the border"]),
        ),
        (
            "Norway remains confident that the fish stocks will recover.",
            ("Norway", "remains confident", ["that the fish stocks will recover"]),
        ),
        (
            "For Norway, the boundary is a matter of law.",
            ("Norway", "For", ["the boundary is a matter of law"]),
        ),
        (
            "The ministry said the fleet would return if the quota was raised.",
            ("The ministry", "said", ["the fleet would return if the quota was raised"]),
        ),
    ],
)
def test_each_construction_gives_source_cue_and_content(
    reader: Read, text: str, expected: tuple[str, str, list[str]]
) -> None:
    assert expected in found(reader(text))


def test_quotations_around_the_cue_are_pieces_of_one_content(reader: Read) -> None:
    reading = reader("“We are patient,” Store said. “We are not blind.”")
    assert found(reading) == [("Store", "said", ["“We are patient,”", "“We are not blind.”"])]
    assert reading.statements[0].manner is Manner.DIRECT


def test_chained_verbs_share_their_subject(reader: Read) -> None:
    reading = reader(
        "The president asserted that the sea was open, stressing that no ship was stopped while accusing Norway of "
        "hiding its radar data."
    )
    assert [(source, cue) for source, cue, _ in found(reading)] == [
        ("The president", "asserted"),
        ("The president", "stressing"),
        ("The president", "accusing"),
    ]


def test_a_thing_that_cannot_speak_lends_no_subject_to_the_next_verb(reader: Read) -> None:
    reading = reader("The prime minister insisted the border was settled and urged Hanoi to withdraw its guards.")
    assert [(source, cue) for source, cue, _ in found(reading)] == [
        ("The prime minister", "insisted"),
        ("The prime minister", "urged"),
    ]


def test_what_was_not_said_is_no_statement(reader: Read) -> None:
    assert found(reader("The ministry did not say whether the talks would resume.")) == []


def test_what_is_not_believed_is_a_stance(reader: Read) -> None:
    reading = reader("Norway does not believe that the talks will resume.")
    assert found(reading) == [("Norway", "does not believe", ["that the talks will resume"])]
    assert reading.statements[0].mode is Mode.BELIEVED


def test_a_passage_between_marks_makes_an_indirect_content_mixed(reader: Read) -> None:
    reading = reader("The ministry said that the drill had been “purely routine in every respect” and short.")
    assert [s.manner for s in reading.statements] == [Manner.MIXED]


def test_a_statement_inside_another_names_it_as_parent(reader: Read) -> None:
    reading = reader("Reuters reported that the minister had said that the ferry would return.")
    inner = next(s for s in reading.statements if words(reading, s.cue) == ["had said"])
    outer = next(s for s in reading.statements if words(reading, s.cue) == ["reported"])
    assert inner.parent == outer.id
    assert outer.parent is None


def test_a_paragraph_that_goes_on_quoting_belongs_to_the_same_speaker(reader: Read) -> None:
    reading = reader("“The ferry is gone,” the mayor said. “We waited all night.”\n\n“Nobody came,” she added.")
    assert [source for source, _, _ in found(reading)] == ["the mayor", "she"]


@pytest.mark.parametrize(
    "dateline",
    [
        *("OSLO, May 4 (Own Wire) - ", "OSLO, 4 May — ", "Oslo, 4 May 2023 — ", "OSLO, Thursday, May 4 -- "),
        *("OSLO/KIRKENES, Sept. 4 – ", "Oslo, May 4, 2023 - "),
    ],
)
def test_a_dateline_is_nobodys_words(reader: Read, dateline: str) -> None:
    reading = reader(f"{dateline}The ferry will return, the minister said.")
    assert words(reading, reading.statements[0].content) == ["The ferry will return"]


def test_how_something_was_told_is_no_statement_and_neither_is_what_was_not_told(reader: Read) -> None:
    reading = reader(
        "An official who asked not to be named said the ferry would return. He declined to comment on why."
    )
    assert [" ".join(content) for _, _, content in found(reading)] == ["the ferry would return", "to comment on why"]


@pytest.mark.parametrize(
    "text",
    [
        "The mediators issued no statement.",
        "The ferry could return if Oslo agreed to wait.",
    ],
)
def test_what_nobody_said_is_no_statement(reader: Read, text: str) -> None:
    assert found(reader(text)) == []


def test_what_is_demanded_of_another_is_not_said_by_it(reader: Read) -> None:
    reading = reader("The mayor demanded that Oslo propose a date for the talks.")
    assert [source for source, _, _ in found(reading)] == ["The mayor"]


def test_bare_words_for_a_government_mean_the_same_one_throughout(reader: Read) -> None:
    text = (
        "Japan's Foreign Minister Yoshimasa Hayashi said the government had chosen the words with care. Fishermen fear "
        "that Moscow will take it out on them.\n\nThe islanders demanded that the government set a date."
    )
    japan = next(actor for actor in reader(text).actors if actor.id == "jpn")
    assert [text[start:end] for start, end in japan.mentions].count("the government") == 2


def test_where_a_headline_is_set_is_not_who_speaks(reader: Read) -> None:
    assert [source for source, _, _ in found(reader("Norway: army says it has cleared the harbour"))] == ["army"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mayor has made clear that the ferry will not return.",
            ("The mayor", "has made clear", ["that the ferry will not return"]),
        ),
        (
            "In a note carried by the Own News Agency, Kari Lie, the sister of the mayor, said the ferry would return.",
            ("Kari Lie, the sister of the mayor", "said", ["the ferry would return"]),
        ),
        ("“The ferry will return,” Lie was quoted as saying.", ("Lie", "saying", ["“The ferry will return,”"])),
        ("“The ferry will return,” NTB quoted Lie as saying.", ("Lie", "saying", ["“The ferry will return,”"])),
        ("The ferry will return, Lie was quoted as saying.", ("Lie", "saying", ["The ferry will return"])),
        (
            "Oslo's answer, read by an envoy, was that the ferry would return.",
            ("Oslo", "answer", ["that the ferry would return"]),
        ),
        (
            "The mayor went further: he said Oslo might suspend the talks.",
            ("he", "said", ["Oslo might suspend the talks"]),
        ),
        ("Norway said it, too, was prepared to meet.", ("Norway", "said", ["it, too, was prepared to meet"])),
        (
            "The mayor said his town remained open to talks, but only if Oslo lowered the toll.",
            ("The mayor", "said", ["his town remained open to talks, but only if Oslo lowered the toll"]),
        ),
    ],
)
def test_what_the_parse_tears_apart_is_joined(reader: Read, text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in found(reader(text))


def test_plain_narration_holds_no_statement(reader: Read) -> None:
    assert (
        found(reader("The ferry left Kirkenes at dawn. It carried forty passengers and a cargo of salted cod.")) == []
    )


def test_confidence_is_a_probability(reader: Read) -> None:
    reading = reader("The minister said that it rained. Oslo seemed pleased. For Norway, rain is normal.")
    assert reading.statements
    assert all(0 < s.confidence < 1 for s in reading.statements)


def test_who_quoted_somebody_as_saying_something_passed_it_on(reader: Read) -> None:
    reading = reader("The border will reopen, Kremlin spokesman Dmitry Peskov was quoted as saying by TASS on Monday.")
    (statement,) = reading.statements
    assert statement.speaker == "person:dmitry-peskov"
    assert [relay.actor for relay in statement.chain] == ["outlet:tass"]


def test_a_city_in_capitals_before_a_sentence_is_where_it_was_written(reader: Read) -> None:
    text = "NEW DELHI: The ferry will stay closed until the quay is mended, the ministry said on Friday."
    assert [source for source, _, _ in found(reader(text))] == ["the ministry"]


def test_any_two_officials_are_nobody_who_was_named(reader: Read) -> None:
    text = "Kari Lie met Jan Berg on Monday. The ferry will return, according to two officials."
    statement = reader(text).statements[-1]
    assert statement.speaker is not None
    assert "two" in statement.speaker


def test_who_asks_in_a_condition_says_nothing(reader: Read) -> None:
    text = (
        "Norway and Chile fell out over the quay. The World Bank said it had no part in it. Its president, Ajay Banga, "
        "told reporters the bank would step in if, and only if, both governments asked."
    )
    reading = reader(text)
    assert [cue for _, cue, _ in found(reading)] == ["said", "told"]
    names = {actor.id: actor.name for actor in reading.actors}
    (condition,) = reading.conditions
    assert set(names[condition.must_act or ""].split(" and ")) == {"Norway", "Chile"}


@pytest.mark.parametrize(
    "text",
    [
        "“Sanctions do not frighten us at all.” — Kremlin spokesman Pavel Orlov",
        "“Sanctions do not frighten us at all.”\n— Pavel Orlov, Kremlin spokesman",
    ],
)
def test_a_quotation_signed_with_a_name_is_that_persons(reader: Read, text: str) -> None:
    (statement,) = reader(text).statements
    assert statement.speaker == "person:pavel-orlov"


def test_a_dash_behind_a_quotation_that_goes_on_in_a_sentence_signs_nothing(reader: Read) -> None:
    reading = reader("“Sanctions do not frighten us” — Moscow has heard it before and will hear it again.")
    assert not reading.statements
