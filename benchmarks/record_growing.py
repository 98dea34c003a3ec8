"""A filled record made larger: its reports again, under other keys and later days, table by table.

Adding a million statements one report at a time takes hours on a small machine. Copied rows stand in the same tables
and under the same indexes as added ones, and the record's own triggers and `settle` index them for search.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table, func, select

from communique.record import Record
from communique.record.database import tables as t

DAYS = 7300
_TABLES: tuple[tuple[Table, Mapping[str, str]], ...] = (
    (t.report, {"id": "report", "version_id": "version", "copy_of": "report", "voice": "report"}),
    (t.report_identity, {"report_id": "report"}),
    (t.report_version, {"id": "version", "report_id": "report"}),
    (t.reading, {"id": "reading", "version_id": "version", "report_id": "report"}),
    (t.actor, {"id": "actor", "reading_id": "reading", "report_id": "report"}),
    (t.issue, {"id": "issue", "reading_id": "reading", "report_id": "report"}),
    (t.statement, {"id": "statement", "reading_id": "reading", "report_id": "report", "same_as": "statement"}),
    (t.statement_issue, {"statement_id": "statement"}),
    (t.statement_party, {"statement_id": "statement"}),
    (
        t.condition,
        {"id": "condition", "reading_id": "reading", "report_id": "report", "statement_id": "statement"},
    ),
    (t.wire_band, {"report_id": "report", "band": "band"}),
)
_RENAMED = {("report", "key"), ("report", "url"), ("report_identity", "identity"), ("report_version", "url")}
_IDS = {"version": t.report_version, **{name: t.metadata.tables[name] for name in ("report", "reading", "actor")}}
_IDS |= {name: t.metadata.tables[name] for name in ("issue", "statement", "condition")}


def grow(record: Record, statements: int, share: float) -> None:
    """Copy the record's reports until it has about so many statements; they fill ``share`` of the twenty years."""
    with record.reading() as connection:
        base = {name: int(connection.scalar(select(func.max(table.c.id))) or 0) for name, table in _IDS.items()}
    for copy in range(1, statements):
        missing = statements - base["statement"] * copy
        if missing <= 0:
            return
        last = min(base["report"], -(-missing * base["report"] // base["statement"]))
        _copy(record, {name: n * copy for name, n in base.items()}, last, round(DAYS * share * copy))


def _copy(record: Record, offsets: Mapping[str, int], last: int, days: int) -> None:
    """Copy the reports up to a number, with all that hangs on them."""
    by = {**offsets, "band": offsets["report"] * 7919}
    with record.writing() as connection:
        for table, moved in _TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.c)
            values = ", ".join(_value(table, column.name, moved, by, days) for column in table.c)
            own = "id" if table is t.report else "report_id" if "report_id" in table.c else None
            base = (
                f"{own} <= {last}" if own else f"statement_id IN (SELECT id FROM statement WHERE report_id <= {last})"
            )
            connection.exec_driver_sql(
                f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" WHERE {base}'
            )


def _value(table: Table, column: str, moved: Mapping[str, str], by: Mapping[str, int], days: int) -> str:
    """SQL for a column's value in the copy."""
    name = f'"{column}"'
    if column in moved:
        return f"{name} + {by[moved[column]]}"
    if (table.name, column) in _RENAMED:
        return f"{name} || '-{by['report']}'"
    return _later(name, days) if column == "published_at" else name


def _later(name: str, days: int) -> str:
    """SQL for a date or time so many days later, those beyond the twenty years at their beginning again."""
    moved = f"CASE WHEN date({name}, '+{days} days') < '2024-12-27' THEN '+{days} days' ELSE '{days - DAYS} days' END"
    timed = f"strftime('%Y-%m-%dT%H:%M:%SZ', {name}, {moved})"
    return f"CASE length({name}) WHEN 10 THEN date({name}, {moved}) ELSE {timed} END"
