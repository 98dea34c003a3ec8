"""Who is meant by "he", "the president", "the kingdom", "both governments" and "the statement"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def last_speaker(found: Reading) -> str:
    return {a.id: a.name for a in found.actors}[found.statements[-1].speaker or ""]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            (
                "President Ana Paz said she would meet Chadian President Ali Deby. Asked on "
                "Monday, the president said: “It is late.”"
            ),
            "Ana Paz",
        ),
        ("Chad and Niger met. Neither Latvia nor Estonia would pay, both governments said.", "Latvia and Estonia"),
        ("Qatar met Bahrain and Yemen on Monday. The kingdom said the bridge would open.", "Bahrain"),
        (
            (
                "Spokesman Ivo Brand was commenting on Norwegian minister Lena Torvik's remarks "
                "in which she had said that the road was shut."
            ),
            "Lena Torvik",
        ),
        ("Minister Peter Okello met Ola Lund. “I expected it of Mr Lund,” he said.", "Peter Okello"),
        (
            (
                "The Latvian Foreign Ministry replied in a statement to a charge. Belarusian "
                "envoy Ivo Brand called it odd. “Latvia has no claims,” the statement said."
            ),
            "Latvian Foreign Ministry",
        ),
        ("The foreign minister of Israel, Gideon Sa’ar, spoke. “It can end,” Sa’ar said.", "Gideon Sa’ar"),
        ("The army ruled out a truce until the rebels leave the valley, rejecting talks in Bern.", "army"),
    ],
)
def test_the_one_meant(reader: Read, text: str, speaker: str) -> None:
    assert speaker.split()[-1] in last_speaker(reader(text))


def test_a_country_named_in_quoted_words_is_not_the_country_of_the_report(reader: Read) -> None:
    text = (
        "The envoy met Georgian minister Ana Beridze. “I saw Chad last week,” the envoy told the country’s deputy "
        "minister, Irakli Kobal. Kobal said it was late."
    )
    found = reader(text)
    assert {a.country for a in found.actors if a.name == "Irakli Kobal"} == {"GEO"}


def test_what_another_said_is_no_part_of_the_answer_to_it(reader: Read) -> None:
    text = "The envoy was responding to comments by minister Ana Paz, who had said that Lima would pay."
    owners = {s.speaker for s in reader(text).statements if any("would pay" in text[a:b] for a, b in s.content)}
    assert owners == {"person:ana-paz"}
