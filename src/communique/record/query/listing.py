"""A list of the record: rows one by one, a page, or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Connection

from communique.errors import BadFilter
from communique.record.query import names, whole_rows
from communique.record.query.filters import Filter
from communique.record.query.names import NameFilter, chosen_names, name_marks
from communique.record.query.paging import PAGE, CursorMark, check_sort, cursor_of, mark_of, marks
from communique.record.query.plan import choose
from communique.record.query.rows import ActorRow, ConditionRow, IssueRow, ReportRow, Row, StatementRow

if TYPE_CHECKING:
    import pandas
    import pyarrow

R = TypeVar("R", bound=Row)
_AT_ONCE = 200
"""Rows that are fetched together."""

_FETCH: dict[str, Callable[[Connection, Sequence[int]], Iterator[Any]]] = {
    "statements": whole_rows.statements,
    "conditions": whole_rows.conditions,
    "reports": whole_rows.reports,
    "actors": names.actors,
    "issues": names.issues,
}
ROWS: dict[str, type[Row]] = {
    "statements": StatementRow,
    "conditions": ConditionRow,
    "reports": ReportRow,
    "actors": ActorRow,
    "issues": IssueRow,
}
"""The lists, and what each lists."""


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list, and the cursor with which the list goes on, None at its end."""

    rows: tuple[R, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A list that is asked for when it is walked: each walk sees the record as it is when it begins.

    ``limit`` 0 is all; rows are fetched a page at a time, so that memory stays as it is.
    """

    reading: Callable[[], AbstractContextManager[Connection]]
    kind: str
    asked: Filter | NameFilter
    sort: str
    limit: int
    after: str | None

    def __post_init__(self) -> None:
        check_sort(self.kind, self.sort)
        if self.limit < 0:
            raise BadFilter(str(self.limit), "a limit is a number of rows, or 0 for all")
        self._start()

    def __iter__(self) -> Iterator[R]:
        """Yield the rows. Raises UnknownName, NotInRecord, BadFilter."""
        return iter(self.walk())

    def walk(self) -> Walk[R]:
        """Return the rows to walk, which then tell where the list goes on."""
        return Walk(self)

    def page(self) -> Page[R]:
        """Return the first ``limit`` rows (`PAGE` where that is 0), and where to go on. Raises as walking does."""
        walk = replace(self, limit=self.limit or PAGE).walk()
        rows = tuple(walk)
        return Page(rows, walk.next)

    def to_arrow(self) -> pyarrow.Table:
        """Return the list as an Arrow table, with the columns of docs/tables.md."""
        from communique.record.query.arrow import arrow_table

        return arrow_table(self, ROWS[self.kind])

    def to_pandas(self) -> pandas.DataFrame:
        """Return the list as a pandas table. Raises MissingExtra where pandas is not installed."""
        from communique.record.query.arrow import pandas_table

        return pandas_table(self, ROWS[self.kind])

    def _start(self) -> CursorMark | None:
        return mark_of(self.kind, self.sort, self.after) if self.after is not None else None

    def _chosen(self, connection: Connection) -> Callable[[int, CursorMark | None], list[CursorMark]]:
        """Resolve the filter's names; return what gives the next rows after one."""
        if isinstance(self.asked, NameFilter):
            where = chosen_names(self.kind, self.asked)
            return lambda limit, after: name_marks(connection, self.kind, where, limit, after)
        chosen = choose(connection, self.kind, self.asked)
        return lambda limit, after: marks(connection, chosen, self.sort, limit, after)


@dataclass(slots=True)
class Walk(Generic[R]):
    """Rows one by one, a page of them in memory; ``next`` is afterwards the cursor for the rest, None at the end."""

    listing: Listing[R]
    next: str | None = None

    def __iter__(self) -> Iterator[R]:
        """Yield the rows. Raises UnknownName, NotInRecord, BadFilter."""
        asked = self.listing
        after, left = asked._start(), asked.limit
        with asked.reading() as connection:
            marks_of = asked._chosen(connection)
            while True:
                size = min(_AT_ONCE, left) if asked.limit else _AT_ONCE
                found = marks_of(size + 1, after)
                yield from _FETCH[asked.kind](connection, [mark.id for mark in found[:size]])
                left -= size
                if len(found) <= size:
                    return
                after = found[size - 1]
                if asked.limit and not left:
                    self.next = cursor_of(asked.kind, asked.sort, after)
                    return
