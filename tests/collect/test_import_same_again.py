"""What is handed over comes out the same: byte for byte, on either store, whatever characters are in it."""

from __future__ import annotations

import dataclasses
import io
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

import stores
from communique.collect.hand_over_reading import take_in_lines
from communique.model import Reading
from communique.record import Record
from communique.record.database import tables as t
from reading_strategies import readings
from record_samples import made, put, reading
from resolution_samples import state


def exported(record: Record) -> bytes:
    stream = io.BytesIO()
    record.export(stream)
    return stream.getvalue()


def imported(record: Record, data: bytes) -> dict[str, int]:
    failures: list[str] = []
    new = take_in_lines(record, io.BytesIO(data), "handed.jsonl", lambda error: failures.append(str(error)))
    assert failures == []
    return {kind: count for kind, count in new.items() if count}


def filled(record: Record) -> Record:
    """A record with versions, judgements, merges and sources."""
    url = "https://example.org/talks"
    first = reading(made("Russia said talks would resume only if Japan changed course, TASS reported.", url=url))
    put(record, first)
    record.judge("statement", first.statements[0].id, "reject", by="Aiko", note="“no”")
    newer = made("Russia said it could resume talks only if Japan changed course, TASS reported.", url=url)
    placed = record.place(newer)
    assert record.add(placed, reading(placed.report), came_from="feed")
    text = "Japan\x00 said \ud83d\ude00\udfff no only if Russia paid, TASS reported."
    odd = reading(made(text, id="odd#1", published="2024-02-01T10:00:00+03:00"))
    put(record, odd)
    start = text.index("no only")
    record.judge("statement", odd.statements[0].id, "correct", by="Boris", correction={"content": [[start - 3, start]]})
    record.judge("actor", "rus", "correct", by="Boris", correction={"name": "Россия"})
    record.merge("actor", "outlet:tass", "rus", by="Aiko", reason="as it is theirs")
    record.unmerge("actor", "outlet:tass", by="Boris")
    record.resolve("odd#1", "jpn", "rus", by="Aiko")
    with record.writing() as connection:
        source = connection.execute(
            insert(t.source).values(url="https://example.org/feed", kind="feed", state='{"etag":"\\"x\\""}')
        ).inserted_primary_key
        assert source is not None
        connection.execute(insert(t.source_entry).values(source_id=source[0], entry="é", digest="d", seen_at="x"))
    return record


def test_a_record_goes_from_store_to_store_and_back_byte_for_byte(
    tmp_path: Path, postgresql_server: stores.PostgreSQL
) -> None:
    places = [str(tmp_path / "one.db"), postgresql_server.make(), str(tmp_path / "two.db")]
    with Record.open(places[0], create=True) as record:
        data, before = exported(filled(record)), state(record)
    for place in places[1:]:
        with Record.open(place, create=True) as record:
            imported(record, data)
            assert exported(record) == data
            assert state(record) == before, "and who stands behind what is the same"
        with Record.open(place) as record:
            data = exported(record)


def test_verdicts_follow_from_the_judgements_that_came_along(record: Record, tmp_path: Path) -> None:
    with Record.open(tmp_path / "other.db", create=True) as other:
        data = exported(filled(other))
    imported(record, data)
    with record.reading() as connection:
        rows = connection.execute(
            select(t.report.c.key, t.statement.c.verdict, t.statement.c.current).join(
                t.report, t.report.c.id == t.statement.c.report_id
            )
        )
        found = {(row.key, row.current): row.verdict for row in rows}
    assert found["odd#1", 1] == "correct"
    assert [found[key] for key in found if key[1] == 0] == ["reject"]


def test_the_same_hand_over_twice_adds_nothing(record: Record) -> None:
    data = exported(filled(record))
    assert imported(record, data) == {}
    assert exported(record) == data


_NUMBERS = itertools.count()


# Each example makes two records: a failing one is not made smaller, which would take minutes.
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(made=st.tuples(readings(0), readings(1), readings(2)))
def test_any_reading_comes_out_as_it_went_in(
    made: tuple[Reading, ...], tmp_path: Path, postgresql_server: stores.PostgreSQL
) -> None:
    number = next(_NUMBERS)
    with Record.open(tmp_path / f"{number}-a.db", create=True) as first:
        for read in made:
            placed = first.place(read.report)
            assert first.add(placed, dataclasses.replace(read, report=placed.report))
        data, before = exported(first), state(first)
    with Record.open(postgresql_server.make(), create=True) as second:
        imported(second, data)
        assert exported(second) == data
        assert state(second) == before


@pytest.fixture
def two(tmp_path: Path) -> tuple[Record, Record]:
    return tuple(Record.open(tmp_path / name, create=True) for name in ("a.db", "b.db"))  # type: ignore[return-value]
