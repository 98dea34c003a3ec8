"""A quotation without a verb of saying is whose the words around it say, and otherwise nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def speaker(reading: Reading, words: str) -> str | None:
    """Return the name of the one whose direct words hold some words."""
    text = reading.report.text
    names = {a.id: a.name for a in reading.actors}
    for s in reading.statements:
        if any(words in text[a:b] for a, b in s.content):
            return names.get(s.speaker or "")
    return None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister Ana Vidal said the talks were over.\n\n“They never came to Lima.”\n\nShe left.", "Ana Vidal"),
        ("“We waited,” said envoy Tom Hale. “They never came to Lima,” Minister Ana Vidal shot back.", "Ana Vidal"),
        ("“We waited,” said envoy Tom Hale. “They never came to Lima,” came the reply from Ana Vidal.", "Ana Vidal"),
        ("From the Peruvian spokeswoman, Ana Vidal: “They never came to Lima.”", "Ana Vidal"),
        ("Minister Ana Vidal said so.\n\n“We waited.\n\n“They never came to Lima.”\n\nShe left.", "Ana Vidal"),
        ("Peruvian Minister Ana Vidal shrugged. “They never came to Lima.” She left.", "Ana Vidal"),
        ("“We waited,” said envoy Tom Hale. Minister Ana Vidal frowned. “They never came to Lima.”", "Ana Vidal"),
        (
            "“We came,” said French envoy Tom Hale. “They never came to Lima,” said his Peruvian colleague, Ana Vidal.",
            "Ana Vidal",
        ),
    ],
)
def test_the_words_around_say_whose_it_is(reader: Read, text: str, name: str) -> None:
    assert speaker(reader(text), "never came to Lima") == name


@pytest.mark.parametrize(
    "before",
    [
        "Peruvian Minister Ana Vidal said that the talks were over.",
        "The talks were over, according to Ana Vidal, who heads the Peruvian office for them.",
        "Peru wants talks with Chile, Bolivia and Brazil, Minister Ana Vidal told reporters after a meeting.",
        "Peruvian Minister Ana Vidal told a radio station that her country was ready to continue without Chile:",
    ],
)
@pytest.mark.parametrize(
    "after", ["", " Chile was as ready, said envoy Tom Hale.", " Envoy Tom Hale said that it was."]
)
def test_a_quotation_after_what_somebody_said_is_the_same_speakers(reader: Read, before: str, after: str) -> None:
    text = f"{before} “They never came to Lima. We did.”{after}"
    assert speaker(reader(text), "never came to Lima") == "Ana Vidal"


@pytest.mark.parametrize(
    "text",
    [
        "Prices will rise in May, reckons Ana Vidal of the Lima Centre for Trade.",
        "Prices will rise in May, Minister Ana Vidal believes.",
        "Prices, Ana Vidal felt, will rise in May; others shook their heads.",
        "Prices will rise in May, the minister for trade, Ana Vidal, said: they always have.",
    ],
)
def test_who_thinks_it_stands_apart_from_what_is_thought(reader: Read, text: str) -> None:
    (said,) = reader(text).statements
    words = " ".join(text[a:b] for a, b in said.content)
    assert "rise in May" in words
    assert "others" not in words
    assert "Vidal" not in words
    assert said.source


def test_what_he_says_after_a_named_source_is_the_sources(reader: Read) -> None:
    text = (
        "“It is ready,” Minister Tom Hale said. Lima may join, according to Peruvian adviser José Vidal. "
        "Talks could start at once, he said."
    )
    assert speaker(reader(text), "could start") == "José Vidal"


def test_another_word_for_the_same_office_means_the_same_person(reader: Read) -> None:
    text = "Peruvian ambassador Ana Vidal was blunt. “They never came to Lima,” said the envoy."
    assert speaker(reader(text), "never came to Lima") == "Ana Vidal"


@pytest.mark.parametrize(
    "text",
    [
        "“We came,” said envoy Tom Hale. From the back came a shout: “They never came to Lima!”",
        "“We came,” said envoy Tom Hale. “They never came to Lima?” was all that a rival would say.",
        "Envoy Tom Hale met Minister Ana Vidal. “They never came to Lima.”",
    ],
)
def test_what_others_lead_up_to_is_not_given_to_the_one_before(reader: Read, text: str) -> None:
    assert speaker(reader(text), "never came to Lima") is None


def test_a_quotation_with_words_of_its_own_after_it_is_not_joined_to_the_one_before(reader: Read) -> None:
    reading = reader("“We accept,” said envoy Tom Hale. “They never came to Lima” was how a rival put it.")
    assert speaker(reading, "never came to Lima") != "Tom Hale"


def test_a_paragraph_after_one_that_nobody_speaks_in_is_nobodys(reader: Read) -> None:
    reading = reader("The port lies on the coast. Ships wait there for weeks.\n\n“They never came to Lima.”")
    assert speaker(reading, "never came to Lima") is None
