"""Queries for rows by their numbers, written out once.

To put such a query together, and to have a number's place written out for each of two thousand numbers, takes longer
than its answer. What is asked of the record by the numbers of rows is asked again and again, of other rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column

from communique.record.database.sql import ask, ask_columns, numbers

_THESE = "these_numbers"
_PLACE = f"({_THESE})"


def among_these(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a column holds one of the numbers that a `ByNumbers` is asked for."""
    return column.in_([literal_column(_THESE)])


class ByNumbers:
    """A query with `among_these` in it, all else of it constant. It may be asked on any connection, by any thread."""

    def __init__(self, query: Select[Any]) -> None:
        """Take the query; it is written out when it is first asked."""
        self.query = query
        self._written: dict[str, str] = {}

    def rows(self, connection: Connection, given: Iterable[int]) -> list[Any]:
        """Return the rows for these numbers, their columns by name."""
        return ask(connection, self._question(connection, given))

    def columns(self, connection: Connection, given: Iterable[int]) -> tuple[Sequence[Any], ...]:
        """Return the columns of the rows for these numbers, in the query's order."""
        return tuple(ask_columns(connection, self._question(connection, given)).values())

    def _question(self, connection: Connection, given: Iterable[int]) -> str:
        name = connection.dialect.name
        written = self._written.get(name)
        if written is None:
            compiled = self.query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            written = self._written[name] = str(compiled)
        return written.replace(_PLACE, numbers(given))
