"""Coded statements from the record: stances on issues, and copies that are one voice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from communique.analysis.networks import Aggregation, Duplicates, NetworkMode, Settings, network, read_record
from communique.errors import BadNetwork
from communique.model import Actor, ActorKind, IssueStance, Reading, Report, Stance
from communique.record import Record
from communique.record.database import tables as t
from record_samples import JAPAN, RUSSIA, TREATY, made, put, reading

SOURCE = Actor("unnamed:a-source", "a source", ActorKind.UNNAMED)


def saying(words: str, speaker: Actor, stance: Stance | None, **fields: str) -> Reading:
    report: Report = made(f"{speaker.name} said {words}", **fields)
    read = reading(report, speaker=speaker, conditions=False)
    stances = (IssueStance(TREATY.id, stance),) if stance else ()
    return replace(read, statements=tuple(replace(each, stances=stances) for each in read.statements))


@pytest.fixture
def filled(record: Record) -> Record:
    put(record, saying("a treaty is near", RUSSIA, Stance.FOR, published="2023-10-04"))
    put(record, saying("a treaty is out of reach", JAPAN, Stance.AGAINST, published="2023-10-05T10:00:00Z"))
    put(record, saying("a treaty may come if the islands return", JAPAN, Stance.CONDITIONAL, published="2023-10-06"))
    put(record, saying("the treaty was spoken of", RUSSIA, None, published="2023-10-07"))
    put(record, saying("a treaty is a dream", SOURCE, Stance.AGAINST, published="2023-10-08"))
    return record


def test_stances_for_and_against_are_agreement_and_the_others_are_neither(filled: Record) -> None:
    with filled.reading() as connection:
        statements = read_record(connection)
    made = network(statements, Settings(NetworkMode.TWO, Aggregation.SUBTRACT))
    assert (made.rows, made.cols) == (("Japan", "Russia"), ("peace treaty",))
    assert made.matrix.tolist() == [[-1], [1]]
    assert network(statements, Settings(aggregation=Aggregation.CONFLICT)).matrix.tolist() == [[0, 1], [1, 0]]
    assert network(statements, Settings(NetworkMode.TWO, Aggregation.IGNORE)).matrix.tolist() == [[2], [2]]


def test_as_a_scale_a_condition_lies_between_for_and_against(filled: Record) -> None:
    with filled.reading() as connection:
        statements = read_record(connection, qualifier="stance")
    assert network(statements, Settings(NetworkMode.TWO, Aggregation.SUBTRACT)).matrix.tolist() == [[-1], [1]]
    assert network(statements, Settings(aggregation=Aggregation.CONGRUENCE)).matrix.tolist() == [[0, 0.5], [0.5, 0]]


def test_those_who_are_nobody_beyond_a_report_come_when_they_are_asked_for(filled: Record) -> None:
    with filled.reading() as connection:
        statements = read_record(connection, nameless=True)
    assert network(statements, Settings()).rows == ("Japan", "Russia", "a source")


def test_filters_and_other_columns_are_named_as_the_record_names_them(filled: Record) -> None:
    with filled.reading() as connection:
        statements = read_record(connection, actor="speaker", others=("stance", "outlet", "act", "country"))
        again = read_record(connection, actor="outlet", concept="party", qualifier=None)
    only = Settings(NetworkMode.TWO, Aggregation.IGNORE, include={"stance": frozenset({"conditional"})})
    assert network(statements, only).matrix.tolist() == [[1]]
    two = network(again, Settings(NetworkMode.TWO, Aggregation.IGNORE))
    assert (two.rows, two.cols) == (("Volga State News",), ("Japan", "Russia"))
    for name in ({"actor": "colour"}, {"others": ("colour",)}, {"qualifier": "colour"}):
        with filled.reading() as connection, pytest.raises(BadNetwork, match="colour"):
            read_record(connection, **name)


def test_copies_of_a_report_are_one_voice_and_one_document(record: Record) -> None:
    words = "a peace treaty is near, " + "as every talk of this long and friendly autumn has shown to both sides, " * 8
    for day, outlet in enumerate(("Volga State News", "Amur Daily", "Ussuri Post"), 4):
        published = f"2023-10-0{day}"
        put(record, saying(words, RUSSIA, Stance.FOR, id=f"copy-{day}", outlet=outlet, published=published))
    put(record, saying("a treaty is a good thing", RUSSIA, Stance.FOR, id="other", published="2023-10-09"))
    with record.reading() as connection:
        statements = read_record(connection, others=("outlet", "report"))
    assert network(statements, Settings(NetworkMode.TWO, Aggregation.SUBTRACT)).matrix.tolist() == [[2]]
    reports = statements.variable("report")
    assert [reports.names[code] for code in reports.codes] == ["copy-4", "other"]
    assert len(set(statements.document.codes.tolist())) == 2


def test_what_somebody_judged_wrong_does_not_count(filled: Record) -> None:
    with filled.reading() as connection:
        before = len(read_record(connection))
        key = connection.scalar(select(t.statement.c.key).order_by(t.statement.c.id).limit(1))
    assert key
    filled.judge("statement", key, "reject", by="analyst@example.org")
    with filled.reading() as connection:
        assert len(read_record(connection)) == before - 1


def test_two_actors_of_one_name_stay_two(filled: Record) -> None:
    with filled.writing() as connection:
        connection.execute(update(t.canonical_actor).values(name="Japan").where(t.canonical_actor.c.key == "rus"))
    with filled.reading() as connection:
        assert network(read_record(connection), Settings()).rows == ("Japan (jpn)", "Japan (rus)")


def test_days_are_those_of_publication(filled: Record) -> None:
    with filled.reading() as connection:
        statements = read_record(connection, qualified=True)
    by_day = network(statements, Settings(NetworkMode.TWO, Aggregation.SUBTRACT, duplicates=Duplicates.DAY))
    assert by_day.statements == 2
    assert sorted(statements.when.astype("datetime64[D]").astype(str).tolist())[:2] == ["2023-10-04", "2023-10-05"]


def test_an_empty_record_has_an_empty_network(record: Record) -> None:
    with record.reading() as connection:
        assert network(read_record(connection), Settings()).rows == ()
