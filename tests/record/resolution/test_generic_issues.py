"""What many disputes have one of is one issue only between the same parties."""

from __future__ import annotations

import dataclasses

from communique.model import Actor, ActorKind, Issue, Reading, Span
from communique.record import Record
from record_samples import made, put, reading


def told(text: str, name: str, *countries: str, frame: tuple[str, ...] = ()) -> Reading:
    read = reading(made(text), conditions=False)
    states = tuple(
        Actor(code.lower(), code, ActorKind.STATE, code, mentions=(Span(0, 1),) * (len(countries) - at))
        for at, code in enumerate(countries)
    )
    issue = Issue(name, name, (), ())
    statement = dataclasses.replace(
        read.statements[0], about=(name,), speaker=countries[0].lower(), addressee=(), chain=()
    )
    return dataclasses.replace(read, actors=states, issues=(issue,), statements=(statement,), frame=frame)


def issues(record: Record) -> set[str]:
    return {row.issue for row in record.issues()}


def test_a_generic_name_joins_reports_of_the_same_two_parties_alone(record: Record) -> None:
    put(record, told("Egypt said one.", "dialogue", "EGY", "ETH", "SDN"))
    put(record, told("Ethiopia said two.", "dialogue", "ETH", "EGY", "USA"))
    put(record, told("Serbia said three.", "dialogue", "SRB", "XKX"))
    assert issues(record) == {"dialogue~egy~eth", "dialogue~srb~xkx"}


def with_place(read: Reading, place: str) -> Reading:
    there = Actor(place, place.title(), ActorKind.TERRITORY, None, mentions=(Span(0, 1),))
    return dataclasses.replace(read, actors=(*read.actors, there))


def test_where_one_party_alone_is_named_the_place_tells_which(record: Record) -> None:
    put(record, with_place(told("Georgia said one.", "referendum", "GEO"), "abkhazia"))
    put(record, with_place(told("Georgia said two.", "referendum", "GEO"), "south-ossetia"))
    put(record, told("Georgia said three.", "referendum", "GEO"))
    assert issues(record) == {"referendum~geo~abkhazia", "referendum~geo~south-ossetia", "referendum~geo"}


def test_between_two_parties_a_place_tells_nothing_apart(record: Record) -> None:
    put(record, with_place(told("Georgia said one.", "dialogue", "GEO", "RUS"), "abkhazia"))
    put(record, told("Georgia said two.", "dialogue", "GEO", "RUS"))
    assert issues(record) == {"dialogue~geo~rus"}


def test_a_name_of_its_own_joins_all(record: Record) -> None:
    put(record, told("Egypt said one.", "filling", "EGY", "ETH"))
    put(record, told("Serbia said two.", "filling", "SRB", "XKX"))
    assert issues(record) == {"filling"}


def test_a_followed_issue_is_one_whatever_its_name(record: Record) -> None:
    put(record, told("Egypt said one.", "dialogue", "EGY", "ETH", frame=("dialogue",)))
    put(record, told("Serbia said two.", "dialogue", "SRB", "XKX", frame=("dialogue",)))
    assert issues(record) == {"dialogue"}
