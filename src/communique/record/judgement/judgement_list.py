"""The judgements with what they stand on today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from communique.record.database import tables as t
from communique.record.decisions.judgement_log import CANONICAL, JUDGEMENTS, TABLES, Judgement
from communique.record.judgement.agreement import ratings

_PAGE = 500
_STREAM = {"stream_results": True}
"""Rows come as they are asked for, not all at once, on PostgreSQL too."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A judgement and the key that what it is about has today; None where the record holds no such thing (orphaned)."""

    judgement: Judgement
    key_now: str | None

    @property
    def orphaned(self) -> bool:
        """Whether what was judged is no longer, or not yet, in the record."""
        return self.key_now is None


def listed(
    connection: Connection, kind: str | None = None, key: str | None = None, *, report: str | None = None
) -> Iterator[Listed]:
    """Yield the judgements in their order; those on one kind, one key (a present or an earlier one) or what is in one
    report where given.
    """
    table = t.judgement
    query = select(table).order_by(table.c.clock, table.c.at, table.c.uid)
    if kind is not None:
        query = query.where(table.c.target_kind == kind)
    if report is not None:
        query = query.where(table.c.report_key == report)
    for page in connection.execute(query, execution_options=_STREAM).partitions(_PAGE):
        now = _keys_now(connection, [(row.seq, row.target_kind, row.target_key) for row in page])
        for row in page:
            if key in (None, row.target_key, now.get(row.seq)):
                yield Listed(JUDGEMENTS.from_row(row), now.get(row.seq))


def rated(connection: Connection) -> dict[tuple[str, str], dict[str, str]]:
    """Return everybody's present verdicts by the thing judged, under its present key."""
    things: dict[tuple[str, str], list[Judgement]] = {}
    for each in listed(connection):
        thing = (each.judgement.kind, each.key_now or each.judgement.key)
        things.setdefault(thing, []).append(each.judgement)
    return ratings(things.items())


def _keys_now(connection: Connection, judged: list[tuple[int, str, str]]) -> dict[int, str]:
    """Return present keys by the judgements' numbers; of several versions the newest's."""
    found: dict[int, str] = {}
    for kind, rows in TABLES.items():
        numbers = [seq for seq, of_kind, _ in judged if of_kind == kind]
        query = (
            select(t.attachment.c.judgement_seq, rows.c.key)
            .join(rows, (t.attachment.c.row_id == rows.c.id) & (t.attachment.c.kind == kind))
            .where(t.attachment.c.judgement_seq.in_(numbers))
            .order_by(rows.c.current, rows.c.id)
        )
        found |= {row.judgement_seq: row.key for row in connection.execute(query)}
    for kind, canonical in CANONICAL.items():
        keys = [key for _, of_kind, key in judged if of_kind == kind]
        held = set(connection.scalars(select(canonical.c.key).where(canonical.c.key.in_(keys))))
        found |= {seq: key for seq, of_kind, key in judged if of_kind == kind and key in held}
    return found
