"""Which reports were added and not yet looked at for actors that are one: remembered until that is done.

A row of the record's own notes for each, written in the transaction that keeps the report and deleted in the one that
joins its actors, so that a run that is stopped between the two leaves nothing undone for ever.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from communique.record.database import tables as t
from communique.record.database.values import storable

_MARK = "unjoined:"
_AT_ONCE = 500
_NAME = t.info.c.name


def remember(connection: Connection, report: str) -> None:
    """Note that the actors of a report, by its key, are yet to be joined."""
    name = _MARK + storable(report)
    if connection.scalar(select(_NAME).where(t.info.c.name == name)) is None:
        connection.execute(insert(t.info).values(name=name, value=""))


def waiting(connection: Connection, most: int) -> list[str]:
    """Return the keys of up to ``most`` reports whose actors are yet to be joined."""
    # A range, not a pattern: so both stores find it by the index.
    below = _MARK[:-1] + chr(ord(_MARK[-1]) + 1)
    query = select(_NAME).where(_NAME >= _MARK, below > _NAME).order_by(_NAME).limit(most)
    return [name.removeprefix(_MARK) for name in connection.scalars(query)]


def forget(connection: Connection, reports: Collection[str] | None) -> None:
    """Note that the actors of these reports are joined, by default those of all."""
    if reports is None:
        connection.execute(delete(t.info).where(_NAME.startswith(_MARK, autoescape=True)))
        return
    names = sorted({_MARK + storable(report) for report in reports})
    for start in range(0, len(names), _AT_ONCE):
        connection.execute(delete(t.info).where(_NAME.in_(names[start : start + _AT_ONCE])))
