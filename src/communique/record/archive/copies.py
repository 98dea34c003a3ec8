"""Copies in the record: reports that are one text count as one voice, and statements know how many voices carry them.

A new version's keys (`communique.duplicates.shingles`) go into the table of bands, and reports under the same keys are
measured against it. `communique.duplicates.voices` says which of them are one voice; its origin is the earliest
published (those without a date last, then the first added). What is looked at for one report is bounded, so that adding
costs the same however large the record is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from communique.duplicates.shingles import CopyKind, Shared, Shingled, keys
from communique.duplicates.voices import WireReport, groups, kind_between
from communique.record.database import tables as t
from communique.record.database.fold import words_of

_MOST_UNDER_KEY = 40
"""Reports that are kept under one key: the copies that come after them are found by these."""

_COMMON_KEY = 20
"""Voices under one key from which on it is a standing phrase, and tells nothing."""

_MOST_MEASURED = 8
"""Candidates that are measured exactly, those that share most keys."""

_MOST_OF_VOICE = 3
"""Of these, how many of one voice: the copies of one text must not hide another."""

_MOST_TOGETHER = 40
"""Reports whose voices are told anew together. Larger groups stay as they are, and others join or leave them."""

_LEAST_KEYS = 2

SAME_WORDS = 0.6
"""The share of the shorter statement's words that another must have to say the same."""

_DAYS = 3
"""Days on either side of a report in which its statements are looked for again."""

_MOST_STATEMENTS = 60
_SHORT_WORD = 3
"""Letters up to which a word says too little to be compared."""

_FEWEST_WORDS = 3
"""Words of a statement below which it is like no other."""

_AT_ONCE = 500
"""Rows in one question."""


def regroup(connection: Connection, report_id: int, text: str, former: str | None) -> None:
    """Put a report, whose newest text this is, into the group of its copies, out of the one that it was in.

    ``former`` is the text of its newest version before.
    """
    own = Shingled(text)
    if former is not None:
        gone = and_(t.wire_band.c.band.in_(keys(former)), t.wire_band.c.report_id == report_id)
        connection.execute(delete(t.wire_band).where(gone))
    likely = _under_keys(connection, report_id, own.keys())
    linked = {number: shared for number, shared in _measured(connection, own, likely).items() if shared.kind}
    if former is None and not linked:
        return
    rows = _told(connection, [report_id, *linked])
    me = rows[report_id]
    kinds = {number: kind_between(_wire_report(me), _wire_report(rows[number]), linked[number]) for number in linked}
    near = {rows[number].voice for number, kind in kinds.items() if kind is CopyKind.NEAR_IDENTICAL}
    voices = {rows[number].voice for number, kind in kinds.items() if kind}
    if former is None and len(voices) == 1 and near:
        _join(connection, report_id, *near)
    elif voices or me.voice != report_id or me.copies:
        _tell_anew(connection, report_id, own, voices | {me.voice}, near, linked)


def _under_keys(connection: Connection, report_id: int, own: Sequence[int]) -> list[int]:
    """Put the report under its keys; return those of the others under them that are most likely copies."""
    if not own:
        return []
    band = t.wire_band.c
    rows = connection.execute(
        select(band.band, band.report_id, t.report.c.voice)
        .join(t.report, t.report.c.id == band.report_id)
        .where(band.band.in_(own))
    ).all()
    under: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        under[row.band].append(row)
    fresh = [{"band": key, "report_id": report_id} for key in own if len(under[key]) < _MOST_UNDER_KEY]
    if fresh:
        connection.execute(insert(t.wire_band), fresh)
    shared: Counter[tuple[int, int]] = Counter()
    for found in under.values():
        if len({row.voice for row in found}) <= _COMMON_KEY:
            shared.update((row.report_id, row.voice) for row in found)
    likely: list[int] = []
    of_voice: Counter[int] = Counter()
    for (number, voice), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if count < _LEAST_KEYS or len(likely) == _MOST_MEASURED:
            break
        if of_voice[voice] < _MOST_OF_VOICE and number != report_id:
            of_voice[voice] += 1
            likely.append(number)
    return likely


def _measured(connection: Connection, own: Shingled, others: Iterable[int]) -> dict[int, Shared]:
    return {number: own.shared(other) for number, other in _texts(connection, others).items()}


