"""Who may be whom: proposals with their reasons and evidence, and only what a rule makes sure is joined unasked."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import communique
import stores
from communique.collect.intake import take_in
from communique.ingest import gather
from communique.model import Actor
from communique.record import Record
from communique.record.database import tables as t
from communique.record.resolution.offices import office_key
from communique.record.resolution.proposals import transliterated
from resolution_samples import HAYASHI, MATSUNO, SPOKESMAN, add, person


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record on SQLite: what is proposed does not hang on the store."""
    with Record.open(tmp_path / "communique.db", create=True) as opened:
        yield opened


def speakers(record: Record) -> dict[str, str]:
    """Who stands behind each report's statement."""
    root = t.canonical_actor
    with record.reading() as connection:
        rows = connection.execute(
            select(t.report.c.key, root.c.key.label("root"))
            .join(t.statement, t.statement.c.report_id == t.report.c.id)
            .join(root, root.c.id == t.statement.c.speaker_root)
        )
        return {row.key: row.root for row in rows}


def test_proposals_are_the_same_on_postgresql(postgresql_server: stores.PostgreSQL) -> None:
    with Record.open(postgresql_server.make(), create=True) as record:
        add(record, MATSUNO, "2022-04-01")
        mention = add(record, SPOKESMAN, "2022-05-01")
        add(record, person("Aleksei Zykov"))
        add(record, person("Alexey Zykov"), number=1)
        assert [(each.rule, each.sure) for each in record.join_sure()] == [("office", True), ("spelling", True)]
        assert speakers(record)[mention] == MATSUNO.id


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2022-05-01", MATSUNO), ("2023-10-01", MATSUNO), ("2024-02-01", HAYASHI)],
)
def test_an_office_without_a_name_is_the_one_who_held_it_on_the_reports_day(
    record: Record, day: str, holder: Actor
) -> None:
    shown = [
        add(record, MATSUNO, "2022-04-01"),
        add(record, MATSUNO, "2023-06-01", 1),
        add(record, HAYASHI, "2024-01-30"),
    ]
    mention = add(record, SPOKESMAN, day)
    (proposal,) = record.proposals()
    assert (proposal.into_key, proposal.sure, proposal.rule) == (holder.id, True, "office")
    assert holder.name in proposal.reason
    assert {each.report for each in proposal.evidence} - {mention} <= set(shown)
    assert len(proposal.evidence) > 1
    record.join_sure()
    assert speakers(record)[mention] == holder.id
    assert record.proposals() == []


def test_only_the_reports_that_came_in_are_looked_at_when_asked(record: Record) -> None:
    early = add(record, SPOKESMAN, "2023-02-01")
    late = add(record, SPOKESMAN, "2023-03-01", 1)
    one = add(record, person("Aleksei Zykov"), number=2)
    other = add(record, person("Alexey Zykov"), number=3)
    assert [each.report for each in record.join_sure([late])] == [late]
    assert record.join_sure([late]) == []
    assert speakers(record)[early] == SPOKESMAN.id
    assert [each.rule for each in record.join_sure([other])] == ["spelling"]
    assert speakers(record)[one] == speakers(record)[other]
    assert [each.report for each in record.join_sure()] == [early]


def test_where_no_report_shows_the_holder_the_dated_lexicon_does(record: Record) -> None:
    mention = add(record, SPOKESMAN, "2023-03-01")
    (proposal,) = record.proposals()
    assert (proposal.into_key, proposal.sure) == ("person:hirokazu-matsuno", True)
    assert "lexicon" in proposal.reason
    record.join_sure()
    assert speakers(record)[mention] == "person:hirokazu-matsuno"
    record.unresolve(mention, SPOKESMAN.id, by="Aiko")
    assert speakers(record)[mention] == SPOKESMAN.id
    assert record.proposals() == [], "what somebody undid is not proposed again"


def test_in_the_month_of_a_change_nobody_is_sure(record: Record) -> None:
    add(record, SPOKESMAN, "2023-12-10")
    found = record.proposals()
    assert {each.into_key for each in found} == {MATSUNO.id, HAYASHI.id}
    assert not any(each.sure for each in found)
    assert record.join_sure() == []


def test_reports_that_contradict_the_lexicon_make_a_proposal_that_is_not_sure(record: Record) -> None:
    stranger = dataclasses.replace(MATSUNO, id="person:a-stranger", name="A Stranger")
    add(record, stranger, "2023-02-20")
    add(record, SPOKESMAN, "2023-03-01")
    (proposal,) = record.proposals()
    assert (proposal.into_key, proposal.sure) == (stranger.id, False)


def test_without_a_date_nobody_knows_who_held_an_office(record: Record) -> None:
    add(record, SPOKESMAN, None)
    assert record.proposals() == []


