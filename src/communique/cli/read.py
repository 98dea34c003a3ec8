"""``communique read``: reports in; statements, conditions and issues out."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.endings import endings
from communique.cli.options import Files, Issuer, Jobs, Model, Output, Reader
from communique.cli.outputs import output


def read(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each report, one a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a CSV row for each statement.")] = False,
    out: Output = None,
    issuer: Issuer = None,
    model: Model = None,
    reader: Reader = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports: who said what, to whom, on what condition, according to which outlet.

    Prints a table for each report with the exact words that every line rests on. Inputs that cannot be read are named
    on stderr with the reason, and the rest is read.

    Exit status: 0 done, 1 some input failed, 2 wrong usage.
    """
    from communique.cli.inputs import Inputs
    from communique.cli.reading_formats import write_csv, write_json, write_tables

    write = write_json if as_json else write_csv if as_csv else write_tables
    with endings():
        # On a terminal the results themselves show that it goes on.
        run = Inputs(files, model, jobs, progress=out is not None or not _shown(), issuer=issuer, reader=reader)
        with output(out, files) as stream:
            write(run.readings(), stream)
        if run.failed:
            raise typer.Exit(run.status)


def _shown() -> bool:
    import sys

    return sys.stdout.isatty()
