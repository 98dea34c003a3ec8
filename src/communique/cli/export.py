"""``communique export``: the record for a colleague, or for other programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import Since, Until
from communique.cli.outputs import ending_of, make_folder, output
from communique.cli.record_place import DEFAULT, RecordPlace

_BINARY = ("parquet", "docbin")
_WRITES = {"jsonl": "json", "annotations": "json", "followthemoney": "json", "csv": "csv", "parquet": "parquet"}
"""What a file of each format is."""

FileOrFolder = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|FOLDER/",
        help="Write to FILE instead of standard output; csv and parquet into a FOLDER/ too.",
        show_default=False,
    ),
]


def export(
    where: RecordPlace = DEFAULT,
    to: FileOrFolder = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="NAME", help="jsonl, csv, parquet, annotations, docbin or followthemoney."),
    ] = "jsonl",
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="For csv and parquet: reports, statements, conditions, actors, issues or judgements.",
            show_default="statements; all into a folder",
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
    from communique.record.exchange.hand_over_writing import write_judgements

    path = Path(to) if to is not None else None
    into = path if to is not None and form in TABULAR and table is None and not judgements and _is_folder(to) else None
    selection = Selection(outlet, since, until)
    try:
        selection.clause()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    for given, known in ((form, FORMATS), (table or TABLES[0], TABLES)):
        if given not in known:
            raise typer.BadParameter(f"{given!r} is none of {', '.join(known)}")
    if to is not None and into is None and _names_folder(to):
        raise typer.BadParameter(f"{to}: only csv and parquet, all tables of them, go into a folder", param_hint="-o")
    told = ending_of(path) if path and not into else None
    if told in _WRITES.values() and told != ("json" if judgements else _WRITES.get(form)):
        raise typer.BadParameter(f"{to}: a file of that name is not what --format {form} writes", param_hint="-o")
    if to is None and form in _BINARY and sys.stdout.isatty():
        raise typer.BadParameter(f"{form} is nothing for a terminal: write it to a file with -o")
    with endings(), Record.open(where, read_only=True) as record:
        if judgements:
            with output(path) as stream, record.reading() as connection:
                write_judgements(connection, stream)
        elif into is not None:
            make_folder(into)
            for name in TABLES:
                own = into / f"{name}.{form}"
                with output(own) as stream:
                    record.export(stream, form, selection, table=name)
                tell(f"wrote {own}")
        else:
            with output(path) as stream:
                record.export(stream, form, selection, table=table or "statements")


def _is_folder(given: str) -> bool:
    """Whether a folder is named: one that is there, or a name that ends as only a folder's does."""
    return _names_folder(given) or Path(given).is_dir()


def _names_folder(given: str) -> bool:
    return given.endswith(("/", os.sep))