def test_a_persons_offices_are_dated_with_the_words_that_show_them(record: Record) -> None:
    key = add(record, HAYASHI, "2024-01-30")
    offices = record.offices(HAYASHI.id)
    assert (offices[0].office, offices[0].since, offices[0].report) == (
        "jpn/chief-cabinet-secretary",
        "2024-01-30",
        key,
    )
    assert ("jpn/foreign-minister", "2021-11", "2023-09") in {(o.office, o.since, o.until) for o in offices}


@pytest.mark.parametrize(
    ("one", "other", "rule", "sure"),
    [
        ("Aleksei Zykov", "Alexey Zykov", "spelling", True),
        ("Sergey Lavrov", "Sergei Lavrov", "spelling", True),
        ("Zykov", "Aleksei Zykov", "family name", False),
        ("Alexandr Zykov", "Alexandra Zykova", None, False),
        ("Alexander Zykov", "Alexanda Zykov", "near spelling", False),
        ("Ivan Zykov", "Boris Zykov", None, False),
    ],
)
def test_persons_of_one_country_with_names_alike(
    record: Record, one: str, other: str, rule: str | None, sure: bool
) -> None:
    for number, name in enumerate((one, other)):
        add(record, person(name), number=number)
    found = record.proposals()
    assert [(each.rule, each.sure) for each in found] == ([(rule, sure)] if rule else [])
    assert len(record.join_sure()) == int(sure)
    assert all(len(each.evidence) == 2 for each in found)


def test_people_of_two_countries_are_two(record: Record) -> None:
    add(record, person("Aleksei Zykov"))
    add(record, dataclasses.replace(person("Alexey Zykov", "BLR")), number=1)
    assert record.proposals() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("sergey", "sergei"), ("zelensky", "zelenskyy"), ("zelenskiy", "zelenskyi"), ("dmitri", "dmitry")],
        *[("yeltsin", "eltsin"), ("aleksei", "alexey"), ("yuri", "yury"), ("ouchakov", "uchakov")],
    ],
)
def test_transliterations_come_out_the_same(one: str, other: str) -> None:
    assert transliterated(one) == transliterated(other)


@pytest.mark.parametrize(
    ("actor", "office"),
    [
        (("jpn/spokesperson", "office", "top government spokesman", "JPN", "jpn"), "jpn/chief-cabinet-secretary"),
        (
            ("person:x", "person", "Foreign Ministry spokeswoman", "RUS", "rus/foreign-ministry"),
            "rus/foreign-ministry/spokesperson",
        ),
        (("person:x", "person", "former Prime Minister", "JPN", "jpn"), None),
        (("person:x", "person", None, "JPN", "jpn"), None),
        (("person:x", "person", "External Affairs Minister", "IND", None), "ind/foreign-minister"),
        (("usa/x", "office", "foreign minister", "USA", None), "usa/secretary-of-state"),
        (("person:x", "person", "aide", None, "person:y"), None),
    ],
)
def test_an_office_has_one_key_however_it_is_written(
    actor: tuple[str, str, str | None, str | None, str | None], office: str | None
) -> None:
    assert office_key(*actor) == office


DOSSIER = Path(communique.__file__).parent / "dossiers" / "japan-russia" / "reports.jsonl"


def test_in_the_bundled_dossier_a_name_an_office_and_a_description_are_one_person(tmp_path: Path) -> None:
    wire = tmp_path / "more.jsonl"
    text = "TOKYO - Japan's top government spokesman said on {} that the protest had been lodged in Moscow."
    days = {"2023-03-01": "Wednesday", "2024-03-01": "Friday"}
    lines = [
        {"id": f"more-{day}", "outlet": "Harbour Post", "published": day, "text": text.format(name)}
        for day, name in days.items()
    ]
    wire.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with Record.open(tmp_path / "communique.db", create=True) as record:
        take_in(record, gather([str(DOSSIER), str(wire)]), lambda _: None)
        assert record.join_sure() == [], "adding joined them already"
        with record.reading() as connection:
            behind = {
                (row.from_key.partition("#")[0], row.into_key) for row in connection.execute(select(t.merge)).fetchall()
            }
        assert ("jr-2024-06-06-nihon", "person:yoshimasa-hayashi") in behind
        assert ("more-2023-03-01", "person:hirokazu-matsuno") in behind
        assert ("more-2024-03-01", "person:yoshimasa-hayashi") in behind
        assert speakers(record)["more-2023-03-01"] == "person:hirokazu-matsuno"
        offices = {(o.office, o.since) for o in record.offices("person:yoshimasa-hayashi") if o.report}
    assert ("jpn/foreign-minister", "2022-04-22") in offices
    assert ("jpn/chief-cabinet-secretary", "2024-01-30") in offices
