"""Which record a command works on."""

from __future__ import annotations

from typing import Annotated

import typer

DEFAULT = "communique.db"

RecordPlace = Annotated[
    str,
    typer.Option(
        "--record",
        envvar="COMMUNIQUE_RECORD",
        metavar="FILE|ADDRESS",
        help="The record: a file, or postgresql://user@host/database.",
        show_default=DEFAULT,
    ),
]
