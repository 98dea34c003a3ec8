"""Options of ``communique network``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Statements = Annotated[
    str | None,
    typer.Option(
        "--statements",
        metavar="FILE|-",
        help="A CSV or TSV table of coded statements, instead of the record.",
        show_default=False,
    ),
]
ActorColumn = Annotated[
    str | None,
    typer.Option("--actor", metavar="COLUMN", help="Who speaks.", show_default="party; a table's column actor"),
]
ConceptColumn = Annotated[
    str | None,
    typer.Option("--concept", metavar="COLUMN", help="On what.", show_default="issue; a table's column concept"),
]
QualifierColumn = Annotated[
    str | None,
    typer.Option(
        "--qualifier",
        metavar="COLUMN",
        help="How: agreement 1 or 0, or a scale of whole numbers; empty for none.",
        show_default="agreement; none of a table",
    ),
]
Scale = Annotated[
    Literal["auto", "binary", "integer"],
    typer.Option("--scale", help="What the qualifier is; auto: binary where it is only 0 and 1."),
]
DocumentColumn = Annotated[
    str | None,
    typer.Option("--document", metavar="COLUMN", help="A table's column of documents.", show_default=False),
]
DateColumn = Annotated[
    str | None, typer.Option("--date", metavar="COLUMN", help="A table's column of dates.", show_default=False)
]
TiesMode = Annotated[Literal["one", "two"], typer.Option("--mode", help="Actors tied to each other, or to concepts.")]
HowAggregated = Annotated[
    Literal["ignore", "congruence", "conflict", "subtract", "combine"] | None,
    typer.Option(
        "--aggregation",
        help="What becomes of the qualifier.",
        show_default="congruence in one mode, subtract in two, ignore without a qualifier",
    ),
]
HowNormalized = Annotated[
    Literal["none", "average", "jaccard", "cosine", "activity", "prominence"],
    typer.Option("--normalization", help="What ties are divided by."),
]
CountedOnce = Annotated[
    Literal["include", "document", "day", "week", "month", "year", "range"] | None,
    typer.Option(
        "--duplicates",
        help="Within what the same statement counts once.",
        show_default="document; include for a table",
    ),
]
Included = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="COLUMN=VALUE", help="Only statements with this; may be given again."),
]
Excluded = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="COLUMN=VALUE", help="No statement with this; may be given again."),
]
FromDay = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")]
UpToDay = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")]
Isolates = Annotated[bool, typer.Option("--isolates", help="Keep actors and concepts that no counted statement has.")]
Nameless = Annotated[bool, typer.Option("--nameless", help='Of the record, also those without a name ("officials").')]
WindowUnit = Annotated[
    Literal["days", "weeks", "months", "years", "events"] | None,
    typer.Option("--window", help="A network for each window of time.", show_default=False),
]
WindowSize = Annotated[int, typer.Option("--size", min=1, metavar="N", help="Units that a window is long.")]
WindowStep = Annotated[int, typer.Option("--step", min=1, metavar="N", help="Units from a window to the next.")]
WindowKernel = Annotated[
    Literal["none", "uniform", "triangular", "epanechnikov", "gaussian"],
    typer.Option("--kernel", help="How statements weigh by their distance from the middle of the window."),
]
Polarised = Annotated[bool, typer.Option("--polarisation", help="How far actors fall into two camps, and the camps.")]
Grouped = Annotated[bool, typer.Option("--communities", help="Groups of actors by their ties.")]
Backbone = Annotated[
    int,
    typer.Option(
        "--backbone",
        min=0,
        metavar="N",
        help="Keep the N concepts that give the network its structure.",
        show_default=False,
    ),
]
MostTies = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Ties in the table, 0 for all.")]
MatrixAsJson = Annotated[
    bool, typer.Option("--json", help="Print rows, cols and matrix as JSON; a line for each window.")
]
MatrixAsCsv = Annotated[bool, typer.Option("--csv", help="Print the matrix as CSV; of windows, their ties.")]
