"""``communique serve``: the desk, for people who would rather look than read."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.endings import endings, tell
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.signing import By, signer


def serve(
    where: RecordPlace = DEFAULT,
    host: Annotated[str, typer.Option(metavar="NAME", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port, 0 for any that is free.")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A further name under which it is reached.", show_default=False),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show all, change nothing.")] = False,
    token: Annotated[
        str | None,
        typer.Option(envvar="COMMUNIQUE_TOKEN", metavar="SECRET", help="Have everybody sign in with this token."),
    ] = None,
    user_header: Annotated[
        str | None,
        typer.Option("--user-header", metavar="HEADER", help="The header in which a reverse proxy says who is there."),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="A reverse proxy in front, whose X-Forwarded-For and -Proto are believed.",
            show_default=False,
        ),
    ] = None,
    by: By = None,
) -> None:
    """Serve the record as pages and as a JSON API, on this computer alone unless told otherwise.

    Anybody who can reach the desk sees the record, so a host that others can reach needs --token, --user-header or
    --read-only. Ctrl-C ends it.

    Exit status: 0 done, 1 the record cannot be opened or the port not be had, 2 wrong usage.
    """
    with endings():
        from communique.web.desk_access import LOOPBACK

        if host not in LOOPBACK and not (token or user_header or read_only):
            raise typer.BadParameter(
                "others can reach this host: give --token, --user-header or --read-only", param_hint="--host"
            )
        if token is not None and len(token) < 16:
            raise typer.BadParameter("a token has at least 16 characters", param_hint="--token")
        from communique.web.desk_access import DeskSettings
        from communique.web.serving import serve_desk

        hosts = tuple(dict.fromkeys((*LOOPBACK, host.lower(), *(each.lower() for each in name or ()))))
        user = None if token or user_header or read_only else signer(by)
        settings = DeskSettings(where, read_only, user, token, user_header, hosts, tuple(proxy or ()))
        serve_desk(settings, host, port, tell)
