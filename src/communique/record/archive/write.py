"""A reading goes into the record: whole, in one transaction, and once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from communique.identity import digest
from communique.model import Reading, Report
from communique.record.archive.copies import regroup
from communique.record.archive.reading_rows import store_reading
from communique.record.archive.report_identity import identities
from communique.record.database import tables as t
from communique.record.database.search_index import index_rows
from communique.record.database.values import exact, now, packed, sortable, storable
from communique.record.resolution import unjoined


@dataclass(frozen=True, slots=True)
class Place:
    """Where an arrival belongs.

    ``report`` is the report under the key that the record gives it. ``held`` tells whether this very text is in the
    record; ``report_id`` is the row of the report it is, or is a version of, None for a new one; ``reader`` is who
    made the present reading of a held text, None where it has not been read.
    """

    report: Report
    identities: tuple[str, ...]
    held: bool
    report_id: int | None
    version_id: int | None
    reader: str | None


def place(connection: Connection, report: Report, given_id: bool, known_as: str | None = None) -> Place:
    """Find out whether the record holds a report, or an earlier version of it, and under which key it goes.

    ``known_as`` is what it goes by instead of an address that it shares with other reports.
    """
    known = identities(report, given_id, known_as)
    row = _find(connection, known)
    if row is None:
        return Place(replace(report, id=_free_key(connection, report, known)), known, False, None, None, None)
    kept = replace(report, id=row.key)
    version = _find_version(connection, row.id, report)
    if version is None:
        return Place(kept, known, False, row.id, None, None)
    return Place(kept, known, True, row.id, version.id, version.reader)


def add(connection: Connection, placed: Place, reading: Reading, came_from: str) -> bool:
    """Store a reading at its place; the connection must be writing.

    A held text is given this reading instead of its own.

    Returns False, having stored nothing, where another process changed the record since the report was placed (it
    added the report, or took its key): place it again and read it anew, as ids hang on the key.
    """
    report = reading.report
    row = _find(connection, placed.identities)
    if (row.id if row else None) != placed.report_id:
        return False
    if row is None and _taken(connection, report.id):
        return False
    if row is not None and placed.version_id is None and _find_version(connection, row.id, report) is not None:
        return False
    report_id = placed.report_id or new_report(connection, report)
    for identity in placed.identities:
        remember(connection, identity, report_id)
    version_id = placed.version_id or new_version(connection, report_id, reading, came_from)
    store_reading(connection, report_id, version_id, reading)
    unjoined.remember(connection, report.id)
    return True


def _find(connection: Connection, known: Sequence[str]) -> Any:
    rows = connection.execute(
        select(t.report_identity.c.identity, t.report.c.id, t.report.c.key)
        .join(t.report, t.report.c.id == t.report_identity.c.report_id)
        .where(t.report_identity.c.identity.in_(known))
    )
    found = {row.identity: row for row in rows}
    return next((found[identity] for identity in known if identity in found), None)


def _find_version(connection: Connection, report_id: int, report: Report) -> Any:
    return connection.execute(
        select(t.report_version.c.id, t.reading.c.reader)
        .outerjoin(t.reading, t.reading.c.version_id == t.report_version.c.id)
        .where(
            t.report_version.c.report_id == report_id,
            t.report_version.c.text_sha256 == _sha256(report.text),
            t.report_version.c.title.is_not_distinct_from(storable(report.title)),
        )
    ).first()


def _taken(connection: Connection, key: str) -> bool:
    return connection.scalar(select(t.report.c.id).where(t.report.c.key == storable(key))) is not None


def _free_key(connection: Connection, report: Report, known: Sequence[str]) -> str:
    wanted = storable(report.id)
    return f"{wanted}~{digest(known[0], size=5)}" if _taken(connection, wanted) else wanted


def new_report(connection: Connection, report: Report) -> int:
    """Add a report without any version; return its number."""
    made = connection.execute(
        insert(t.report).values(key=storable(report.id), added_at=now(), voice=0, published_at="", **_head(report))
    )
    assert made.inserted_primary_key is not None
    number = int(made.inserted_primary_key[0])
    connection.execute(update(t.report).where(t.report.c.id == number).values(voice=number))
    return number


def _head(report: Report) -> dict[str, Any]:
    return {
        name: storable(getattr(report, name)) for name in ("title", "outlet", "author", "agency", "url", "published")
    }


def remember(connection: Connection, identity: str, report_id: int) -> None:
    """Have a report known by an identity, unless another is known by it."""
    held = connection.scalar(select(t.report_identity.c.report_id).where(t.report_identity.c.identity == identity))
    if held is None:
        connection.execute(insert(t.report_identity).values(identity=identity, report_id=report_id))


def new_version(connection: Connection, report_id: int, reading: Reading, came_from: str) -> int:
    """Add the text as the report's newest version; what older versions said is no longer current."""
    report = reading.report
    number = connection.scalar(
        select(func.max(t.report_version.c.number)).where(t.report_version.c.report_id == report_id)
    )
    made = connection.execute(
        insert(t.report_version).values(
            report_id=report_id,
            number=(number or 0) + 1,
            text=storable(report.text),
            text_exact=exact(report.text),
            text_sha256=_sha256(report.text),
            came_from=storable(came_from),
            notes=packed(list(reading.notes)),
            added_at=now(),
            **_head(report),
        )
    )
    assert made.inserted_primary_key is not None
    version_id = int(made.inserted_primary_key[0])
    former = None
    if number:
        former = connection.scalar(_newest_text(report_id))
        _retire(connection, report_id)
    connection.execute(
        update(t.report)
        .where(t.report.c.id == report_id)
        .values(version_id=version_id, published_at=sortable(report.published), **_head(report))
    )
    index_rows(connection, "report", [(report_id, f"{storable(report.title) or ''} {storable(report.text)}")])
    regroup(connection, report_id, storable(report.text), former)
    return version_id


def _newest_text(report_id: int) -> Select[str]:
    v = t.report_version
    newest = select(t.report.c.version_id).where(t.report.c.id == report_id).scalar_subquery()
    return select(v.c.text).where(v.c.id == newest)


def _retire(connection: Connection, report_id: int) -> None:
    older = select(t.statement.c.id).where(t.statement.c.report_id == report_id)
    for table in (t.statement_issue, t.statement_party):
        connection.execute(update(table).where(table.c.statement_id.in_(older)).values(current=0))
    for table in (t.actor, t.issue, t.statement, t.condition, t.event):
        readings = select(t.reading.c.id).where(t.reading.c.report_id == report_id)
        connection.execute(update(table).where(table.c.reading_id.in_(readings)).values(current=0))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
