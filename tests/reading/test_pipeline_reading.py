"""From reports to readings: any text, any order, one that breaks a stage."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from communique.errors import CommuniqueError, ModelMissing, ReadingFailed, ReportTooLong
from communique.model import Reading, Report, Span, as_json
from communique.reading import pipeline
from communique.reading.batches import batches, tapered

Read = Callable[..., Reading]

TEXT = (
    "Russia would sign only if Japan lifts its sanctions, the Kremlin said. "
    "“There are no preconditions,” Putin told reporters. Tokyo rejected the offer."
)
WORDS = st.sampled_from(
    [
        *(
            "said",
            "the",
            "minister",
            "Tokyo",
            "if",
            "unless",
            "no",
            "that",
            "he",
            "according to",
            "only",
            "Putin",
            "it",
        ),
        *("both sides", "provided that", "would resume", "TASS reported", "would", "first", "then", "remarks", "once"),
        *("“", "”", '"', "'", "«", "—", ":", ";", ",", ".", "(", ")", "\n", "\n\n", "\r\n", "\t", "\u2029", "\xa0"),
        *("\u200f", "\ud800", "🙂", "e\u0301"),
    ]
)


def spans_of(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_of(getattr(value, field.name))


def check(reading: Reading, text: str) -> None:
    """What holds of every reading whatever was read."""
    assert reading.report.text == text
    for start, end in spans_of(reading):
        assert 0 <= start <= end <= len(text)
    statements = {s.id for s in reading.statements}
    conditions = {c.id for c in reading.conditions}
    actors = {a.id for a in reading.actors}
    assert len(statements) == len(reading.statements)
    assert len(conditions) == len(reading.conditions)
    assert len(actors) == len(reading.actors)
    for s in reading.statements:
        assert {s.parent, s.responds_to} <= statements | {None}
        assert set(s.conditions) <= conditions
        assert {s.speaker, *s.addressee, *(relay.actor for relay in s.chain)} <= actors | {None}
        assert 0 <= s.confidence <= 1
    for c in reading.conditions:
        assert c.statement in statements | {None}
        assert {c.holder, c.must_act} <= actors | {None}
        assert 0 <= c.confidence <= 1
    json.dumps(as_json(reading))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=60).map(" ".join))
@example("")
@example(" \n ")
@example("\ud800")
@example("“" * 300)
@example("((((" * 100 + "he said" + "))))" * 100)
@example("said " * 2000)
@example("if " * 1000)
@example("“He said ‘she said “they said ‘no" * 30)
def test_any_news_like_text_is_read_within_its_bounds(reader: Read, text: str) -> None:
    check(reader(text), text)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=300))
def test_any_text_at_all_is_read_within_its_bounds(reader: Read, text: str) -> None:
    check(reader(text), text)


def test_the_same_report_gives_the_same_reading_alone_or_among_others(reader: Read) -> None:
    report = Report(id="r", text=TEXT)
    alone = reader(TEXT)
    among = list(pipeline.outcomes([Report(id="a", text="He said no."), report, Report(id="b", text="So what?")]))
    assert among[1] == alone
    assert reader(TEXT) == alone


def test_ids_differ_between_reports_and_hold_for_the_same_one(reader: Read) -> None:
    def ids(reading: Reading) -> set[str]:
        return {s.id for s in reading.statements} | {c.id for c in reading.conditions}

    one, other, again = reader(TEXT, id="one"), reader(TEXT, id="other"), reader(TEXT, id="one")
    assert ids(one)
    assert not ids(one) & ids(other)
    assert ids(one) == ids(again)


def test_a_bare_text_is_named_after_itself(reader: Read) -> None:
    first, second = pipeline.read("He said no."), pipeline.read("He said yes.")
    assert first.report.id.startswith("report-")
    assert first.report.id != second.report.id


def test_a_reading_says_what_made_it(reader: Read) -> None:
    assert reader(TEXT).reader.startswith("communique 0.1.0 en_core_web_sm")


@Language.component("breaks_on_word")
def _breaks_on_word(doc: Doc) -> Doc:
    if "BREAK" in doc.text:
        raise KeyError("a slip")
    return doc


@pytest.fixture(scope="module")
def broken() -> pipeline.Reader:
    reader = pipeline.build(pipeline.DEFAULT_MODEL)
    reader.nlp.add_pipe("breaks_on_word")
    return reader


def test_a_report_that_breaks_a_stage_is_named_with_the_stage_and_the_rest_is_read(broken: pipeline.Reader) -> None:
    reports = [Report(id=str(k), text=TEXT + " BREAK" * (k == 1)) for k in range(3)]
    first, second, third = pipeline.read_batch(broken, reports)
    assert isinstance(first, Reading)
    assert isinstance(third, Reading)
    assert first.statements
    assert isinstance(second, ReadingFailed)
    assert str(second) == "report 1: the stage breaks_on_word broke on it (KeyError: 'a slip')"


def test_a_text_over_the_models_limit_is_refused_with_its_size(broken: pipeline.Reader) -> None:
    long, short = pipeline.read_batch(broken, [Report(id="long", text="x" * 1_000_001), Report(id="s", text=TEXT)])
    assert isinstance(long, ReportTooLong)
    assert "1,000,001 characters; this model reads at most 1,000,000" in str(long)
    assert isinstance(short, Reading)


def test_a_caller_may_have_a_memory_zone_open(broken: pipeline.Reader) -> None:
    with broken.nlp.memory_zone():
        (outcome,) = pipeline.read_batch(broken, [Report(id="r", text=TEXT)])
    assert isinstance(outcome, Reading)


def test_words_learned_from_reports_are_let_go(broken: pipeline.Reader) -> None:
    known = len(broken.nlp.vocab.strings)
    for k in range(20):
        pipeline.read_batch(broken, [Report(id=str(k), text=f"The Zq{k}vian minister Xo{k}lm said no to Uj{k}.")])
    assert len(broken.nlp.vocab.strings) - known < 20


@pytest.mark.parametrize("name", ["no_such_model", "/no/such/folder"])
def test_a_missing_model_is_an_error_of_ours_and_an_os_error(name: str) -> None:
    with pytest.raises(ModelMissing, match=name) as raised:
        pipeline.load(name)
    assert isinstance(raised.value, OSError)
    assert isinstance(raised.value, CommuniqueError)


def test_reports_are_taken_a_batch_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield Report(id=str(taken), text="x" * 1000)

    first, second = islice(batches(endless(), most=10, characters=5_000), 2)
    assert [len(first), len(second)] == [5, 5]
    assert taken == 11


def test_a_report_longer_than_a_batch_is_a_batch_of_its_own() -> None:
    reports = [Report(id=str(k), text="x" * size) for k, size in enumerate([10, 9_000, 10, 10])]
    assert [[r.id for r in batch] for batch in batches(reports, 10, 100)] == [["0"], ["1"], ["2", "3"]]


def test_the_last_batches_are_cut_small_and_nothing_is_lost() -> None:
    reports = [Report(id=str(k), text="x") for k in range(27)]
    cut = list(tapered(batches(reports, most=10), last=2, most=4))
    assert [len(batch) for batch in cut] == [10, 4, 4, 2, 4, 3]
    assert [report for batch in cut for report in batch] == reports
