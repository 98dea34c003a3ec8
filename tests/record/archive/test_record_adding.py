"""Adding: a report goes in once, whole, and every version of it is kept."""

from __future__ import annotations

import dataclasses

from sqlalchemy import func, select

from communique.model import Actor, ActorKind
from communique.record import Record
from communique.record.database import tables as t
from record_samples import made, put, reading


def count(record: Record, table: str) -> int:
    with record.reading() as connection:
        return connection.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0


def test_a_report_added_twice_is_held_once(record: Record) -> None:
    first = put(record, reading())
    again = record.place(reading().report)
    assert again.held
    assert again.reader == reading().reader
    assert again.report.id == first
    assert count(record, "report") == count(record, "statement") == 1


def test_the_same_address_with_other_words_is_a_new_version_and_the_old_one_stays(record: Record) -> None:
    url = "https://example.org/talks"
    put(record, reading(made("Russia said talks would resume only if Japan changed course, TASS reported.", url=url)))
    newer = made("Russia said talks could resume only if Japan changed course, TASS reported.", url=url)
    placed = record.place(newer)
    assert not placed.held
    assert record.add(placed, reading(placed.report))
    with record.reading() as connection:
        texts = connection.execute(select(t.report_version.c.number, t.report_version.c.text)).all()
        current = connection.scalars(select(t.statement.c.current).order_by(t.statement.c.id)).all()
    assert [number for number, _ in texts] == [1, 2]
    assert "would" in texts[0].text
    assert "could" in texts[1].text
    assert current == [0, 1]


def test_addresses_that_differ_in_campaign_marks_alone_are_one(record: Record) -> None:
    put(record, reading(made("Russia said no.", url="http://Example.org/talks?utm_source=x&a=1#top")))
    assert record.place(made("Russia said no.", url="https://example.org/talks?a=1")).held


def test_the_same_words_in_another_outlet_are_another_report(record: Record) -> None:
    put(record, reading(made("Russia said no.", id="a", outlet="Hokuto Daily")))
    assert not record.place(made("Russia said no.", id="b", outlet="Volga State News")).held


def test_an_id_that_another_report_has_gets_a_mark_of_its_own(record: Record) -> None:
    put(record, reading(made("Russia said no.", id="1", outlet="Hokuto Daily")))
    placed = record.place(made("Japan said yes.", id="1", outlet="Volga State News"))
    assert placed.report_id is None
    assert placed.report.id.startswith("1~")


def test_a_held_text_read_anew_has_the_new_reading_alone(record: Record) -> None:
    report = made("Russia said it would talk only if Japan changed course, TASS reported.")
    put(record, reading(report))
    placed = record.place(report)
    assert record.add(placed, reading(report, reader="communique test 2"))
    assert record.place(report).reader == "communique test 2"
    assert count(record, "reading") == count(record, "statement") == count(record, "condition") == 1


def test_what_was_placed_before_another_added_it_is_refused(record: Record) -> None:
    read = reading()
    early = record.place(read.report)
    put(record, read)
    assert not record.add(early, read)
    assert count(record, "report") == 1


def test_characters_that_no_database_stores_come_back_as_they_were(record: Record) -> None:
    text = "Russia said \x00no\ud800 only if Japan changed course, TASS reported."
    read = reading(made(text, id="odd\x00"))
    placed = record.place(read.report)
    record.add(placed, dataclasses.replace(read, report=placed.report))
    assert record.place(made(text, id="odd\x00")).held


def test_a_minister_speaks_for_a_state_that_the_report_does_not_name(record: Record) -> None:
    minister = Actor("person:a", "A. Person", ActorKind.PERSON, "IRN", "Foreign Minister", principal="irn")
    put(record, reading(speaker=minister))
    party = t.canonical_actor.alias()
    joined = select(party.c.key, party.c.name, t.statement.c.speaker).join(party, party.c.id == t.statement.c.party_id)
    with record.reading() as connection:
        assert connection.execute(joined).all() == [("irn", "Iran", "person:a")]
        principal = select(t.canonical_actor.c.principal).where(t.canonical_actor.c.key == "person:a")
        assert connection.scalar(principal) == "irn"
