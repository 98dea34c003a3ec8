"""Which actors and issues are one: a log that is only ever appended to, and what it comes to.

An entry joins or parts a pair of keys. A pair is joined where the latest entry on it, by the logical clock, joins it.
What the log comes to therefore depends on its entries alone, not on the order in which a record got them: undoing an
entry restores exactly what was, and two records that hand over to each other come to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from communique.record.database import tables as t
from communique.record.database.values import now, storable
from communique.record.decisions.log import Log, Signed, unsigned

KINDS = ("actor", "issue")
_CHUNK = 500
_LONGEST = 2000


class MergeAction(StrEnum):
    """What an entry does with its pair.

    ``merge`` and ``unmerge`` join and part two actors or issues everywhere, ``apart`` says that they are not one.
    ``resolve`` says whom one report means by an actor of its own (an office on that day), ``unresolve`` undoes it.
    """

    MERGE = "merge"
    UNMERGE = "unmerge"
    APART = "apart"
    RESOLVE = "resolve"
    UNRESOLVE = "unresolve"


_SAME_SORT = {
    MergeAction.MERGE: (MergeAction.MERGE, MergeAction.UNMERGE, MergeAction.APART),
    MergeAction.RESOLVE: (MergeAction.RESOLVE, MergeAction.UNRESOLVE),
}


@dataclass(frozen=True, slots=True)
class MergeEntry(Signed):
    """One line of the log; ``from_key`` is an actor's or issue's key, or for ``resolve`` what `mention_key` gives."""

    kind: str
    action: MergeAction
    from_key: str
    into_key: str
    reason: str | None


MERGES = Log(t.merge, MergeEntry)


def mention_key(report_key: str, local_id: str) -> str:
    """Return the key of an actor as one report knows it."""
    return storable(f"{report_key}#{local_id}")


def write(
    connection: Connection, kind: str, action: MergeAction, from_key: str, into_key: str, by: str, reason: str | None
) -> MergeEntry:
    """Append an entry at the present time."""
    entry = MergeEntry(
        kind,
        action,
        from_key,
        into_key,
        storable(reason),
        by=storable(by),
        at=now(),
        clock=MERGES.next_clock(connection),
    )
    MERGES.append(connection, entry)
    return entry


def problem_in(entry: MergeEntry) -> str | None:
    """Say what is wrong with an entry from elsewhere, None where nothing is."""
    if entry.kind not in KINDS:
        return f"merges are of {' or '.join(KINDS)}, not {entry.kind!r}"
    if not entry.from_key or not entry.into_key or entry.from_key == entry.into_key:
        return "a merge has two keys"
    if max(map(len, (entry.from_key, entry.into_key, entry.by, entry.reason or ""))) > _LONGEST:
        return "its key, name or reason is too long"
    return unsigned(entry, _LONGEST)


def pairs(
    connection: Connection, kind: str, joined_by: MergeAction, keys: Iterable[str] | None = None
) -> list[MergeEntry]:
    """Return the entries by which pairs are joined now, in their order; only those with one of the keys where given."""
    table = t.merge
    query = select(table).where(table.c.kind == kind, table.c.action.in_([a.value for a in _SAME_SORT[joined_by]]))
    rows: dict[int, Row[Any]] = {}
    if keys is None:
        rows = {row.seq: row for row in connection.execute(query)}
    else:
        named = sorted(set(keys))
        for start in range(0, len(named), _CHUNK):
            some = named[start : start + _CHUNK]
            either = or_(table.c.from_key.in_(some), table.c.into_key.in_(some))
            rows |= {row.seq: row for row in connection.execute(query.where(either))}
    latest: dict[tuple[str, str], MergeEntry] = {}
    for entry in sorted(map(MERGES.from_row, rows.values()), key=lambda each: each.order):
        latest[entry.from_key, entry.into_key] = entry
    return sorted((each for each in latest.values() if each.action is joined_by), key=lambda each: each.order)


def mentioned(connection: Connection, kind: str, keys: Iterable[str]) -> bool:
    """Tell whether the log has an entry with one of the keys."""
    named = list(keys)
    table = t.merge
    return any(
        connection.scalar(select(table.c.seq).where(table.c.kind == kind, column.in_(some)).limit(1)) is not None
        for start in range(0, len(named), _CHUNK)
        for some in [named[start : start + _CHUNK]]
        for column in (table.c.from_key, table.c.into_key)
    )


def groups(joined: Iterable[MergeEntry], keys: Iterable[str]) -> list[frozenset[str]]:
    """Return the keys that the pairs make one, for each group that has one of ``keys``."""
    beside: dict[str, set[str]] = {}
    for entry in joined:
        beside.setdefault(entry.from_key, set()).add(entry.into_key)
        beside.setdefault(entry.into_key, set()).add(entry.from_key)
    seen: set[str] = set()
    found = []
    for key in keys:
        if key in seen:
            continue
        group, waiting = {key}, [key]
        while waiting:
            fresh = beside.get(waiting.pop(), set()) - group
            group |= fresh
            waiting += fresh
        seen |= group
        found.append(frozenset(group))
    return found


def root_of(group: frozenset[str], joined: Iterable[MergeEntry], held: Mapping[str, int]) -> str | None:
    """Return the key that stands for a group: the one that was merged into no other.

    Of several such, and where each was merged into another, the first in the order of the alphabet. Only keys that
    the record holds count; None where it holds none.
    """
    merged = {entry.from_key for entry in joined}
    known = sorted(key for key in group if key in held)
    return next((key for key in known if key not in merged), known[0] if known else None)
