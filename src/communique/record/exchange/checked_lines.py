"""Lines of a hand-over, checked: whatever they claim, only what the record could have written comes through."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from communique.model import ActorKind, Frame, Reading, Report
from communique.record.archive.restore import PARTS
from communique.record.database.codec import MOST_CHARACTERS, built, list_of, member_of, number_of, text_of
from communique.record.database.values import storable
from communique.record.decisions.frame_log import LONGEST, FrameAction, FrameChange
from communique.record.decisions.frame_log import problem_in as problem_in_change
from communique.record.decisions.judgement_log import Judgement, JudgementVerdict
from communique.record.decisions.judgement_log import problem_in as problem_in_judgement
from communique.record.decisions.merge_log import MergeAction, MergeEntry
from communique.record.decisions.merge_log import problem_in as problem_in_entry

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEAD = ("title", "url", "outlet", "published", "author", "agency")


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
    identities = tuple(text_of(each, "an identity") for each in list_of(data.get("identities"), "identities"))
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
        number_of(data.get("number"), "number", 1),
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
    parts = {name: tuple(built(kind, each, n) for each in _objects(data, name)) for name, kind in PARTS.items()}
    for name, items in parts.items():
        ids = [each.id for each in items]
        if len(ids) != len(set(ids)):
            raise ValueError(f"two {name} have one id")
    frame = _strings(data, "frame") if "frame" in data else ()
    reader, notes = _text(data, "reader", empty=True), _strings(data, "notes")
    return Reading(report, **parts, reader=reader, notes=notes, frame=frame)


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
        verdict=member_of(data.get("verdict"), "verdict", JudgementVerdict),
        correction=correction,
        note=_text_or_none(data, "note"),
        by=_text(data, "by"),
        at=_time(data, "at"),
        clock=number_of(data.get("clock"), "clock", 1),
    )
    sha = anchor.get("text_sha256")
    if anchor and not (isinstance(sha, str) and _SHA256.fullmatch(sha)):
        raise ValueError("an anchor has its text's SHA-256")
    _check(data, made.uid, problem_in_judgement(made))
    return made


def entry_of(data: Mapping[str, Any]) -> MergeEntry:
    """Return the merge of a line. Raises ValueError where it is none."""
    made = MergeEntry(
        kind=_text(data, "kind"),
        action=member_of(data.get("action"), "action", MergeAction),
        from_key=_text(data, "from"),
        into_key=_text(data, "into"),
        reason=_text_or_none(data, "reason"),
        by=_text(data, "by"),
        at=_time(data, "at"),
        clock=number_of(data.get("clock"), "clock", 1),
    )
    _check(data, made.uid, problem_in_entry(made))
    return made


def frame_of(data: Mapping[str, Any]) -> tuple[str, Frame]:
    """Return what a dossier follows, with the dossier's name. Raises ValueError where the line is none."""
    frame: Frame = built(Frame, {name: data.get(name) for name in ("parties", "issues")}, MOST_CHARACTERS)
    names = [(each.name, *each.aliases) for each in frame.parties] + [each.names for each in frame.issues]
    if any(len(name) > LONGEST for called in names for name in called):
        raise ValueError(f"a name in a frame has up to {LONGEST} characters")
    return _text(data, "name"), frame


def change_of(data: Mapping[str, Any]) -> FrameChange:
    """Return the change of a frame of a line. Raises ValueError where it is none."""
    details = data.get("details")
    if not isinstance(details, dict):
        raise ValueError("a change of a frame has details, an object")
    made = FrameChange(
        kind=_text(data, "kind"),
        action=member_of(data.get("action"), "action", FrameAction),
        name=_text(data, "name"),
        other=_text_or_none(data, "other"),
        details=details,
        reason=_text_or_none(data, "reason"),
        by=_text(data, "by"),
        at=_time(data, "at"),
        clock=number_of(data.get("clock"), "clock", 1),
    )
    _check(data, made.uid, problem_in_change(made))
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
        row["kind"] = member_of(data.get("kind"), "kind", ActorKind).value
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
        "checked_at": _time(data, "checked_at") if data.get("checked_at") is not None else None,
    }


def source_entry_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return a source's entry. Raises ValueError where the line is none."""
    return {name: _text(data, name, empty=name != "source") for name in ("source", "entry", "digest", "seen_at")}


def _text(data: Mapping[str, Any], name: str, *, empty: bool = False) -> str:
    return text_of(data.get(name), name, empty=empty)


def _text_or_none(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return None if value is None else text_of(value, name, empty=True)


def _objects(data: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    values = list_of(data.get(name), name)
    if not all(isinstance(each, dict) for each in values):
        raise ValueError(f"{name} is a list of objects")
    return values


def _strings(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(text_of(each, f"each of {name}", empty=True) for each in list_of(data.get(name), name))


def _time(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError(f"{name} is a time such as 2024-10-04T09:30:00Z")
    # What is told to be later than anything to come would never be followed by anything.
    if value > _tomorrow():
        raise ValueError(f"{name} is yet to come: {value}")
    return value


def _tomorrow() -> str:
    """A day from now: no computer's clock, and no zone, is further ahead."""
    return (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
