"""Lists as Arrow, pandas and Parquet: the columns that docs/tables.md promises, and times in UTC."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from communique.record import Record
from communique.record.query.arrow import schema_of
from communique.record.query.listing import ROWS
from record_samples import made, put, reading

DOCS = Path(__file__).resolve().parents[3] / "docs" / "tables.md"
TYPES = {
    "text": pa.string(),
    "number": pa.int64(),
    "share": pa.float64(),
    "time": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "shares": pa.list_(pa.float64()),
    "JSON": pa.string(),
}


def documented(kind: str) -> list[tuple[str, str, bool]]:
    """The columns of the page's section: name, type, whether it can be null."""
    section = re.search(rf"(?ms)^## {kind.title()}$(.*?)(?=^## |\Z)", DOCS.read_text(encoding="utf-8"))
    assert section
    rows = re.findall(r"(?m)^\| `(\w+)` \| (\w+)( or null)? \|", section[1])
    return [(name, each, bool(null)) for name, each, null in rows]


@pytest.mark.parametrize("kind", ROWS)
def test_columns_are_those_of_the_documentation(kind: str) -> None:
    schema = schema_of(ROWS[kind])
    told = documented(kind)
    assert [name for name, _, _ in told] == schema.names == [each.name for each in fields(ROWS[kind])]
    for name, each, null in told:
        column = schema.field(name)
        assert column.nullable == null, name
        if each == "spans":
            spans = column.type.value_type
            assert [(part.name, part.type) for part in spans] == [("start", pa.int32()), ("end", pa.int32())]
        else:
            assert column.type == TYPES[each], name


@pytest.mark.parametrize("kind", ROWS)
def test_a_table_holds_what_the_rows_hold(record: Record, kind: str) -> None:
    put(record, reading(made("Russia said it would talk only if Japan moved.", published="2023-10-04T12:30:00+09:00")))
    put(record, reading(made("Japan said so.", published=None), conditions=False))
    rows = list(getattr(record, kind)())
    table = getattr(record, kind)().to_arrow()
    assert table.schema.equals(schema_of(ROWS[kind]))
    assert table.num_rows == len(rows) > 0
    for row, cells in zip(rows, table.to_pylist(), strict=True):
        for each in fields(row):
            value = getattr(row, each.name)
            if value and isinstance(value, tuple) and isinstance(value[0], tuple):
                value = tuple({"start": start, "end": end} for start, end in value)
            assert cells[each.name] == (list(value) if isinstance(value, tuple) else value)


def test_times_are_in_utc_and_unknown_ones_are_null(record: Record) -> None:
    put(record, reading(made("Russia said it would talk only if Japan moved.", published="2023-10-04T12:30:00+09:00")))
    put(record, reading(made("Japan said so.", published=None), conditions=False))
    frame = record.statements(sort="oldest").to_pandas()
    assert str(frame["published_at"].dtype) == "datetime64[us, UTC]"
    assert frame["published_at"].isna().tolist() == [True, False]
    assert frame["published_at"][1].to_pydatetime() == datetime(2023, 10, 4, 3, 30, tzinfo=UTC)


def test_an_empty_list_is_a_table_with_its_columns(record: Record) -> None:
    assert record.statements().to_arrow().schema.equals(schema_of(ROWS["statements"]))
    assert list(record.conditions().to_pandas().columns) == [each.name for each in fields(ROWS["conditions"])]


def test_what_was_corrected_is_json(record: Record) -> None:
    read = reading()
    put(record, read)
    record.judge("statement", read.statements[0].id, "correct", by="ana", correction={"act": "deny"})
    (cell,) = record.statements().to_arrow().column("as_read").to_pylist()
    assert json.loads(cell) == {"act": read.statements[0].act.value}
