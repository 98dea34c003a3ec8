"""``communique reports``: what was taken in."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.listing_options import (
    Acts,
    After,
    AsCsv,
    AsJson,
    AsParquet,
    Copies,
    Countries,
    IssueNames,
    Limit,
    Names,
    Outlets,
    Parties,
    Reports,
    Since,
    Text,
    Until,
)
from communique.cli.lists import counted, day_of, form_of, given, lines, show
from communique.cli.options import Output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.rows import Column


def reports(
    where: RecordPlace = DEFAULT,
    actor: Annotated[
        Names, typer.Option("--actor", metavar="NAME", help="With a statement of this actor's; may be given again.")
    ] = None,
    party: Parties = None,
    country: Countries = None,
    issue: IssueNames = None,
    outlet: Outlets = None,
    act: Acts = None,
    report: Reports = None,
    since: Since = None,
    until: Until = None,
    text: Text = None,
    copies: Copies = None,
    sort: Annotated[str, typer.Option("--sort", metavar="ORDER", help="newest or oldest.")] = "newest",
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_parquet: AsParquet = False,
    out: Output = None,
) -> None:
    """List reports in their newest version, with how much was read in them and which is a copy of which.

    Filters by actor, party, country, issue and act ask each for a statement in the report, not for one and the same.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    form = form_of(out, as_json=as_json, as_csv=as_csv, as_parquet=as_parquet)
    filters = given(
        actor=actor,
        party=party,
        country=country,
        issue=issue,
        outlet=outlet,
        act=act,
        report=report,
        since=since,
        until=until,
        text=text,
        copies=copies,
    )

    def listing(record: Any) -> Any:
        from communique.record.query.filters import Filter

        return record.reports(Filter(**filters), sort=sort, limit=limit, after=after)

    show(where, listing, columns=COLUMNS, shown=_shown, form=form, out=out)


COLUMNS = (
    Column("day", "Published"),
    Column("title", "Report", 8),
    Column("outlet", "Outlet", 4),
    Column("found", "Holds", 4),
    Column("copies", "Copies", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    copies = f"{row.copies} of it" if row.copies else None
    return {
        "day": day_of(row),
        "title": lines(row.title, row.report, row.url),
        "outlet": lines(row.outlet, row.agency and f"credits {row.agency}", row.author),
        "found": lines(
            counted(row.statements, "statement"),
            counted(row.conditions, "condition"),
            counted(row.versions, "version") if row.versions > 1 else None,
        ),
        "copies": lines(row.copy_of and f"of {row.copy_of}", copies),
    }
