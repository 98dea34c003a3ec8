"""The parties and issues that a record's dossiers follow: remembered with it, changed, and asked where nobody chooses.

A dossier's frame is kept as a row of the record's own notes; what people changed since is a log of its own
(`communique.record.decisions.frame_log`), and what both come to a row beside them. Its issues are issues of the record
from the first, so that each can be asked for by its name, also where no report has named it yet. A rename or a join is
also a merge of the two, so that what was said on one is on the other at once.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from communique.errors import FrameRefused, MergeRefused
from communique.identity import slug
from communique.model import DisputedIssue, Frame, Party
from communique.record.database.fold import folded
from communique.record.database.sql import Askable, ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from communique.record.decisions.frame_log import FrameChange, FrameRequest

_MARK = "frame:"
_NOW = "followed"


def follow(connection: Connection, name: str, frame: Frame) -> bool:
    """Note the frame of a dossier of this name, in place of an older one; tell whether that changed anything."""
    from communique.record.database.values import storable

    if not _note(connection, storable(_MARK + name), frame):
        return False
    settle(connection)
    return True


def _note(connection: Connection, name: str, frame: Frame) -> bool:
    from sqlalchemy import select

    from communique.record.database import tables as t
    from communique.record.database.values import storable

    own = t.info.c.name == name
    value = storable(json.dumps(asdict(frame), ensure_ascii=False))
    known = connection.scalar(select(t.info.c.value).where(own))
    if known is None:
        connection.execute(t.info.insert().values(name=name, value=value))
    elif known != value:
        connection.execute(t.info.update().where(own).values(value=value))
    return known != value


def settle(connection: Connection) -> None:
    """Bring what is followed to what the dossiers and the log of changes come to, and know its issues."""
    from communique.record.database import tables as t
    from communique.record.database.values import storable
    from communique.record.decisions.frame_log import changed, changes
    from communique.record.resolution.canonical import add_names, found_or_added

    frame = changed(_of_dossiers(connection), changes(connection))
    _note(connection, _NOW, frame)
    keys = {issue_key(issue): issue for issue in frame.issues if issue_key(issue)}
    new = {key: {"key": key, "name": storable(issue.name)} for key, issue in keys.items()}
    found = found_or_added(connection, t.canonical_issue, new)
    names = [(found[key].id, each) for key, issue in keys.items() for each in issue.names]
    add_names(connection, t.issue_name, t.issue_name.c.issue_id, names)


def dossiers(connection: Askable) -> dict[str, Frame]:
    """Return the frames that the dossiers' own files give, by the dossiers' names, in their order."""
    rows = ask(connection, "SELECT name, value FROM communique_record WHERE name LIKE 'frame:%' ORDER BY name")
    return {row.name.removeprefix(_MARK): _frame(json.loads(row.value)) for row in rows}


def followed(connection: Askable) -> Frame:
    """Return the parties and issues that the record follows, each once, in the dossiers' order."""
    rows = ask(connection, "SELECT value FROM communique_record WHERE name = :now", now=_NOW)
    return _frame(json.loads(rows[0].value)) if rows else _of_dossiers(connection)


def _of_dossiers(connection: Askable) -> Frame:
    parties: dict[str, Party] = {}
    issues: dict[str, DisputedIssue] = {}
    for frame in dossiers(connection).values():
        for party in frame.parties:
            parties.setdefault(party.country or folded(party.name), party)
        for issue in frame.issues:
            issues.setdefault(folded(issue.name), issue)
    return Frame(tuple(parties.values()), tuple(issues.values()))


def _frame(data: Mapping[str, Any]) -> Frame:
    return Frame(
        tuple(Party(party["name"], party["country"], tuple(party["aliases"])) for party in data["parties"]),
        tuple(DisputedIssue(issue["name"], tuple(issue["aliases"])) for issue in data["issues"]),
    )


def issue_key(issue: DisputedIssue) -> str:
    """Return the key of a followed issue in the record, as a reading in its frame calls it."""
    return slug(issue.name)


