"""``communique conditions``: what hangs on what, who set it, and who could meet it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.listing_options import (
    After,
    AsCsv,
    AsJson,
    AsParquet,
    Confidence,
    Copies,
    Countries,
    IssueNames,
    Judged,
    Limit,
    Names,
    Outlets,
    Reports,
    Since,
    Text,
    Until,
    Version,
)
from communique.cli.lists import day_of, form_of, given, judged, lines, place_of, show
from communique.cli.options import Output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.rows import Column
from communique.model import ConditionKind


def conditions(
    where: RecordPlace = DEFAULT,
    actor: Annotated[
        Names, typer.Option("--actor", metavar="NAME", help="Who holds it, by name or key; may be given again.")
    ] = None,
    must_act: Annotated[
        Names, typer.Option("--must-act", metavar="NAME", help="Who could meet it; may be given again.")
    ] = None,
    country: Countries = None,
    issue: IssueNames = None,
    outlet: Outlets = None,
    kind: Annotated[
        Names, typer.Option("--kind", metavar="KIND", help=f"{', '.join(ConditionKind)}; may be given again.")
    ] = None,
    report: Reports = None,
    version: Version = None,
    since: Since = None,
    until: Until = None,
    text: Text = None,
    judged: Judged = None,
    confidence: Confidence = None,
    copies: Copies = None,
    sort: Annotated[str, typer.Option("--sort", metavar="ORDER", help="newest, oldest or confidence.")] = "newest",
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_parquet: AsParquet = False,
    out: Output = None,
) -> None:
    """List conditions, each with the words of both sides and where they stand.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    form = form_of(out, as_json=as_json, as_csv=as_csv, as_parquet=as_parquet)
    filters = given(
        actor=actor,
        must_act=must_act,
        country=country,
        issue=issue,
        outlet=outlet,
        kind=kind,
        report=report,
        version=version,
        since=since,
        until=until,
        text=text,
        judged=judged,
        confidence=confidence,
        copies=copies,
    )

    def listing(record: Any) -> Any:
        from communique.record.query.filters import Filter

        return record.conditions(Filter(**filters), sort=sort, limit=limit, after=after)

    show(where, listing, columns=COLUMNS, shown=_shown, form=form, out=out)


COLUMNS = (
    Column("day", "Published"),
    Column("holder", "Set by", 3),
    Column("consequent", "What hangs on it", 5),
    Column("kind", "Kind", 4),
    Column("antecedent", "What must be", 5),
    Column("place", "Where", 5),
    Column("confidence", "Sure"),
)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "day": day_of(row),
        "holder": row.holder_name or "nobody named",
        "consequent": row.consequent_text,
        "kind": lines(row.kind, f"[{row.cue_text}]" if row.cue_text else None, judged(row)),
        "antecedent": lines(
            row.antecedent_text,
            f"To be met by: {row.must_act_name}" if row.must_act_name else None,
            f"On: {', '.join(row.issue_names)}" if row.issue_names else None,
        ),
        "place": place_of(row, row.antecedent or row.cue),
        "confidence": row.confidence,
    }
