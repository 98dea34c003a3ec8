"""The copy that the model reads is as long as the text, in pieces where the text is long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique.model import Reading, Report
from communique.reading import pipeline
from communique.reading.preparation import MOST_WORDS, PIECE, is_long, pieces, plain_copy

Read = Callable[..., Reading]


@given(st.text(st.sampled_from("ab \n.“”\ud800\u200f"), max_size=2000))
def test_the_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(plain_copy(text)) == len(text)


@pytest.mark.parametrize("length", [300, 301, 302, 600, 601, 602, 5000])
def test_no_word_of_the_copy_is_endless(length: int) -> None:
    copy = plain_copy("a " + "(" * length + " b")
    assert len(copy) == length + 4
    assert max(map(len, copy.split())) <= 300


@pytest.mark.parametrize("mark", ['" ', '"', "“ ", "-", ". ", "’"])
def test_marks_on_end_are_no_words_of_the_copy(mark: str) -> None:
    text = "He said so.”" + mark * 100_000 + "“She did not."
    copy = plain_copy(text)
    assert len(copy) == len(text)
    assert copy.startswith('He said so."')
    assert copy.endswith('"She did not.')
    assert len([each for each in copy.replace(" ", "") if not each.isalnum()]) <= 18


@pytest.mark.parametrize(
    "text", ['He said "no." "Yes," she said.', "Wait ... he said -- no!", "(“‘Never!’”)…", "- " * 20]
)
def test_marks_of_ordinary_texts_stay(text: str) -> None:
    assert plain_copy(text).replace(" ", "").count("-") == text.count("-")
    assert not any(given != " " and kept == " " for given, kept in zip(text, plain_copy(text), strict=True))


@pytest.mark.parametrize("mark", ['" ', '"'])
def test_a_hundred_thousand_marks_cost_the_model_few_words(reader: Read, mark: str) -> None:
    text = "Moscow said that it would wait. " + mark * 100_000
    reading = reader(text)
    assert [text[start:end] for s in reading.statements for start, end in s.content] == ["that it would wait"]


@pytest.mark.parametrize("words", ["“a” ", "No. ", "peace now\n", "a “b” c (d) "])
def test_what_is_said_a_thousand_times_on_end_is_words_of_the_copy_once(words: str) -> None:
    text = "Moscow said that it would wait. " + words * 1000 + "Tokyo did not."
    copy = plain_copy(text)
    assert len(copy) == len(text)
    assert copy.startswith("Moscow said that it would wait.")
    assert copy.endswith("Tokyo did not.")
    assert copy.count("\n") == text.count("\n")
    assert len(copy.split()) < 30


def test_what_is_said_some_times_stays() -> None:
    text = "No justice, no peace! " * 50 + "Moscow said that it would wait. " * 150
    assert plain_copy(text) == text


def test_a_text_of_many_short_words_goes_through_the_model_in_more_pieces() -> None:
    text = "".join(f"“{chr(97 + n * n % 26)}” " for n in range(MOST_WORDS))
    assert len(text) < PIECE
    assert is_long(text)
    cut = pieces(text)
    assert "".join(cut) == text
    assert all(3 * piece.count("”") <= MOST_WORDS for piece in cut)


@given(st.text(st.sampled_from("ab \n."), max_size=300), st.integers(min_value=5, max_value=50))
def test_pieces_make_up_the_text(text: str, most: int) -> None:
    cut = pieces(text, most)
    assert "".join(cut) == text
    assert all(len(piece) <= most for piece in cut)


def test_pieces_end_with_a_line_or_else_a_sentence_or_else_a_word() -> None:
    assert pieces("aaaa aaaa. aaaa\naaaa. aa", 18) == ["aaaa aaaa. aaaa\n", "aaaa. aa"]
    assert pieces("aaaa aaaa. aaaa aaaa aa", 18) == ["aaaa aaaa. ", "aaaa aaaa aa"]
    assert pieces("aaaaaaaaaa aaaa aaaa aa", 18) == ["aaaaaaaaaa aaaa ", "aaaa aa"]


def test_a_long_report_is_read_to_its_end(reader: Read) -> None:
    line = "Tokyo's foreign ministry said on Monday that talks would resume.\n"
    text = line * (2 * PIECE // len(line) + 1)
    reading = reader(text)
    assert len(reading.statements) >= 0.98 * text.count("\n")
    assert len({text[start:end] for s in reading.statements for start, end in s.content}) == 1


def test_a_long_report_that_breaks_a_stage_is_named() -> None:
    reader = pipeline.build(pipeline.DEFAULT_MODEL)

    def broken(doc: Doc) -> Doc:
        raise KeyError("a slip")

    at = reader.nlp.pipe_names.index("communique_acts")
    reader.nlp._components[at] = ("communique_acts", broken)
    (outcome,) = pipeline.read_batch(reader, [Report(id="r", text="He said no.\n" * 5000)])
    assert str(outcome) == "report r: the stage communique_acts broke on it (KeyError: 'a slip')"
