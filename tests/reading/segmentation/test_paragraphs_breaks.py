"""A paragraph never runs into the next: where lines end paragraphs, and where they were only wrapped."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from communique.reading.segmentation.paragraphs import breaks_at_newline, mark_paragraphs


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    return spacy.blank("en")


def starts(tokenizer: Language, text: str) -> list[str]:
    doc = mark_paragraphs(tokenizer.make_doc(text))
    return [token.text for token in doc if token.i and token.is_sent_start]


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo said no.\nMoscow said yes.",
        "Tokyo “said no.”\nMoscow said (yes.)\nBoth left.",
        "One line only",
        "",
        "No end to this line " * 10 + "\nand a second line",
    ],
)
def test_lines_that_end_sentences_are_paragraphs(text: str) -> None:
    assert breaks_at_newline(text)


def test_lines_that_were_wrapped_are_not() -> None:
    assert not breaks_at_newline(
        "The minister said that the talks\nwould go on in the spring if\nthe other side agreed.\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2029", "\n \n", "\x85"])
def test_a_paragraph_starts_a_sentence(tokenizer: Language, end: str) -> None:
    assert starts(tokenizer, f"Kremlin: no talks.{end}Tokyo said no.") == ["Tokyo"]


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\n \t\n", "\r\r"])
def test_wrapped_lines_break_at_blank_lines_only(tokenizer: Language, blank: str) -> None:
    line_end = blank[: len(blank) // 2] if blank in ("\r\n\r\n", "\r\r") else "\n"
    lines = ["The minister said that the talks", "would go on in the spring if", "they held"]
    text = (
        line_end.join(lines)
        + blank
        + line_end.join(["Moscow saw that the talks", "would end unless the others", "left"])
    )
    assert starts(tokenizer, text) == ["Moscow"]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n", " \n x", "x\n", "\n\nx"])
def test_odd_texts_do_no_harm(tokenizer: Language, text: str) -> None:
    starts(tokenizer, text)
