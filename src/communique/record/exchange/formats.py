"""The formats of a hand-over, and which reports go into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import ColumnElement, Connection, and_

from communique.record.database import tables as t
from communique.record.database.values import sortable
from communique.record.exchange import docbin, followthemoney, hand_over_writing, plain_tables, web_annotation

Writer = Callable[[Connection, BinaryIO, ColumnElement[bool] | None, str], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports are handed over: of one outlet, published from one day to another (both included)."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None

    def clause(self) -> ColumnElement[bool] | None:
        """Return the condition on the report table, None where all are chosen. Raises ValueError on what is no date."""
        c = t.report.c
        chosen: list[ColumnElement[bool]] = []
        if self.outlet is not None:
            chosen.append(c.outlet == self.outlet)
        if self.since is not None:
            chosen.append(c.published_at >= _day(self.since))
        if self.until is not None:
            # "~" comes after every time of that day.
            chosen += (c.published_at <= _day(self.until) + "~", c.published_at != "")
        return and_(*chosen) if chosen else None


def _day(given: str) -> str:
    day = sortable(given)
    if not day:
        raise ValueError(f"{given!r} is no date such as 2024-10-04")
    return day


def _table_writer(write: Callable[[Connection, BinaryIO, str, ColumnElement[bool] | None], None]) -> Writer:
    return lambda connection, stream, chosen, table: write(connection, stream, table, chosen)


def _whole(write: Callable[[Connection, BinaryIO, ColumnElement[bool] | None], None]) -> Writer:
    return lambda connection, stream, chosen, _table: write(connection, stream, chosen)


FORMATS: Mapping[str, Writer] = {
    "jsonl": _whole(hand_over_writing.write),
    "csv": _table_writer(plain_tables.write_csv),
    "parquet": _table_writer(plain_tables.write_parquet),
    "annotations": _whole(web_annotation.write),
    "docbin": _whole(docbin.write),
    "followthemoney": _whole(followthemoney.write),
}
TABULAR = ("csv", "parquet")
TABLES = tuple(plain_tables.COLUMNS)


def export(
    connection: Connection,
    stream: BinaryIO,
    form: str,
    selection: Selection | None = None,
    *,
    table: str = "statements",
) -> None:
    """Write the record in a format of `FORMATS` to a stream of bytes, without holding all of it in memory.

    ``table`` is which of `TABLES` goes into CSV or Parquet. Raises ValueError on an unknown format, table or date.
    """
    for given, known in ((form, FORMATS), (table, TABLES)):
        if given not in known:
            raise ValueError(f"{given!r} is none of {', '.join(known)}")
    FORMATS[form](connection, stream, selection.clause() if selection else None, table)
