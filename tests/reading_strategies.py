"""Readings that no reader would make, with every character there is: what the record must carry all the same."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from communique.model import (
    Act,
    Actor,
    ActorKind,
    Argument,
    AssignmentReason,
    Claim,
    Condition,
    ConditionKind,
    Event,
    Issue,
    IssueAssignment,
    IssueStance,
    Manner,
    Modality,
    Mode,
    Naming,
    Proposition,
    Quantity,
    Reading,
    Relay,
    Report,
    Role,
    Span,
    Spans,
    Stance,
    Statement,
    Time,
    Trait,
)

ANY = st.characters(codec=None)
TEXTS = st.text(st.one_of(st.sampled_from('Aé\x00\ud800\udc00😀\u202e\n"\\# ~'), ANY), max_size=40)
WORDS = st.text(ANY, min_size=1, max_size=8)
IDS = st.sampled_from(["rus", "jpn", "person:é", "odd\x00", "unnamed:x", "a#b", "outlet:tass", "jpn/spokesperson"])
ISSUES = st.sampled_from(["peace-treaty", "kurils", "odd\ud800"])
DATES = st.sampled_from([None, "2023-10-04", "2023-10-04T10:00:00+09:00", "no date", "1970-01-01"])
SHARES = st.floats(0, 1)


def spans(length: int) -> st.SearchStrategy[Spans]:
    return st.lists(one_span(length), max_size=2).map(tuple)


def one_span(length: int) -> st.SearchStrategy[Span]:
    places = st.integers(0, length)
    return st.tuples(places, places).map(lambda ends: Span(min(ends), max(ends)))


@st.composite
def readings(draw: st.DrawFn, number: int = 0) -> Reading:
    """A reading of a report whose key is ``number``'s."""
    text = draw(TEXTS) + f" {number}"
    report = Report(
        id=draw(st.sampled_from([f"r{number}", f"odd\x00#{number}"])),
        text=text,
        title=draw(st.none() | WORDS),
        outlet=draw(st.sampled_from([None, "Volga", "Höchst\ud800"])),
        published=draw(DATES),
        url=draw(st.sampled_from([None, f"https://example.org/{number}?ü=1"])),
        author=draw(st.none() | WORDS),
    )
    some = spans(len(text))
    actors = [draw(_actor(name, some)) for name in sorted(draw(st.sets(IDS, max_size=5)))]
    issues = [draw(_issue(name, some)) for name in sorted(draw(st.sets(ISSUES)))]
    statements = [
        draw(_statement(f"s{number}{place}", some, one_span(len(text)))) for place in range(draw(st.integers(0, 3)))
    ]
    conditions = [
        draw(_condition(f"c{number}{place}", some, one_span(len(text)))) for place in range(draw(st.integers(0, 2)))
    ]
    event = st.builds(
        Event,
        id=st.just(f"e{number}"),
        source=st.lists(IDS, max_size=2).map(tuple),
        target=st.lists(IDS, max_size=2).map(tuple),
        type=st.just("CONSULT"),
        mode=st.none() | WORDS,
        modality=st.just("actual"),
        date=DATES,
        span=st.just(Span(0, len(text))),
        statement=st.none(),
    )
    return Reading(
        report,
        tuple(actors),
        tuple(statements),
        tuple(conditions),
        tuple(draw(st.lists(event, max_size=1))),
        tuple(issues),
        reader="communique test 1",
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
    )


def _actor(name: str, some: st.SearchStrategy[Spans]) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        id=st.just(name),
        name=WORDS,
        kind=st.sampled_from(ActorKind),
        country=st.sampled_from([None, "RUS", "JPN"]),
        role=st.sampled_from([None, "Chief Cabinet Secretary", "spokesman", "é\x00"]),
        mentions=some,
        principal=st.none() | IDS,
        members=st.lists(IDS, max_size=2).map(tuple),
    )


def _issue(name: str, some: st.SearchStrategy[Spans]) -> st.SearchStrategy[Issue]:
    claims = st.lists(st.builds(Claim, IDS, some, st.none()), max_size=2).map(tuple)
    return st.builds(Issue, st.just(name), WORDS, st.lists(WORDS, max_size=2).map(tuple), claims, some)


