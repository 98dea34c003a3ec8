"""A list of the record: rows one by one, a page, or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Connection

from communique.errors import BadFilter
from communique.record import fetching
from communique.record.choosing import choose
from communique.record.filters import Filter
from communique.record.queries import all_marks, check_sort, cursor_of, mark_of, marks
from communique.record.rows import ConditionRow, ReportRow, Row, StatementRow

if TYPE_CHECKING:
    import pandas
    import pyarrow

R = TypeVar("R", bound=Row)
_PAGE = 200

_FETCH: dict[str, Callable[[Connection, Sequence[int]], Iterator[Any]]] = {
    "statements": fetching.statements,
    "conditions": fetching.conditions,
    "reports": fetching.reports,
}
ROWS: dict[str, type[Row]] = {"statements": StatementRow, "conditions": ConditionRow, "reports": ReportRow}


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
    asked: Filter
    sort: str
    limit: int
    after: str | None

    def __post_init__(self) -> None:
        check_sort(self.kind, self.sort)
        if self.limit < 0:
            raise BadFilter(str(self.limit), "a limit is a number of rows, or 0 for all")
        if self.after is not None:
            mark_of(self.kind, self.sort, self.after)

    def __iter__(self) -> Iterator[R]:
        """Yield the rows. Raises UnknownName, NotInRecord, BadFilter."""
        start = mark_of(self.kind, self.sort, self.after) if self.after is not None else None
        with self.reading() as connection:
            chosen = choose(connection, self.kind, self.asked)
            for page in all_marks(connection, chosen, self.sort, self.limit, start, _PAGE):
                yield from _FETCH[self.kind](connection, [mark.id for mark in page])

    def page(self) -> Page[R]:
        """Return the first ``limit`` rows (50 where that is 0), and where to go on. Raises as walking does."""
        size = self.limit or 50
        start = mark_of(self.kind, self.sort, self.after) if self.after is not None else None
        with self.reading() as connection:
            chosen = choose(connection, self.kind, self.asked)
            found = marks(connection, chosen, self.sort, size + 1, start)
            rows = tuple(_FETCH[self.kind](connection, [mark.id for mark in found[:size]]))
        more = cursor_of(self.kind, self.sort, found[size - 1]) if len(found) > size else None
        return Page(rows, more)

    def to_arrow(self) -> pyarrow.Table:
        """Return the list as an Arrow table, with the columns of docs/tables.md."""
        from communique.record.tables import arrow_table

        return arrow_table(self, ROWS[self.kind])

    def to_pandas(self) -> pandas.DataFrame:
        """Return the list as a pandas table. Raises MissingExtra where pandas is not installed."""
        from communique.record.tables import pandas_table

        return pandas_table(self, ROWS[self.kind])
