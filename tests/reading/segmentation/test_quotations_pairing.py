"""Quotation marks of every style are paired, and an unclosed one never swallows the report."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Report
from communique.reading.annotations import annotations_of
from communique.reading.pipeline import DEFAULT_MODEL, load, prepare


def quoted(text: str) -> list[tuple[str, int]]:
    """The quotations of a text, marks included, with their depth."""
    doc = load(DEFAULT_MODEL).nlp(prepare(load(DEFAULT_MODEL).nlp, Report(id="r", text=text)))
    annotations = annotations_of(doc)
    assert annotations.tokens is not None
    return [(annotations.tokens.surface((q.start, q.end)), q.depth) for q in annotations.quotations]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("„", "”"), ("''", "''")],
)
def test_marks_of_every_style_are_paired(opening: str, closing: str) -> None:
    speech = f"{opening}The strait stays open,{closing}"
    assert quoted(f"{speech} the envoy said.") == [(speech, 0)]


def test_a_quotation_within_a_quotation_lies_deeper() -> None:
    text = "“They called it a ‘gift’ to us all,” she said."
    assert quoted(text) == [("“They called it a ‘gift’ to us all,”", 0), ("‘gift’", 1)]


def test_apostrophes_are_no_marks() -> None:
    assert quoted("The ministers' aides said Hanoi's fleet wasn't there.") == []


def test_each_paragraph_of_a_long_quotation_repeats_the_opening_mark() -> None:
    text = "“The talks are over.\n\n“We shall not return,” he said."
    assert [tokens for tokens, _ in quoted(text)] == ["“The talks are over.", "“We shall not return,”"]


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "“The talks are over, he said.\n\nHanoi did not reply. Manila called it “regrettable”."
    assert [tokens for tokens, _ in quoted(text)] == ["“The talks are over, he said.", "“regrettable”"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .,\n\"'“”‘’«»„", max_size=80))
def test_any_arrangement_of_marks_gives_spans_within_the_text(text: str) -> None:
    for tokens, depth in quoted(text):
        assert tokens in text
        assert depth >= 0
