"""A reading becomes plain JSON, and its types stay as they are."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest

from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Event,
    Issue,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Statement,
    as_json,
)

READING = Reading(
    report=Report(id="r", text="Tokyo said no.", title="No", published="2024-01-02"),
    actors=(Actor("a1", "Japan", ActorKind.STATE, "JPN", None, (Span(0, 5),)),),
    statements=(
        Statement(
            id="s1",
            source=(Span(0, 5),),
            cue=(Span(6, 10),),
            content=(Span(11, 13),),
            speaker="a1",
            chain=(Relay("a1", Span(0, 5)),),
            addressee=(),
            manner=Manner.INDIRECT,
            mode=Mode.SAID,
            act=Act.REFUSE,
            parent=None,
            responds_to=None,
            about=("i1",),
            conditions=("c1",),
            confidence=0.5,
            rule="verb",
        ),
    ),
    conditions=(Condition("c1", "s1", (Span(0, 5),), (), (Span(6, 10),), ConditionKind.WAIVED, "a1", None, 0.25),),
    events=(Event("e1", ("a1",), (), "REJECT", None, "actual", None, Span(0, 13), "s1"),),
    issues=(Issue("i1", "talks", ("the talks",), (Claim("a1", (Span(0, 5),), None),)),),
    reader="test",
)


def test_the_json_has_lists_for_spans_and_words_for_kinds() -> None:
    made = as_json(READING)
    assert json.loads(json.dumps(made)) == json.loads(json.dumps(made))
    assert made["actors"][0]["mentions"] == [[0, 5]]
    assert made["actors"][0]["kind"] == "state"
    assert made["statements"][0]["chain"] == [{"actor": "a1", "span": [0, 5]}]
    assert made["statements"][0]["act"] == "refuse"
    assert made["conditions"][0]["kind"] == "waived"
    assert made["conditions"][0]["consequent"] == []
    assert made["events"][0]["span"] == [0, 13]
    assert made["issues"][0]["claims"] == [{"actor": "a1", "grounds": [[0, 5]], "statement": None}]


def test_only_plain_types_are_in_the_json() -> None:
    def plain(value: object) -> bool:
        if type(value) is dict:
            return all(type(key) is str and plain(item) for key, item in value.items())
        if type(value) is list:
            return all(map(plain, value))
        return value is None or type(value) in (str, int, float, bool)

    assert plain(as_json(READING))


def test_a_reading_goes_from_one_process_to_another() -> None:
    assert pickle.loads(pickle.dumps(READING)) == READING


def test_what_was_read_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        READING.report.id = "x"  # type: ignore[misc]
