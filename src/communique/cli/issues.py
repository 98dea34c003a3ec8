"""``communique issues``: what is disputed or negotiated."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.listing_options import (
    After,
    AsCsv,
    AsJson,
    AsParquet,
    Limit,
)
from communique.cli.lists import counted, form_of, given, judged, lines, show
from communique.cli.options import Output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.rows import Column


def issues(
    where: RecordPlace = DEFAULT,
    name: Annotated[
        str | None, typer.Option("--name", metavar="WORDS", help="With these words in one of their names.")
    ] = None,
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_parquet: AsParquet = False,
    out: Output = None,
) -> None:
    """List issues after merges, those of which most is said first, with their claimants.

    Exit status: 0 done, 1 the record cannot be read, 2 wrong usage.
    """
    form = form_of(out, as_json=as_json, as_csv=as_csv, as_parquet=as_parquet)
    filters = given(name=name)

    def listing(record: Any) -> Any:
        from communique.record.query.names import NameFilter

        return record.issues(NameFilter(**filters), limit=limit, after=after)

    show(where, listing, columns=COLUMNS, shown=_shown, form=form, out=out)


COLUMNS = (
    Column("name", "Issue", 5),
    Column("names", "Also", 6),
    Column("claimants", "Claimed by", 3),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    others = [other for other in row.names if other != row.name]
    merged = f"joined: {', '.join(row.merged)}" if row.merged else None
    return {
        "name": lines(row.name, row.issue, judged(row)),
        "names": lines(", ".join(others[:8]), merged),
        "claimants": ", ".join(row.claimant_names),
        "said": f"{row.statements} in {counted(row.reports, 'report')}",
        "days": lines(row.first, row.last if row.last != row.first else None),
    }
