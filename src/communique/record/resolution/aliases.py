"""Actors and issues that a dossier's file calls by several names, joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from communique.errors import MergeRefused
from communique.record.database import tables as t
from communique.record.database.fold import folded
from communique.record.decisions.merge_log import MergeEntry
from communique.record.resolution.merges import TABLES, merge

_NAMES = {
    "actor": (t.actor_name, t.actor_name.c.actor_id),
    "issue": (t.issue_name, t.issue_name.c.issue_id),
}


def join_aliases(connection: Connection, kind: str, groups: Iterable[Sequence[str]], *, by: str) -> list[MergeEntry]:
    """Make one what each group of names names; return the merges made.

    ``groups`` are names with the one to be known by first. What is called so by a single report alone ("the officials")
    stays that report's, and what somebody parted or kept apart stays so.
    """
    if kind not in TABLES:
        raise MergeRefused(kind, "only actors and issues have aliases")
    made: list[MergeEntry] = []
    for names in groups:
        found = called(connection, kind, names)
        if not found:
            continue
        # The first row is the one that stands for all: that of the first name, in the order of the alphabet.
        into = found[0]
        for each in found[1:]:
            if not _settled(connection, kind, each.key, into.key):
                reason = f"{each.name} is {names[0]}"
                made.append(merge(connection, kind, each.key, into.key, by=by, reason=reason))
    return made


def called(connection: Connection, kind: str, names: Sequence[str]) -> list[Any]:
    """Return the rows of what several reports call by one of the names, those of the first name first."""
    table = TABLES[kind]
    name, number = _NAMES[kind]
    order = {words: place for place, words in reversed(list(enumerate(map(folded, names)))) if words}
    rows = connection.execute(
        select(table.c.id, table.c.key, table.c.name, name.c.name_words)
        .join(name, number == table.c.id)
        .where(name.c.name_words.in_(order), table.c.key.not_like("%#%"))
    )
    best: dict[str, tuple[bool, int, Any]] = {}
    for row in rows:
        rank = (folded(row.name) != row.name_words, order[row.name_words], row)
        if row.key not in best or rank[:2] < best[row.key][:2]:
            best[row.key] = rank
    return [rank[2] for _, rank in sorted(best.items(), key=lambda item: (item[1][1], item[1][0], item[0]))]


def _settled(connection: Connection, kind: str, one: str, other: str) -> bool:
    table = TABLES[kind]
    roots = set(connection.scalars(select(table.c.root_id).where(table.c.key.in_([one, other]))))
    if len(roots) < 2:
        return True
    c = t.merge.c
    either = or_((c.from_key == one) & (c.into_key == other), (c.from_key == other) & (c.into_key == one))
    return connection.scalar(select(c.seq).where(c.kind == kind, either).limit(1)) is not None
