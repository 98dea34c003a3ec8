"""``communique add``: reports into the record."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.options import Issuer, Jobs, Model
from communique.cli.record_place import DEFAULT, RecordPlace

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, dossiers, web addresses of pages or feeds, or - for standard input.",
        show_default=False,
    ),
]

AllowLoopback = Annotated[
    bool, typer.Option("--allow-loopback", help="Fetch from this machine too: for tests and local servers.")
]


def add(
    sources: Sources,
    where: RecordPlace = DEFAULT,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read again what is held, as a newer reader or model would.")
    ] = False,
    allow_loopback: AllowLoopback = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of each report, one JSON a line.")] = False,
    issuer: Issuer = None,
    model: Model = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports and keep them: all their versions, and all that they say.

    What the record holds already is skipped. Each report is kept as soon as it is read, so that a run that was
    stopped goes on where it was. What cannot be read is named on stderr with the reason.

    Exit status: 0 done, 1 some input failed, 2 wrong usage.
    """
    from communique.cli.intake import Intake

    with endings():
        how = {"reread": reread, "allow_loopback": allow_loopback}
        run = Intake(where, sources, model=model, jobs=jobs, issuer=issuer, **how)
        fates = run.keep(sys.stdout if as_json else None)
        if not as_json:
            tell(summary(fates, run.failed))
        if run.failed:
            raise typer.Exit(1)


def summary(fates: Counter[str], failed: int) -> str:
    """Return in a line what a run did."""
    words = {"new": "added", "version": "added as a newer version", "reread": "read again", "held": "held already"}
    told = [f"{fates[fate]} {word}" for fate, word in words.items() if fates[fate]]
    return ", ".join(told + ([f"{failed} failed"] if failed else [])) or "nothing to add"
