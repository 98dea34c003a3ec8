"""Lines of a hand-over, checked: whatever they claim, only what the record could have written comes through."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Event,
    Issue,
    IssueStance,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Spans,
    Stance,
    Statement,
)
from communique.record.database.values import storable
from communique.record.decisions.judgement_log import Judgement, Verdict
from communique.record.decisions.judgement_log import problem_in as problem_in_judgement
from communique.record.decisions.merge_log import Action, Entry
from communique.record.decisions.merge_log import problem_in as problem_in_entry

MOST_CHARACTERS = 1_000_000
"""Of a report's text, as anywhere else."""

MOST_ITEMS = 20_000
"""Of any list in a line; a database takes no more values at once."""

_MOST_NUMBER = 2**31 - 1
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEAD = ("title", "url", "outlet", "published", "author", "agency")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version as a line has it."""

    number: int
    report: Report
    came_from: str
    notes: tuple[str, ...]
    added_at: str
    reading: Reading | None
    read_at: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as a line has it."""

    key: str
    added_at: str
    copy_of: str | None
    identities: tuple[str, ...]
    versions: tuple[VersionLine, ...]


def parsed(line: bytes) -> dict[str, Any]:
    """Return a line's object. Raises ValueError where it is none."""
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("the JSON is nested too deep") from None
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"this is not JSON: {error.msg} at character {error.pos + 1}") from None
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise ValueError("a line is a JSON object with a type")
    return value


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def report_of(data: Mapping[str, Any]) -> ReportLine:
    """Return the report of a line. Raises ValueError where it is none."""
    key = _text(data, "key")
    versions = tuple(_version(each, key) for each in _objects(data, "versions"))
    if not versions:
        raise ValueError("a report has a version")
    if [each.number for each in versions] != sorted({each.number for each in versions}):
        raise ValueError("versions are numbered upwards")
    identities = tuple(_string(each, "an identity") for each in _list(data, "identities"))
    if not identities:
        raise ValueError("a report is known by something: identities is empty")
    return ReportLine(key, _time(data, "added_at"), _text_or_none(data, "copy_of"), identities, versions)


def _version(data: Mapping[str, Any], key: str) -> VersionLine:
    text = _exactly(_text(data, "text", empty=True), _text_or_none(data, "text_exact"))
    report = Report(id=key, text=text, **{name: _text_or_none(data, name) for name in _HEAD})
    given = data.get("reading")
    if not isinstance(given, dict | None):
        raise ValueError("a reading is an object")
    return VersionLine(
        _number(data, "number", 1),
        report,
        _text(data, "came_from", empty=True),
        _strings(data, "notes"),
        _time(data, "added_at"),
        _reading(given, report) if given is not None else None,
        _time(given, "read_at") if given is not None else "",
    )


def _exactly(text: str, held: str | None) -> str:
    if held is None:
        return text
    try:
        exactly = base64.b64decode(held, validate=True).decode("utf-8", "surrogatepass")
    except ValueError:
        raise ValueError("text_exact is the text's UTF-8 in base64") from None
    if storable(exactly) != text:
        raise ValueError("text_exact is another text")
    return exactly


def _reading(data: Mapping[str, Any], report: Report) -> Reading:
    n = len(report.text)
    reading = Reading(
        report=report,
        actors=tuple(_actor(each, n) for each in _objects(data, "actors")),
        statements=tuple(_statement(each, n) for each in _objects(data, "statements")),
        conditions=tuple(_condition(each, n) for each in _objects(data, "conditions")),
        events=tuple(_event(each, n) for each in _objects(data, "events")),
        issues=tuple(_issue(each, n) for each in _objects(data, "issues")),
        reader=_text(data, "reader", empty=True),
        notes=_strings(data, "notes"),
    )
    for name, items in {
        "actors": reading.actors,
        "statements": reading.statements,
        "conditions": reading.conditions,
        "events": reading.events,
        "issues": reading.issues,
    }.items():
        ids = [each.id for each in items]  # type: ignore[attr-defined]
        if len(ids) != len(set(ids)):
            raise ValueError(f"two {name} have one id")
    return reading


