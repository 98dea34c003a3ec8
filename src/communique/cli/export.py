"""``communique export``: the record for a colleague, or for other programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import Since, Until
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

_BINARY = ("parquet", "docbin")


def export(
    where: RecordPlace = DEFAULT,
    to: Output = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="NAME", help="jsonl, csv, parquet, annotations, docbin or followthemoney."),
    ] = "jsonl",
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="For csv and parquet: reports, statements, conditions, actors, issues or judgements.",
            show_default="statements; all where FILE is a folder",
        ),
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only reports of this outlet.")] = None,
    since: Since = None,
    until: Until = None,
    judgements: Annotated[bool, typer.Option("--judgements", help="The judgements alone, as JSON lines.")] = False,
) -> None:
    """Write the record in a format that others read. Only jsonl holds everything and can be taken in again.

    Exit status: 0 done, 1 the record cannot be read or the file not written, 2 wrong usage.
    """
    from communique.record import Record
    from communique.record.exchange import FORMATS, TABLES, TABULAR, Selection
    from communique.record.exchange.record_jsonl import write_judgements

    selection = Selection(outlet, since, until)
    try:
        selection.clause()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    for given, known in ((form, FORMATS), (table or TABLES[0], TABLES)):
        if given not in known:
            raise typer.BadParameter(f"{given!r} is none of {', '.join(known)}")
    if to is None and form in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is nothing for a terminal: write it to a file with -o")
    with endings(), Record.open(where, read_only=True) as record:
        if judgements:
            with output(to) as stream, record.reading() as connection:
                write_judgements(connection, stream)
        elif form in TABULAR and table is None and to is not None and to.is_dir():
            for name in TABLES:
                path = to / f"{name}.{form}"
                with output(path) as stream:
                    record.export(stream, form, selection, table=name)
                tell(f"wrote {path}")
        else:
            with output(to) as stream:
                record.export(stream, form, selection, table=table or "statements")
