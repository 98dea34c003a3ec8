"""The revisions, one after the other, make the schema that the code has; the first is frozen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

import stores
from communique.record.database.migrating import bring_up_to_date
from communique.record.database.search_index import make_search
from communique.record.database.tables import metadata
from communique.record.migrations.versions.r0001_first import statements as frozen


def schema(engine: Engine) -> dict[str, Any]:
    """Return each table's columns, keys and indexes, whatever the order in which they were made."""
    looked = inspect(engine)
    return {
        table: {
            "columns": {each["name"]: (repr(each["type"]), each["nullable"]) for each in looked.get_columns(table)},
            "key": looked.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(repr(sorted(each.items())) for each in looked.get_foreign_keys(table)),
            "unique": sorted(repr(each["column_names"]) for each in looked.get_unique_constraints(table)),
            "indexes": sorted(f"{each['name']} {each['column_names']}" for each in looked.get_indexes(table)),
        }
        for table in looked.get_table_names()
        if table != "alembic_version"
    }


def compared(migrated: str, made: str) -> None:
    engines = create_engine(migrated), create_engine(made)
    try:
        bring_up_to_date(engines[0], migrated)
        with engines[1].begin() as connection:
            metadata.create_all(connection)
            make_search(connection)
        assert schema(engines[0]) == schema(engines[1])
    finally:
        for engine in engines:
            engine.dispose()


def test_on_sqlite(tmp_path: Path) -> None:
    compared(f"sqlite:///{tmp_path / 'migrated.db'}", f"sqlite:///{tmp_path / 'made.db'}")


def test_on_postgresql(postgresql_server: stores.PostgreSQL) -> None:
    one, other = (postgresql_server.make().replace("postgresql://", "postgresql+psycopg://") for _ in range(2))
    compared(one, other)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_each_statement_of_the_first_is_one(dialect: str) -> None:
    assert all(statement.startswith(("CREATE", "ALTER", "INSERT")) for statement in frozen(dialect))
