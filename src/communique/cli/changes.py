"""``communique changes``: what changed in the parties' positions, and what only sounds different."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.endings import endings
from communique.cli.listing_options import AsCsv, AsJson, AsOf, IssueNames, Least, Most, PartyNames, Since
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

if TYPE_CHECKING:
    from communique.cli.row_formats import Column


class ChangeChoice(StrEnum):
    """The same words as `communique.analysis.changes.ChangeKind`."""

    SHIFT = "shift"
    HARDENING = "hardening"
    SOFTENING = "softening"
    CONDITION_ADDED = "condition-added"
    CONDITION_DROPPED = "condition-dropped"
    CONDITION_MET = "condition-met"
    REWORDING = "rewording"
    OTHER_VOICE = "other-voice"
    OTHER_REPORT = "other-report"
    UNCHANGED = "unchanged"


Kinds = Annotated[
    list[ChangeChoice] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=f"{', '.join(ChangeChoice)}; may be given again.",
        show_default="those that change a position",
    ),
]


def changes(
    where: RecordPlace = DEFAULT,
    issue: IssueNames = None,
    actor: PartyNames = None,
    kind: Kinds = None,
    since: Since = None,
    as_of: AsOf = None,
    least: Least = None,
    limit: Most = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    out: Output = None,
) -> None:
    """Show what changed in the parties' positions, the newest first, both quotes side by side.

    "rewording" is the same in other words, "other-voice" a lesser voice that differs, "unchanged" what a party says
    again or itself calls unchanged: they change nothing, and are shown only when asked for. What is less sure stands
    apart, under "To check".

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    with endings():
        from communique.analysis.changes import LEAST, REAL, TO_CHECK, ChangeKind
        from communique.analysis.changes import changes as find
        from communique.cli.side_by_side import lower_bound, write_apart
        from communique.record.database.sql import asking
        from communique.record.query.lookup import find_actor, find_issue

        with asking(where) as connection:
            found = find(
                connection,
                issues=[find_issue(connection, name) for name in issue or ()],
                parties=[find_actor(connection, name) for name in actor or ()],
                as_of=as_of,
                since=since,
                kinds=[ChangeKind(name.value) for name in kind] if kind else ChangeKind,
                least=lower_bound(least, LEAST, TO_CHECK, for_programs=as_json or as_csv),
            )
        kept = found if kind else [item for item in found if item.kind in REAL]
        rows = [_row(item) for item in (kept[:limit] if limit else kept)]
        same = (ChangeKind.UNCHANGED, ChangeKind.REWORDING)
        with output(out) as stream:
            write_apart(rows, stream, columns=_columns(), as_json=as_json, as_csv=as_csv, nothing="No change found.")
            if not (kind or as_json or as_csv):
                stream.write(_unchanged(item for item in found if item.kind in same and not item.to_check))


def _columns() -> list[Column]:
    from communique.cli.row_formats import Column

    return [
        Column("kind", "Change", 4),
        Column("first", "Earlier", 10),
        Column("second", "Later", 10),
        Column("shown", "What changed", 7),
        Column("confidence", "Sure"),
    ]


def _unchanged(found: Iterable[Any]) -> bytes:
    """A line for each party and issue on which it said the same again; the kinds that show them are named."""
    from communique.cli.terminal_words import plain

    days: dict[tuple[str, str], list[str]] = {}
    for item in found:
        if item.issue_name:
            days.setdefault((item.party_name, item.issue_name), []).append(item.second.day)
    lines = [
        plain(f"Unchanged: {party} on {issue}, said again on {', '.join(sorted(set(said)))}")
        for (party, issue), said in sorted(days.items())
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _row(item: Any) -> dict[str, Any]:
    from communique.cli.side_by_side import side_of

    return {
        "kind": item.kind.value,
        "party": item.party,
        "party_name": item.party_name,
        "issue": item.issue,
        "issue_name": item.issue_name,
        "explanation": item.explanation,
        "confidence": round(item.confidence, 3),
        "to_check": item.to_check,
        **side_of(item.first, "first"),
        **side_of(item.second, "second"),
        "shown": " on ".join(filter(None, (item.party_name, item.issue_name))) + f": {item.explanation}",
    }
