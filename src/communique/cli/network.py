"""``communique network``: discourse networks, from the record or from a table of coded statements."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from communique.cli.endings import endings, tell
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

if TYPE_CHECKING:
    from communique.analysis.networks import Coded, Settings, Windows
    from communique.errors import CommuniqueError

_RECORD = {"actor": "party", "concept": "issue", "qualifier": "agreement", "duplicates": "document"}
_TABLE = {"actor": "actor", "concept": "concept", "qualifier": "", "duplicates": "include"}


def network(
    where: RecordPlace = DEFAULT,
    statements: Annotated[
        str | None,
        typer.Option(
            "--statements",
            metavar="FILE|-",
            help="A CSV or TSV table of coded statements, instead of the record.",
            show_default=False,
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="COLUMN", help="Who speaks.", show_default="party; a table's column actor"),
    ] = None,
    concept: Annotated[
        str | None,
        typer.Option("--concept", metavar="COLUMN", help="On what.", show_default="issue; a table's column concept"),
    ] = None,
    qualifier: Annotated[
        str | None,
        typer.Option(
            "--qualifier",
            metavar="COLUMN",
            help="How: agreement 1 or 0, or a scale of whole numbers; empty for none.",
            show_default="agreement; none of a table",
        ),
    ] = None,
    scale: Annotated[
        Literal["auto", "binary", "integer"],
        typer.Option("--scale", help="What the qualifier is; auto: binary where it is only 0 and 1."),
    ] = "auto",
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="COLUMN", help="A table's column of documents.", show_default=False),
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="COLUMN", help="A table's column of dates.", show_default=False)
    ] = None,
    mode: Annotated[
        Literal["one", "two"], typer.Option("--mode", help="Actors tied to each other, or to concepts.")
    ] = "one",
    aggregation: Annotated[
        Literal["ignore", "congruence", "conflict", "subtract", "combine"] | None,
        typer.Option(
            "--aggregation",
            help="What becomes of the qualifier.",
            show_default="congruence in one mode, subtract in two, ignore without a qualifier",
        ),
    ] = None,
    normalization: Annotated[
        Literal["none", "average", "jaccard", "cosine", "activity", "prominence"],
        typer.Option("--normalization", help="What ties are divided by."),
    ] = "none",
    duplicates: Annotated[
        Literal["include", "document", "day", "week", "month", "year", "range"] | None,
        typer.Option(
            "--duplicates",
            help="Within what the same statement counts once.",
            show_default="document; include for a table",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="COLUMN=VALUE", help="Only statements with this; may be given again."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="COLUMN=VALUE", help="No statement with this; may be given again."),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")] = None,
    isolates: Annotated[
        bool, typer.Option("--isolates", help="Keep actors and concepts that no counted statement has.")
    ] = False,
    nameless: Annotated[
        bool, typer.Option("--nameless", help='Of the record, also those without a name ("officials").')
    ] = False,
    window: Annotated[
        Literal["days", "weeks", "months", "years", "events"] | None,
        typer.Option("--window", help="A network for each window of time.", show_default=False),
    ] = None,
    size: Annotated[int, typer.Option("--size", min=1, metavar="N", help="Units that a window is long.")] = 1,
    step: Annotated[int, typer.Option("--step", min=1, metavar="N", help="Units from a window to the next.")] = 1,
    kernel: Annotated[
        Literal["none", "uniform", "triangular", "epanechnikov", "gaussian"],
        typer.Option("--kernel", help="How statements weigh by their distance from the middle of the window."),
    ] = "none",
    polarisation: Annotated[
        bool, typer.Option("--polarisation", help="How far actors fall into two camps, and the camps.")
    ] = False,
    communities: Annotated[bool, typer.Option("--communities", help="Groups of actors by their ties.")] = False,
    backbone: Annotated[
        int,
        typer.Option(
            "--backbone",
            min=0,
            metavar="N",
            help="Keep the N concepts that give the network its structure.",
            show_default=False,
        ),
    ] = 0,
    limit: Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Ties in the table, 0 for all.")] = 30,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print rows, cols and matrix as JSON; a line for each window.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the matrix as CSV; of windows, their ties.")] = False,
    out: Output = None,
) -> None:
    """Draw who stands with whom, or who stands on what, from statements of the record or of a table.

    Ties are counted as in discourse network analysis. -o FILE writes .graphml, .gexf (which changes in time, with
    --window), .csv, .json, .svg or .png by the file's name.

    Exit status: 0 done, 1 a row cannot be counted (the others are) or nothing can be drawn, 2 wrong usage.
    """
    usual = _TABLE if statements else _RECORD
    asked = _Asked(
        actor=actor or usual["actor"],
        concept=concept or usual["concept"],
        qualifier=usual["qualifier"] if qualifier is None else qualifier,
        scale=scale,
        document=document,
        date=date,
        mode=mode,
        aggregation=aggregation,
        normalization=normalization,
        duplicates=duplicates or usual["duplicates"],
        include=_filters(include or [], "--include"),
        exclude=_filters(exclude or [], "--exclude"),
        since=_day(since, "--since", last=False),
        until=_day(until, "--until", last=True),
        isolates=isolates,
        nameless=nameless,
        polarisation=polarisation,
    )
    with endings():
        from communique.cli.network_output import Shown, kind_of, show

        kind = kind_of(out, as_json, as_csv, bool(window))
        settings, windows = _settings(asked), _windows(window, size, step, kernel)
        _check(
            settings, asked, table=bool(statements), windowed=bool(windows), grouped=communities, backed=bool(backbone)
        )
        failures: list[CommuniqueError] = []
        held = _table(statements, asked, failures) if statements else _record(where, asked)
        shown = Shown(settings, windows, polarisation, communities, backbone, limit, _title(statements, where))
        with output(out, [statements] if statements else []) as stream:
            show(held, shown, kind, stream)
    if failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which statements are asked for, and how they are counted."""

    actor: str
    concept: str
    qualifier: str
    scale: str
    document: str | None
    date: str | None
    mode: str
    aggregation: str | None
    normalization: str
    duplicates: str
    include: dict[str, frozenset[str]]
    exclude: dict[str, frozenset[str]]
    since: Day | None
    until: Day | None
    isolates: bool
    nameless: bool
    polarisation: bool

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that filters name."""
        return tuple(dict.fromkeys((*self.include, *self.exclude)))


def _settings(asked: _Asked) -> Settings:
    from communique.analysis.networks import Aggregation, Duplicates, Mode, Normalization, Settings
    from communique.errors import BadNetwork

    usual = "ignore" if not asked.qualifier else {"one": "congruence", "two": "subtract"}[asked.mode]
    aggregation = asked.aggregation or usual
    if not asked.qualifier and (aggregation != "ignore" or asked.polarisation):
        words = "--polarisation" if aggregation == "ignore" else f"--aggregation {aggregation}"
        raise typer.BadParameter(f"{words} needs the column of a qualifier", param_hint="--qualifier")
    try:
        return Settings(
            Mode(asked.mode),
            Aggregation(aggregation),
            Normalization(asked.normalization),
            Duplicates(asked.duplicates),
            asked.include,
            asked.exclude,
            asked.since,
            asked.until,
            asked.isolates,
        )
    except BadNetwork as error:
        raise typer.BadParameter(str(error)) from error


def _check(settings: Settings, asked: _Asked, *, table: bool, windowed: bool, grouped: bool, backed: bool) -> None:
    """Raise BadParameter for what no statements could answer."""
    if table and not asked.date and (windowed or settings.dated):
        raise typer.BadParameter("windows, days and periods need the column of dates", param_hint="--date")
    if table and not asked.document and asked.duplicates == "document":
        raise typer.BadParameter("--duplicates document needs the column of documents", param_hint="--document")
    if not table and (asked.date or asked.document):
        raise typer.BadParameter("they name columns of --statements", param_hint="--date, --document")
    if grouped and settings.mode == "two":
        raise typer.BadParameter("they are of a one-mode network", param_hint="--communities")
    if backed and (settings.mode == "two" or settings.aggregation == "subtract"):
        words = "it is of a one-mode network of congruence, conflict, or with ignored qualifiers"
        raise typer.BadParameter(words, param_hint="--backbone")


def _windows(unit: str | None, size: int, step: int, kernel: str) -> Windows | None:
    from communique.analysis.networks import Kernel, Unit, Windows
    from communique.errors import BadNetwork

    if unit is None:
        if kernel != "none":
            raise typer.BadParameter("it weighs statements in a --window", param_hint="--kernel")
        return None
    try:
        return Windows(Unit(unit), size, step, Kernel(kernel))
    except BadNetwork as error:
        raise typer.BadParameter(str(error), param_hint="--window") from error


def _filters(given: list[str], option: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{each!r} is not COLUMN=VALUE", param_hint=option)
        found.setdefault(name.strip(), set()).add(" ".join(value.split()))
    return {name: frozenset(values) for name, values in found.items()}


def _day(given: str | None, option: str, *, last: bool) -> Day | None:
    """The first or the last day of a year, a month or a day."""
    if given is None:
        return None
    parts = given.strip().split("-")
    try:
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            raise ValueError(given)
        year, *rest = map(int, parts)
        month = rest[0] if rest else 12 if last else 1
        day = rest[1] if len(rest) > 1 else monthrange(year, month)[1] if last else 1
        return Day(year, month, day)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no date such as 2023-10-04", param_hint=option) from None


def _table(where: str, asked: _Asked, failures: list[CommuniqueError]) -> Coded:
    import sys

    from communique.analysis.networks import Columns, read_table
    from communique.errors import CommuniqueError, MissingInput
    from communique.files import open_file

    def failed(error: CommuniqueError) -> None:
        failures.append(error)
        tell(str(error))

    named = (asked.actor, asked.concept, asked.qualifier or None, asked.document, asked.date)
    columns = Columns(*named, asked.others)
    binary = {"auto": None, "binary": True, "integer": False}[asked.scale]
    if where == "-":
        with open(sys.stdin.fileno(), "rb", closefd=False) as stream:
            return read_table(stream, "-", columns, failed=failed, binary=binary)
    try:
        with open_file(Path(where), pipes=True) as opened:
            return read_table(opened, where, columns, failed=failed, binary=binary)
    except OSError as error:
        if isinstance(error, CommuniqueError):
            raise
        raise MissingInput(where, f"cannot be read: {error.strerror}") from error


def _record(where: str, asked: _Asked) -> Coded:
    from communique.analysis.networks import read_record
    from communique.record.database.sql import asking

    ignored = asked.aggregation == "ignore" and not asked.polarisation
    with asking(where) as connection:
        return read_record(
            connection,
            actor=asked.actor,
            concept=asked.concept,
            qualifier=asked.qualifier or None,
            others=asked.others,
            qualified=not ignored and not asked.isolates,
            nameless=asked.nameless,
        )


def _title(statements: str | None, where: str) -> str:
    if statements:
        return Path(statements).name
    from communique.record.database.address import parse

    return Path(parse(where).shown).name