def _texts(connection: Connection, numbers: Iterable[int]) -> dict[int, Shingled]:
    wanted = list(numbers)
    if not wanted:
        return {}
    rows = connection.execute(
        select(t.report.c.id, t.report_version.c.text)
        .join(t.report_version, t.report_version.c.id == t.report.c.version_id)
        .where(t.report.c.id.in_(wanted))
        .order_by(t.report.c.id)
    )
    return {row.id: Shingled(row.text) for row in rows}


def _told(connection: Connection, numbers: Sequence[int]) -> dict[int, Any]:
    r = t.report.c
    rows = connection.execute(
        select(r.id, r.voice, r.copies, r.published_at, r.outlet, r.agency).where(r.id.in_(numbers)).order_by(r.id)
    )
    return {row.id: row for row in rows}


def _wire_report(row: Any) -> WireReport:
    return WireReport(row.id, row.published_at, row.outlet, row.agency)


def _members(connection: Connection, voices: Iterable[int]) -> list[int]:
    r = t.report.c
    return list(connection.scalars(select(r.id).where(r.voice.in_(sorted(voices))).order_by(r.id)))


def _join(connection: Connection, report_id: int, origin: int) -> None:
    """Let a new report into a group; the others are looked at only where it is the new origin."""
    rows = _told(connection, [report_id, origin])
    if _age(rows[report_id]) < _age(rows[origin]):
        _keep(connection, [[report_id, *_members(connection, {origin})]])
        return
    r = t.report
    connection.execute(update(r).where(r.c.id == report_id).values(voice=origin, copy_of=origin, copies=0))
    connection.execute(update(r).where(r.c.id == origin).values(copies=r.c.copies + 1))


def _age(row: Any) -> tuple[bool, str, int]:
    return (row.published_at == "", row.published_at, row.id)


def _tell_anew(
    connection: Connection,
    report_id: int,
    own: Shingled,
    voices: set[int],
    near: set[int],
    linked: Mapping[int, Shared],
) -> None:
    """Tell the voices anew among the report and those that it was with or shares text with."""
    numbers = sorted({report_id, *_members(connection, voices)})
    if len(numbers) > _MOST_TOGETHER:
        _join_large(connection, report_id, voices, near, linked)
        return
    texts = _texts(connection, (number for number in numbers if number != report_id)) | {report_id: own}
    told = [_wire_report(row) for row in _told(connection, numbers).values()]
    links = {(one, other): texts[one].shared(texts[other]) for one, other in combinations(numbers, 2)}
    _keep(connection, groups(told, links))


def _join_large(
    connection: Connection, report_id: int, voices: set[int], near: set[int], linked: Mapping[int, Shared]
) -> None:
    """Let the report out of its group, then into those that it is near-identical to, else to its best origin's."""
    rest = {voice: [n for n in _members(connection, {voice}) if n != report_id] for voice in voices}
    if near:
        joined = near
    else:
        shares = {voice: linked[voice].words for voice in voices if voice in linked}
        joined = {max(shares, key=lambda voice: (shares[voice], -voice))} if shares else set()
    one = [report_id, *(n for voice in sorted(joined) for n in rest[voice])]
    _keep(connection, [one, *(members for voice, members in rest.items() if voice not in joined and members)])


def keep_groups(connection: Connection, origins: Mapping[int, int]) -> None:
    """Group reports as another record had them: by report, its origin there, itself for an origin.

    Groups that have, here, members other than these are left as they are.
    """
    wanted: dict[int, list[int]] = defaultdict(list)
    for number, origin in origins.items():
        wanted[origin].append(number)
    r = t.report.c
    strange: set[int] = set()
    for part in _parts(sorted(origins)):
        voices = set(connection.scalars(select(r.voice).where(r.id.in_(part)).distinct()))
        here = connection.execute(select(r.id, r.voice).where(r.voice.in_(voices))).all()
        mixed = {row.voice for row in here if row.id not in origins}
        strange.update(origins[row.id] for row in here if row.voice in mixed and row.id in origins)
    for origin, members in wanted.items():
        if origin in origins and origin not in strange:
            _keep(connection, [members], origin)


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[i : i + _AT_ONCE] for i in range(0, len(numbers), _AT_ONCE))


