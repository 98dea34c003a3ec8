"""Who else speaks for a party: those who speak as one with others, and persons whom only other reports place.

A statement belongs to the party that its own report gives its speaker. "The two ministers said" is both parties' word,
and of a person whom one report calls by name alone another one may tell the office.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.record.database.sql import Askable, ask, numbers
from communique.record.resolution.party_and_rank import is_outsider

_SPOKEN_FOR = "s.current = 1 AND s.party_root <> s.speaker_root"
"""What the indexes of who speaks for whom are over."""

_AT_ONCE = 500
"""Persons in one question."""


def joint_voices(connection: Askable, parties: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return those who speak as one for some of these parties, by row, each with these parties."""
    listed = numbers(sorted(set(parties)))
    keys = {row.key: row.id for row in ask(connection, f"SELECT id, key FROM canonical_actor WHERE id IN {listed}")}
    found: dict[int, tuple[int, ...]] = {}
    # By their place among the keys (";" comes after ":"): no other key is looked at.
    for row in ask(connection, "SELECT id, key FROM canonical_actor WHERE key >= 'group:' AND key < 'group;'"):
        own = tuple(keys[name] for name in row.key.removeprefix("group:").split("+") if name in keys)
        if own and "+" in row.key:
            found[row.id] = own
    return found


def own_voices(connection: Askable, parties: Iterable[int], issues: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the persons who speak for one of these parties in some report and for no other party in any, by row.

    Of them those who also speak on one of these issues where no party is told.
    """
    wanted = set(parties)
    # From one who speaks on an issue to the next by the index, and of each the least and the greatest party: much may
    # have been said, few have said it.
    rows = ask(
        connection,
        f"""
        WITH RECURSIVE spoken (issue, party) AS (
            SELECT c.id, (SELECT min(i.party_root) FROM statement_issue i WHERE i.issue_root = c.id AND i.current = 1)
            FROM canonical_issue c WHERE c.id IN {numbers(sorted(set(issues)))}
            UNION ALL
            SELECT s.issue, (
                SELECT min(i.party_root) FROM statement_issue i
                WHERE i.issue_root = s.issue AND i.party_root > s.party AND i.current = 1)
            FROM spoken s WHERE s.party IS NOT NULL
        )
        SELECT person, least AS party FROM (
            SELECT c.id AS person,
                (SELECT min(s.party_root) FROM statement s WHERE s.speaker_root = c.id AND {_SPOKEN_FOR}) AS least,
                (SELECT max(s.party_root) FROM statement s WHERE s.speaker_root = c.id AND {_SPOKEN_FOR}) AS greatest
            FROM canonical_actor c WHERE c.id IN (SELECT party FROM spoken) AND c.key LIKE 'person:%'
        ) placed
        WHERE least = greatest""",
    )
    return {row.person: (row.party,) for row in rows if row.party in wanted}


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
