"""Actors and issues over reports made one, and parted again; every row that names them follows at once.

A merge joins two keys in every report. An office is not merged with the person who holds it, as another holds it
later: which person one report means by an office is resolved for that report alone. The rows keep what the report
says (``speaker`` stays ``jpn/spokesperson``); who that is stands in the ``..._root`` columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, Table, func, select, update

from communique.errors import MergeRefused, NotInRecord
from communique.record.database import tables as t
from communique.record.database.values import odd_in_name
from communique.record.decisions.corrected_parties import correct_roots
from communique.record.decisions.merge_log import (
    MergeAction,
    MergeEntry,
    groups,
    mention_key,
    mentioned,
    pairs,
    root_of,
    write,
)

TABLES = {"actor": t.canonical_actor, "issue": t.canonical_issue}
_CHUNK = 500
"""Keys in one question."""

_LONGEST_SIGNATURE = 200
"""Characters."""


def merge(
    connection: Connection, kind: str, from_key: str, into_key: str, *, by: str, reason: str | None
) -> MergeEntry:
    """Make two actors or issues one, known by the second. Raises NotInRecord, MergeRefused where they are one."""
    _sign(from_key, by)
    table = _table(kind)
    for key in (from_key, into_key):
        _number(connection, table, key)
    joined = pairs(connection, kind, MergeAction.MERGE)
    if into_key in groups(joined, [from_key])[0]:
        raise MergeRefused(from_key, f"this and {into_key} are one already")
    entry = write(connection, kind, MergeAction.MERGE, from_key, into_key, by, reason)
    apply(connection, kind, [from_key, into_key])
    return entry


def unmerge(
    connection: Connection, kind: str, from_key: str, into_key: str | None, *, by: str, reason: str | None
) -> MergeEntry:
    """Undo a merge; ``into_key`` may be None where ``from_key`` was merged once. Raises MergeRefused."""
    _sign(from_key, by)
    _table(kind)
    found = [each for each in pairs(connection, kind, MergeAction.MERGE, [from_key]) if each.from_key == from_key]
    undone = _only(from_key, into_key, found, "merged into")
    entry = write(connection, kind, MergeAction.UNMERGE, from_key, undone.into_key, by, reason)
    apply(connection, kind, [from_key, undone.into_key])
    return entry


def keep_apart(
    connection: Connection, kind: str, from_key: str, into_key: str, *, by: str, reason: str | None
) -> MergeEntry:
    """Note that two are not one, so that nobody proposes it again. Raises MergeRefused where they are merged."""
    _sign(from_key, by)
    table = _table(kind)
    for key in (from_key, into_key):
        _number(connection, table, key)
    if any(into_key in group for group in groups(pairs(connection, kind, MergeAction.MERGE), [from_key])):
        raise MergeRefused(from_key, f"this and {into_key} are merged: undo that first")
    return write(connection, kind, MergeAction.APART, from_key, into_key, by, reason)


def resolve(
    connection: Connection, report_key: str, local_id: str, into_key: str, *, by: str, reason: str | None
) -> MergeEntry:
    """Note whom a report means by one of its actors. Raises NotInRecord, MergeRefused where that is noted already."""
    mention = mention_key(report_key, local_id)
    _sign(mention, by)
    _number(connection, t.canonical_actor, into_key)
    if not _mentions(connection, mention):
        raise NotInRecord(mention, "the record knows no such report with such an actor")
    if any(each.into_key == into_key for each in _resolved(connection, mention)):
        raise MergeRefused(mention, f"this is resolved to {into_key} already")
    entry = write(connection, "actor", MergeAction.RESOLVE, mention, into_key, by, reason)
    apply_resolutions(connection, [mention])
    return entry


def unresolve(
    connection: Connection, report_key: str, local_id: str, into_key: str | None, *, by: str, reason: str | None
) -> MergeEntry:
    """Undo a `resolve`. Raises MergeRefused where there is none."""
    mention = mention_key(report_key, local_id)
    _sign(mention, by)
    undone = _only(mention, into_key, _resolved(connection, mention), "resolved to")
    entry = write(connection, "actor", MergeAction.UNRESOLVE, mention, undone.into_key, by, reason)
    apply_resolutions(connection, [mention])
    return entry


def apply(connection: Connection, kind: str, keys: Collection[str]) -> None:
    """Bring what stands for these keys, and all rows that name them, to what the log comes to."""
    table = _table(kind)
    joined = pairs(connection, kind, MergeAction.MERGE)
    changed: list[int] = []
    for group in groups(joined, keys):
        held = _numbers(connection, table, group)
        root = root_of(group, joined, held)
        if root is None:
            continue
        for some in _chunks(sorted(held.values())):
            stale = select(table.c.id).where(table.c.id.in_(some), table.c.root_id != held[root])
            changed += connection.scalars(stale)
            connection.execute(
                update(table).where(table.c.id.in_(some)).values(root_id=held[root], merged_into=held[root])
            )
        connection.execute(update(table).where(table.c.id == held[root]).values(merged_into=None))
    if kind == "issue":
        _follow_issues(connection, changed)
    else:
        refresh(connection, _reports_naming(connection, changed))


def apply_resolutions(connection: Connection, mentions: Iterable[str]) -> None:
    """Bring the rows of these mentions to whom the log resolves them."""
    reports: set[int] = set()
    for mention in mentions:
        noted = _resolved(connection, mention)
        person = None
        for entry in noted:  # the latest that the record holds counts
            person = _numbers(connection, t.canonical_actor, [entry.into_key]).get(entry.into_key, person)
        rows = _mentions(connection, mention)
        connection.execute(update(t.actor).where(t.actor.c.id.in_([row.id for row in rows])).values(resolved_id=person))
        reports |= {row.report_id for row in rows}
    refresh(connection, sorted(reports))


def follow_new(connection: Connection, kind: str, keys: Collection[str]) -> None:
    """Have actors or issues that were just added follow what the log says of their keys."""
    if not keys or not mentioned(connection, kind, keys):
        return
    apply(connection, kind, keys)
    if kind == "actor":
        wanted = pairs(connection, "actor", MergeAction.RESOLVE, keys)
        apply_resolutions(connection, {each.from_key for each in wanted if each.into_key in keys})


def follow_reading(connection: Connection, report_id: int, report_key: str, local_ids: Sequence[str]) -> None:
    """Have the rows of a reading that was just stored follow the log."""
    mentions = [mention_key(report_key, local_id) for local_id in local_ids]
    noted = {each.from_key for each in pairs(connection, "actor", MergeAction.RESOLVE, mentions)} & set(mentions)
    if noted:
        apply_resolutions(connection, noted)
    readings = select(t.reading.c.id).where(t.reading.c.report_id == report_id)
    merged = connection.scalar(
        select(t.actor.c.id)
        .join(t.canonical_actor, t.canonical_actor.c.id == t.actor.c.canonical_id)
        .where(t.actor.c.reading_id.in_(readings), t.canonical_actor.c.root_id != t.canonical_actor.c.id)
        .limit(1)
    )
    if merged is not None:
        refresh(connection, [report_id])


def refresh(connection: Connection, report_ids: Sequence[int]) -> None:
    """Work out anew who stands behind each row of these reports."""
    s, c, own = t.statement, t.condition, t.canonical_actor
    for some in _chunks(report_ids):
        of_reports = select(s.c.id).where(s.c.report_id.in_(some))
        speaker = {
            "speaker_root": _root(s, s.c.speaker_id),
            "country": _country(s, s.c.speaker_id),
            "party_root": select(own.c.root_id).where(own.c.id == s.c.party_id).correlate(s).scalar_subquery(),
        }
        connection.execute(update(s).where(s.c.report_id.in_(some)).values(speaker))
        connection.execute(
            update(c)
            .where(c.c.report_id.in_(some))
            .values(
                holder_root=_root(c, c.c.holder_id),
                must_act_root=_root(c, c.c.must_act_id),
                country=_country(c, c.c.holder_id),
            )
        )
        link = t.statement_issue
        copied = {
            name: select(s.c[name]).where(s.c.id == link.c.statement_id).scalar_subquery()
            for name in ("speaker_root", "country", "party_root")
        }
        connection.execute(update(link).where(link.c.statement_id.in_(of_reports)).values(copied))
        party = t.statement_party
        connection.execute(
            update(party)
            .where(party.c.statement_id.in_(of_reports))
            .values(
                actor_root=_root_of(s, party.c.actor_id, party).where(s.c.id == party.c.statement_id).scalar_subquery()
            )
        )
        correct_roots(connection, some)


def _root(table: Table, actor_id: Any) -> ScalarSelect[Any]:
    return _root_of(table, actor_id, table).scalar_subquery()


def _root_of(table: Table, actor_id: Any, outer: Table) -> Select[Any]:
    """Who stands behind an actor of a row: the one it is resolved to, or itself, or what that was merged into."""
    meant = t.canonical_actor.alias("meant")
    return (
        select(func.min(meant.c.root_id))
        .where(meant.c.id == func.coalesce(t.actor.c.resolved_id, t.actor.c.canonical_id), *_of_row(table, actor_id))
        .correlate(outer)
    )


def _of_row(table: Table, actor_id: Any) -> tuple[Any, ...]:
    """The actor's row of the same reading. The report is named as well, for the index that starts with the actor."""
    a = t.actor.c
    return (a.reading_id == table.c.reading_id, a.report_id == table.c.report_id, a.canonical_id == actor_id)


