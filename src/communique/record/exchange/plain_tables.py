"""The record as plain tables with stable columns, as CSV or Parquet; times in UTC, corrections in, public keys only.

Where a cell has several values (addressees, issues, members of a chain) they are joined by "; " in CSV and are lists in
Parquet.
"""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Connection, select

from communique.csv_cells import safe_text
from communique.record.database import tables as t
from communique.record.database.values import storable
from communique.record.decisions.judgement_log import apply_corrections, judgements_of_keys
from communique.record.decisions.log import sorted_json
from communique.record.exchange.report_view import ReportView, report_views
from communique.record.judgement.judgement_list import listed

_PAGE = 2000
TEXT, NUMBER, COUNT, LIST, TIME = "text", "number", "count", "list", "time"

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        **dict.fromkeys(("report", "title", "outlet", "author", "agency", "url", "published"), TEXT),
        "published_at": TIME,
        "added_at": TIME,
        "copy_of": TEXT,
        "characters": COUNT,
        "reader": TEXT,
    },
    "statements": {
        **dict.fromkeys(("statement", "report", "outlet"), TEXT),
        "published_at": TIME,
        **dict.fromkeys(("said_on", "speaker", "speaker_name"), TEXT),
        "country": TEXT,
        "as_written": TEXT,
        "chain": LIST,
        "addressee": LIST,
        "act": TEXT,
        "manner": TEXT,
        **dict.fromkeys(("mode", "source", "cue", "content"), TEXT),
        "start": COUNT,
        "end": COUNT,
        "about": LIST,
        "conditions": LIST,
        "parent": TEXT,
        "responds_to": TEXT,
        "confidence": NUMBER,
        "rule": TEXT,
        "verdict": TEXT,
        "speaker_confidence": NUMBER,
    },
    "conditions": {
        **dict.fromkeys(("condition", "report", "outlet"), TEXT),
        "published_at": TIME,
        **dict.fromkeys(("statement", "kind", "holder"), TEXT),
        **dict.fromkeys(("holder_name", "must_act", "must_act_name", "antecedent", "consequent", "cue"), TEXT),
        "confidence": NUMBER,
        "verdict": TEXT,
        "must_act_confidence": NUMBER,
    },
    "actors": dict.fromkeys(("actor", "name", "kind", "country", "principal", "same_as", "verdict"), TEXT)
    | {"names": LIST},
    "issues": dict.fromkeys(("issue", "name", "same_as", "verdict"), TEXT) | {"names": LIST},
    "judgements": dict.fromkeys(
        ("uid", "kind", "key", "key_now", "report", "verdict", "correction", "note", "by"), TEXT
    )
    | {"at": TIME, "clock": COUNT},
}
"""The columns of each table, and what is in them."""


def write_csv(connection: Connection, stream: BinaryIO, table: str, chosen: ColumnElement[bool] | None) -> None:
    """Write a table as CSV in UTF-8. No cell is one that a spreadsheet would take for a formula."""
    columns = COLUMNS[table]
    stream.write(_line(columns))
    for row in rows(connection, table, chosen):
        stream.write(_line(_cell(row[name]) for name in columns))


def write_parquet(connection: Connection, stream: BinaryIO, table: str, chosen: ColumnElement[bool] | None) -> None:
    """Write a table as Parquet, some thousand rows at a time."""
    import pyarrow
    import pyarrow.parquet

    kinds = {TEXT: pyarrow.string(), NUMBER: pyarrow.float64(), COUNT: pyarrow.int64()}
    kinds |= {LIST: pyarrow.list_(pyarrow.string()), TIME: pyarrow.timestamp("us", tz="UTC")}
    times = [name for name, kind in COLUMNS[table].items() if kind == TIME]
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()])
    waiting = rows(connection, table, chosen)
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        while page := list(islice(waiting, _PAGE)):
            for row in page:
                row.update({name: _moment(row[name]) for name in times})
            writer.write_table(pyarrow.Table.from_pylist(page, schema=schema))


def _moment(written: str | None) -> datetime | None:
    """The time that ISO 8601 text gives; all that the record keeps is in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None


def rows(connection: Connection, table: str, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    """Yield a table's rows with the columns of `COLUMNS`."""
    return _TABLES[table](connection, chosen)


