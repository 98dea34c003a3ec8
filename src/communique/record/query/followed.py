"""The parties and issues that a record follows, as the record knows them."""

from __future__ import annotations

from communique.errors import UnknownName
from communique.model import Party
from communique.record.database.sql import Askable
from communique.record.query.lookup import Named, find_actor, find_issue
from communique.record.resolution.frames import followed, issue_key

UNKNOWN = 0
"""The row of a party that no report has named yet: none of the record's."""


def followed_parties(connection: Askable) -> tuple[Named, ...]:
    """Return the parties that the record follows, in their order, each by the name that the dossier gives it."""
    return tuple(_party(connection, party) for party in followed(connection).parties)


def followed_issues(connection: Askable) -> tuple[Named, ...]:
    """Return the issues that the record follows, in their order, each by the name that the dossier gives it."""
    found = []
    for issue in followed(connection).issues:
        try:
            named = find_issue(connection, issue_key(issue) or issue.name)
        except UnknownName:
            continue
        found.append(Named(named.id, named.key, issue.name))
    return tuple(found)


def _party(connection: Askable, party: Party) -> Named:
    for given in ((party.country or "").lower(), party.name, *party.aliases):
        if not given:
            continue
        try:
            named = find_actor(connection, given)
        except UnknownName:
            continue
        return Named(named.id, named.key, party.name)
    return Named(UNKNOWN, (party.country or party.name).lower(), party.name)
