"""``communique series``: how far apart the parties are, and how they treat each other, over time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from communique.cli.endings import endings
from communique.cli.listing_options import AsCsv, AsJson, AsOf, PartyNames, Since
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace


class Every(StrEnum):
    """The same words as `communique.analysis.series.Period`."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def series(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="The issue by name, alias or key.")],
    where: RecordPlace = DEFAULT,
    actor: PartyNames = None,
    by: Annotated[Every, typer.Option("--by", metavar="PERIOD", help=", ".join(Every))] = Every.MONTH,
    since: Since = None,
    as_of: AsOf = None,
    limit: Annotated[
        int, typer.Option("--limit", min=2, metavar="N", help="Without --actor: the N parties most heard.")
    ] = 2,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    out: Output = None,
) -> None:
    """Show, period by period, how far apart the parties are on an issue, and their conciliatory and hostile acts.

    Distance 0 is the same stance, 1 one party for and the other against. Balance 1 is all conciliatory, -1 all
    hostile. A place in parentheses is carried over from before. What several reports carry counts once.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    with endings():
        from communique.analysis.series import Period
        from communique.analysis.series import series as find
        from communique.cli.row_formats import Column, write_rows
        from communique.record.database.sql import asking
        from communique.record.query.lookup import find_actor, find_issue

        with asking(where) as connection:
            found = find(
                connection,
                find_issue(connection, issue),
                parties=[find_actor(connection, name) for name in actor or ()],
                by=Period(by.value),
                as_of=as_of,
                since=since,
                most_parties=limit,
            )
        plain = as_json or as_csv
        with output(out) as stream:
            write_rows(
                [(_row if plain else _shown)(found, point) for point in found.points],
                stream,
                columns=[
                    Column("period", "Period"),
                    *(Column(party.key, party.name) for party in found.parties),
                    *(Column(name, name.capitalize()) for name in ("distance", "conciliatory", "hostile", "balance")),
                ],
                as_json=as_json,
                as_csv=as_csv,
                nothing=f"Nobody has said anything on {found.issue.name}.",
            )


def _row(found: Any, point: Any) -> dict[str, Any]:
    return {
        "period": point.period,
        "issue": found.issue.key,
        "distance": _rounded(point.distance),
        "places": {key: _rounded(place) for key, place in point.places.items()},
        "silent": list(point.silent),
        "conciliatory": point.conciliatory,
        "hostile": point.hostile,
        "other": point.other,
        "balance": _rounded(point.balance),
    }


def _shown(found: Any, point: Any) -> dict[str, Any]:
    places = {}
    for key, place in point.places.items():
        told = "" if place is None else f"{place:+.2f}"
        places[key] = f"({told})" if told and key in point.silent else told
    return {**_row(found, point), **places}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
