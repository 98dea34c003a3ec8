"""The first revision is frozen, and makes the schema that the code has."""

from __future__ import annotations

import pytest

import stores
from communique.record.migrations.versions.r0001_first import statements as frozen
from schema_statements import statements as made


def test_on_sqlite() -> None:
    assert frozen("sqlite") == made("sqlite://")


def test_on_postgresql(postgresql_server: stores.PostgreSQL) -> None:
    address = postgresql_server.make().replace("postgresql://", "postgresql+psycopg://")
    assert frozen("postgresql") == made(address)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_each_statement_is_one(dialect: str) -> None:
    assert all(statement.startswith(("CREATE", "ALTER", "INSERT")) for statement in frozen(dialect))
