"""``communique picture``: a timeline, a matrix, who waits for whom, how far apart, as SVG or PNG."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.endings import endings
from communique.cli.listing_options import AsOf
from communique.cli.outputs import output, refuse
from communique.cli.record_place import DEFAULT, RecordPlace


class PictureChoice(StrEnum):
    """The same words as `communique.brief.pictures.drawing.KINDS`."""

    TIMELINE = "timeline"
    WAITING = "waiting"
    DISTANCE = "distance"
    MATRIX = "matrix"


def picture(
    kind: Annotated[PictureChoice, typer.Argument(help="What to draw.", show_default=False)],
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write, .svg or .png.")],
    issue: Annotated[str | None, typer.Argument(help="The issue; the matrix has one of its own without.")] = None,
    where: RecordPlace = DEFAULT,
    as_of: AsOf = None,
) -> None:
    """Draw a picture of an issue: its timeline, who waits for whom, how far apart the parties are, the matrix.

    Networks are drawn by `communique network -o FILE.svg`.

    Exit status: 0 done, 1 the record knows no such issue or there is nothing to draw, 2 wrong usage.
    """
    form = out.suffix.lower()
    if form not in (".svg", ".png"):
        raise typer.BadParameter("a picture is .svg or .png", param_hint="--output")
    if issue is None and kind is not PictureChoice.MATRIX:
        raise typer.BadParameter(f"say on which issue the {kind.value} is", param_hint="ISSUE")
    with endings():
        refuse(out)
        from communique.brief.pictures.drawing import draw
        from communique.brief.pictures.png import png
        from communique.errors import NotInRecord
        from communique.record import Record
        from communique.record.query.lookup import find_issue

        with Record.open(where, read_only=True) as record, record.reading() as connection:
            named = find_issue(connection, issue) if issue is not None else None
            svg = draw(connection, kind.value, named, as_of)
        if svg is None:
            raise NotInRecord(issue or where, f"there is nothing to draw as {kind.value}")
        with output(out) as stream:
            stream.write(png(svg) if form == ".png" else svg.encode("utf-8", "replace"))
