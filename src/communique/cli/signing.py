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
    from communique.record.database.values import odd_in_name

    if by is not None and by.strip():
        if odd := odd_in_name(by):
            raise typer.BadParameter(f"the name holds {odd}, which no name has", param_hint="--by")
        return by.strip()
    try:
        name = getpass.getuser() if by is None else ""
    except (OSError, KeyError):
        name = ""
    if not name.strip():
        raise typer.BadParameter("say who you are: --by NAME, or set COMMUNIQUE_USER")
    return name
