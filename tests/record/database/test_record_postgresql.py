"""A record on PostgreSQL is where the address and the environment say, in an encoding that holds every text."""

from __future__ import annotations

import psycopg
import pytest

import stores
from communique.errors import RecordFailed
from communique.record.record import Record


def _schemas(address: str) -> set[str]:
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT schemaname FROM pg_tables WHERE schemaname IN ('public', 'desk')").fetchall()
    return {name for (name,) in rows}


@pytest.mark.parametrize("place", ["address", "environment"])
def test_the_schema_that_is_asked_for_is_written(
    place: str, postgresql_server: stores.PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = postgresql_server.make()
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA desk")
    address = plain
    if place == "address":
        address += "?options=-csearch_path%3Ddesk"
    else:
        monkeypatch.setenv("PGOPTIONS", "-c search_path=desk")
    with Record.open(address, create=True):
        pass
    assert _schemas(plain) == {"desk"}


def test_a_database_in_another_encoding_is_refused(postgresql_server: stores.PostgreSQL) -> None:
    address = postgresql_server.make()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    latin = address.rsplit("/", 1)[0] + "/latin"
    with pytest.raises(RecordFailed, match="LATIN1"):
        Record.open(latin, create=True)
