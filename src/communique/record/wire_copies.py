"""Copies in the record: reports that are one text count as one voice, and statements know how many voices carry them.

A new version's keys (`communique.ingest.wire_copies`) go into the table of bands, and reports under the same keys are
measured against it. Reports that are copies of each other, directly or through another, are one group; its origin is
the earliest published (those without a date last, then the first added). What is looked at for one report is bounded,
so that adding costs the same however large the record is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from communique.ingest.wire_copies import keys, overlap
from communique.record import schema as t
from communique.record.words import words_of

_COMMON_KEY = 40
"""Reports under one key beyond which it is a standing phrase, and tells nothing."""

_MOST_MEASURED = 8
"""Candidates that are measured exactly, those that share most keys."""

_LEAST_KEYS = 2

SAME_WORDS = 0.6
"""The share of the shorter statement's words that another must have to say the same."""

_DAYS = 3
_MOST_STATEMENTS = 60


def regroup(connection: Connection, report_id: int, text: str) -> None:
    """Put a report, whose newest text this is, into the group of its copies."""
    own = keys(text)
    former = connection.scalar(select(t.report.c.voice).where(t.report.c.id == report_id))
    _forget_keys(connection, report_id)
    if own:
        connection.execute(insert(t.wire_band), [{"band": key, "report_id": report_id} for key in own])
    copies = _copies(connection, report_id, text, own)
    if copies or former != report_id:
        _join(connection, {report_id, *copies}, former)


def _forget_keys(connection: Connection, report_id: int) -> None:
    """Take out what older versions put in, key by key: the table of bands is only sorted by them."""
    v, b = t.report_version.c, t.wire_band.c
    newest = select(t.report.c.version_id).where(t.report.c.id == report_id).scalar_subquery()
    for older in connection.scalars(select(v.text).where(v.report_id == report_id, v.id != newest)).all():
        connection.execute(delete(t.wire_band).where(b.band.in_(keys(older)), b.report_id == report_id))


def _copies(connection: Connection, report_id: int, text: str, own: Sequence[int]) -> list[int]:
    """Return the reports that a text is a copy of, or that are copies of it."""
    shared: Counter[int] = Counter()
    for key in own:
        here = connection.scalars(
            select(t.wire_band.c.report_id).where(t.wire_band.c.band == key).limit(_COMMON_KEY + 1)
        ).all()
        if len(here) <= _COMMON_KEY:
            shared.update(here)
    del shared[report_id]
    likely = sorted((n for n in shared if shared[n] >= _LEAST_KEYS), key=lambda n: (-shared[n], n))[:_MOST_MEASURED]
    texts = connection.execute(
        select(t.report.c.id, t.report_version.c.text)
        .join(t.report_version, t.report_version.c.id == t.report.c.version_id)
        .where(t.report.c.id.in_(likely))
    )
    return [row.id for row in texts if overlap(text, row.text).kind]


def _join(connection: Connection, linked: set[int], former: int | None) -> None:
    """Make one group of reports and the groups that they were in."""
    r = t.report
    voices = set(connection.scalars(select(r.c.voice).where(r.c.id.in_(linked))))
    rows = connection.execute(
        select(r.c.id, r.c.voice, r.c.published_at).where(or_(r.c.voice.in_(voices), r.c.id.in_(linked)))
    ).all()
    origin = min(rows, key=lambda row: (row.published_at == "", row.published_at, row.id)).id
    members = [row.id for row in rows]
    moved = [row.id for row in rows if row.voice != origin or row.id in linked]
    connection.execute(
        update(r).where(r.c.id.in_(members), r.c.id != origin).values(voice=origin, copy_of=origin, copies=0)
    )
    connection.execute(update(r).where(r.c.id == origin).values(voice=origin, copy_of=None, copies=len(members) - 1))
    _recount(connection, _sayings(connection, moved))


def note_sayings(connection: Connection, report_id: int) -> None:
    """Tie the report's current statements to those that say the same, and count the voices that carry each."""
    s = t.statement
    rows = connection.execute(
        select(s.c.id, s.c.speaker_root, s.c.published_at, s.c.content_text).where(
            s.c.report_id == report_id, s.c.current == 1, s.c.speaker_root.is_not(None)
        )
    ).all()
    near: dict[int, list[Any]] = {}
    for row in rows:
        if row.speaker_root not in near:
            near[row.speaker_root] = _near(connection, report_id, row.speaker_root, row.published_at)
    touched: set[int] = set()
    for row in rows:
        words = _telling(row.content_text)
        best = max(
            ((_alike(words, other), -number, saying) for number, saying, other in near[row.speaker_root]), default=None
        )
        saying = best[2] if best and best[0] >= SAME_WORDS else row.id
        connection.execute(update(s).where(s.c.id == row.id).values(same_as=saying))
        if saying != row.id:
            connection.execute(update(s).where(s.c.id == saying, s.c.same_as.is_(None)).values(same_as=saying))
            touched.add(saying)
    _recount(connection, touched)


def _near(connection: Connection, report_id: int, speaker: int, published_at: str) -> list[Any]:
    """The speaker's statements in other reports of about the same days, the newest first, with their words."""
    s = t.statement
    if not published_at:
        return []
    first, last = _days_around(published_at)
    rows = connection.execute(
        select(s.c.id, func.coalesce(s.c.same_as, s.c.id).label("saying"), s.c.content_text)
        .where(
            t.CURRENT,
            s.c.speaker_root == speaker,
            and_(s.c.published_at >= first, s.c.published_at < last),
            s.c.report_id != report_id,
        )
        .order_by(s.c.published_at.desc(), s.c.id.desc())
        .limit(_MOST_STATEMENTS)
    )
    return [(row.id, row.saying, _telling(row.content_text)) for row in rows]


def _days_around(published_at: str) -> tuple[str, str]:
    from datetime import date, timedelta

    day = date.fromisoformat(published_at[:10])
    return (day - timedelta(days=_DAYS)).isoformat(), (day + timedelta(days=_DAYS + 1)).isoformat()


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if len(word) > 3)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= 3 else 0.0


def _sayings(connection: Connection, reports: Iterable[int]) -> set[int]:
    s = t.statement
    return set(
        connection.scalars(
            select(s.c.same_as).where(s.c.report_id.in_(list(reports)), s.c.same_as.is_not(None)).distinct()
        )
    )


def _recount(connection: Connection, sayings: Iterable[int]) -> None:
    """Count, for each saying, the voices among the reports that now carry it."""
    s = t.statement
    for saying in sorted(sayings):
        voices = connection.scalar(
            select(func.count(t.report.c.voice.distinct()))
            .join(s, s.c.report_id == t.report.c.id)
            .where(s.c.same_as == saying, s.c.current == 1)
        )
        now = max(1, voices or 0)
        connection.execute(
            update(s).where(s.c.same_as == saying, s.c.current == 1, s.c.voices != now).values(voices=now)
        )
