"""Options that lists from the record share."""

from __future__ import annotations

from typing import Annotated

import typer

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
