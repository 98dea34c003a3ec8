"""Who else speaks for a party: joint statements, and persons whom other reports place."""

from __future__ import annotations

from dataclasses import replace

from communique.analysis.positions import positions
from communique.model import Actor, ActorKind, IssueStance, Stance
from communique.record import Record
from communique.record.query.lookup import find_actor, find_issue
from communique.record.query.speaking_parties import joint_voices, own_voices, speaking_for_nobody
from record_samples import JAPAN, RUSSIA, TREATY, made, put, reading

BOTH = Actor("group:jpn+rus", "the two ministers", ActorKind.GROUP, members=("jpn", "rus"))
BARE = Actor("person:ann-lee", "Ann Lee", ActorKind.PERSON)
PLACED = replace(BARE, role="foreign minister", principal="jpn")


def say(record: Record, words: str, speaker: Actor, day: str) -> None:
    read = reading(made(f"{speaker.name} said {words}", published=day), speaker=speaker, conditions=False)
    others = tuple(actor for actor in (JAPAN, RUSSIA) if actor.id not in {each.id for each in read.actors})
    told = tuple(replace(each, stances=(IssueStance(TREATY.id, Stance.FOR),)) for each in read.statements)
    put(record, replace(read, actors=(*read.actors, *others), statements=told))


def test_what_two_say_as_one_is_each_ones_word(record: Record) -> None:
    say(record, "a treaty is near", BOTH, "2024-01-10")
    with record.reading() as connection:
        named = [find_actor(connection, key) for key in ("jpn", "rus")]
        assert list(joint_voices(connection, [each.id for each in named]).values()) == [tuple(e.id for e in named)]
        assert {
            party
            for party, _ in positions(connection, issues=[find_issue(connection, TREATY.name)], parties=named).cells
        } == {"jpn", "rus"}


def test_a_person_speaks_for_the_party_that_another_report_gives_him(record: Record) -> None:
    say(record, "a treaty is near", PLACED, "2024-01-10")
    say(record, "the treaty will be signed", BARE, "2024-02-10")
    with record.reading() as connection:
        japan = find_actor(connection, "jpn")
        issue = find_issue(connection, TREATY.name)
        assert list(own_voices(connection, [japan.id], [issue.id]).values()) == [(japan.id,)]
        (cell,) = positions(connection, issues=[issue], parties=[japan]).cells.values()
        assert cell.newest == "2024-02-10"


def test_who_speaks_for_two_parties_speaks_for_neither_where_none_is_told(record: Record) -> None:
    say(record, "a treaty is near", PLACED, "2024-01-10")
    say(record, "a treaty is far", replace(PLACED, principal="rus"), "2024-01-12")
    say(record, "the treaty will be signed", BARE, "2024-02-10")
    with record.reading() as connection:
        issue = find_issue(connection, TREATY.name)
        named = [find_actor(connection, key) for key in ("jpn", "rus")]
        assert own_voices(connection, [each.id for each in named], [issue.id]) == {}
        assert own_voices(connection, [named[0].id], [issue.id]) == {}
        cells = positions(connection, issues=[issue], parties=named).cells
        assert {party: cell.newest for (party, _), cell in cells.items()} == {"jpn": "2024-01-10", "rus": "2024-01-12"}


def test_of_those_who_do_not_speak_on_the_issue_for_themselves_nobody_is_told(record: Record) -> None:
    say(record, "a treaty is near", PLACED, "2024-01-10")
    with record.reading() as connection:
        japan, issue = find_actor(connection, "jpn"), find_issue(connection, TREATY.name)
        assert own_voices(connection, [japan.id], [issue.id]) == {}


def test_who_held_the_office_once_does_not(record: Record) -> None:
    say(record, "a treaty is near", PLACED, "2024-01-10")
    say(record, "the treaty will be signed", replace(BARE, role="former foreign minister"), "2024-02-10")
    with record.reading() as connection:
        japan = find_actor(connection, "jpn")
        issue = find_issue(connection, TREATY.name)
        assert len(speaking_for_nobody(connection, own_voices(connection, [japan.id], [issue.id]))) == 1
        (cell,) = positions(connection, issues=[issue], parties=[japan]).cells.values()
        assert cell.newest == "2024-01-10"