def _actor(data: Mapping[str, Any], n: int) -> Actor:
    return Actor(
        id=_text(data, "id"),
        name=_text(data, "name", empty=True),
        kind=_member(data, "kind", ActorKind),
        country=_text_or_none(data, "country"),
        role=_text_or_none(data, "role"),
        mentions=_spans(data, "mentions", n),
        principal=_text_or_none(data, "principal"),
        members=_strings(data, "members"),
    )


def _statement(data: Mapping[str, Any], n: int) -> Statement:
    stances = tuple(
        IssueStance(_text(each, "issue"), _member(each, "stance", Stance)) for each in _objects(data, "stances")
    )
    return Statement(
        id=_text(data, "id"),
        source=_spans(data, "source", n),
        cue=_spans(data, "cue", n),
        content=_spans(data, "content", n),
        speaker=_text_or_none(data, "speaker"),
        chain=tuple(Relay(_text(each, "actor"), _span(each.get("span"), n)) for each in _objects(data, "chain")),
        addressee=_strings(data, "addressee"),
        manner=_member(data, "manner", Manner),
        mode=_member(data, "mode", Mode),
        act=_member(data, "act", Act),
        parent=_text_or_none(data, "parent"),
        responds_to=_text_or_none(data, "responds_to"),
        about=_strings(data, "about"),
        conditions=_strings(data, "conditions"),
        confidence=_share(data, "confidence"),
        rule=_text(data, "rule", empty=True),
        said_on=_text_or_none(data, "said_on"),
        when=_spans(data, "when", n),
        stances=stances,
    )


def _condition(data: Mapping[str, Any], n: int) -> Condition:
    return Condition(
        id=_text(data, "id"),
        statement=_text_or_none(data, "statement"),
        antecedent=_spans(data, "antecedent", n),
        consequent=_spans(data, "consequent", n),
        cue=_spans(data, "cue", n),
        kind=_member(data, "kind", ConditionKind),
        holder=_text_or_none(data, "holder"),
        must_act=_text_or_none(data, "must_act"),
        confidence=_share(data, "confidence"),
    )


def _event(data: Mapping[str, Any], n: int) -> Event:
    return Event(
        id=_text(data, "id"),
        source=_strings(data, "source"),
        target=_strings(data, "target"),
        type=_text(data, "type", empty=True),
        mode=_text_or_none(data, "mode"),
        modality=_text(data, "modality", empty=True),
        date=_text_or_none(data, "date"),
        span=_span(data.get("span"), n),
        statement=_text_or_none(data, "statement"),
    )


def _issue(data: Mapping[str, Any], n: int) -> Issue:
    claims = tuple(
        Claim(_text(each, "actor"), _spans(each, "grounds", n), _text_or_none(each, "statement"))
        for each in _objects(data, "claims")
    )
    name, aliases = _text(data, "name", empty=True), _strings(data, "aliases")
    return Issue(_text(data, "id"), name, aliases, claims, _spans(data, "mentions", n))


def judgement_of(data: Mapping[str, Any]) -> Judgement:
    """Return the judgement of a line. Raises ValueError where it is none."""
    anchor, correction = data.get("anchor"), data.get("correction")
    if not isinstance(anchor, dict) or not isinstance(correction, dict):
        raise ValueError("a judgement has an anchor and a correction, each an object")
    made = Judgement(
        kind=_text(data, "kind"),
        key=_text(data, "key"),
        report=_text_or_none(data, "report"),
        anchor=anchor,
        verdict=_member(data, "verdict", Verdict),
        correction=correction,
        note=_text_or_none(data, "note"),
        by=_text(data, "by"),
        at=_time(data, "at"),
        clock=_number(data, "clock", 1),
    )
    sha = anchor.get("text_sha256")
    if anchor and not (isinstance(sha, str) and _SHA256.fullmatch(sha)):
        raise ValueError("an anchor has its text's SHA-256")
    _check(data, made.uid, problem_in_judgement(made))
    return made


