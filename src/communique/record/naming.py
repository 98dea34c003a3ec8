"""Whom a user means: actors and issues of the record by key, name or alias."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Table, select

from communique.errors import UnknownName
from communique.record import schema as t
from communique.record.words import folded

_CANDIDATES = 4000


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or issue of the record: its row, its key and its name."""

    id: int
    key: str
    name: str


def find_actor(connection: Connection, given: str) -> Named:
    """Return the actor that a key, name or surname stands for. Raises UnknownName, with those that come near."""
    return _find(connection, given, t.canonical_actor, t.actor_name, t.actor_name.c.actor_id, "actor")


def find_issue(connection: Connection, given: str) -> Named:
    """Return the issue that a key, name or alias stands for. Raises UnknownName, with those that come near."""
    return _find(connection, given, t.canonical_issue, t.issue_name, t.issue_name.c.issue_id, "issue")


def _find(connection: Connection, given: str, table: Table, names: Table, owner: Any, kind: str) -> Named:
    exact = _rows(connection, table, table.c.key == given)
    if exact:
        return exact[0]
    words = folded(given)
    owners = set(connection.scalars(select(owner).where(names.c.name_words == words)))
    found = _rows(connection, table, table.c.id.in_(owners)) if owners else []
    # The nameless of single reports go by a common name; a name means one that stands across reports.
    lasting = [named for named in found if "#" not in named.key]
    if lasting or found:
        return _one(given, lasting or found, kind)
    inside = names.c.name_words.like(f"% {words}") | names.c.name_words.like(f"{words} %")
    owners = set(connection.scalars(select(owner).where(inside).limit(50))) if words else set()
    lasting = [named for named in _rows(connection, table, table.c.id.in_(owners)) if "#" not in named.key]
    if lasting:
        return _one(given, lasting, kind)
    raise UnknownName(given, _near(connection, words, names, kind))


def _rows(connection: Connection, table: Table, which: Any) -> list[Named]:
    """The rows, each as the one that it was merged into."""
    roots = list(connection.scalars(select(table.c.root_id).where(which).distinct()))
    rows = connection.execute(select(table.c.id, table.c.key, table.c.name).where(table.c.id.in_(roots)))
    return sorted((Named(row.id, row.key, row.name) for row in rows), key=lambda named: named.key)


def _one(given: str, found: list[Named], kind: str) -> Named:
    if len(found) > 1:
        keys = ", ".join(named.key for named in found[:8])
        raise UnknownName(given, f"more than one {kind} goes by this name; name one by its key: {keys}")
    return found[0]


def _near(connection: Connection, words: str, names: Table, kind: str) -> str:
    known = connection.execute(select(names.c.name_words, names.c.name).limit(_CANDIDATES)).all()
    near = get_close_matches(words, [row.name_words for row in known], n=4, cutoff=0.6)
    told = {row.name_words: row.name for row in known}
    hint = f"; did you mean {', '.join(dict.fromkeys(told[name] for name in near))}?" if near else ""
    return f"no {kind} of the record goes by this name{hint}"
