"""``communique positions``: where each party stands on each issue."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.endings import endings
from communique.cli.listing_options import AsCsv, AsJson, AsOf, IssueNames, PartyNames
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

SILENT = "silent"
_CHECKED_BELOW = "tentative, see below"
_PACE = "pace"
_MOST_DIGITS = 6
CONDITION_WORDS = {"necessary": "only if", "sufficient": "if", "both": "if and only if", "exception": "unless"}
"""How a condition that binds is told."""


def positions(
    where: RecordPlace = DEFAULT,
    issue: IssueNames = None,
    actor: PartyNames = None,
    as_of: AsOf = None,
    stale_after: Annotated[
        str | None,
        typer.Option(
            "--stale-after",
            metavar="DAYS|pace",
            help="Days without a word after which a position is stale, or as many as fit how often the record is "
            "added to; without it none is.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="Parties and issues in the matrix, 0 for all.")
    ] = 8,
    cells: Annotated[bool, typer.Option("--cells", help="List the cells one by one, each with its quotes.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    out: Output = None,
) -> None:
    """Show where each party stands on each issue: for, against, conditional or open, and how firmly.

    A cell shows the stance, its conditions, since when it stands, and the day of the newest evidence: "stale" where
    that is longer ago than asked for, "silent" where the party has said nothing. What rests on one unsure voice is
    tentative, and stands apart, under "To check". --cells lists each position with its words.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    with endings():
        from communique.analysis.positions import pace
        from communique.analysis.positions import positions as find
        from communique.cli.row_formats import write_rows
        from communique.cli.side_by_side import write_apart, write_to_check
        from communique.record.database.sql import asking
        from communique.record.query.lookup import find_actor, find_issue

        days = _days(stale_after)
        with asking(where) as connection:
            matrix = find(
                connection,
                issues=[find_issue(connection, name) for name in issue or ()],
                parties=[find_actor(connection, name) for name in actor or ()],
                as_of=as_of,
                stale_after=pace(connection, as_of) if stale_after == _PACE else days,
                most_parties=limit or 10_000,
                most_issues=limit or 10_000,
            )
        listed = cells or as_json or as_csv or bool(issue and actor)
        rows = _cells(matrix)
        nothing = "No position: nobody takes a stance on this."
        with output(out) as stream:
            if listed:
                write_apart(rows, stream, columns=_cell_columns(), as_json=as_json, as_csv=as_csv, nothing=nothing)
            else:
                of_matrix, columns = _matrix(matrix)
                write_rows(of_matrix, stream, columns=columns, nothing=nothing)
                write_to_check([row for row in rows if row["to_check"]], stream, _cell_columns())


def _days(given: str | None) -> int | None:
    if given in (None, _PACE):
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > _MOST_DIGITS:
        raise typer.BadParameter(f"--stale-after {given[:40]!r} is no number of days, nor {_PACE}")
    return int(given)


def _cells(matrix: Any) -> list[dict[str, Any]]:
    return [
        _cell(matrix.as_of, party, issue, matrix.cells.get((party.key, issue.key)))
        for party in matrix.parties
        for issue in matrix.issues
    ]


def _cell(as_of: str, party: Any, issue: Any, position: Any) -> dict[str, Any]:
    """A position as a row, all of it null where the party is silent."""
    from communique.record.resolution.party_and_rank import rank_name

    said = position.decisive if position else None
    return {
        "party": party.key,
        "party_name": party.name,
        "issue": issue.key,
        "issue_name": issue.name,
        "as_of": as_of,
        "stance": position and position.stance.value,
        "conditions": [
            {"condition": c.key, "kind": c.kind.value, "antecedent": c.antecedent, "must_act": c.must_act}
            for c in (position.conditions if position else ())
        ],
        "since": position and position.since,
        "newest": position and position.newest,
        "age_days": position and position.age,
        "stale": position and position.stale,
        "firmness": position and position.firmness,
        "reaffirmed": position and position.reaffirmed,
        "rank": position and rank_name(position.firmest),
        "voices": position and position.voices,
        "tentative": position and position.tentative,
        "to_check": bool(position and position.tentative),
        "also": [stance.value for stance in position.mixed] if position else [],
        "speaker": said and said.speaker_name,
        "quote": said and said.content,
        "report": said and said.report,
        "outlet": said and said.outlet,
        "said_on": said and said.day,
        "statement": said and said.key,
        "evidence": [e.key for e in position.evidence] if position else [],
        "shown": told(position) if position else SILENT,
    }


def _cell_columns() -> list[Any]:
    from communique.cli.row_formats import Column

    return [
        Column("party_name", "Party", 3),
        Column("issue_name", "Issue", 3),
        Column("shown", "Stands", 5),
        Column("firmness", "Firmness", 4),
        Column("speaker", "Voice", 3),
        Column("quote", "Words", 10),
        Column("report", "Report", 4),
    ]


def _matrix(matrix: Any) -> tuple[list[dict[str, Any]], list[Any]]:
    """The rows and columns of the matrix; the shorter side goes across, so that cells have room."""
    from communique.cli.row_formats import Column

    wide = len(matrix.issues) > len(matrix.parties)
    down, across = (matrix.issues, matrix.parties) if wide else (matrix.parties, matrix.issues)
    rows = []
    for one in down:
        cells = {
            other.key: matrix.cells.get((other.key, one.key) if wide else (one.key, other.key)) for other in across
        }
        rows.append({"": one.name, **{key: _in_matrix(cell) for key, cell in cells.items()}})
    return rows, [Column("", "", 1), *(Column(other.key, other.name, 2 if wide else 1) for other in across)]


def _in_matrix(position: Any) -> str:
    """What a cell shows; where the party stands that only one unsure voice tells is told below."""
    if position is None:
        return SILENT
    return _CHECKED_BELOW if position.tentative else told(position)


def told(position: Any) -> str:
    """Return a position in a few lines: its stance, its conditions, other voices and its days."""

    conditions = [f"{CONDITION_WORDS[c.kind.value]} {c.antecedent}" for c in position.conditions]
    also = f"also {', '.join(position.mixed)}" if position.mixed else ""
    since = f"since {position.since}" if position.since != position.newest else ""
    newest = f"{'last ' if since else ''}{position.newest or 'undated'}{', stale' if position.stale else ''}"
    return "\n".join(filter(None, (position.told, *conditions, also, since, newest)))
