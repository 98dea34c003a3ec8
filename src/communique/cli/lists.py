"""A list of the record, as the five commands that print one do it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from communique.cli.endings import endings, tell
from communique.cli.listing_options import (
    ACTOR,
    FILTERS,
    NAME_FILTERS,
    After,
    AsCsv,
    AsJson,
    AsParquet,
    Limit,
)
from communique.cli.options import Output
from communique.cli.outputs import output
from communique.cli.record_place import DEFAULT, RecordPlace
from communique.cli.row_formats import Column, write_rows
from communique.errors import BadFilter
from communique.record.query.filter_options import FIELDS, NAME_FIELDS, SORTS

if TYPE_CHECKING:
    from communique.record import Record
    from communique.record.query.listing import Listing, Walk
    from communique.record.query.rows import Row

ROWS_AT_ONCE = 50
"""Rows that a list prints where nothing else is asked for."""

_SUFFIXES = {".json": "json", ".jsonl": "json", ".ndjson": "json", ".csv": "csv", ".parquet": "parquet"}


def form_of(out: Path | None, *, as_json: bool, as_csv: bool, as_parquet: bool) -> str:
    """Return json, csv, parquet or table: what is asked for, else what the file's name says.

    Raises typer.BadParameter where Parquet is asked for on a terminal.
    """
    asked = next((name for name, given in (("json", as_json), ("csv", as_csv), ("parquet", as_parquet)) if given), "")
    form = asked or (_SUFFIXES.get(out.suffix.lower(), "table") if out else "table")
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is nothing for a terminal: write it to a file with -o")
    return form


def list_command(
    kind: str, what: str, columns: Sequence[Column], shown: Callable[[Any], Mapping[str, Any]]
) -> Callable[..., None]:
    """Return the command that lists rows of a kind: statements, conditions, reports, actors or issues.

    Its options are the filters that the list has; ``what`` is its help, ``shown`` what the columns of its table show of
    a row.
    """
    named = kind in NAME_FIELDS
    filters = NAME_FIELDS[kind] if named else FIELDS[kind]

    def command(where: str, out: Path | None, **given: Any) -> None:
        form = form_of(out, **{name: given[name] for name in ("as_json", "as_csv", "as_parquet")})
        chosen = {name: given[name] for name in filters if given[name] not in (None, [])}
        paged = {name: given[name] for name in ("sort", "limit", "after") if name in given}

        def listing(record: Record) -> Listing[Any]:
            from communique.record.query.filters import Filter
            from communique.record.query.names import NameFilter

            found: Listing[Any] = getattr(record, kind)((NameFilter if named else Filter)(**chosen), **paged)
            return found

        show(where, listing, columns=columns, shown=shown, form=form, out=out)

    command.__doc__ = what
    # Typer reads a command's options from its signature and its hints.
    command.__signature__ = Signature(_parameters(kind, filters))  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in _parameters(kind, filters)}
    return command


def _parameters(kind: str, filters: Iterable[str]) -> list[Parameter]:
    known = NAME_FILTERS if kind in NAME_FIELDS else {**FILTERS, "actor": ACTOR[kind]}
    options: dict[str, tuple[Any, Any]] = {"where": (RecordPlace, DEFAULT)}
    options |= {name: (known[name], None) for name in filters}
    if kind in SORTS:
        orders = f"{', '.join(SORTS[kind][:-1])} or {SORTS[kind][-1]}."
        options["sort"] = (Annotated[str, typer.Option("--sort", metavar="ORDER", help=orders)], SORTS[kind][0])
    options |= {"limit": (Limit, ROWS_AT_ONCE), "after": (After, None)}
    options |= {"as_json": (AsJson, False), "as_csv": (AsCsv, False), "as_parquet": (AsParquet, False)}
    options["out"] = (Output, None)
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, (annotation, default) in options.items()
    ]


def show(
    where: str,
    listing: Callable[[Record], Listing[Any]],
    *,
    columns: Sequence[Column],
    shown: Callable[[Any], Mapping[str, Any]],
    form: str,
    out: Path | None,
) -> None:
    """Print the rows of a list, and on stderr where it goes on. Raises typer.Exit, typer.BadParameter.

    ``listing`` makes the list of an open record, ``shown`` what the table's columns show of a row.
    """
    with endings():
        from communique.record import Record
        from communique.record.query.listing import ROWS

        try:
            with Record.open(where, read_only=True) as record:
                found = listing(record)
                walk, kind = found.walk(), ROWS[found.kind]
                with output(out) as stream:
                    _write(walk, kind, stream, columns, shown, form)
        except BadFilter as error:
            raise typer.BadParameter(str(error)) from None
        if walk.next:
            tell(f"there are more: --after {walk.next}, or --limit 0 for all")


def _write(
    walk: Walk[Any],
    kind: type[Row],
    stream: BinaryIO,
    columns: Sequence[Column],
    shown: Callable[[Any], Mapping[str, Any]],
    form: str,
) -> None:
    if form == "parquet":
        from communique.record.query.arrow import write_parquet

        write_parquet(walk, kind, stream)
        return
    rows: Iterable[Mapping[str, Any]] = map(shown, walk) if form == "table" else _plain(walk, kind)
    keys = [each.name for each in fields(kind)]
    write_rows(rows, stream, columns=columns, as_json=form == "json", as_csv=form == "csv", keys=keys)


def _plain(rows: Iterable[Row], kind: type[Row]) -> Iterator[dict[str, Any]]:
    names = [each.name for each in fields(kind)]
    for row in rows:
        yield {name: _value(getattr(row, name)) for name in names}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return [list(each) if isinstance(each, tuple) else each for each in value] if isinstance(value, tuple) else value


def judged(row: Any) -> str | None:
    """Return what people judged of a row, and what stood where they corrected it; None where nobody did."""
    before = [f"{name} was {value}" for name, value in (row.as_read or {}).items() if not isinstance(value, list)]
    return lines(f"judged: {row.verdict}", *before) if row.verdict else None


def named_and_counted(row: Any) -> dict[str, Any]:
    """Return what else an actor or issue is called, how much is said by or on it, and from when until when."""
    others = [other for other in row.names if other != row.name]
    merged = f"joined: {', '.join(row.merged)}" if row.merged else None
    return {
        "names": lines(", ".join(others[:8]), merged),
        "said": f"{row.statements} in {counted(row.reports, 'report')}",
        "days": lines(row.first, row.last if row.last != row.first else None),
    }


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, as one of them or several."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def lines(*parts: str | None) -> str:
    """Return the parts that are something, one a line."""
    return "\n".join(filter(None, parts))


def sureness(confidence: float, party: float | None) -> str:
    """Return how sure a row is, and on a line below how sure its party: the speaker, or who must act."""
    return lines(f"{confidence:.2f}", None if party is None else f"who {party:.2f}")


def day_of(row: Any) -> str:
    """Return the day on which a row's report was published, "" where that is unknown."""
    return row.published_at.strftime("%Y-%m-%d") if row.published_at else ""


def place_of(row: Any, spans: Iterable[tuple[int, int]]) -> str:
    """Return where a row's words stand: outlet, report, version and characters."""
    at = ", ".join(f"{start}-{end}" for start, end in spans)
    version = f", version {row.version}" if row.version > 1 else ""
    return lines(row.outlet, f"{row.report}{version}", f"at {at}" if at else None)
