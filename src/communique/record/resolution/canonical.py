"""Actors and issues across reports: under which key the record knows what a report names.

A state, body, organisation, outlet or named person has one key in every report. Those who are nobody in another
report (the nameless, "the officials", an office that no country is known for) are kept to their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from communique.identity import slug
from communique.lexicon import listed
from communique.model import Actor, ActorKind, Issue, Reading
from communique.record.database import tables as t
from communique.record.database.fold import folded
from communique.record.database.values import storable
from communique.record.resolution.merges import follow_new
from communique.record.resolution.party_and_rank import owner_of, states_behind

_PARTIES = 2
"""Countries, those that a report names most, that tell one generic name from another; of a report that names fewer,
the places that it names most as well."""

_NAMED_BY_THE_REPORT = {ActorKind.UNNAMED, ActorKind.GROUP, ActorKind.OFFICE}


@dataclass(frozen=True, slots=True)
class Canonical:
    """A row of an actor or issue as the record knows it; ``root_id`` is the one that it was merged into, or itself."""

    id: int
    root_id: int
    country: str | None = None


def actor_key(actor: Actor, report_key: str) -> str:
    """Return the key of an actor in the record: its own id, or one within its report."""
    own = actor.kind is ActorKind.UNNAMED or (
        actor.kind in _NAMED_BY_THE_REPORT and actor.country is None and not actor.members
    )
    return storable(f"{report_key}#{actor.id}" if own else actor.id)


def actors_of(connection: Connection, reading: Reading) -> Mapping[str, Canonical]:
    """Return the record's actors by the reading's ids, adding those that are new, with the states behind them."""
    actors = (*reading.actors, *states_behind(reading.actors).values())
    keys = {actor.id: actor_key(actor, reading.report.id) for actor in actors}
    new = {
        keys[actor.id]: {
            "key": keys[actor.id],
            "name": storable(actor.name),
            "kind": actor.kind.value,
            "country": actor.country,
            "principal": keys.get(actor.principal, keys.get(owner_of(actor.principal))) if actor.principal else None,
        }
        for actor in actors
    }
    found = found_or_added(connection, t.canonical_actor, new)
    names = [(found[keys[actor.id]].id, actor.name) for actor in actors]
    add_names(connection, t.actor_name, t.actor_name.c.actor_id, names)
    return {actor.id: found[keys[actor.id]] for actor in actors}


def issue_key_of(issue: Issue, reading: Reading) -> str:
    """Return the key of a reading's issue in the record: its own id, the same in every report that calls it so.

    What a hundred disputes have one of ("the agreement", "talks") is one only between the same parties, and where it is
    followed: they are the two countries that the report names most. Where it names one alone ("the referendum"), the
    territory of no state of its own that it names most tells which.
    """
    followed = {slug(name) for name in reading.frame}
    generic = listed("issues", "generic", "names")
    if issue.id in followed or not {issue.name.casefold(), issue.id.replace("-", " ")} & generic:
        return issue.id
    counts: Counter[str] = Counter()
    for actor in reading.actors:
        if actor.country and actor.kind is not ActorKind.OUTLET:
            counts[actor.country] += len(actor.mentions)
    parties = sorted(_most(counts, _PARTIES))
    places = Counter({actor.id: len(actor.mentions) for actor in reading.actors if _is_place(actor)})
    where = sorted(_most(places, _PARTIES - len(parties)))
    return "~".join((issue.id, *(country.lower() for country in parties), *where))


def _is_place(actor: Actor) -> bool:
    return actor.kind is ActorKind.TERRITORY and actor.country is None


def _most(counts: Counter[str], most: int) -> list[str]:
    return [name for name, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]]


def issues_of(connection: Connection, reading: Reading) -> Mapping[str, Canonical]:
    """Return the record's issues by the reading's ids, adding those that are new."""
    keys = {issue.id: storable(issue_key_of(issue, reading)) for issue in reading.issues}
    new = {keys[issue.id]: {"key": keys[issue.id], "name": storable(issue.name)} for issue in reading.issues}
    found = found_or_added(connection, t.canonical_issue, new)
    names = [(found[keys[issue.id]].id, name) for issue in reading.issues for name in _names(issue)]
    add_names(connection, t.issue_name, t.issue_name.c.issue_id, names)
    return {issue.id: found[keys[issue.id]] for issue in reading.issues}


def _names(issue: Issue) -> tuple[str, ...]:
    return (issue.name, *issue.aliases)


def found_or_added(connection: Connection, table: Table, new: Mapping[str, dict[str, Any]]) -> dict[str, Canonical]:
    """Return actors or issues by key, adding those that are new; they follow what the log of merges says of them."""
    found = _by_key(connection, table, new)
    missing = [{**row, "root_id": 0} for key, row in new.items() if key not in found]
    if missing:
        connection.execute(_insert(connection, table), missing)
        added = [row["key"] for row in missing]
        # A new row is its own root; its number is not known before it is there.
        connection.execute(table.update().where(table.c.key.in_(added)).values(root_id=table.c.id))
        follow_new(connection, "issue" if table is t.canonical_issue else "actor", added)
        found |= _by_key(connection, table, added)
    return found


def _by_key(connection: Connection, table: Table, keys: Iterable[str]) -> dict[str, Canonical]:
    columns = [table.c.key, table.c.id, table.c.root_id, *([table.c.country] if "country" in table.c else [])]
    rows = connection.execute(select(*columns).where(table.c.key.in_(list(keys))))
    return {row[0]: Canonical(row[1], row[2], row[3] if len(row) > 3 else None) for row in rows}


def add_names(connection: Connection, table: Table, owner: Column[Any], names: Iterable[tuple[int, str]]) -> None:
    """Have actors or issues, by number, found by their names."""
    rows = {(number, folded(name)): storable(name) for number, name in names if folded(name)}
    if rows:
        values = [{owner.name: number, "name_words": words, "name": name} for (number, words), name in rows.items()]
        connection.execute(_insert(connection, table), values)


def _insert(connection: Connection, table: Table) -> Any:
    """Return an insert that leaves a row alone that is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()
