"""What setting has done to words is undone for the model; spans are those of the text as given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Reading
from communique.reading.pipeline import load
from communique.reading.recasing import dictionary_of, recased
from communique.reading.segmentation.paragraphs import unwrapped
from communique.reading.typesetting import undone

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("Min\u00adis\u00adter", "Minister"),
        ("the \ufb01shing o\ufb03ce", "the fishing office"),
        ("To\u200bkyo", "Tokyo"),
        ("said\u200bMoscow", "said Moscow"),
        ("the sur-\nvey ship", "the survey\nship"),
        ("a long-\nterm deal", "a long-term\ndeal"),
        ("a blue-\ngreen flag, blue-green", "a blue-green\nflag, blue-green"),
    ],
)
def test_words_are_as_they_were_before_they_were_set(given: str, made: str) -> None:
    assert undone(given)[0] == made


@given(st.text(st.sampled_from("aB -\n\u00ad\u200b\ufb01\ufb03"), max_size=200))
def test_each_character_has_its_place_in_the_text_as_given(text: str) -> None:
    made, places = undone(text)
    if places is None:
        assert made == text
        return
    assert len(places) == len(made)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_spans_are_those_of_the_text_as_given(reader: Read) -> None:
    reading = reader(
        "Nor\u00adway\u2019s De\u00adfence Min\u00adis\u00adter Kari Dahl said the \ufb01shing ban would go."
    )
    (said,) = reading.statements
    text = reading.report.text
    assert [text[a:b] for a, b in said.content] == ["the \ufb01shing ban would go"]
    (speaker,) = [a for a in reading.actors if a.id == said.speaker]
    assert (speaker.name, speaker.country) == ("Kari Dahl", "NOR")


def test_a_wrapped_line_goes_on_and_one_that_ends_early_does_not() -> None:
    wrapped = (
        "The minister of Peru said on\nMonday that the ferry would\nsail.\nFerries\nA ship left the port on May 3."
    )
    assert unwrapped(wrapped).count("\n") == 2
    assert len(unwrapped(wrapped)) == len(wrapped)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("PERU MINISTER ANA ROSE SAYS TALKS GO ON", "Peru minister Ana Rose says talks go on"),
        ("EU Warns Norway: Lift Ban on Monday", "EU warns Norway: lift ban on Monday"),
        ("US SAYS IRAN'S BANK MUST PAY", "US says Iran's bank must pay"),
        ("He met the Queen of Tonga.", "He met the Queen of Tonga."),
    ],
)
def test_headlines_and_capitals_are_written_as_sentences(line: str, made: str) -> None:
    is_word = dictionary_of(load().nlp)
    assert is_word is not None
    assert recased(line, is_word) == made


def test_what_the_report_writes_with_a_capital_keeps_it_in_its_headline() -> None:
    is_word = dictionary_of(load().nlp)
    assert is_word is not None
    assert recased("Rice Warns Norway Over Ban\n\nOn Monday, Rice spoke.", is_word).startswith("Rice warns Norway over")
