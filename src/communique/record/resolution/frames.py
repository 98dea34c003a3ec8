"""The parties and issues that a record's dossiers follow: remembered with it, and asked where nobody chooses others.

A dossier's frame is kept as a row of the record's own notes. Its issues are issues of the record from the first, so
that each can be asked for by its name, also where no report has named it yet.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from communique.identity import slug
from communique.model import DisputedIssue, Frame, Party
from communique.record.database.fold import folded
from communique.record.database.sql import Askable, ask

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MARK = "frame:"


def follow(connection: Connection, name: str, frame: Frame) -> None:
    """Note the frame of a dossier of this name, in place of an older one."""
    from sqlalchemy import select

    from communique.record.database import tables as t
    from communique.record.database.values import storable
    from communique.record.resolution.canonical import add_names, found_or_added

    own = t.info.c.name == storable(_MARK + name)
    value = storable(json.dumps(asdict(frame), ensure_ascii=False))
    known = connection.scalar(select(t.info.c.value).where(own))
    if known == value:
        return
    if known is None:
        connection.execute(t.info.insert().values(name=storable(_MARK + name), value=value))
    else:
        connection.execute(t.info.update().where(own).values(value=value))
    keys = {issue_key(issue): issue for issue in frame.issues if issue_key(issue)}
    new = {key: {"key": key, "name": storable(issue.name)} for key, issue in keys.items()}
    found = found_or_added(connection, t.canonical_issue, new)
    names = [(found[key].id, each) for key, issue in keys.items() for each in issue.names]
    add_names(connection, t.issue_name, t.issue_name.c.issue_id, names)


def followed(connection: Askable) -> Frame:
    """Return the parties and issues that all dossiers of the record follow, each once, in the dossiers' order."""
    rows = ask(connection, "SELECT value FROM communique_record WHERE name LIKE 'frame:%' ORDER BY name")
    parties: dict[str, Party] = {}
    issues: dict[str, DisputedIssue] = {}
    for row in rows:
        data = json.loads(row.value)
        for party in data["parties"]:
            made = Party(party["name"], party["country"], tuple(party["aliases"]))
            parties.setdefault(made.country or folded(made.name), made)
        for issue in data["issues"]:
            issues.setdefault(folded(issue["name"]), DisputedIssue(issue["name"], tuple(issue["aliases"])))
    return Frame(tuple(parties.values()), tuple(issues.values()))


def issue_key(issue: DisputedIssue) -> str:
    """Return the key of a followed issue in the record, as a reading in its frame calls it."""
    return slug(issue.name)
