"""Copies in the record: grouped in any order, told anew with each version, and the same after an import."""

from __future__ import annotations

import dataclasses
import io
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from communique.collect.hand_over_reading import take_in_lines
from communique.record import Record
from communique.record.database import tables as t
from copied_texts import edited, first, words
from record_samples import made, put, reading


def add(record: Record, key: str, text: str, **fields: str | None) -> None:
    put(record, reading(made(text, **{"id": key, "outlet": key, **fields})))


def renew(record: Record, key: str, text: str, **fields: str | None) -> None:
    """Give a report another text, as a new version."""
    url = f"https://example.org/{key}"
    placed = record.place(made(text, **{"id": key, "outlet": key, "url": url, **fields}))
    assert record.add(placed, reading(placed.report), came_from="feed")


def voices(record: Record) -> set[frozenset[str]]:
    """The reports by voice; that copies, origins and counts agree is looked at on the way."""
    r = t.report
    with record.reading() as connection:
        rows = connection.execute(select(r.c.id, r.c.key, r.c.voice, r.c.copy_of, r.c.copies)).all()
    grouped: dict[int, list[str]] = {}
    for row in rows:
        grouped.setdefault(row.voice, []).append(row.key)
    for row in rows:
        if row.voice == row.id:
            assert (row.copy_of, row.copies) == (None, len(grouped[row.id]) - 1)
        else:
            assert (row.copy_of, row.copies) == (row.voice, 0)
    return {frozenset(keys) for keys in grouped.values()}


def origins(record: Record) -> dict[str, str]:
    return {row.report: row.voice for row in record.reports()}


def origin(record: Record, key: str) -> str:
    return origins(record)[key]


def sayings(record: Record) -> list[tuple[str, int]]:
    s = t.statement
    query = select(t.report.c.key, s.c.voices).join(s, s.c.report_id == t.report.c.id).where(s.c.current == 1)
    with record.reading() as connection:
        return sorted((row.key, row.voices) for row in connection.execute(query))


def said(record: Record) -> set[frozenset[str]]:
    """The statements that say the same, by their keys."""
    s = t.statement
    grouped: dict[int, list[str]] = {}
    with record.reading() as connection:
        for row in connection.execute(select(s.c.key, s.c.same_as).where(s.c.current == 1)):
            grouped.setdefault(row.same_as, []).append(row.key)
    return {frozenset(keys) for keys in grouped.values()}


def imported(source: Record, target: Record) -> None:
    stream = io.BytesIO()
    source.export(stream)
    failures: list[object] = []
    take_in_lines(target, io.BytesIO(stream.getvalue()), "handed.jsonl", failures.append)
    assert failures == []


def test_the_earliest_of_the_copies_is_the_origin(record: Record) -> None:
    text = words("a", 120)
    add(record, "late", edited(text), published="2024-02-02")
    add(record, "undated", text, published=None)
    add(record, "early", f"PARIS (AFP) - {text}", published="2024-02-01")
    add(record, "other", words("b", 120), published="2024-01-01")
    assert voices(record) == {frozenset({"late", "undated", "early"}), frozenset({"other"})}
    assert origin(record, "late") == "early"


def test_a_digest_makes_no_one_voice_of_two_agencies_in_any_order(record: Record) -> None:
    for number, order in enumerate(itertools.permutations("abd")):
        one, two = words(f"a{number}x", 100), words(f"b{number}x", 100)
        texts = {"a": one, "b": two, "d": f"{first(one, 70)}\n\n{first(two, 60)}"}
        for name in order:
            add(record, f"{name}{number}", texts[name])
        found = {group for group in voices(record) if any(key.endswith(str(number)) for key in group)}
        assert found == {frozenset({f"a{number}", f"d{number}"}), frozenset({f"b{number}"})}, order


def test_a_text_that_is_one_agencys_and_partly_anothers_stays_with_the_one(record: Record) -> None:
    text = words("a", 120)
    add(record, "tass", text, agency="TASS")
    add(record, "kyodo", f"{first(text, 60)}\n\n{words('k', 60)}", agency="Kyodo")
    add(record, "paper", f"{first(text, 60)}\n\n{words('p', 60)}")
    assert origin(record, "kyodo") != origin(record, "tass")


def test_the_forty_fifth_reprint_is_still_a_copy(record: Record) -> None:
    text = words("a", 120)
    for number in range(45):
        add(record, f"r{number}", text)
    add(record, "part", f"{first(text, 60)}\n\n{words('p', 30)}")
    assert len(voices(record)) == 1
    with record.reading() as connection:
        under = connection.scalars(select(func.count(t.wire_band.c.report_id)).group_by(t.wire_band.c.band)).all()
    assert max(under) == 40, "and the index does not grow with the reprints"


def test_one_story_in_eighteen_cuttings_is_one_voice(record: Record) -> None:
    """Each has the opening, another part of the rest and a paragraph of its own; no two are near-identical."""
    opening, rest = words("o", 60), [words(f"p{n}x", 40) for n in range(4)]
    for number in range(18):
        kept = [part for place, part in enumerate(rest) if (number + 1) >> place & 1]
        own = words(f"own{number}x", 20)
        page = f"Headline number {number}\n\n{opening}.\n\n" + "\n\n".join([*kept, own])
        add(record, f"r{number}", page, published=None)
    assert len(voices(record)) == 1


def test_a_standing_paragraph_makes_no_voice(record: Record) -> None:
    standing = words("s", 45)
    for number in range(24):
        add(record, f"r{number}", f"{words(f'n{number}x', 90)}\n\n{standing}", outlet="Taiga Herald")
    assert len(voices(record)) == 24


