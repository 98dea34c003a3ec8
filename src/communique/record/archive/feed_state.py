"""What the record remembers of the feeds that it takes reports from, and of their entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select, update

from communique.identity import digest as digest_of
from communique.record.archive.write import remember
from communique.record.database import tables as t
from communique.record.database.values import now, packed, storable

FEED = "feed"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source: the address that it goes by, where it is now, and what its last answer said.

    ``state`` holds ``moved_to``, ``etag``, ``last_modified``, ``gone``, ``retry_at`` (seconds since 1970), ``failures``
    (in a row) and ``disabled``, each only where there is one.
    """

    id: int
    url: str
    state: Mapping[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where to ask: the address, or the one that it has moved to for good."""
        return str(self.state.get("moved_to") or self.url)


def source_of(connection: Connection, url: str, outlet: str | None = None) -> SourceState:
    """Return a source by its address, noted as a new one where the record does not know it yet."""
    c = t.source.c
    row = connection.execute(select(c.id, c.url, c.state).where(c.url == url)).first()
    if row is None:
        made = connection.execute(insert(t.source).values(url=url, kind=FEED, outlet=storable(outlet), state="{}"))
        assert made.inserted_primary_key is not None
        return SourceState(made.inserted_primary_key[0], url)
    return SourceState(row.id, row.url, _sound(json.loads(row.state)))


def _sound(state: Any) -> dict[str, Any]:
    """What of a state is as it should be: it may have come in with a hand-over."""
    kinds = {"moved_to": str, "etag": str, "last_modified": str, "gone": bool, "retry_at": (int, float)}
    kinds |= {"failures": int, "disabled": bool}
    given = state if isinstance(state, dict) else {}
    return {name: value for name, value in given.items() if isinstance(value, kinds.get(name, object))}  # type: ignore[arg-type]


def note_source(connection: Connection, source: SourceState, **changes: Any) -> None:
    """Remember what an answer said; a change to None forgets."""
    state = {name: value for name, value in {**source.state, **changes}.items() if value is not None}
    connection.execute(update(t.source).where(t.source.c.id == source.id).values(state=packed(state), checked_at=now()))


def known_entries(connection: Connection, source: SourceState, entries: Iterable[str]) -> dict[str, str]:
    """Return, of these entries, those that are known, each with the digest that it had."""
    c = t.source_entry.c
    wanted = list(entries)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = connection.execute(select(c.entry, c.digest).where(c.source_id == source.id, c.entry.in_(some)))
        found |= {row.entry: row.digest for row in rows}
    return found


def note_entry(connection: Connection, source: SourceState, entry: str, digest: str, report: str | None = None) -> None:
    """Remember that an entry was dealt with as it is now, and the key of the report that it is, if it is one."""
    kept = connection.scalar(select(t.report.c.id).where(t.report.c.key == report)) if report is not None else None
    if kept is not None:
        remember(connection, entry_identity(source, entry), kept)
    c = t.source_entry.c
    done = connection.execute(
        update(t.source_entry).where(c.source_id == source.id, c.entry == entry).values(digest=digest, seen_at=now())
    )
    if not done.rowcount:
        values = {"source_id": source.id, "entry": entry, "digest": digest, "seen_at": now()}
        connection.execute(insert(t.source_entry).values(**values))


def lead_to_report(connection: Connection, source: SourceState, entry: str, identity: str) -> None:
    """Have the report that an entry is known by an identity, too: an edited entry may have another address."""
    c = t.report_identity.c
    report_id = connection.scalar(select(c.report_id).where(c.identity == entry_identity(source, entry)))
    if report_id is not None:
        remember(connection, identity, report_id)


def first_published(connection: Connection, source: SourceState, entry: str) -> str | None:
    """Return the date that an entry's report has already, or None."""
    i = t.report_identity.c
    found = select(t.report.c.published).join(t.report_identity, i.report_id == t.report.c.id)
    published: str | None = connection.scalar(found.where(i.identity == entry_identity(source, entry)))
    return published


def entry_identity(source: SourceState, entry: str) -> str:
    """Return what a feed's entry is known by in the record, whatever its address."""
    return f"entry:{digest_of(source.url, entry, size=16)}"
