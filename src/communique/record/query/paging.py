"""Lists of the record: filtered, sorted, a page at a time, each page as quick as the first.

A page goes on after a place (keyset), not after a number of rows, so that nothing is skipped or told twice when the
record grows meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, column, func, literal, or_, select, table, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.selectable import Join

from communique.errors import BadFilter
from communique.record.database.index_terms import ALL, NUMBER_AT, place_of
from communique.record.database.tables import INDEXES
from communique.record.database.values import QUOTED
from communique.record.query.filter_options import NAME_FIELDS, SORTS
from communique.record.query.plan import Chosen

SORTS_OF = {**SORTS, **dict.fromkeys(NAME_FIELDS, ("statements",))}
"""By what a list can be sorted."""

PAGE = 50
"""Rows of a page, where nobody says how many."""

_HIGHEST_RANK = 1 << 31
"""A cursor beyond is none of ours."""

_FEW = 1000
_MANY = 4000
"""Rows that are sooner sorted all than sought rank by rank."""
_RANKED = {"confidence": ("q", "p"), "voices": ("b", "v")}
_WHOLE = (0, (1 << 63) - 1)


class CursorMark(NamedTuple):
    """Where a row stands in a list; ``rank`` is its confidence in hundredths or its voices, 0 where dates sort."""

    rank: int
    published_at: str
    id: int

    @property
    def newest_first(self) -> tuple[int, int]:
        """What the row is sorted by, highest rank first."""
        return (-self.rank, place_of(self.published_at, self.id))


class CrossJoin(Join):
    """A join whose left side SQLite must walk: left to itself, it may start from the right one."""

    inherit_cache = True


@compiles(CrossJoin)
def _cross_join(join: CrossJoin, compiler: Any, **options: Any) -> str:
    for given in ("from_linter", "asfrom"):
        options.pop(given, None)
    left = compiler.process(join.left, asfrom=True, **options)
    right = compiler.process(join.right, asfrom=True, **options)
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.onclause, **options)}"


def marks(connection: Connection, chosen: Chosen, sort: str, limit: int, after: CursorMark | None) -> list[CursorMark]:
    """Return the next rows of a list, at most ``limit``, after a row or from the start."""
    indexed = connection.dialect.name == "sqlite" and chosen.indexed
    if sort in _RANKED and indexed:
        return _ranked(connection, chosen, sort, limit, after)
    if indexed and (chosen.terms or chosen.words):
        return _walked(connection, chosen, sort, limit, after)
    return _selected(connection, chosen, sort, limit, after)


def _selected(
    connection: Connection, chosen: Chosen, sort: str, limit: int, after: CursorMark | None
) -> list[CursorMark]:
    """By the tables alone."""
    c, rank = chosen.table.c, _rank(connection, chosen, sort)
    query = select(rank, c.published_at, c.id).where(*chosen.where).limit(limit)
    dated = (c.published_at.asc(), c.id.asc()) if sort == "oldest" else (c.published_at.desc(), c.id.desc())
    query = query.order_by(*((rank.desc(),) if sort in _RANKED else ()), *dated)
    if after is not None:
        newer, older = c.published_at > after.published_at, c.published_at < after.published_at
        same = c.published_at == after.published_at
        later = or_(newer, and_(same, c.id > after.id)) if sort == "oldest" else or_(older, and_(same, c.id < after.id))
        # The first part is what an index can start from.
        query = query.where(newer | same if sort == "oldest" else older | same) if sort not in _RANKED else query
        query = query.where(or_(rank < after.rank, and_(rank == after.rank, later)) if sort in _RANKED else later)
    return list(map(CursorMark._make, connection.execute(query).all()))


def _rank(connection: Connection, chosen: Chosen, sort: str) -> ColumnElement[int]:
    if sort == "voices":
        rank: ColumnElement[int] = chosen.table.c.voices
        return rank
    if sort == "confidence":
        hundredths = chosen.table.c.confidence * 100
        # PostgreSQL rounds where SQLite, which may have no floor, cuts off.
        return cast(hundredths if connection.dialect.name == "sqlite" else func.floor(hundredths), Integer)
    return literal(0, literal_execute=True)


def _walked(
    connection: Connection,
    chosen: Chosen,
    sort: str,
    limit: int,
    after: CursorMark | None,
    more: Sequence[tuple[int, tuple[str, ...]]] = (),
    rank: str = "",
) -> list[CursorMark]:
    """By the index, from one end; ``more`` are further groups of terms, ``rank`` a ranking sort."""
    first, last = chosen.places or _WHOLE
    if after is not None:
        beside = place_of(after.published_at, after.id)
        first, last = (first, min(last, beside - 1)) if sort == "oldest" else (max(first, beside + 1), last)
    name = INDEXES[chosen.kind[:-1]]
    index = table(name, column("rowid", Integer), column(name))
    held = chosen.table
    joined = CrossJoin(index, held, held.c.id == text(NUMBER_AT.format(place=f"{name}.rowid")))
    c = held.c
    query = (
        select(_rank(connection, chosen, rank), c.published_at, c.id)
        .select_from(joined)
        .where(index.c[name].op("MATCH")(_match(chosen, more)), index.c.rowid.between(first, last))
        .where(*chosen.where)
        .order_by(index.c.rowid.desc() if sort == "oldest" else index.c.rowid)
        .limit(limit)
    )
    return list(map(CursorMark._make, connection.execute(query).all()))


def _match(chosen: Chosen, more: Sequence[tuple[int, tuple[str, ...]]]) -> str:
    """The terms and words in the index's syntax, what is rare first."""
    groups = [*zip(chosen.counts, chosen.terms, strict=True), *more]
    parts = [f"({' OR '.join(group)})" for _, group in sorted(groups)]
    if chosen.words:
        parts.append(f"({chosen.words})")
    return " AND ".join(parts) or ALL