def _reports(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    for view in report_views(connection, chosen):
        report = view.report
        heads = {name: getattr(report, name) for name in ("title", "outlet", "author", "agency", "url", "published")}
        yield {
            "report": view.held.key,
            **heads,
            "published_at": view.held.published_at or None,
            "added_at": view.held.added_at,
            "copy_of": view.held.copy_of,
            "characters": len(report.text),
            "reader": view.reader,
        }


def _statements(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    for view in report_views(connection, chosen):
        for row in view.statements:
            speaker = view.party(row["speaker"])
            yield {
                **_head(view),
                "statement": row["id"],
                "said_on": row["said_on"],
                "speaker": speaker.key if speaker else row["speaker"],
                "speaker_name": speaker.root_name if speaker else None,
                "country": speaker.country if speaker else None,
                "as_written": speaker.name if speaker else None,
                "chain": [_key(view, relay.actor) for relay in row["chain"]],
                "addressee": [_key(view, name) for name in row["addressee"]],
                **{name: str(row[name]) for name in ("act", "manner", "mode")},
                **{name: view.words(row[name]) for name in ("source", "cue", "content")},
                "start": min((span.start for span in row["content"]), default=0),
                "end": max((span.end for span in row["content"]), default=0),
                "about": [view.issues.get(name, name) for name in row["about"]],
                "conditions": list(row["conditions"]),
                **{name: row[name] for name in ("parent", "responds_to", "confidence", "rule", "verdict")},
                "speaker_confidence": row["speaker_confidence"],
            }


def _conditions(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    for view in report_views(connection, chosen):
        for row in view.conditions:
            holder, must_act = view.party(row["holder"]), view.party(row["must_act"])
            yield {
                **_head(view),
                "condition": row["id"],
                "statement": row["statement"],
                "kind": str(row["kind"]),
                "holder": holder.key if holder else row["holder"],
                "holder_name": holder.root_name if holder else None,
                "must_act": must_act.key if must_act else row["must_act"],
                "must_act_name": must_act.root_name if must_act else None,
                **{name: view.words(row[name]) for name in ("antecedent", "consequent", "cue")},
                **{name: row[name] for name in ("confidence", "verdict", "must_act_confidence")},
            }


def _canonical(kind: str) -> Callable[[Connection, ColumnElement[bool] | None], Iterator[dict[str, Any]]]:
    table = t.canonical_actor if kind == "actor" else t.canonical_issue
    names, owner = (
        (t.actor_name, t.actor_name.c.actor_id) if kind == "actor" else (t.issue_name, t.issue_name.c.issue_id)
    )

    def of_record(connection: Connection, _chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
        root = table.alias("root")
        query = (
            select(table, root.c.key.label("root_key")).join(root, root.c.id == table.c.root_id).order_by(table.c.key)
        )
        for page in connection.execute(query, execution_options={"stream_results": True}).partitions(_PAGE):
            called: dict[int, list[str]] = {}
            numbers = [row.id for row in page]
            for row in connection.execute(
                select(owner.label("owner"), names.c.name).where(owner.in_(numbers)).order_by(owner, names.c.name_words)
            ):
                called.setdefault(row.owner, []).append(row.name)
            judged = judgements_of_keys(connection, kind, [row.key for row in page])
            for row in page:
                values = {name: getattr(row, name) for name in COLUMNS[f"{kind}s"] if name in table.c}
                values = apply_corrections({**values, "verdict": None}, judged.get(row.key, ()))
                same_as = row.root_key if row.root_key != row.key else None
                other_names = values.get("aliases") or called.get(row.id, [])
                columns = {name: value for name, value in values.items() if name in COLUMNS[f"{kind}s"]}
                yield {kind: row.key, **columns, "same_as": same_as, "names": other_names}

    return of_record


def _judgements(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    reports = None if chosen is None else set(connection.scalars(select(t.report.c.key).where(chosen)))
    for each in listed(connection):
        made = each.judgement
        if reports is not None and made.report not in reports:
            continue
        heads = {name: getattr(made, name) for name in ("uid", "kind", "key", "report", "note", "by", "at", "clock")}
        correction = sorted_json(made.correction) if made.correction else None
        yield {**heads, "key_now": each.key_now, "verdict": made.verdict.value, "correction": correction}


_TABLES: Mapping[str, Callable[[Connection, ColumnElement[bool] | None], Iterator[dict[str, Any]]]] = {
    "reports": _reports,
    "statements": _statements,
    "conditions": _conditions,
    "actors": _canonical("actor"),
    "issues": _canonical("issue"),
    "judgements": _judgements,
}


def _head(view: ReportView) -> dict[str, Any]:
    return {
        "report": view.held.key,
        "outlet": view.report.outlet,
        "published_at": view.held.published_at or None,
    }


def _key(view: ReportView, name: str) -> str:
    party = view.party(name)
    return party.key if party else name


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv_module.writer(line).writerow(list(cells))
    return line.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = storable("; ".join(value) if isinstance(value, list) else value)
    return safe_text(text)
