"""Actors and issues made one and parted again: every row follows, and undoing restores exactly what was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from communique.errors import MergeRefused, NotInRecord
from communique.model import Actor, ActorKind, Issue, Reading
from communique.record import Record
from communique.record.database import tables as t
from communique.record.resolution import merges
from record_samples import JAPAN, made, put, reading
from resolution_samples import roots, state

LONG = Actor("person:ivan-petrov", "Ivan Petrov", ActorKind.PERSON, "RUS")
SHORT = Actor("person:petrov", "Petrov", ActorKind.PERSON)
OTHER = Actor("person:i-petrov", "I. Petrov", ActorKind.PERSON, "RUS")
OFFICE = Actor("rus/foreign-minister", "foreign minister", ActorKind.OFFICE, "RUS")
SPEAKERS = (LONG, SHORT, OTHER, OFFICE)


def report_by(speaker: Actor, number: int = 0, **changes: Any) -> Reading:
    text = f"Petrov said it would resume talks {number} only if Japan changed course, TASS reported."
    return dataclasses.replace(
        reading(made(text, id=f"r{number}-{speaker.id}", published="2023-05-01"), speaker=speaker), **changes
    )


@pytest.fixture
def held(record: Record) -> Record:
    for number, speaker in enumerate(SPEAKERS):
        put(record, report_by(speaker, number))
    return record


def test_merged_actors_speak_as_one_and_the_rows_keep_what_the_reports_say(held: Record) -> None:
    held.merge("actor", SHORT.id, LONG.id, by="Aiko", reason="one man")
    key = report_by(SHORT, 1).statements[0].id
    assert state(held)[key] == (LONG.id, LONG.id, "RUS"), "the country comes with the person"
    with held.reading() as connection:
        assert connection.scalar(select(t.statement.c.speaker).where(t.statement.c.key == key)) == SHORT.id


def test_undoing_a_merge_restores_exactly_what_was(held: Record) -> None:
    before = state(held)
    held.merge("actor", SHORT.id, LONG.id, by="Aiko")
    assert state(held) != before
    held.unmerge("actor", SHORT.id, by="Boris", reason="two men")
    assert state(held) == before
    with held.reading() as connection:
        log = connection.execute(select(t.merge.c.action, t.merge.c.by).order_by(t.merge.c.seq)).all()
    assert [tuple(row) for row in log] == [("merge", "Aiko"), ("unmerge", "Boris")]


def test_what_is_added_later_follows_the_merge(held: Record) -> None:
    held.merge("actor", SHORT.id, LONG.id, by="Aiko")
    put(held, report_by(SHORT, 9))
    assert state(held)[report_by(SHORT, 9).statements[0].id][0] == LONG.id


def test_merged_issues_are_one(held: Record) -> None:
    other = report_by(LONG, 8)
    (statement,) = other.statements
    other = dataclasses.replace(
        other,
        issues=(Issue("kurils", "the Kurils", (), ()),),
        statements=(dataclasses.replace(statement, about=("kurils",)),),
    )
    put(held, other)
    held.merge("issue", "kurils", "peace-treaty", by="Aiko")
    assert state(held)[f"{statement.id} about"][0] == "peace-treaty"
    held.unmerge("issue", "kurils", by="Aiko")
    assert state(held)[f"{statement.id} about"][0] == "kurils"


def test_the_names_that_a_dossier_gives_an_issue_are_one_issue_unless_somebody_parted_them(held: Record) -> None:
    read = report_by(LONG, 8)
    (statement,) = read.statements
    names = ("the southern Kurils", "northern territories", "the Kurils")
    issues = tuple(Issue(f"i{place}", name, (), ()) for place, name in enumerate(names))
    about = tuple(issue.id for issue in issues)
    put(held, dataclasses.replace(read, issues=issues, statements=(dataclasses.replace(statement, about=about),)))
    groups = [["Northern Territories", "the southern Kurils", "the islands"]]
    (joined,) = held.join_aliases("issue", groups)
    assert (joined.from_key, joined.into_key, joined.by) == ("i0", "i1", "dossier")
    assert held.join_aliases("issue", groups) == []
    held.unmerge("issue", "i0", by="Aiko")
    assert held.join_aliases("issue", groups) == []


def test_an_office_is_resolved_for_one_report_and_not_for_the_next(held: Record) -> None:
    put(held, report_by(OFFICE, 7))
    first, second = report_by(OFFICE, 3), report_by(OFFICE, 7)
    before = state(held)
    held.resolve(first.report.id, OFFICE.id, LONG.id, by="Aiko")
    now = state(held)
    assert now[first.statements[0].id][0] == LONG.id
    assert now[f"{first.statements[0].id} speaker 0"] == LONG.id
    assert now[first.conditions[0].id][0] == LONG.id
    assert now[second.statements[0].id][0] == OFFICE.id
    held.unresolve(first.report.id, OFFICE.id, by="Aiko")
    assert state(held) == before


def test_a_resolution_outlives_reading_again_and_follows_a_merge(held: Record) -> None:
    read = report_by(OFFICE, 3)
    held.resolve(read.report.id, OFFICE.id, SHORT.id, by="Aiko")
    held.merge("actor", SHORT.id, LONG.id, by="Aiko")
    assert state(held)[read.statements[0].id][0] == LONG.id
    assert held.add(held.place(read.report), read)
    assert state(held)[read.statements[0].id][0] == LONG.id


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda r: r.merge("actor", SHORT.id, SHORT.id, by="A"), "one already"),
        (lambda r: r.merge("report", "a", "b", by="A"), "only actors and issues"),
        (lambda r: r.merge("actor", SHORT.id, LONG.id, by=" "), "signed"),
        (lambda r: r.unmerge("actor", SHORT.id, by="A"), "not merged into anything"),
        (lambda r: r.unresolve("r0", "x", by="A"), "not resolved"),
    ],
)
def test_a_merge_that_changes_nothing_is_refused(held: Record, call: Any, told: str) -> None:
    with pytest.raises(MergeRefused, match=told):
        call(held)


def test_what_the_record_does_not_know_is_not_merged(held: Record) -> None:
    with pytest.raises(NotInRecord):
        held.merge("actor", "person:nobody", LONG.id, by="A")
    with pytest.raises(NotInRecord):
        held.resolve("no-report", OFFICE.id, LONG.id, by="A")


def test_a_circle_of_merges_is_refused_and_one_kept_apart_can_still_be_merged(held: Record) -> None:
    held.keep_apart("actor", OTHER.id, LONG.id, by="Aiko")
    held.merge("actor", OTHER.id, LONG.id, by="Boris")
    with pytest.raises(MergeRefused):
        held.merge("actor", LONG.id, OTHER.id, by="Boris")
    with pytest.raises(MergeRefused):
        held.keep_apart("actor", OTHER.id, LONG.id, by="Aiko")


KEYS = [speaker.id for speaker in SPEAKERS]
STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=14)


@pytest.fixture
def undone(held: Record) -> Iterator[Connection]:
    with held.engine.connect() as connection:
        yield connection


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_merges_and_unmerges_come_to_what_the_log_says(
    undone: Connection, steps: list[tuple[bool, str, str]]
) -> None:
    transaction = undone.begin()
    joined: set[tuple[str, str]] = set()
    for joins, one, other in steps:
        try:
            if joins:
                merges.merge(undone, "actor", one, other, by="A", reason=None)
                joined.add((one, other))
            else:
                merges.unmerge(undone, "actor", one, other, by="A", reason=None)
                joined.discard((one, other))
        except MergeRefused:
            assert not joins or other in group_of(one, joined)
    expected = {key: root_of(group_of(key, joined), joined) for key in KEYS}
    found = roots(undone)
    assert {key: found[key][0] for key in KEYS} == expected
    for number, speaker in enumerate(SPEAKERS):
        read = report_by(speaker, number)
        assert found[read.statements[0].id][0] == expected[speaker.id]
        assert found[read.conditions[0].id][0] == expected[speaker.id]
        assert found[f"{read.statements[0].id} speaker 0"] == expected[speaker.id]
    transaction.rollback()


def group_of(key: str, joined: set[tuple[str, str]]) -> set[str]:
    group = {key}
    for _ in KEYS:
        group |= {end for pair in joined if group & set(pair) for end in pair}
    return group


def root_of(group: set[str], joined: set[tuple[str, str]]) -> str:
    free = sorted(group - {one for one, _ in joined})
    return (free or sorted(group))[0]


def test_a_record_as_stored_is_what_working_it_out_anew_gives(held: Record) -> None:
    before = state(held)
    with held.writing() as connection:
        merges.refresh(connection, list(connection.scalars(select(t.report.c.id))))
    assert state(held) == before
    assert before[report_by(LONG, 0).statements[0].id][0] == LONG.id
    assert JAPAN.id in before
