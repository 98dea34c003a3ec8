"""The statements that make the schema which the code has, as a store gets them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from communique.record.database.search_index import make_search
from communique.record.database.tables import metadata


def statements(address: str) -> list[str]:
    """Return what is executed to make the schema in an empty database, in order."""
    options: dict[str, Any] = {"poolclass": StaticPool} if address == "sqlite://" else {}
    engine = create_engine(address, **options)
    made: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "COMMENT")):
            made.append("\n".join(line.rstrip() for line in statement.strip().splitlines()))

    with engine.begin() as connection:
        metadata.create_all(connection)
        make_search(connection)
    engine.dispose()
    runs = (sorted(several) if is_index else several for is_index, several in groupby(made, _is_index))
    return [each for run in runs for each in run]


def _is_index(statement: str) -> bool:
    """Indexes of a table are made in any order; the statements are told in one."""
    return statement.startswith(("CREATE INDEX", "CREATE UNIQUE INDEX"))
