"""``communique brief``: reports in, one page for people out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.inputs import Inputs
from communique.cli.options import Files, Jobs, Model
from communique.cli.outputs import output
from communique.errors import UnreadableReport


def brief(
    files: Files,
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        "brief.html"
    ),
    title: Annotated[str, typer.Option(metavar="WORDS", help="The page's heading.")] = "Brief",
    model: Model = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports and write a brief: one HTML file, each line opening on the words it rests on.

    Exit status: 0 done, 1 some input failed, 2 wrong usage.
    """
    with endings():
        run = Inputs(files, model, jobs, progress=True)
        readings = list(run.readings())
        if not readings:
            raise UnreadableReport(str(out), "not written, as no report could be read")
        from communique.brief.page import render

        page = render(readings, title)
        with output(out) as stream:
            stream.write(page.encode("utf-8", "replace"))
        statements = sum(len(reading.statements) for reading in readings)
        conditions = sum(len(reading.conditions) for reading in readings)
        found = f"{_count(statements, 'statement')}, {_count(conditions, 'condition')}"
        tell(f"read {_count(len(readings), 'report')}: {found}; the brief is in {out}")
        if run.failed:
            raise typer.Exit(run.status)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
