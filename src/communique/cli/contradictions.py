"""``communique contradictions``: what cannot both stand, and who disputes whom."""

from __future__ import annotations

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


class ContradictionChoice(StrEnum):
    """What stands against what; the same words as `communique.analysis.contradictions.Contradiction.kind`."""

    SELF = "self"
    TELLING = "telling"
    DISAGREEMENT = "disagreement"


Kinds = Annotated[
    list[ContradictionChoice] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="self, telling or disagreement; may be given again.",
        show_default="self and telling",
    ),
]


def contradictions(
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
    """Show statements that cannot both stand, the surest first, both quotes side by side.

    "self": one speaker, or one party's voices, against itself, in one report or within a month. "telling": two reports
    give one saying differently. "disagreement": one party denies what another says; shown only when asked for. What is
    less sure, and what only two tellings of one saying show, stands apart, under "To check".

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    with endings():
        from communique.analysis.contradictions import LEAST, TO_CHECK
        from communique.analysis.contradictions import contradictions as find
        from communique.cli.side_by_side import lower_bound, write_apart
        from communique.record.database.sql import asking
        from communique.record.query.lookup import find_actor, find_issue

        wanted = set(kind or (ContradictionChoice.SELF, ContradictionChoice.TELLING))
        with asking(where) as connection:
            found = find(
                connection,
                issues=[find_issue(connection, name) for name in issue or ()],
                parties=[find_actor(connection, name) for name in actor or ()],
                as_of=as_of,
                since=since,
                least=lower_bound(least, LEAST, TO_CHECK, for_programs=as_json or as_csv),
                disagreements=ContradictionChoice.DISAGREEMENT in wanted,
            )
        kept = [item for item in found if item.kind in wanted]
        rows = [_row(item) for item in (kept[:limit] if limit else kept)]
        with output(out) as stream:
            write_apart(
                rows, stream, columns=_columns(), as_json=as_json, as_csv=as_csv, nothing="No contradiction found."
            )


def _columns() -> list[Column]:
    from communique.cli.row_formats import Column

    return [
        Column("kind", "Kind", 3),
        Column("first", "Earlier", 10),
        Column("second", "Later", 10),
        Column("shown", "Why", 8),
        Column("confidence", "Sure"),
    ]


def _row(item: Any) -> dict[str, Any]:
    from communique.cli.side_by_side import side_of

    clash = item.judged.clash.value if item.judged.clash else None
    return {
        "kind": item.kind,
        "clash": clash,
        "issue": item.issue,
        "issue_name": item.issue_name,
        "explanation": item.judged.explanation,
        "confidence": round(item.judged.confidence, 3),
        "to_check": item.to_check,
        **side_of(item.first, "first"),
        **side_of(item.second, "second"),
        "shown": item.judged.explanation + (f"\n[{item.issue_name}]" if item.issue_name else ""),
    }
