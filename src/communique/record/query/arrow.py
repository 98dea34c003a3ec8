"""Lists as Arrow and pandas tables, with columns that stay: docs/tables.md describes them, a test holds them to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa

from communique.errors import MissingExtra
from communique.record.query.rows import Row

if TYPE_CHECKING:
    import pandas

_BATCH = 2000
_SPANS = pa.list_(
    pa.struct([pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False)])
)
_TYPES = {
    "str": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "tuple[str, ...]": pa.list_(pa.string()),
    "tuple[float, ...]": pa.list_(pa.float64()),
    "Spans": _SPANS,
    "Mapping[str, Any]": pa.string(),
}


def schema_of(kind: type[Row]) -> pa.Schema:
    """Return the Arrow schema of a kind of row: a column for each field, in their order."""
    columns = []
    for each in fields(kind):
        written, _, optional = str(each.type).partition(" | ")
        columns.append(pa.field(each.name, _TYPES[written], nullable=bool(optional)))
    return pa.schema(columns)


def batches(rows: Iterable[Row], kind: type[Row]) -> Iterator[pa.RecordBatch]:
    """Yield rows as record batches, some thousand rows at a time."""
    schema = schema_of(kind)
    walk = iter(rows)
    while some := list(islice(walk, _BATCH)):
        columns = [pa.array([_value(getattr(row, column.name)) for row in some], column.type) for column in schema]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _value(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return [{"start": start, "end": end} for start, end in value]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else value


def write_parquet(rows: Iterable[Row], kind: type[Row], stream: BinaryIO) -> None:
    """Write rows as Parquet, some thousand rows at a time."""
    from pyarrow.parquet import ParquetWriter

    with ParquetWriter(stream, schema_of(kind)) as writer:
        for batch in batches(rows, kind):
            writer.write_batch(batch)


def arrow_table(rows: Iterable[Row], kind: type[Row]) -> pa.Table:
    """Return rows as an Arrow table."""
    return pa.Table.from_batches(batches(rows, kind), schema_of(kind))


def pandas_table(rows: Iterable[Row], kind: type[Row]) -> pandas.DataFrame:
    """Return rows as a pandas table. Raises MissingExtra where pandas is not installed."""
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise MissingExtra("pandas", "to_pandas needs it: pip install 'communique[pandas]'") from error
    table: pandas.DataFrame = arrow_table(rows, kind).to_pandas()
    return table
