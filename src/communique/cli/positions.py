"""``communique positions``: where each party stands on each issue."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.endings import endings
from communique.cli.listing_options import AsCsv, AsJson, AsOf, IssueNames, PartyNames
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace


def positions(
    where: RecordPlace = DEFAULT,
    issue: IssueNames = None,
    actor: PartyNames = None,
    as_of: AsOf = None,
    stale_after: Annotated[
        int, typer.Option("--stale-after", min=0, metavar="DAYS", help="Days after which a position is stale.")
    ] = 180,
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="Parties and issues in the matrix, 0 for all.")
    ] = 8,
    cells: Annotated[bool, typer.Option("--cells", help="List the cells one by one, each with its quotes.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    out: Output = None,
) -> None:
    """Show where each party stands on each issue: for, against, conditional or open, and how firmly.

    A cell shows the stance, its conditions, since when, and the day of the newest evidence; "stale" where that is too
    long ago. An empty cell is silence. --cells lists each position with the words it rests on.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    with endings():
        from communique.analysis.positions import positions as find
        from communique.cli.rows import write_rows
        from communique.record import Record
        from communique.record.naming import find_actor, find_issue

        with Record.open(where, read_only=True) as record, record.reading() as connection:
            matrix = find(
                connection,
                issues=[find_issue(connection, name) for name in issue or ()],
                parties=[find_actor(connection, name) for name in actor or ()],
                as_of=as_of,
                stale_after=stale_after,
                most_parties=limit or 10_000,
                most_issues=limit or 10_000,
            )
        listed = cells or as_json or as_csv or bool(issue and actor)
        rows = _cells(matrix) if listed else _matrix(matrix)
        with output(out) as stream:
            write_rows(
                rows,
                stream,
                columns=_cell_columns() if listed else _matrix_columns(matrix),
                as_json=as_json,
                as_csv=as_csv,
                nothing="No position: nobody takes a stance on this.",
            )


def _cells(matrix: Any) -> list[dict[str, Any]]:
    from communique.record.parties import rank_name

    names = {named.key: named.name for named in (*matrix.parties, *matrix.issues)}
    return [
        {
            "party": position.party,
            "party_name": names[position.party],
            "issue": position.issue,
            "issue_name": names[position.issue],
            "as_of": matrix.as_of,
            "stance": position.stance.value,
            "conditions": [
                {"condition": c.key, "kind": c.kind.value, "antecedent": c.antecedent, "must_act": c.must_act}
                for c in position.conditions
            ],
            "since": position.since,
            "newest": position.newest,
            "age_days": position.age,
            "stale": position.stale,
            "firmness": position.firmness,
            "reaffirmed": position.reaffirmed,
            "rank": rank_name(position.firmest),
            "also": [stance.value for stance in position.mixed],
            "speaker": position.decisive.speaker_name,
            "quote": position.decisive.content,
            "report": position.decisive.report,
            "outlet": position.decisive.outlet,
            "statement": position.decisive.key,
            "evidence": [e.key for e in position.evidence],
            "shown": _told(position),
        }
        for position in matrix.cells.values()
    ]


def _cell_columns() -> list[Any]:
    from communique.cli.rows import Column

    return [
        Column("party_name", "Party", 3),
        Column("issue_name", "Issue", 3),
        Column("shown", "Stands", 5),
        Column("firmness", "Firmness", 4),
        Column("speaker", "Voice", 3),
        Column("quote", "Words", 10),
        Column("report", "Report", 4),
    ]


def _matrix(matrix: Any) -> list[dict[str, Any]]:
    return [
        {
            "party": party.name,
            **{
                issue.key: _told(matrix.cells[party.key, issue.key]) if (party.key, issue.key) in matrix.cells else None
                for issue in matrix.issues
            },
        }
        for party in matrix.parties
    ]


def _matrix_columns(matrix: Any) -> list[Any]:
    from communique.cli.rows import Column

    return [Column("party", "", 1), *(Column(issue.key, issue.name, 1) for issue in matrix.issues)]


def _told(position: Any) -> str:
    conditions = [f"if {condition.antecedent}" for condition in position.conditions]
    also = f"(also {', '.join(position.mixed)})" if position.mixed else ""
    age = f"{position.newest}{', stale' if position.stale else ''}"
    return "\n".join(filter(None, (position.stance.value, *conditions, also, age)))
