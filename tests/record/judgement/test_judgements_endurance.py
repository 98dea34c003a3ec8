"""Judgements outlive readings: by the key, by the words, and as orphans where the words are gone."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select

from communique.model import Reading, Span, Statement
from communique.record import Record
from communique.record.database import tables as t
from communique.record.decisions.judgement_log import apply_corrections, judgements_of_rows
from record_samples import JAPAN, at, made, put, reading

TEXT = "Russia said it would resume treaty talks only if Japan changed course, TASS reported."
URL = "https://example.org/talks"


def verdicts(record: Record) -> dict[str, str | None]:
    """Verdicts of what is current, by key."""
    with record.reading() as connection:
        rows = connection.execute(select(t.statement.c.key, t.statement.c.verdict).where(t.statement.c.current == 1))
        return {row.key: row.verdict for row in rows}


def with_statement(read: Reading, **changes: object) -> Reading:
    (statement,) = read.statements
    other: Statement = dataclasses.replace(statement, **changes)  # type: ignore[arg-type]
    conditions = tuple(dataclasses.replace(each, statement=other.id) for each in read.conditions)
    return dataclasses.replace(read, statements=(other,), conditions=conditions)


def reread(record: Record, read: Reading) -> None:
    assert record.add(record.place(read.report), read)


@pytest.fixture
def judged(record: Record) -> tuple[Record, Reading]:
    read = reading(made(TEXT, url=URL))
    put(record, read)
    record.judge("statement", read.statements[0].id, "reject", by="Aiko")
    return record, read


def test_reading_again_keeps_the_verdict(judged: tuple[Record, Reading]) -> None:
    record, read = judged
    reread(record, dataclasses.replace(read, reader="communique test 2"))
    assert verdicts(record) == {read.statements[0].id: "reject"}


def test_a_reader_that_cuts_the_statement_a_little_otherwise_keeps_the_verdict(
    judged: tuple[Record, Reading],
) -> None:
    record, read = judged
    end = TEXT.index(", TASS")
    reread(record, with_statement(read, id="s-other", content=(Span(TEXT.index("would"), end),)))
    assert verdicts(record) == {"s-other": "reject"}
    (listed,) = record.judgements()
    assert (listed.judgement.key, listed.key_now) == (read.statements[0].id, "s-other")
    record.judge("statement", "s-other", "withdraw", by="Aiko")
    assert verdicts(record) == {"s-other": None}


def test_other_words_by_another_voice_are_not_what_was_judged(judged: tuple[Record, Reading]) -> None:
    record, read = judged
    read = with_statement(read, id="s-other", speaker=JAPAN.id, cue=at(TEXT, "reported"))
    reread(record, read)
    assert verdicts(record) == {"s-other": None}


def test_a_judgement_on_what_is_no_longer_found_is_listed_as_orphaned_and_comes_back(
    judged: tuple[Record, Reading],
) -> None:
    record, read = judged
    reread(record, dataclasses.replace(read, statements=(), conditions=(), issues=()))
    assert [each.orphaned for each in record.judgements()] == [True]
    reread(record, read)
    assert [each.orphaned for each in record.judgements()] == [False]
    assert verdicts(record) == {read.statements[0].id: "reject"}


def test_an_orphaned_judgement_can_be_withdrawn(judged: tuple[Record, Reading]) -> None:
    record, read = judged
    reread(record, dataclasses.replace(read, statements=(), conditions=(), issues=()))
    record.judge(None, read.statements[0].id, "withdraw", by="Aiko")
    reread(record, read)
    assert verdicts(record) == {read.statements[0].id: None}


def test_a_newer_version_that_has_the_words_elsewhere_keeps_the_judgement(judged: tuple[Record, Reading]) -> None:
    record, read = judged
    record.judge("statement", read.statements[0].id, "correct", by="Boris", correction={"content": [[31, 43]]})
    newer = made("Updated. " + TEXT, url=URL)
    placed = record.place(newer)
    moved = reading(placed.report)
    moved = with_statement(
        moved,
        id="s-moved",
        source=at(newer.text, "Russia"),
        content=tuple(Span(s + 9, e + 9) for s, e in at(TEXT, TEXT[12:])),
    )
    assert record.add(placed, moved)
    assert verdicts(record) == {"s-moved": "disputed"}
    with record.reading() as connection:
        row = connection.execute(select(t.statement).where(t.statement.c.key == "s-moved")).one()
        judgements = judgements_of_rows(connection, "statement", [row.id])[row.id]
    shown = apply_corrections(row._asdict(), judgements, text=newer.text)
    (span,) = shown["content"]
    assert newer.text[slice(*span)] == TEXT[31:43] == shown["content_text"]


def test_a_newer_version_without_the_words_is_not_judged(judged: tuple[Record, Reading]) -> None:
    record, _ = judged
    newer = made("Russia said it would end all talks only if Japan struck first, TASS reported.", url=URL)
    placed = record.place(newer)
    assert record.add(placed, reading(placed.report))
    assert set(verdicts(record).values()) == {None}
    assert [each.orphaned for each in record.judgements()] == [False], "the older version still has it"
