"""Lists of actors and issues, those of which most is said first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    and_,
    cast,
    column,
    distinct,
    exists,
    func,
    literal,
    or_,
    select,
    table,
)

from communique.errors import BadFilter
from communique.model import ActorKind
from communique.record.database import tables as t
from communique.record.database.by_numbers import ByNumbers, among_these
from communique.record.database.fold import folded
from communique.record.query.corrected_rows import correct_named
from communique.record.query.countries import find_country
from communique.record.query.paging import CrossJoin, CursorMark
from communique.record.query.rows import ActorRow, IssueRow

_FEW = 5000
_CLAIMS = 200
"""Reports, the last added first, in which an issue's claimants are looked for."""

_OWN: dict[str, tuple[Table, Table, str]] = {
    "actors": (t.canonical_actor, t.actor_name, "actor_id"),
    "issues": (t.canonical_issue, t.issue_name, "issue_id"),
}
_CALLED, _ROOT = (t.canonical_actor.alias(name) for name in ("meant", "root"))
_TALLY = table("search_tally", column("kind"), column("family"), column("value", t.String), column("n", Integer))


@dataclass(frozen=True, slots=True)
class NameFilter:
    """Which actors or issues: ``name`` is a name or words of one; ``country`` and ``kind`` are of actors.

    ``country`` is a country's name or ISO 3166-1 alpha-3 code, ``kind`` a value of `ActorKind`.
    """

    name: str | None = None
    country: str | None = None
    kind: str | None = None

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in {kind.value for kind in ActorKind}:
            raise BadFilter(self.kind, f"no kind of actor; one is {', '.join(kind.value for kind in ActorKind)}")
        if self.name is not None and not folded(self.name):
            raise BadFilter(self.name, "there is no word to search for")


