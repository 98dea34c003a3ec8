"""``communique standoff ISSUE``: the graph model of an issue, derived from what the record has of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import AsOf
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

if TYPE_CHECKING:
    from communique.standoff.derived.derivation import Derived


def issue(
    name: Annotated[str, typer.Argument(metavar="ISSUE", help="An issue by name, alias or key.", show_default=False)],
    where: RecordPlace = DEFAULT,
    as_of: AsOf = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="OUTLET|REPORT", help="Leave out an outlet or a report; may be given again."),
    ] = None,
    suppose: Annotated[
        str | None,
        typer.Option(
            "--what-if",
            metavar="WORDS",
            help='As "Russia drops condition 3" or "take OPTION".',
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to FILE; as .json or .toml, the model, to edit and solve.",
        ),
    ] = None,
) -> None:
    """Show who waits for whom on an issue, whether that is a deadlock, and what would unlock it, each with its quotes.

    The model is drawn from the parties' conditions, refusals and positions. -o model.toml writes it, with its links to
    the statements, for `communique standoff solve`. Where the record is too thin, it says what is missing.

    Exit status: 0 done, 1 the record cannot be read, knows no such issue or has too little for a model, 2 wrong usage.
    """
    with endings():
        from communique.record.database.sql import asking
        from communique.record.query.lookup import find_issue
        from communique.standoff.derived.derivation import derive
        from communique.standoff.derived.model_report import model_report

        with asking(where) as connection:
            named = find_issue(connection, name)
            derived = derive(connection, named, as_of=as_of, without=without or ())
            whole = derive(connection, named, as_of=as_of) if without else None
        form = out.suffix.lower() if out else ""
        with output(out) as stream:
            if form in (".json", ".toml") and not as_json:
                _write_model(derived, suppose, form[1:], stream)
            elif as_json:
                line = json.dumps(model_report(derived, whole, suppose), ensure_ascii=False)
                stream.write(line.encode("utf-8", "replace") + b"\n")
            else:
                stream.write(_told(derived, whole, suppose).encode("utf-8", "replace"))
        if derived.model is None:
            tell(f"{derived.issue.name}: no model: {'; '.join(derived.missing)}")
            raise typer.Exit(1)


def _write_model(derived: Derived, suppose: str | None, form: str, stream: Any) -> None:
    from communique.standoff import model_text
    from communique.standoff.derived.model_report import supposed

    if derived.model is not None:
        stream.write(model_text(supposed(derived, suppose), form).encode("utf-8", "replace"))


def _told(derived: Derived, whole: Derived | None, suppose: str | None) -> str:
    from communique.cli.terminal_words import plain
    from communique.standoff.derived.model_report import model_report, report_lines

    lines = report_lines(model_report(derived, whole, suppose))
    return "".join(f"{' ' * (len(line) - len(line.lstrip()))}{plain(line.lstrip(), 2000)}\n" for line in lines)
