"""``communique brief``: reports or a record in, one page for people out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import AsOf, Since
from communique.cli.options import Jobs, Model
from communique.cli.outputs import output, refuse
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.errors import UnreadableReport

_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".pdf": "pdf"}


def brief(
    about: Annotated[
        list[str],
        typer.Argument(
            metavar="ISSUE | FILE...",
            help="An issue of the record, or files, folders, dossiers and - for standard input.",
            show_default=False,
        ),
    ],
    where: RecordPlace = DEFAULT,
    out: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write; an issue's also as .md or .pdf.")
    ] = Path("brief.html"),
    since: Since = None,
    as_of: AsOf = None,
    title: Annotated[str, typer.Option(metavar="WORDS", help="The heading of a page made of files.")] = "Brief",
    model: Model = None,
    jobs: Jobs = 1,
) -> None:
    """Write a brief: one file without outside parts, each line leading to the words it rests on.

    Of an ISSUE of the record: state of play, positions, what changed (--since), conditions and who waits for whom,
    contradictions, timeline, open questions. Of FILES: the statements, conditions and actors read in them.

    Exit status: 0 done, 1 some input failed or the record knows no such issue, 2 wrong usage.
    """
    with endings():
        if len(about) == 1 and _names_issue(about[0]):
            _of_issue(about[0], where, out, since, as_of)
        else:
            _of_files(about, out, title, model, jobs)


def _names_issue(given: str) -> bool:
    """Whether this is no file, nor meant to be one: ``nowhere.txt`` is a file that is missing."""
    if given == "-" or "/" in given or "\\" in given or "\0" in given:
        return False
    return not Path(given).suffix and not Path(given).exists()


def _of_issue(name: str, where: str, out: Path, since: str | None, as_of: str | None) -> None:
    form = _ENDINGS.get(out.suffix.lower())
    if form is None:
        raise typer.BadParameter("a brief is .html, .md or .pdf", param_hint="--output")
    refuse(out)
    from communique.brief.issue import issue_brief
    from communique.brief.issue_formats import as_html, as_markdown, as_pdf
    from communique.record import Record
    from communique.record.query.date_bounds import bound
    from communique.record.query.lookup import find_issue

    for day in (since, as_of):
        if day:
            bound(day)
    with Record.open(where, read_only=True) as record, record.reading() as connection:
        made = issue_brief(connection, find_issue(connection, name), as_of=as_of, since=since)
    body = {"html": as_html, "md": as_markdown, "pdf": as_pdf}[form](made)
    with output(out) as stream:
        stream.write(body)
    tell(f"the brief on {made.name} rests on {_count(len(made.notes), 'quote')}; it is in {out}")


def _of_files(files: list[str], out: Path, title: str, model: str | None, jobs: int) -> None:
    from communique.cli.inputs import Inputs

    refuse(out, files)
    run = Inputs(files, model, jobs, progress=True)
    readings = list(run.readings())
    if not readings:
        raise UnreadableReport(str(out), "not written, as no report could be read")
    from communique.brief.page import render

    page = render(readings, title)
    with output(out, files) as stream:
        stream.write(page.encode("utf-8", "replace"))
    statements = sum(len(reading.statements) for reading in readings)
    conditions = sum(len(reading.conditions) for reading in readings)
    found = f"{_count(statements, 'statement')}, {_count(conditions, 'condition')}"
    tell(f"read {_count(len(readings), 'report')}: {found}; the brief is in {out}")
    if run.failed:
        raise typer.Exit(run.status)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