def _ranked(
    connection: Connection, chosen: Chosen, sort: str, limit: int, after: CursorMark | None
) -> list[CursorMark]:
    """By rank: all at once where they are few, else from the highest rank down."""
    if chosen.terms or chosen.words:
        rarest = min(chosen.counts, default=0)
        most = rarest + 1 if _FEW <= rarest < _MANY else _FEW
        few = _walked(connection, chosen, "newest", most, None, rank=sort)
        if len(few) < most:
            return _sorted(few, after)[:limit]
    coarse, fine = _RANKED[sort]
    steps = _steps(connection, chosen, fine, after)
    found: list[CursorMark] = []
    for n, values in _together(_steps(connection, chosen, coarse, after, sort)):
        if len(found) >= limit:
            break
        terms = tuple(f"{coarse}_{value}" for value in values)
        some = _walked(connection, chosen, "newest", _FEW, None, more=((n, terms),), rank=sort)
        if len(some) < _FEW:
            found += _sorted(some, after)[: limit - len(found)]
            continue
        for m, exact in steps:
            if _coarse(sort, exact) in values and len(found) < limit:
                beside = after if after is not None and after.rank == exact else None
                more = ((m, (f"{fine}_{exact}",)),)
                found += _walked(connection, chosen, "newest", limit - len(found), beside, more=more, rank=sort)
    return found


def _together(steps: Sequence[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """Put steps that few rows have into one, so that the rarest need no walk each."""
    groups: list[tuple[int, list[int]]] = []
    for n, value in steps:
        if groups and groups[-1][0] + n < _FEW:
            groups[-1] = (groups[-1][0] + n, [*groups[-1][1], value])
        else:
            groups.append((n, [value]))
    return groups


def _steps(
    connection: Connection, chosen: Chosen, family: str, after: CursorMark | None, coarse: str | None = None
) -> list[tuple[int, int]]:
    """The values of a family that rows have, with how many have it, the highest first, from that of a row on."""
    rows = connection.exec_driver_sql(
        "SELECT n, value FROM search_tally WHERE kind = ? AND family = ? AND n > 0", (chosen.kind[:-1], family)
    )
    values = sorted(((int(row[0]), int(row[1])) for row in rows), key=lambda step: -step[1])
    if after is None:
        return values
    most = _coarse(coarse, after.rank) if coarse else after.rank
    return [step for step in values if step[1] <= most]


def _coarse(sort: str, rank: int) -> int:
    return rank // 10 if sort == "confidence" else rank.bit_length()


def _sorted(found: list[CursorMark], after: CursorMark | None) -> list[CursorMark]:
    ordered = sorted(found, key=lambda mark: mark.newest_first)
    return ordered if after is None else [mark for mark in ordered if mark.newest_first > after.newest_first]


def check_sort(kind: str, sort: str) -> None:
    """Raise BadFilter where a list cannot be sorted so."""
    if sort not in SORTS_OF[kind]:
        raise BadFilter(sort, f"{kind} are sorted by {', '.join(SORTS_OF[kind])}")


def cursor_of(kind: str, sort: str, mark: CursorMark) -> str:
    """Return a place in a list as text, for the page after it."""
    data = json.dumps([kind, sort, mark.rank, mark.published_at, mark.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def mark_of(kind: str, sort: str, cursor: str) -> CursorMark:
    """Return the place that a cursor tells. Raises BadFilter where it is none, or that of another list."""
    try:
        data = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        match data:
            case [str(of), str(by), int(rank), str(published_at), int(number)]:
                mark = CursorMark(rank, published_at, number)
            case _:
                raise ValueError(cursor)
        if min(rank, number) < 0 or rank > _HIGHEST_RANK:
            raise ValueError(cursor)
        place_of(published_at, number)  # fails on what is no date
    except (ValueError, OverflowError, RecursionError, binascii.Error) as error:
        raise BadFilter(cursor[:QUOTED], "no place in a list: give what the page before it ended with") from error
    if (of, by) != (kind, sort):
        raise BadFilter(cursor[:QUOTED], f"this is a place in a list of {of} by {by}")
    return mark