def test_a_version_that_is_something_else_leaves_its_group_and_the_rest_have_a_new_origin(record: Record) -> None:
    text = words("a", 120)
    renew(record, "first", text, published="2024-01-01")
    add(record, "second", edited(text), published="2024-01-02")
    add(record, "third", text, published="2024-01-03")
    renew(record, "first", words("b", 120), published="2024-01-01")
    assert voices(record) == {frozenset({"first"}), frozenset({"second", "third"})}
    assert origin(record, "third") == "second"
    with record.reading() as connection:
        kept = connection.scalars(
            select(t.report_version.c.text)
            .join(t.report, t.report.c.id == t.report_version.c.report_id)
            .where(t.report.c.key == "first")
            .order_by(t.report_version.c.number)
        ).all()
    assert kept == [text, words("b", 120)], "the older version is never overwritten"
    add(record, "fourth", text, published="2024-01-04")
    assert origin(record, "fourth") == "second", "and what it was is no longer found by its keys"
    renew(record, "first", f"{text} Corrected.", published="2024-01-01")
    assert voices(record) == {frozenset({"first", "second", "third", "fourth"})}


def test_a_member_leaves_a_large_group_and_comes_back(record: Record) -> None:
    text = words("a", 120)
    for number in range(20):
        renew(record, f"r{number}", text)
    renew(record, "r7", words("b", 120))
    assert {len(group) for group in voices(record)} == {1, 19}
    renew(record, "r0", words("c", 120))
    assert {len(group) for group in voices(record)} == {1, 18}
    renew(record, "r7", edited(text))
    assert {len(group) for group in voices(record)} == {1, 19}


SAME = [
    "Russia said it would resume treaty talks about fishing grounds only if Japan withdrew sanctions imposed last June",
    "Russia said talks about treaty would resume if Japan withdrew last June imposed sanctions, fishing grounds only",
]


def test_copies_are_one_voice_for_what_they_say(record: Record) -> None:
    add(record, "one", SAME[0])
    assert sayings(record) == [("one", 1)]
    add(record, "two", SAME[1])
    assert sayings(record) == [("one", 2), ("two", 2)]
    add(record, "again", f"{SAME[0]}.")
    assert voices(record) == {frozenset({"one", "again"}), frozenset({"two"})}
    assert sayings(record) == [("again", 2), ("one", 2), ("two", 2)]
    assert next(row.report for row in record.statements(sort="voices")) in {"again", "one", "two"}


def test_a_new_version_that_no_longer_says_it_is_no_voice_for_it(record: Record) -> None:
    add(record, "one", SAME[0])
    renew(record, "two", SAME[1])
    assert sayings(record) == [("one", 2), ("two", 2)]
    renew(record, "two", "Russia said nothing whatever concerning yesterday's unexpected earthquake near Kamchatka")
    assert sayings(record) == [("one", 1), ("two", 1)]


def test_a_report_read_again_without_the_statement_is_no_voice_for_it(record: Record) -> None:
    add(record, "one", SAME[0])
    add(record, "two", SAME[1])
    placed = record.place(made(SAME[0], id="one", outlet="one"))
    issues = tuple(dataclasses.replace(issue, claims=()) for issue in reading(placed.report).issues)
    empty = dataclasses.replace(reading(placed.report), statements=(), conditions=(), issues=issues)
    assert record.add(placed, empty, came_from="again")
    assert sayings(record) == [("two", 1)]
    assert record.add(record.place(placed.report), reading(placed.report), came_from="again")
    assert sayings(record) == [("one", 2), ("two", 2)]


def filled(record: Record) -> None:
    text = words("a", 120)
    add(record, "z", text, published=None)
    add(record, "m", edited(text), published=None)
    renew(record, "gone", text)
    renew(record, "gone", words("g", 120))
    add(record, "d", f"{first(text, 60)}\n\n{first(words('b', 100), 50)}", published=None)
    add(record, "b", words("b", 100))
    add(record, "two", SAME[1])
    add(record, "one", SAME[0])
    add(record, "again", f"{SAME[0]}.")


def test_an_import_has_the_same_voices(record: Record, tmp_path: Path) -> None:
    filled(record)
    assert origin(record, "m") == "z", "the first that was added, not the first by key"
    with Record.open(tmp_path / "there.db", create=True) as there:
        imported(record, there)
        assert voices(there) == voices(record)
        assert origins(there) == origins(record)
        assert sayings(there) == sayings(record)
        assert said(there) == said(record)
        imported(record, there)
        assert voices(there) == voices(record)


def test_an_import_into_a_record_that_has_copies_of_its_own_joins_them(record: Record, tmp_path: Path) -> None:
    filled(record)
    with Record.open(tmp_path / "there.db", create=True) as there:
        add(there, "own", words("a", 120), published="2020-01-01")
        imported(record, there)
        assert origin(there, "z") == origin(there, "m") == "own"
        assert voices(there) >= {frozenset({"b"}), frozenset({"gone"})}


@given(some.permutations(range(8)))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_near_identical_texts_are_grouped_alike_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    bases = [words(seed, 110) for seed in ("a", "b", "c")]
    texts = [*bases, *(edited(base) for base in bases), f"LONDON (Reuters) - {bases[0]}", f"{bases[1]} Ends."]
    with Record.open(tmp_path_factory.mktemp("orders") / "communique.db", create=True) as record:
        for number in order:
            add(record, f"r{number}", texts[number])
        assert voices(record) == {frozenset({"r0", "r3", "r6"}), frozenset({"r1", "r4", "r7"}), frozenset({"r2", "r5"})}
