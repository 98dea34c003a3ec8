"""``communique network``: discourse networks, from the record or from a table of coded statements."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from communique.cli.endings import endings, tell
from communique.cli.network_options import (
    ActorColumn,
    Backbone,
    ConceptColumn,
    CountedOnce,
    DateColumn,
    DocumentColumn,
    Excluded,
    FromDay,
    Grouped,
    HowAggregated,
    HowNormalized,
    Included,
    Isolates,
    MatrixAsCsv,
    MatrixAsJson,
    MostTies,
    Nameless,
    Polarised,
    QualifierColumn,
    Scale,
    Statements,
    TiesMode,
    UpToDay,
    WindowKernel,
    WindowSize,
    WindowStep,
    WindowUnit,
)
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace

if TYPE_CHECKING:
    from communique.analysis.networks import Coded, Settings, Windows
    from communique.errors import CommuniqueError


def network(
    where: RecordPlace = DEFAULT,
    statements: Statements = None,
    actor: ActorColumn = None,
    concept: ConceptColumn = None,
    qualifier: QualifierColumn = None,
    scale: Scale = "auto",
    document: DocumentColumn = None,
    date: DateColumn = None,
    mode: TiesMode = "one",
    aggregation: HowAggregated = None,
    normalization: HowNormalized = "none",
    duplicates: CountedOnce = None,
    include: Included = None,
    exclude: Excluded = None,
    since: FromDay = None,
    until: UpToDay = None,
    isolates: Isolates = False,
    nameless: Nameless = False,
    window: WindowUnit = None,
    size: WindowSize = 1,
    step: WindowStep = 1,
    kernel: WindowKernel = "none",
    polarisation: Polarised = False,
    communities: Grouped = False,
    backbone: Backbone = 0,
    limit: MostTies = 30,
    as_json: MatrixAsJson = False,
    as_csv: MatrixAsCsv = False,
    out: Output = None,
) -> None:
    """Draw who stands with whom, or who stands on what, from statements of the record or of a table.

    Ties are counted as in discourse network analysis. -o FILE writes .graphml, .gexf (which changes in time, with
    --window), .csv, .json, .svg or .png by the file's name.

    Exit status: 0 done, 1 a row cannot be counted (the others are) or nothing can be drawn, 2 wrong usage.
    """
    coding = _coding(bool(statements), actor, concept, qualifier, scale, document, date)
    usual = "include" if statements else "document"
    counting = _Counting(mode, aggregation, normalization, duplicates or usual, polarisation)
    choice = _choice(include or [], exclude or [], since, until, isolates, nameless)
    asked = _Asked(coding, counting, choice)
    with endings():
        from communique.cli.network_output import Shown, kind_of, show

        kind = kind_of(out, as_json, as_csv, bool(window))
        settings, windows = _settings(asked), _windows(window, size, step, kernel)
        _check(settings, asked, bool(statements), bool(windows), grouped=communities, backed=bool(backbone))
        failures: list[CommuniqueError] = []
        held = _table(statements, asked, failures) if statements else _record(where, asked)
        shown = Shown(settings, windows, polarisation, communities, backbone, limit, _title(statements, where))
        with output(out, [statements] if statements else []) as stream:
            show(held, shown, kind, stream)
    if failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Coding:
    """Which columns say what of a statement; ``qualifier`` "" for none."""

    actor: str
    concept: str
    qualifier: str
    scale: str
    document: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class _Counting:
    """How statements become ties."""

    mode: str
    aggregation: str | None
    normalization: str
    duplicates: str
    polarisation: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which statements count, and who stays without one."""

    include: dict[str, frozenset[str]]
    exclude: dict[str, frozenset[str]]
    since: Day | None
    until: Day | None
    isolates: bool
    nameless: bool

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that filters name."""
        return tuple(dict.fromkeys((*self.include, *self.exclude)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which statements are asked for, and how they are counted."""

    coding: _Coding
    counting: _Counting
    choice: _Choice


def _coding(
    table: bool,
    actor: str | None,
    concept: str | None,
    qualifier: str | None,
    scale: str,
    document: str | None,
    date: str | None,
) -> _Coding:
    """The columns that are named, for the others those that a table or the record usually has."""
    usual = ("actor", "concept", "") if table else ("party", "issue", "agreement")
    qualifier = usual[2] if qualifier is None else qualifier
    return _Coding(actor or usual[0], concept or usual[1], qualifier, scale, document, date)


def _choice(
    include: list[str], exclude: list[str], since: str | None, until: str | None, isolates: bool, nameless: bool
) -> _Choice:
    return _Choice(
        _filters(include, "--include"),
        _filters(exclude, "--exclude"),
        _day(since, "--since", last=False),
        _day(until, "--until", last=True),
        isolates,
        nameless,
    )


def _settings(asked: _Asked) -> Settings:
    from communique.analysis.networks import Aggregation, Duplicates, NetworkMode, Normalization, Settings
    from communique.errors import BadNetwork

    counting, choice, qualified = asked.counting, asked.choice, bool(asked.coding.qualifier)
    usual = {"one": "congruence", "two": "subtract"}[counting.mode] if qualified else "ignore"
    aggregation = counting.aggregation or usual
    if not qualified and (aggregation != "ignore" or counting.polarisation):
        words = "--polarisation" if aggregation == "ignore" else f"--aggregation {aggregation}"
        raise typer.BadParameter(f"{words} needs the column of a qualifier", param_hint="--qualifier")
    try:
        return Settings(
            NetworkMode(counting.mode),
            Aggregation(aggregation),
            Normalization(counting.normalization),
            Duplicates(counting.duplicates),
            choice.include,
            choice.exclude,
            choice.since,
            choice.until,
            choice.isolates,
        )
    except BadNetwork as error:
        raise typer.BadParameter(str(error)) from error


def _check(settings: Settings, asked: _Asked, table: bool, windowed: bool, *, grouped: bool, backed: bool) -> None:
    """Raise BadParameter for what no statements could answer."""
    if table and not asked.coding.date and (windowed or settings.dated):
        raise typer.BadParameter("windows, days and periods need the column of dates", param_hint="--date")
    if table and not asked.coding.document and asked.counting.duplicates == "document":
        raise typer.BadParameter("--duplicates document needs the column of documents", param_hint="--document")
    if not table and (asked.coding.date or asked.coding.document):
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

    coding = asked.coding
    named = (coding.actor, coding.concept, coding.qualifier or None, coding.document, coding.date)
    columns = Columns(*named, asked.choice.others)
    binary = {"auto": None, "binary": True, "integer": False}[coding.scale]
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

    ignored = asked.counting.aggregation == "ignore" and not asked.counting.polarisation
    with asking(where) as connection:
        return read_record(
            connection,
            actor=asked.coding.actor,
            concept=asked.coding.concept,
            qualifier=asked.coding.qualifier or None,
            others=asked.choice.others,
            qualified=not ignored and not asked.choice.isolates,
            nameless=asked.choice.nameless,
        )


def _title(statements: str | None, where: str) -> str:
    if statements:
        return Path(statements).name
    from communique.record.database.address import parse

    return Path(parse(where).shown).name