def _keep(connection: Connection, found: Iterable[Sequence[int]], origin: int | None = None) -> None:
    """Make each of these a group, with the origin given or the earliest."""
    r = t.report
    moved: list[int] = []
    for members in found:
        rows = [
            row
            for part in _parts(sorted(members))
            for row in connection.execute(
                select(r.c.id, r.c.voice, r.c.copy_of, r.c.copies, r.c.published_at).where(r.c.id.in_(part))
            )
        ]
        first = origin or min(rows, key=_age).id
        for row in rows:
            values = (
                {"voice": first, "copy_of": None, "copies": len(rows) - 1}
                if row.id == first
                else {"voice": first, "copy_of": first, "copies": 0}
            )
            if values != {name: getattr(row, name) for name in values}:
                connection.execute(update(r).where(r.c.id == row.id).values(values))
                moved.append(row.id)
    for part in _parts(moved):
        _recount(connection, _sayings(connection, part))


def note_sayings(connection: Connection, report_id: int) -> None:
    """Tie the report's current statements to those that say the same, and count the voices that carry each."""
    s = t.statement
    rows = connection.execute(
        select(s.c.id, s.c.speaker_root, s.c.published_at, s.c.content_text).where(
            s.c.report_id == report_id, s.c.current == 1, s.c.speaker_root.is_not(None)
        )
    ).all()
    touched = _sayings(connection, [report_id])
    mine: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        mine[row.speaker_root].append((row.id, row.id, _telling(row.content_text)))
    saying = {row.id: row.id for row in rows}
    for speaker, own in mine.items():
        theirs: dict[int, list[Any]] = defaultdict(list)
        for row in _near(connection, report_id, speaker, rows[0].published_at):
            theirs[row.report_id].append((row.id, row.saying, _telling(row.content_text)))
        for others in theirs.values():
            for number, other in _same(own, others):
                kept, gone = sorted((saying[number], saying.setdefault(other, other)))
                saying.update((each, kept) for each, root in saying.items() if root == gone)
    for number, root in saying.items():
        if number != root:
            tied = or_(s.c.same_as == number, and_(s.c.id == number, s.c.same_as.is_(None)))
            connection.execute(update(s).where(tied).values(same_as=root))
    roots = set(saying.values())
    connection.execute(update(s).where(s.c.id.in_(roots), s.c.same_as.is_(None)).values(same_as=s.c.id))
    _recount(connection, touched | roots)


def leave_sayings(connection: Connection, reading_id: int) -> None:
    """Let the statements of a reading go out of what they say with others: the reading is about to be dropped."""
    s = t.statement
    own = connection.execute(select(s.c.id, s.c.same_as).where(s.c.reading_id == reading_id)).all()
    numbers = {row.id for row in own}
    sayings = {row.same_as for row in own if row.same_as is not None}
    connection.execute(update(s).where(s.c.reading_id == reading_id).values(same_as=None))
    for saying in sorted(sayings & numbers):
        heir = connection.scalar(select(func.min(s.c.id)).where(s.c.same_as == saying))
        if heir is not None:
            connection.execute(update(s).where(s.c.same_as == saying).values(same_as=heir))
            sayings.add(heir)
    _recount(connection, sayings)


def _same(own: Sequence[Any], others: Sequence[Any]) -> list[tuple[int, int]]:
    """Return which of two reports' statements say the same: those that are most alike to each other."""

    def best(words: frozenset[str], among: Sequence[Any]) -> tuple[float, int, int]:
        return max((_alike(words, other), -number, saying) for number, saying, other in among)

    pairs = []
    for number, _, words in own:
        likeness, other, saying = best(words, others)
        back = next(words for number, _, words in others if number == -other)
        if likeness >= SAME_WORDS and -best(back, own)[1] == number:
            pairs.append((number, saying))
    return pairs


def _near(connection: Connection, report_id: int, speaker: int, published_at: str) -> Sequence[Any]:
    """The speaker's statements in other reports of about the same days, the newest first."""
    s = t.statement
    if not published_at:
        return []
    first, last = _days_around(published_at)
    return connection.execute(
        select(s.c.id, s.c.report_id, func.coalesce(s.c.same_as, s.c.id).label("saying"), s.c.content_text)
        .where(
            t.CURRENT,
            s.c.speaker_root == speaker,
            and_(s.c.published_at >= first, s.c.published_at < last),
            s.c.report_id != report_id,
        )
        .order_by(s.c.published_at.desc(), s.c.id.desc())
        .limit(_MOST_STATEMENTS)
    ).all()


def _days_around(published_at: str) -> tuple[str, str]:
    from datetime import date, timedelta

    day = date.fromisoformat(published_at[:10])
    return (day - timedelta(days=_DAYS)).isoformat(), (day + timedelta(days=_DAYS + 1)).isoformat()


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if len(word) > _SHORT_WORD)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= _FEWEST_WORDS else 0.0


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
