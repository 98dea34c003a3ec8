"""Groups of wire copies: the report that others reprinted, who reprinted it, and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.duplicates.shingles import Shared, Shingled
from communique.errors import BadFilter, NotInRecord
from communique.record.database.sql import ask, numbers
from communique.record.database.values import given, storable
from communique.record.query import whole_rows
from communique.record.query.paging import PAGE
from communique.record.query.rows import ReportRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_COPIES = 100
"""Copies of one report that are opened with it and measured, the earliest."""

_MOST_OUTLETS = 12
_CURSOR = re.compile(r"(\d{1,9})_([0-9TZ:-]{0,20})_(\d{1,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """A report that was reprinted (``origin.copies`` times), and the outlets that carry it, its own first."""

    origin: ReportRow
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyGroups:
    """Some groups, and the cursor with which their list goes on, None at its end."""

    rows: tuple[CopyGroup, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy: how its text stands to the origin's.

    ``kind`` is "near-identical", "partly copied", or None where it joined by way of another copy; ``contained`` the
    share of the shorter text that the other has, 0 to 1, and ``words`` how many words both have.
    """

    row: ReportRow
    kind: str | None
    contained: float
    words: int


@dataclass(frozen=True, slots=True)
class OpenedGroup:
    """A group with its copies, the earliest first; ``left`` is how many more there are, beyond `MOST_COPIES`."""

    origin: ReportRow
    copies: tuple[Copied, ...]
    left: int


def copy_groups(connection: Connection, limit: int = PAGE, after: str | None = None) -> CopyGroups:
    """Return groups, the largest first, and of one size the newest. Raises BadFilter for a bad cursor or limit."""
    if limit < 1:
        raise BadFilter(str(limit), "a page has at least one row")
    question = "SELECT id, copies, published_at FROM report WHERE copies > 0"
    values: dict[str, object] = {"most": limit + 1}
    if after is not None:
        found = _CURSOR.match(after)
        if found is None:
            raise BadFilter(after, "this is no cursor of this list")
        question += " AND (copies, published_at, id) < (:copies, :published_at, :id)"
        values |= {"copies": int(found[1]), "published_at": found[2], "id": int(found[3])}
    rows = ask(connection, f"{question} ORDER BY copies DESC, published_at DESC, id DESC LIMIT :most", **values)
    shown = rows[:limit]
    outlets = _outlets(connection, [row.id for row in shown])
    origins = whole_rows.reports(connection, [row.id for row in shown])
    groups = tuple(CopyGroup(origin, outlets.get(row.id, ())) for row, origin in zip(shown, origins, strict=True))
    last = shown[-1] if len(rows) > limit else None
    return CopyGroups(groups, last and f"{last.copies}_{last.published_at}_{last.id}")


def copy_group(connection: Connection, key: str) -> OpenedGroup:
    """Return the group that a report is in, by its key; a report without copies is one of its own.

    Raises NotInRecord.
    """
    found = ask(connection, "SELECT voice FROM report WHERE key = :key", key=storable(key))
    if not found:
        raise NotInRecord(key, "the record holds no report of this key")
    voice = found[0].voice
    rows = ask(
        connection,
        """
        SELECT r.id, v.text, v.text_exact
        FROM report r JOIN report_version v ON v.id = r.version_id
        WHERE r.voice = :voice
        ORDER BY r.id <> :voice, r.published_at = '', r.published_at, r.id
        LIMIT :most""",
        voice=voice,
        most=MOST_COPIES + 1,
    )
    origin, *copies = whole_rows.reports(connection, [row.id for row in rows])
    first, *texts = [Shingled(given(row.text, row.text_exact)) for row in rows]
    shared = [first.shared(text) for text in texts]
    return OpenedGroup(
        origin,
        tuple(_copied(row, measured) for row, measured in zip(copies, shared, strict=True)),
        max(origin.copies - len(copies), 0),
    )


def _copied(row: ReportRow, measured: Shared) -> Copied:
    kind = measured.kind
    return Copied(row, kind.value if kind else None, round(measured.contained, 3), measured.words)


def _outlets(connection: Connection, voices: list[int]) -> dict[int, tuple[str, ...]]:
    """The outlets by group, the origin's first."""
    found: dict[int, dict[str, None]] = {}
    rows = ask(
        connection,
        f"""
        SELECT voice, outlet FROM report
        WHERE voice IN {numbers(voices)} AND outlet IS NOT NULL
        ORDER BY voice, id <> voice, published_at, id""",
    )
    for row in rows:
        found.setdefault(row.voice, {})[row.outlet] = None
    return {voice: tuple(outlets)[:_MOST_OUTLETS] for voice, outlets in found.items()}
