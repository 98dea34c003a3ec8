"""Who signs what is decided."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

By = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="COMMUNIQUE_USER",
        metavar="NAME",
        help="Who says so.",
        show_default="the name you are logged in by",
    ),
]


def signer(by: str | None) -> str:
    """Return the name to sign with. Raises typer.BadParameter where there is none."""
    if by is not None and by.strip():
        return by.strip()
    try:
        name = getpass.getuser() if by is None else ""
    except (OSError, KeyError):
        name = ""
    if not name.strip():
        raise typer.BadParameter("say who you are: --by NAME, or set COMMUNIQUE_USER")
    return name