def _country(table: Table, actor_id: Any) -> ScalarSelect[Any]:
    own, meant, root = (t.canonical_actor.alias(name) for name in ("own", "meant", "root"))
    return (
        select(func.min(func.coalesce(root.c.country, meant.c.country, own.c.country)))
        .select_from(
            t.actor.join(own, own.c.id == t.actor.c.canonical_id)
            .join(meant, meant.c.id == func.coalesce(t.actor.c.resolved_id, t.actor.c.canonical_id))
            .join(root, root.c.id == meant.c.root_id)
        )
        .where(*_of_row(table, actor_id))
        .correlate(table)
        .scalar_subquery()
    )


def _follow_issues(connection: Connection, changed: Sequence[int]) -> None:
    link = t.statement_issue
    root = select(t.canonical_issue.c.root_id).where(t.canonical_issue.c.id == link.c.issue_id).scalar_subquery()
    for some in _chunks(changed):
        connection.execute(update(link).where(link.c.issue_id.in_(some)).values(issue_root=root))


def _reports_naming(connection: Connection, actors: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for some in _chunks(actors):
        for column in (t.actor.c.canonical_id, t.actor.c.resolved_id):
            found |= set(connection.scalars(select(t.actor.c.report_id).where(column.in_(some)).distinct()))
    return sorted(found)


def _mentions(connection: Connection, mention: str) -> list[Any]:
    """Return the actor rows of a mention. Either part of its key may have the sign between them."""
    pieces = mention.split("#")
    found: list[Any] = []
    for cut in range(1, len(pieces)):
        report_key, local_id = "#".join(pieces[:cut]), "#".join(pieces[cut:])
        found += connection.execute(
            select(t.actor.c.id, t.actor.c.report_id)
            .join(t.reading, t.reading.c.id == t.actor.c.reading_id)
            .join(t.report, t.report.c.id == t.reading.c.report_id)
            .where(t.report.c.key == report_key, t.actor.c.local_id == local_id)
        )
    return found


def _resolved(connection: Connection, mention: str) -> list[MergeEntry]:
    return [each for each in pairs(connection, "actor", MergeAction.RESOLVE, [mention]) if each.from_key == mention]


def _only(key: str, into_key: str | None, found: Sequence[MergeEntry], told: str) -> MergeEntry:
    fitting = [each for each in found if into_key in (None, each.into_key)]
    if not fitting:
        raise MergeRefused(key, f"this is not {told} {into_key or 'anything'}")
    if len(fitting) > 1:
        raise MergeRefused(key, f"this is {told} {', '.join(each.into_key for each in fitting)}: say which")
    return fitting[0]


def _table(kind: str) -> Table:
    if kind not in TABLES:
        raise MergeRefused(kind, "only actors and issues can be merged")
    return TABLES[kind]


def _number(connection: Connection, table: Table, key: str) -> int:
    found = connection.scalar(select(table.c.id).where(table.c.key == key))
    if found is None:
        raise NotInRecord(key, f"the record knows no such {'issue' if table is t.canonical_issue else 'actor'}")
    return int(found)


def _numbers(connection: Connection, table: Table, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _chunks(sorted(keys)):
        found |= {
            row.key: row.id for row in connection.execute(select(table.c.key, table.c.id).where(table.c.key.in_(some)))
        }
    return found


def _sign(key: str, by: str) -> None:
    if odd := odd_in_name(by):
        raise MergeRefused(key, f"the name that signs holds {odd}, which no name has")
    if not by.strip() or len(by) > _LONGEST_SIGNATURE:
        raise MergeRefused(key, f"a merge is signed: say by whom (up to {_LONGEST_SIGNATURE} characters)")


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
