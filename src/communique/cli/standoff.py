"""``communique standoff``: the graph model of a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from communique.cli.endings import endings, tell
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.standoff_issue import issue

DEFAULT = "issue"
"""The command that ``communique standoff WORDS`` means, once there is one of this name."""


class StandoffGroup(typer.core.TyperGroup):
    """Commands by name; anything else goes to the default command, where there is one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before words that name none."""
        if DEFAULT in self.commands and args and args[0] != "--help" and args[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


Explained = Annotated[
    list[str] | None,
    typer.Option(
        "--why",
        metavar="STATE",
        help="Give the reasons for a state (its number, or Y and N for each option); may be given again.",
        show_default="the status quo",
    ),
]
Wished = Annotated[
    str | None,
    typer.Option(
        "--wish",
        metavar="STATE",
        help="Show which preferences would make a state an equilibrium, and the smallest changes.",
        show_default=False,
    ),
]

standoff = typer.Typer(
    cls=StandoffGroup,
    help="The graph model of a conflict: which states are stable, for whom, and what could unlock one.",
    no_args_is_help=True,
)


@standoff.callback()
def _standoff() -> None:
    pass


standoff.command("issue")(issue)


@standoff.command()
def solve(
    models: Annotated[
        list[Path], typer.Argument(metavar="MODEL...", help="Model files, .json or .toml.", show_default=False)
    ],
    why: Explained = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="STATE", help="Show what can be reached from a state.", show_default="the status quo"
        ),
    ] = None,
    wish: Wished = None,
    concept: Annotated[
        str, typer.Option("--concept", metavar="NAME", help="For --wish: nash, gmr, smr, seq or sseq.")
    ] = "seq",
    coalitions: Annotated[bool, typer.Option("--coalitions", help="Find what each coalition would leave.")] = False,
    rows: Annotated[int, typer.Option("--rows", min=0, metavar="N", help="States in the table, 0 for all.")] = 40,
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="Refuse models of more states.")
    ] = 4_194_304,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each model, one a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row for each state.")] = False,
    out: Output = None,
) -> None:
    """Find the equilibria of a conflict that a model file describes, and say why.

    The model is in option form (who can do what, what is infeasible, what each prefers) or explicit form (states,
    moves, payoffs). Nash, GMR, SMR, SEQ and SSEQ are found for each decision maker and for all.

    Exit status: 0 done, 1 a model cannot be read or solved (the others are), 2 wrong usage.
    """
    with endings():
        from communique.errors import CommuniqueError
        from communique.standoff import Concept

        if concept not in tuple(Concept):
            raise typer.BadParameter(f"must be one of {', '.join(Concept)}", param_hint="--concept")
        failed: list[Path] = []

        def reports() -> Iterator[dict[str, Any]]:
            for path in models:
                try:
                    yield _solve(path, why or (), start, wish, Concept(concept), coalitions, limit)
                except CommuniqueError as error:
                    tell(str(error))
                    failed.append(path)

        with output(out, _files(models) if out else ()) as stream:
            _write(reports(), stream, len(models) > 1, rows, as_json, as_csv)
    if failed:
        raise typer.Exit(1)


def _files(models: list[Path]) -> Iterator[Path]:
    """Yield the files that are read; what is wrong with one of them is told when it is solved."""
    from communique.errors import CommuniqueError
    from communique.standoff.model_files import model_files

    for model in models:
        try:
            yield from model_files(model)
        except CommuniqueError:
            yield model


def _solve(
    path: Path, why: Any, start: str | None, wish: str | None, concept: Any, coalitions: bool, limit: int
) -> dict[str, Any]:
    """Solve one model and answer what was asked of it."""
    from communique.standoff import load_model, solve
    from communique.standoff.graph import find_state, status_quo_state
    from communique.standoff.inverse import inverse_of
    from communique.standoff.reasons import coalition_gains, explain_all
    from communique.standoff.status_quo import reachable

    model = load_model(path)
    if model.ignored:
        tell(f"{path}: note: keys without a meaning here: {', '.join(model.ignored)}")
    solution = solve(model, coalitions=coalitions, limit=limit)
    graph = solution.graph
    quo = status_quo_state(graph)
    asked = list(dict.fromkeys(find_state(graph, state) + 1 for state in why)) or ([] if quo is None else [quo + 1])
    origin = find_state(graph, start) if start is not None else quo
    return {
        "path": path,
        "solution": solution,
        "status_quo": None if quo is None else quo + 1,
        "reasons": list(explain_all(solution, asked)),
        "gains": [gain for state in asked for gain in coalition_gains(solution, state)] if coalitions else [],
        "reached": None if origin is None else reachable(graph, origin + 1),
        "inverse": None if wish is None else inverse_of(graph, find_state(graph, wish) + 1, concept),
        "unlocking": None if wish is None else _unlock(model, wish, concept, limit),
    }


def _unlock(model: Any, wish: str, concept: Any, limit: int) -> Any:
    """The smallest changes of statements, where the model has ranked statements."""
    from communique.standoff import StatementPreference
    from communique.standoff.unlocking import unlock

    preferences = [maker.preference for maker in model.decision_makers]
    if any(isinstance(p, StatementPreference) and not p.weighted for p in preferences):
        return unlock(model, wish, concept, limit=limit)
    return None


def _write(reports: Iterator[dict[str, Any]], stream: Any, many: bool, rows: int, as_json: bool, as_csv: bool) -> None:
    from communique.cli.row_formats import write_rows
    from communique.cli.standoff_report import columns, json_of, lines, state_rows

    if as_json:
        write_rows((json_of(report, many) for report in reports), stream, columns=[], as_json=True)
        return
    if as_csv:
        listed = (
            {"model": str(report["path"]), **row}
            for report in reports
            for row in state_rows(report, range(1, report["solution"].states + 1))
        )
        write_rows(listed, stream, columns=[], as_csv=True)
        return
    for report in reports:
        before, table, after = lines(report, rows)
        stream.write(before.encode("utf-8", "replace"))
        nothing = "No state is an equilibrium under any concept."
        write_rows(table, stream, columns=columns(report["solution"]), nothing=nothing)
        stream.write(after.encode("utf-8", "replace"))
