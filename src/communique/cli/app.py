"""The commands put together: all of them, or only the one that is asked for, which is then there sooner."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from keyword import iskeyword
from typing import Annotated

import typer

from communique.cli.argument_checks import Careful, careful

COMMANDS = (
    *("init", "read", "add", "watch", "brief", "statements", "conditions", "actors", "issues", "reports", "positions"),
    *("network", "changes", "contradictions", "series", "picture", "serve", "judge", "merge", "frame", "export"),
    "import",
    "backup",
    "check",
    "standoff",
)
"""Each is a function, or a group of commands, of its own name in a module of its own name."""

app: typer.Typer
"""All commands, made when it is first asked for."""


def run() -> int:
    """Run the command that ``sys.argv`` names; return its exit status."""
    named = [name for name in sys.argv[1:2] if name in COMMANDS]
    try:
        _made_of(named or COMMANDS)(prog_name="communique")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def __getattr__(name: str) -> typer.Typer:
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()["app"] = made = _made_of(COMMANDS)
    return made


def _made_of(names: Iterable[str]) -> typer.Typer:
    made = typer.Typer(
        name="communique",
        help="Reads the news and keeps the diplomatic record: who said what, to whom, on what condition.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    made.callback()(_options)
    for name in names:
        written = f"{name}_" if iskeyword(name) else name
        command = getattr(import_module(f"communique.cli.{written}"), written)
        if isinstance(command, typer.Typer):
            careful(command.registered_commands)
            made.add_typer(command, name=name)
        else:
            made.command(name, cls=Careful)(command)
    return made


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"communique {version('communique')}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass
