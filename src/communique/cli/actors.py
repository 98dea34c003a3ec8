"""``communique actors``: who speaks in the record."""

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
from communique.model import ActorKind


def actors(
    where: RecordPlace = DEFAULT,
    name: Annotated[
        str | None, typer.Option("--name", metavar="WORDS", help="With these words in one of their names.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="NAME", help="A country's name or ISO 3166-1 alpha-3 code.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"{', '.join(ActorKind)}.")] = None,
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_parquet: AsParquet = False,
    out: Output = None,
) -> None:
    """List actors after merges, those with most statements first.

    Exit status: 0 done, 1 the record cannot be read or knows no such country, 2 wrong usage.
    """
    form = form_of(out, as_json=as_json, as_csv=as_csv, as_parquet=as_parquet)
    filters = given(name=name, country=country, kind=kind)

    def listing(record: Any) -> Any:
        from communique.record.query.names import NameFilter

        return record.actors(NameFilter(**filters), limit=limit, after=after)

    show(where, listing, columns=COLUMNS, shown=_shown, form=form, out=out)


COLUMNS = (
    Column("name", "Actor", 6),
    Column("kind", "Kind", 2),
    Column("names", "Also", 6),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    others = [other for other in row.names if other != row.name]
    merged = f"joined: {', '.join(row.merged)}" if row.merged else None
    return {
        "name": lines(row.name, row.actor, judged(row)),
        "kind": lines(row.kind, row.country, row.principal and f"for {row.principal}"),
        "names": lines(", ".join(others[:8]), merged),
        "said": f"{row.statements} in {counted(row.reports, 'report')}",
        "days": lines(row.first, row.last if row.last != row.first else None),
    }
