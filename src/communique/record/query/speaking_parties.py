"""Who else speaks for a party: those who speak as one with others, and persons whom only other reports place.

A statement belongs to the party that its own report gives its speaker. "The two ministers said" is both parties' word,
and of a person whom one report calls by name alone another one may tell the office.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.record.database.sql import Askable, ask, numbers
from communique.record.resolution.affiliation import is_outsider

_AT_ONCE = 500
"""Persons in one question."""


def joint_voices(connection: Askable, parties: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return those who speak as one for some of these parties, by row, each with these parties."""
    listed = numbers(sorted(set(parties)))
    keys = {row.key: row.id for row in ask(connection, f"SELECT id, key FROM canonical_actor WHERE id IN {listed}")}
    found: dict[int, tuple[int, ...]] = {}
    for row in ask(connection, "SELECT id, key FROM canonical_actor WHERE key LIKE 'group:%+%'"):
        own = tuple(keys[name] for name in row.key.replace("group:", "").split("+") if name in keys)
        if own:
            found[row.id] = own
    return found


def own_voices(connection: Askable, parties: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the persons who speak for one of these parties in some report and for no other party in any, by row."""
    wanted = set(parties)
    rows = ask(
        connection,
        f"""
        SELECT DISTINCT s.speaker_root, s.party_root FROM statement s
        JOIN canonical_actor c ON c.id = s.speaker_root
        WHERE s.current = 1 AND c.key LIKE 'person:%' AND s.party_root <> s.speaker_root
            AND s.speaker_root IN (SELECT speaker_root FROM statement WHERE party_root IN {numbers(sorted(wanted))})""",
    )
    found: dict[int, set[int]] = {}
    for person, party in rows:
        found.setdefault(person, set()).add(party)
    return {person: tuple(places) for person, places in found.items() if len(places) == 1 and places <= wanted}


def speaking_for_nobody(connection: Askable, persons: Iterable[int]) -> set[int]:
    """Return, by row, the statements of these persons in reports where they hold no office any more, or oppose it."""
    # Asked by the party (the plus has it so): few speak for themselves, and the others are then not looked at.
    rows = ask(
        connection,
        f"""
        SELECT s.id, a.role
        FROM statement s JOIN actor a ON a.reading_id = s.reading_id AND a.canonical_id = s.speaker_id
        WHERE s.current = 1 AND +s.speaker_root = s.party_root AND s.party_root IN {numbers(sorted(set(persons)))}""",
    )
    return {row.id for row in rows if row.role and is_outsider(row.role)}


def placed_elsewhere(connection: Askable, persons: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return, by key, the key and name of the party that other reports give persons, where these agree on one."""
    wanted = sorted(set(persons))
    found: dict[str, set[tuple[str, str]]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = {f"key{at}": key for at, key in enumerate(wanted[start : start + _AT_ONCE])}
        rows = ask(
            connection,
            f"""
            SELECT DISTINCT c.key AS person, p.key AS party, p.name AS name
            FROM canonical_actor c
            JOIN statement s ON s.speaker_root = c.id
            JOIN canonical_actor p ON p.id = s.party_root
            WHERE c.key IN ({", ".join(f":{name}" for name in some)}) AND s.current = 1 AND p.id <> c.id""",
            **some,
        )
        for row in rows:
            found.setdefault(row.person, set()).add((row.party, row.name))
    return {person: next(iter(places)) for person, places in found.items() if len(places) == 1}
