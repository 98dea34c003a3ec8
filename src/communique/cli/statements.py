"""``communique statements``: who said what, to whom, through whom."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.cli.listing_options import (
    Acts,
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
    Parties,
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


def statements(
    where: RecordPlace = DEFAULT,
    actor: Annotated[
        Names, typer.Option("--actor", metavar="NAME", help="Who speaks, by name or key; may be given again.")
    ] = None,
    addressee: Annotated[
        Names, typer.Option("--addressee", metavar="NAME", help="Who is spoken to; may be given again.")
    ] = None,
    relayer: Annotated[
        Names, typer.Option("--relayer", metavar="NAME", help="Who passed the words on; may be given again.")
    ] = None,
    party: Parties = None,
    country: Countries = None,
    issue: IssueNames = None,
    outlet: Outlets = None,
    act: Acts = None,
    report: Reports = None,
    version: Version = None,
    since: Since = None,
    until: Until = None,
    said_since: Annotated[
        str | None, typer.Option("--said-since", metavar="DATE", help="Said on this day or later.")
    ] = None,
    said_until: Annotated[
        str | None, typer.Option("--said-until", metavar="DATE", help="Said on this day or earlier.")
    ] = None,
    text: Text = None,
    judged: Judged = None,
    confidence: Confidence = None,
    voices: Annotated[
        int | None, typer.Option("--voices", min=1, metavar="N", help="Told by at least N independent reports.")
    ] = None,
    copies: Copies = None,
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="newest, oldest, confidence or voices.")
    ] = "newest",
    limit: Limit = 50,
    after: After = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_parquet: AsParquet = False,
    out: Output = None,
) -> None:
    """List statements, each with the words that it rests on and where they stand.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """
    form = form_of(out, as_json=as_json, as_csv=as_csv, as_parquet=as_parquet)
    filters = given(
        actor=actor,
        addressee=addressee,
        relayer=relayer,
        party=party,
        country=country,
        issue=issue,
        outlet=outlet,
        act=act,
        report=report,
        version=version,
        since=since,
        until=until,
        said_since=said_since,
        said_until=said_until,
        text=text,
        judged=judged,
        confidence=confidence,
        voices=voices,
        copies=copies,
    )

    def listing(record: Any) -> Any:
        from communique.record.query.filters import Filter

        return record.statements(Filter(**filters), sort=sort, limit=limit, after=after)

    show(where, listing, columns=COLUMNS, shown=_shown, form=form, out=out)


COLUMNS = (
    Column("day", "Published"),
    Column("who", "Who", 3),
    Column("act", "Act"),
    Column("words", "What, and the words it rests on", 9),
    Column("place", "Where", 5),
    Column("confidence", "Sure"),
)


def _shown(row: Any) -> dict[str, Any]:
    about = f"On: {', '.join(row.issue_names)}" if row.issue_names else None
    through = f"Through: {', '.join(row.chain_names)}" if row.chain_names else None
    to = f"To: {', '.join(row.addressee_names)}" if row.addressee_names else None
    told = f"{row.source_text} [{row.cue_text}]" if row.source_text else f"[{row.cue_text}]"
    voices = f"{row.voices} voices" if row.voices > 1 else None
    return {
        "day": lines(day_of(row), f"said {row.said_on}" if row.said_on else None),
        "who": lines(row.speaker_name or "nobody named", row.role),
        "act": lines(row.act, judged(row)),
        "words": lines(row.content_text, told, to, through, about),
        "place": lines(place_of(row, row.content), voices),
        "confidence": row.confidence,
    }