def change(connection: Connection, asked: FrameRequest) -> FrameChange:
    """Append a change of what is followed and have the record follow it; the connection must be writing.

    Raises FrameRefused where it would change nothing, or names what is not followed.
    """
    from communique.record.database.values import now, odd_in_name, storable
    from communique.record.decisions.frame_log import CHANGES, FrameAction, FrameChange, changes, problem_in, standing

    if any(odd_in_name(each) for each in (asked.by, asked.name, asked.other or "", *asked.details.get("aliases", ()))):
        raise FrameRefused(asked.name, "it holds a character that no name has")
    kind = asked.kind
    if asked.action is FrameAction.UNDO:
        undone = next((each for each in standing(changes(connection)) if each.uid == asked.name), None)
        if undone is None:
            raise FrameRefused(asked.name, "no change of this uid stands: list them with --log")
        kind = undone.kind
    made = FrameChange(
        kind=kind,
        action=asked.action,
        name=asked.name.strip(),
        other=asked.other.strip() if asked.other is not None else None,
        details=dict(asked.details),
        reason=storable(asked.reason),
        by=storable(asked.by).strip(),
        at=now(),
        clock=CHANGES.next_clock(connection),
    )
    problem = problem_in(made) or _in_the_way(connection, made)
    if problem:
        raise FrameRefused(asked.name, problem)
    CHANGES.append(connection, made)
    settle(connection)
    carry_out(connection, made)
    return made


def _in_the_way(connection: Connection, made: FrameChange) -> str | None:
    """Say why a change cannot be made of what is followed now, None where it can."""
    from communique.record.decisions.frame_log import FrameAction, changed, place_of

    if made.action is FrameAction.UNDO:
        return None
    frame = followed(connection)
    held = frame.issues if made.kind == "issue" else frame.parties
    if made.action is not FrameAction.ADD:
        if place_of(held, made.name) is None:
            return f"no {made.kind} is followed by this name; there are {', '.join(each.name for each in held)}"
        if made.action is FrameAction.JOIN and place_of(held, made.other or "") is None:
            return f"{made.other!r} is not followed: there are {', '.join(each.name for each in held)}"
        if made.action is FrameAction.RENAME and place_of(held, made.other or "") not in (
            None,
            place_of(held, made.name),
        ):
            return f"{made.other!r} is followed already: join them"
    return "nothing would change by it" if changed(frame, [made]) == frame else None


def carry_out(connection: Connection, made: FrameChange) -> None:
    """Merge what a change makes one; part what it undoes."""
    from communique.record.decisions.frame_log import FrameAction, changes, standing

    if made.action is not FrameAction.UNDO:
        _merge(connection, made)
        return
    of_uid = {each.uid: each for each in changes(connection)}
    undone = of_uid.get(made.name)
    while undone is not None and undone.action is FrameAction.UNDO:
        # To undo an undoing is to do it again.
        undone = of_uid.get(undone.name)
    if undone is None:
        return
    if any(each.uid == undone.uid for each in standing(of_uid.values())):
        _merge(connection, undone)
    else:
        _part(connection, undone, made.by)


def _merge(connection: Connection, made: FrameChange) -> None:
    from communique.record.decisions.frame_log import FrameAction
    from communique.record.resolution.merges import merge

    if made.action is FrameAction.ADD or made.other is None:
        return
    kind = "issue" if made.kind == "issue" else "actor"
    for one, into in _pairs(connection, made.name, made.other, kind):
        try:
            merge(connection, kind, one, into, by=made.by, reason=_because(made))
        except MergeRefused:
            continue  # they are one already


def _pairs(connection: Connection, name: str, other: str, kind: str) -> list[tuple[str, str]]:
    """What is to be merged: an issue's keys, or the first actor of each of a party's names."""
    from communique.record.resolution.aliases import called

    if kind == "issue":
        pair = (slug(name), slug(other))
        known = {key for key in pair if key and called(connection, kind, [name if key == pair[0] else other])}
        return [pair] if pair[0] != pair[1] and len(known) == 2 else []
    one, into = (called(connection, kind, [each])[:1] for each in (name, other))
    return [(one[0].key, into[0].key)] if one and into and one[0].key != into[0].key else []


def _part(connection: Connection, undone: FrameChange, by: str) -> None:
    from communique.record.decisions.merge_log import MergeAction, pairs
    from communique.record.resolution.merges import unmerge

    kind = "issue" if undone.kind == "issue" else "actor"
    for entry in pairs(connection, kind, MergeAction.MERGE):
        if entry.reason == _because(undone):
            unmerge(connection, kind, entry.from_key, entry.into_key, by=by, reason=_because(undone))


def _because(made: FrameChange) -> str:
    return f"{made.action.value} in the frame ({made.uid})"
