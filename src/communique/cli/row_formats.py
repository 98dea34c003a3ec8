"""Rows of a list as JSON lines, CSV, or a table for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from communique.cli.terminal import unshielded
from communique.cli.terminal_words import plain
from communique.csv_cells import safe_cell

_WIDTH = 120
_LONGEST = 700
_TOGETHER = 500  # rows whose columns are laid out together


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the row's key, its heading, and its share of the width (0: as narrow as it can be)."""

    name: str
    heading: str
    share: int = 0


def write_rows(
    rows: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    *,
    columns: Sequence[Column],
    as_json: bool = False,
    as_csv: bool = False,
    nothing: str = "Nothing found.",
    keys: Iterable[str] = (),
) -> None:
    """Write rows, each a mapping with the same keys in the same order.

    JSON lines and CSV hold every key; the table shows ``columns``. Lists and mappings are JSON in a CSV cell. No cell
    is one that a spreadsheet would take for a formula. ``keys`` head a CSV file even where there is no row.
    """
    if as_json:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    elif as_csv:
        _csv(rows, stream, keys)
    else:
        _table(rows, stream, columns, nothing)


def _csv(rows: Iterable[Mapping[str, Any]], stream: BinaryIO, keys: Iterable[str]) -> None:
    headed = bool(keys)
    if keys:
        stream.write(_line(keys))
    for row in rows:
        if not headed:
            stream.write(_line(row.keys()))
            headed = True
        stream.write(_line(map(safe_cell, row.values())))


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(list(cells))
    return line.getvalue().encode("utf-8", "replace")


def _table(rows: Iterable[Mapping[str, Any]], stream: BinaryIO, columns: Sequence[Column], nothing: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = hasattr(stream, "isatty") and stream.isatty()
    text = io.TextIOWrapper(unshielded(stream), encoding="utf-8", errors="replace", write_through=True)
    try:
        console = Console(file=text, width=None if shown else _WIDTH, highlight=False, markup=False, emoji=False)
        walk, told = iter(rows), False
        while some := list(islice(walk, _TOGETHER)):
            table = Table(box=box.ROUNDED, show_lines=True, expand=any(column.share for column in columns))
            for column in columns:
                table.add_column(column.heading, ratio=column.share or None, overflow="fold")
            for row in some:
                table.add_row(*(Text(_shown(row[column.name])) for column in columns))
            console.print(table)
            told = True
        if not told:
            console.print(nothing)
        text.flush()
    finally:
        text.detach()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list | tuple):
        return "\n".join(_shown(item) for item in value)
    # Line ends that we set ourselves stay.
    return "\n".join(plain(line, _LONGEST) for line in str(value).split("\n"))