def entry_of(data: Mapping[str, Any]) -> Entry:
    """Return the merge of a line. Raises ValueError where it is none."""
    made = Entry(
        kind=_text(data, "kind"),
        action=_member(data, "action", Action),
        from_key=_text(data, "from"),
        into_key=_text(data, "into"),
        reason=_text_or_none(data, "reason"),
        by=_text(data, "by"),
        at=_time(data, "at"),
        clock=_number(data, "clock", 1),
    )
    _check(data, made.uid, problem_in_entry(made))
    return made


def _check(data: Mapping[str, Any], uid: str, problem: str | None) -> None:
    if problem:
        raise ValueError(problem)
    if data.get("uid") != uid:
        raise ValueError(f"its uid is not {uid}: it was changed after it was signed")


def canonical_of(data: Mapping[str, Any], kind: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the row of an actor or issue, and its names. Raises ValueError where the line is none."""
    row: dict[str, Any] = {"key": _text(data, "key"), "name": _text(data, "name", empty=True)}
    if "#" in row["key"]:
        raise ValueError("an actor of one report comes with that report")
    if kind == "actor":
        row["kind"] = _member(data, "kind", ActorKind).value
        row["country"] = _text_or_none(data, "country")
        row["principal"] = _text_or_none(data, "principal")
    return row, _strings(data, "names")


def source_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a source, its state still an object. Raises ValueError where the line is none."""
    state = data.get("state")
    if not isinstance(state, dict):
        raise ValueError("a source has a state, an object")
    return {
        "url": _text(data, "url"),
        "kind": _text(data, "kind"),
        "outlet": _text_or_none(data, "outlet"),
        "state": state,
        "checked_at": _text_or_none(data, "checked_at"),
    }


def source_entry_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return a source's entry. Raises ValueError where the line is none."""
    return {name: _text(data, name, empty=name != "source") for name in ("source", "entry", "digest", "seen_at")}


def _string(value: Any, what: str, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or empty) or len(value) > MOST_CHARACTERS:
        raise ValueError(f"{what} is a text")
    if value != storable(value):
        raise ValueError(f"{what} holds a character that no record stores")
    return value


def _text(data: Mapping[str, Any], name: str, *, empty: bool = False) -> str:
    return _string(data.get(name), name, empty)


def _text_or_none(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return None if value is None else _string(value, name, empty=True)


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise ValueError(f"{name} is a list of up to {MOST_ITEMS:,}")
    return value


def _objects(data: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    values = _list(data, name)
    if not all(isinstance(each, dict) for each in values):
        raise ValueError(f"{name} is a list of objects")
    return values


def _strings(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_string(each, f"each of {name}", empty=True) for each in _list(data, name))


def _member(data: Mapping[str, Any], name: str, kind: type[_E]) -> _E:
    value = data.get(name)
    try:
        return kind(str(value))
    except ValueError:
        told = repr(value)[:80]
        raise ValueError(f"{told} is no {name}: it is one of {', '.join(member.value for member in kind)}") from None


def _number(data: Mapping[str, Any], name: str, least: int) -> int:
    value = data.get(name)
    if type(value) is not int or not least <= value <= _MOST_NUMBER:
        raise ValueError(f"{name} is a whole number from {least} to {_MOST_NUMBER}")
    return value


def _share(data: Mapping[str, Any], name: str) -> float:
    value = data.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(f"{name} is a number from 0 to 1")
    return float(value)


def _time(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError(f"{name} is a time such as 2024-10-04T09:30:00Z")
    return value


def _span(value: Any, n: int) -> Span:
    if not isinstance(value, list) or len(value) != 2 or not all(type(place) is int for place in value):
        raise ValueError("a span is [start, end]")
    start, end = value
    if not 0 <= start <= end <= n:
        raise ValueError(f"the span [{start}, {end}] is not in the text of {n} characters")
    return Span(start, end)


def _spans(data: Mapping[str, Any], name: str, n: int) -> Spans:
    return tuple(_span(each, n) for each in _list(data, name))