def chosen_names(kind: str, asked: NameFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks of the rows. Raises UnknownName, BadFilter."""
    own, names, owner = _OWN[kind]
    where: list[ColumnElement[bool]] = [own.c.root_id == own.c.id]
    if asked.name is not None:
        inside = (literal(" ") + names.c.name_words + literal(" ")).like(f"% {folded(asked.name)} %")
        called = select(names.c[owner]).where(inside)
        where.append(own.c.id.in_(_roots(own, called)))
    if (asked.country or asked.kind) and kind == "issues":
        raise BadFilter(asked.country or asked.kind or "", "issues have no country and no kind of actor")
    if asked.country:
        where.append(own.c.country == find_country(asked.country))
    if asked.kind:
        where.append(own.c.kind == asked.kind)
    return where


def _roots(own: Table, called: Any) -> Any:
    named = own.alias("called")
    return select(named.c.root_id).where(named.c.id.in_(called))


def name_marks(
    connection: Connection, kind: str, where: Sequence[ColumnElement[bool]], limit: int, after: CursorMark | None
) -> list[CursorMark]:
    """Return the next actors or issues: those with most statements first, of equals the last added first."""
    own = _OWN[kind][0]
    number = cast(own.c.id, t.String)
    if connection.dialect.name == "sqlite":
        some = select(own.c.id).where(*where).limit(_FEW).subquery()
        few = connection.scalar(select(func.count()).select_from(some)) or 0
        mine = and_(_TALLY.c.kind == "statement", _TALLY.c.family == kind[0])
        if few < _FEW:
            joined = CrossJoin(own, _TALLY, and_(mine, _TALLY.c.value == number))
        else:
            joined = CrossJoin(_TALLY, own, own.c.id == cast(_TALLY.c.value, Integer))
        n: ColumnElement[int] = _TALLY.c.n
        text: ColumnElement[str] = _TALLY.c.value
        query = select(n, own.c.id).select_from(joined).where(mine, *where)
    else:
        counted = _counted(kind)
        n, text = func.coalesce(counted.c.n, 0), number.collate("C")
        query = select(n, own.c.id).outerjoin(counted, counted.c.id == own.c.id).where(*where)
    if after is not None:
        query = query.where(or_(n < after.rank, and_(n == after.rank, text < str(after.id))))
    query = query.order_by(n.desc(), text.desc()).limit(limit)
    return [CursorMark(row[0], "", row[1]) for row in connection.execute(query)]


def _counted(kind: str) -> Any:
    root = t.statement.c.speaker_root if kind == "actors" else t.statement_issue.c.issue_root
    current = t.statement.c.current if kind == "actors" else t.statement_issue.c.current
    query = select(root.label("id"), func.count().label("n")).where(current == 1, root.is_not(None))
    return query.group_by(root).subquery("counted")


@dataclass(frozen=True, slots=True)
class _Common:
    """What actors and issues have in common, by number."""

    names: dict[int, tuple[str, ...]]
    merged: dict[int, tuple[str, ...]]
    statements: dict[int, int]
    reports: dict[int, int]
    first: dict[int, str | None]
    last: dict[int, str | None]

    def of(self, number: int) -> dict[str, Any]:
        return {
            "names": self.names.get(number, ()),
            "merged": self.merged.get(number, ()),
            "statements": self.statements.get(number, 0),
            "reports": self.reports.get(number, 0),
            "first": self.first[number],
            "last": self.last[number],
        }


def actors(connection: Connection, numbers: Sequence[int]) -> Iterator[ActorRow]:
    """Yield actors in the order of their numbers."""
    rows = _rows(connection, "actors", numbers)
    common = _common(connection, "actors", numbers)
    made = {}
    for number in numbers:
        row = rows[number]
        made[row.key] = ActorRow(
            actor=row.key,
            name=row.name,
            kind=row.kind,
            country=row.country,
            principal=row.principal,
            **common.of(number),
        )
    yield from correct_named(connection, "actor", made).values()


def issues(connection: Connection, numbers: Sequence[int]) -> Iterator[IssueRow]:
    """Yield issues in the order of their numbers."""
    rows = _rows(connection, "issues", numbers)
    common = _common(connection, "issues", numbers)
    claiming = _claimants(connection, numbers)
    made = {}
    for number in numbers:
        row = rows[number]
        claimants = claiming.get(number, ())
        made[row.key] = IssueRow(
            issue=row.key,
            name=row.name,
            claimants=tuple(key for key, _ in claimants),
            claimant_names=tuple(name for _, name in claimants),
            **common.of(number),
        )
    yield from correct_named(connection, "issue", made).values()


def _rows(connection: Connection, kind: str, numbers: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in _ROWS[kind].rows(connection, numbers)}


def _common(connection: Connection, kind: str, numbers: Sequence[int]) -> _Common:
    called: dict[int, dict[str, None]] = {}
    for root, name in _CALLED_BY[kind].rows(connection, numbers):
        called.setdefault(root, {})[name] = None
    merged: dict[int, list[str]] = {}
    for root, key in _MERGED[kind].rows(connection, numbers):
        merged.setdefault(root, []).append(key)
    first, last = (_day(connection, kind, numbers, newest) for newest in (False, True))
    return _Common(
        {number: tuple(each) for number, each in called.items()},
        {number: tuple(each) for number, each in merged.items()},
        _tallied(connection, kind, "statement", numbers),
        _tallied(connection, kind, "report", numbers),
        first,
        last,
    )


def _tallied(connection: Connection, kind: str, of: str, numbers: Sequence[int]) -> dict[int, int]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT e.value, s.n FROM json_each(?) e CROSS JOIN search_tally s"
            " ON s.kind = ? AND s.family = ? AND s.value = CAST(e.value AS TEXT)",
            (json.dumps(list(numbers)), of, kind[0]),
        )
        return {row[0]: row[1] for row in rows}
    s, link = t.statement, t.statement_issue
    root = s.c.speaker_root if kind == "actors" else link.c.issue_root
    query = select(root, func.count() if of == "statement" else func.count(distinct(s.c.report_id)))
    if kind == "issues":
        query = query.join(s, s.c.id == link.c.statement_id)
    query = query.where(s.c.current == 1, root.in_(numbers)).group_by(root)
    return {row[0]: row[1] for row in connection.execute(query)}


def _day(connection: Connection, kind: str, numbers: Sequence[int], newest: bool) -> dict[int, str | None]:
    """The day of the first or last report; by one look at the end of an index for each."""
    return {row[0]: row[1] and row[1][:10] for row in _DAYS[kind, newest].rows(connection, numbers)}


def _claimants(connection: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Who claims each issue, keys and names, by what its reports tell of claims."""
    i = t.issue
    members: dict[int, list[int]] = {}
    for root, number in _CLAIMING.rows(connection, numbers):
        members.setdefault(root, []).append(number)
    wanted: dict[int, set[tuple[int, str]]] = {}
    for root, several in members.items():
        told = connection.execute(
            select(i.c.reading_id, i.c.claims)
            .where(i.c.canonical_id.in_(several), t.CLAIMED)
            .order_by(i.c.id.desc())
            .limit(_CLAIMS)
        )
        wanted[root] = {(row.reading_id, str(claim["actor"])) for row in told for claim in json.loads(row.claims)}
    meant = _meant(connection, {pair for pairs in wanted.values() for pair in pairs})
    return {root: sorted({meant[pair] for pair in pairs if pair in meant}) for root, pairs in wanted.items()}


def _meant(connection: Connection, pairs: Collection[tuple[int, str]]) -> dict[tuple[int, str], tuple[str, str]]:
    """Whom readings mean by their actors' own ids: keys and names."""
    if not pairs:
        return {}
    query = (
        select(t.actor.c.reading_id, t.actor.c.local_id, _ROOT.c.key, _ROOT.c.name)
        .join(_CALLED, _CALLED.c.id == func.coalesce(t.actor.c.resolved_id, t.actor.c.canonical_id))
        .join(_ROOT, _ROOT.c.id == _CALLED.c.root_id)
        .where(
            t.actor.c.reading_id.in_({reading for reading, _ in pairs}),
            t.actor.c.local_id.in_({actor for _, actor in pairs}),
        )
    )
    rows = connection.execute(query)
    return {
        (row.reading_id, row.local_id): (row.key, row.name) for row in rows if (row.reading_id, row.local_id) in pairs
    }


def _names_of(own: Table, names: Table, owner: str) -> ByNumbers:
    query = select(own.c.root_id, names.c.name).join(names, names.c[owner] == own.c.id)
    return ByNumbers(query.where(among_these(own.c.root_id)).order_by(names.c.name))


def _merged_into(own: Table) -> ByNumbers:
    query = select(own.c.root_id, own.c.key).where(among_these(own.c.root_id), own.c.id != own.c.root_id)
    return ByNumbers(query.order_by(own.c.key))


def _days_of(kind: str, newest: bool) -> ByNumbers:
    dated = t.statement if kind == "actors" else t.statement_issue
    root = dated.c.speaker_root if kind == "actors" else dated.c.issue_root
    own, at = _OWN[kind][0], dated.c.published_at
    end = select(at).where(root == own.c.id, t.CURRENT, at > "").order_by(at.desc() if newest else at).limit(1)
    return ByNumbers(select(own.c.id, end.scalar_subquery()).where(among_these(own.c.id)))


_ROWS = {kind: ByNumbers(select(own).where(among_these(own.c.id))) for kind, (own, _, _) in _OWN.items()}
_CALLED_BY = {kind: _names_of(*parts) for kind, parts in _OWN.items()}
_MERGED = {kind: _merged_into(own) for kind, (own, _, _) in _OWN.items()}
_DAYS = {(kind, newest): _days_of(kind, newest) for kind in _OWN for newest in (False, True)}
_CLAIMING = ByNumbers(
    select(t.canonical_issue.c.root_id, t.canonical_issue.c.id).where(
        among_these(t.canonical_issue.c.root_id),
        exists().where(t.issue.c.canonical_id == t.canonical_issue.c.id, t.CLAIMED),
    )
)
