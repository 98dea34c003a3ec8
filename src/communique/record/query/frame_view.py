"""What a record follows, with how much was said of it: the frame as a user sees it."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import Frame
from communique.record.database.sql import Askable, ask, ask_one, numbers
from communique.record.query.followed import UNKNOWN, followed_issues, followed_parties
from communique.record.resolution.frames import dossiers, followed


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A party or issue that is followed (``kind``), or what fits no issue of the frame (``kind`` "other matters").

    ``statements`` of newest versions are made by the party or are about the issue; ``dossiers`` are the names of those
    whose files name it, none where people added it.
    """

    kind: str
    key: str | None
    name: str
    aliases: tuple[str, ...]
    country: str | None
    statements: int
    dossiers: tuple[str, ...]


OTHER = "other matters"


def frame_rows(connection: Askable) -> list[FollowedRow]:
    """Return the parties, the issues and the other matters of what a record follows, in the frame's order."""
    frame, given = followed(connection), dossiers(connection)
    parties, issues = followed_parties(connection), followed_issues(connection)
    by_party = _counted(connection, "statement", "party_root", "count(*)", [each.id for each in parties])
    by_issue = _counted(
        connection, "statement_issue", "issue_root", "count(DISTINCT statement_id)", [each.id for each in issues]
    )
    named = {each.name: each for each in issues}
    rows = [
        FollowedRow(
            "party",
            found.key if found.id != UNKNOWN else None,
            party.name,
            party.aliases,
            party.country,
            by_party.get(found.id, 0),
            _from(given, "parties", party.name, party.aliases),
        )
        for party, found in zip(frame.parties, parties, strict=True)
    ]
    for issue in frame.issues:
        known = named.get(issue.name)
        rows.append(
            FollowedRow(
                "issue",
                known.key if known else None,
                issue.name,
                issue.aliases,
                None,
                by_issue.get(known.id, 0) if known else 0,
                _from(given, "issues", issue.name, issue.aliases),
            )
        )
    return [*rows, FollowedRow(OTHER, None, OTHER, (), None, _others(connection, [each.id for each in issues]), ())]


def _counted(connection: Askable, table: str, column: str, what: str, roots: list[int]) -> dict[int, int]:
    question = (
        f"SELECT {column}, {what} FROM {table} WHERE current = 1 AND {column} IN {numbers(roots)} GROUP BY {column}"
    )
    return {row[0]: row[1] for row in ask(connection, question)}


def _others(connection: Askable, issues: list[int]) -> int:
    """How many statements are about none of the issues."""
    every = ask_one(connection, "SELECT count(*) FROM statement WHERE current = 1")
    on_issues = ask_one(
        connection,
        "SELECT count(DISTINCT statement_id) FROM statement_issue"
        f" WHERE current = 1 AND issue_root IN {numbers(issues)}",
    )
    return int(every) - int(on_issues)


def _from(given: dict[str, Frame], part: str, name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    names = {name, *aliases}
    return tuple(
        dossier
        for dossier, frame in given.items()
        if any(names & {each.name, *each.aliases} for each in getattr(frame, part))
    )
