"""Options that lists from the record share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from communique.model import Act, ActorKind, ConditionKind

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
Least = Annotated[
    float | None,
    typer.Option(
        "--least",
        min=0,
        max=1,
        metavar="P",
        help="Leave out what is less sure than this.",
        show_default="what is told as sure, and for people what is to be checked",
    ),
]
Most = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="At most N, 0 for all.")]
AsParquet = Annotated[bool, typer.Option("--parquet", help="Write Parquet, the columns of docs/tables.md.")]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="At most N rows, 0 for all.")]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="CURSOR", help="Go on where a page ended: what it told on stderr."),
]
Names = list[str] | None


def _names(name: str, words: str, metavar: str = "NAME") -> Any:
    shown = typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=f"{words}; may be given again.")
    return Annotated[Names, shown]


def _one(name: str, words: str, metavar: str) -> Any:
    return Annotated[str | None, typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, help=words)]


FILTERS: dict[str, Any] = {
    "addressee": _names("addressee", "Who is spoken to"),
    "relayer": _names("relayer", "Who passed the words on"),
    "party": _names("party", "Spoken for this party, by whomever"),
    "must_act": _names("must_act", "Who could meet it"),
    "country": _names("country", "Of a country, by name or ISO 3166-1 alpha-3 code"),
    "issue": IssueNames,
    "outlet": _names("outlet", "Of this outlet"),
    "act": _names("act", ", ".join(Act), "ACT"),
    "kind": _names("kind", ", ".join(ConditionKind), "KIND"),
    "report": _names("report", "In this report", "KEY"),
    "version": Annotated[
        int | None,
        typer.Option(
            "--version", min=1, metavar="N", help="With --report: in its N-th version.", show_default="newest"
        ),
    ],
    "since": Since,
    "until": Until,
    "said_since": _one("said_since", "Said on this day or later.", "DATE"),
    "said_until": _one("said_until", "Said on this day or earlier.", "DATE"),
    "text": _one("text", 'All of these words; "a phrase", begin*, -not, OR.', "WORDS"),
    "judged": _one("judged", "any, none, accept, reject, correct or disputed.", "VERDICT"),
    "confidence": Annotated[
        float | None, typer.Option("--confidence", min=0, max=1, metavar="P", help="At least this sure, 0 to 1.")
    ],
    "voices": Annotated[
        int | None, typer.Option("--voices", min=1, metavar="N", help="Told by at least N independent reports.")
    ],
    "copies": Annotated[
        bool | None,
        typer.Option("--copies/--no-copies", help="Only from wire copies, or leave them out.", show_default="both"),
    ],
}
"""The option for each filter, but for ``actor``, who is somebody else in each list: `ACTOR`."""

ACTOR = {
    "statements": _names("actor", "Who speaks, by name or key"),
    "conditions": _names("actor", "Who holds it, by name or key"),
    "reports": _names("actor", "With a statement of this actor's"),
}

NAME_FILTERS: dict[str, Any] = {
    "name": _one("name", "With these words in one of their names.", "WORDS"),
    "country": _one("country", "A country's name or ISO 3166-1 alpha-3 code.", "NAME"),
    "kind": _one("kind", f"{', '.join(ActorKind)}.", "KIND"),
}
"""The option for each filter of actors and issues."""
