"""Small readings of our own making, for tests of the record that need no language model."""

from __future__ import annotations

from typing import Any

from communique.identity import digest
from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Issue,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Spans,
    Statement,
)
from communique.record import Record

READER = "communique test 1"


def at(text: str, *words: str) -> Spans:
    """Return the spans of the words' first places in the text."""
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)


def made(text: str, **fields: Any) -> Report:
    """Return a report; its id, unless given, follows from its text."""
    return Report(
        **{"id": f"r-{digest(text, size=4)}", "outlet": "Volga State News", "published": "2023-10-04", **fields},
        text=text,
    )


RUSSIA = Actor("rus", "Russia", ActorKind.STATE, "RUS", mentions=(Span(0, 6),))
JAPAN = Actor("jpn", "Japan", ActorKind.STATE, "JPN")
TASS = Actor("outlet:tass", "TASS", ActorKind.OUTLET, "RUS")
TREATY = Issue("peace-treaty", "peace treaty", ("the treaty",), ())


def reading(
    report: Report | None = None,
    *,
    speaker: Actor = RUSSIA,
    act: Act = Act.REFUSE,
    confidence: float = 0.9,
    reader: str = READER,
    conditions: bool = True,
) -> Reading:
    """Return a reading with one statement, one condition and one issue, as a reader might have made it."""
    report = report or made("Russia said it would resume treaty talks only if Japan changed course, TASS reported.")
    text = report.text
    words = text.split(" said ", 1)[-1] if " said " in text else text
    content = at(text, words)
    key = f"s{digest(report.id, content)}"
    condition = Condition(
        id=f"c{digest(report.id, content)}",
        statement=key,
        antecedent=at(text, text.split(" if ", 1)[1]) if " if " in text else content,
        consequent=content,
        cue=at(text, "only if") if "only if" in text else content,
        kind=ConditionKind.NECESSARY,
        holder=speaker.id,
        must_act=JAPAN.id,
        confidence=0.8,
    )
    statement = Statement(
        id=key,
        source=at(text, text.split()[0]),
        cue=at(text, "said") if "said" in text else content,
        content=content,
        speaker=speaker.id,
        chain=(Relay(TASS.id, at(text, "TASS")[0]),) if "TASS" in text else (),
        addressee=(JAPAN.id,) if speaker is not JAPAN else (),
        manner=Manner.INDIRECT,
        mode=Mode.SAID,
        act=act,
        parent=None,
        responds_to=None,
        about=(TREATY.id,),
        conditions=(condition.id,) if conditions else (),
        confidence=confidence,
        rule="clause",
    )
    return Reading(
        report=report,
        actors=tuple({actor.id: actor for actor in (speaker, JAPAN, RUSSIA, TASS)}.values()),
        statements=(statement,),
        conditions=(condition,) if conditions else (),
        issues=(Issue(TREATY.id, TREATY.name, TREATY.aliases, (Claim(JAPAN.id, content, key),), content),),
        reader=reader,
    )


def put(record: Record, read: Reading, *, came_from: str = "wire.jsonl:1", given_id: bool = True) -> str:
    """Place and add a reading; return the key that the record gave its report."""
    placed = record.place(read.report, given_id=given_id)
    while not placed.held:
        assert placed.report.id == read.report.id, "a sample whose key is taken"
        if record.add(placed, read, came_from=came_from):
            break
        placed = record.place(read.report, given_id=given_id)  # another process was quicker
    return placed.report.id