def _statement(name: str, some: st.SearchStrategy[Spans], one: st.SearchStrategy[Span]) -> st.SearchStrategy[Statement]:
    fields: dict[str, Any] = {
        "id": st.just(name),
        "source": some,
        "cue": some,
        "content": some,
        "speaker": st.none() | IDS,
        "chain": st.lists(st.builds(Relay, IDS, one), max_size=2).map(tuple),
        "addressee": st.lists(IDS, max_size=2).map(tuple),
        "manner": st.sampled_from(Manner),
        "mode": st.sampled_from(Mode),
        "act": st.sampled_from(Act),
        "parent": st.none(),
        "responds_to": st.none(),
        "about": st.lists(ISSUES, max_size=3).map(tuple),
        "conditions": st.just(()),
        "confidence": SHARES,
        "rule": st.just("clause"),
        "said_on": st.sampled_from([None, "2023-10-02", "2019"]),
        "when": some,
        "proposition": st.none() | _proposition(some, one),
        "stances": st.lists(st.builds(IssueStance, ISSUES, st.sampled_from(Stance)), max_size=2).map(tuple),
        "speaker_confidence": st.none() | SHARES,
        "assigned": st.just(()),
    }
    reason = st.tuples(SHARES, st.sampled_from(AssignmentReason), st.none() | one)
    made = st.builds(Statement, **_all(Statement, fields))
    return st.tuples(made, st.lists(reason, min_size=3, max_size=3)).map(lambda both: _assigned(*both))


def _assigned(statement: Statement, reasons: list[tuple[float, AssignmentReason, Span | None]]) -> Statement:
    """Why a statement is about each of its issues."""
    about = dict.fromkeys(statement.about)
    assigned = tuple(IssueAssignment(issue, *why) for issue, why in zip(about, reasons, strict=False))
    return dataclasses.replace(statement, assigned=assigned)


def _proposition(some: st.SearchStrategy[Spans], one: st.SearchStrategy[Span]) -> st.SearchStrategy[Proposition]:
    words = st.lists(WORDS, max_size=2).map(tuple)
    naming = st.none() | st.builds(Naming, words, words, one)
    fields: dict[str, Any] = {
        "terms": words,
        "terms_at": some,
        "names": words,
        "main": st.integers(0, 9),
        "quantities": st.lists(st.builds(Quantity, WORDS, WORDS, one), max_size=2).map(tuple),
        "denied": st.booleans(),
        "steady": st.booleans(),
        "traits": st.lists(st.sampled_from(Trait), max_size=3).map(tuple),
        "none_of": naming,
        "instead_of": naming,
        "holder": naming,
        "predicate": st.just("") | WORDS,
        "predicate_at": some,
        "modality": st.sampled_from(Modality),
        "time": st.sampled_from(Time),
        "arguments": st.lists(st.builds(Argument, IDS, st.sampled_from(Role), one), max_size=2).map(tuple),
        "about": st.lists(ISSUES, max_size=2).map(tuple),
    }
    return st.builds(Proposition, **_all(Proposition, fields))


def _all(kind: type[Any], fields: dict[str, Any]) -> dict[str, Any]:
    """A field that nobody draws is one that no test carries."""
    assert fields.keys() == {each.name for each in dataclasses.fields(kind)}
    return fields


def _condition(name: str, some: st.SearchStrategy[Spans], one: st.SearchStrategy[Span]) -> st.SearchStrategy[Condition]:
    fields: dict[str, Any] = {
        "id": st.just(name),
        "statement": st.none(),
        "antecedent": some,
        "consequent": some,
        "cue": some,
        "kind": st.sampled_from(ConditionKind),
        "holder": st.none() | IDS,
        "must_act": st.none() | IDS,
        "confidence": SHARES,
        "asks": st.none() | _proposition(some, one),
        "grants": st.none() | _proposition(some, one),
        "must_act_confidence": st.none() | SHARES,
    }
    return st.builds(Condition, **_all(Condition, fields))
