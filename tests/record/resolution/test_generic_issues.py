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


def test_a_name_of_its_own_joins_all(record: Record) -> None:
    put(record, told("Egypt said one.", "filling", "EGY", "ETH"))
    put(record, told("Serbia said two.", "filling", "SRB", "XKX"))
    assert issues(record) == {"filling"}


def test_a_followed_issue_is_one_whatever_its_name(record: Record) -> None:
    put(record, told("Egypt said one.", "dialogue", "EGY", "ETH", frame=("dialogue",)))
    put(record, told("Serbia said two.", "dialogue", "SRB", "XKX", frame=("dialogue",)))
    assert issues(record) == {"dialogue"}
