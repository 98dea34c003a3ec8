"""Options that lists from the record share."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.model import Act

AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON object for each row, one a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
IssueNames = Annotated[
    list[str] | None,
    typer.Option(
        "--issue", metavar="NAME", help="An issue by name, alias or key; may be given again.", show_default="all"
    ),
]
PartyNames = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="NAME", help="A party by name or key; may be given again.", show_default="all"),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Only what was published by this day.", show_default="the newest report's day"
    ),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published on this day or later.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published on this day or earlier.")]
AsParquet = Annotated[bool, typer.Option("--parquet", help="Write Parquet, the columns of docs/tables.md.")]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="At most N rows, 0 for all.")]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="CURSOR", help="Go on where a page ended: what it told on stderr."),
]
Names = list[str] | None
Outlets = Annotated[Names, typer.Option("--outlet", metavar="NAME", help="Of this outlet; may be given again.")]
Countries = Annotated[
    Names,
    typer.Option(
        "--country", metavar="NAME", help="Of a country, by name or ISO 3166-1 alpha-3 code; may be given again."
    ),
]
Reports = Annotated[Names, typer.Option("--report", metavar="KEY", help="In this report; may be given again.")]
Version = Annotated[
    int | None,
    typer.Option("--version", min=1, metavar="N", help="With --report: in its N-th version.", show_default="newest"),
]
Acts = Annotated[
    Names,
    typer.Option("--act", metavar="ACT", help=f"{', '.join(Act)}; may be given again."),
]
Parties = Annotated[
    Names,
    typer.Option("--party", metavar="NAME", help="Spoken for this party, by whomever; may be given again."),
]
Text = Annotated[
    str | None,
    typer.Option("--text", metavar="WORDS", help='All of these words; "a phrase", begin*, -not, OR.'),
]
Judged = Annotated[
    str | None,
    typer.Option("--judged", metavar="VERDICT", help="any, none, accept, reject, correct or disputed."),
]
Confidence = Annotated[
    float | None, typer.Option("--confidence", min=0, max=1, metavar="P", help="At least this sure, 0 to 1.")
]
Copies = Annotated[
    bool | None,
    typer.Option("--copies/--no-copies", help="Only from wire copies, or leave them out.", show_default="both"),
]
