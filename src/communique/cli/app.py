"""The commands put together."""

from __future__ import annotations

import copy
import sys
from typing import Annotated

import typer

from communique.cli.actors import actors
from communique.cli.add import add
from communique.cli.brief import brief
from communique.cli.changes import changes
from communique.cli.conditions import conditions
from communique.cli.contradictions import contradictions
from communique.cli.export import export
from communique.cli.import_ import import_
from communique.cli.init import init
from communique.cli.issues import issues
from communique.cli.judge import judge
from communique.cli.merge import merge
from communique.cli.network import network
from communique.cli.picture import picture
from communique.cli.positions import positions
from communique.cli.read import read
from communique.cli.reports import reports
from communique.cli.series import series
from communique.cli.serve import serve
from communique.cli.standoff import standoff
from communique.cli.statements import statements
from communique.cli.watch import watch

app = typer.Typer(
    name="communique",
    help="Reads the news and keeps the diplomatic record: who said what, to whom, on what condition.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"communique {version('communique')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command()(init)
app.command()(read)
app.command()(add)
app.command()(watch)
app.command()(brief)
app.command()(statements)
app.command()(conditions)
app.command()(actors)
app.command()(issues)
app.command()(reports)
app.command()(positions)
app.command()(network)
app.command()(changes)
app.command()(contradictions)
app.command()(series)
app.command()(picture)
app.command()(serve)
app.command()(judge)
app.command()(merge)
app.command()(export)
app.command("import")(import_)
app.add_typer(standoff, name="standoff")


def run() -> int:
    """Run the command that ``sys.argv`` names; return its exit status."""
    try:
        _with_only(sys.argv[1:2])(prog_name="communique")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _with_only(named: list[str]) -> typer.Typer:
    """Return the application with the one command that is named: Typer builds all it has, which a list waits for."""
    several = app.registered_commands
    chosen = [each for each in several if named == [each.name or getattr(each.callback, "__name__", None)]]
    if not chosen:
        return app
    narrowed = copy.copy(app)
    narrowed.registered_commands, narrowed.registered_groups = chosen, []
    return narrowed
