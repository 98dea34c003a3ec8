"""The issue page: who stands where, when it was said, who waits for whom, and what cannot both stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from communique.analysis.contradictions import Contradiction, contradictions
from communique.analysis.evidence import Evidence, evidence_on
from communique.analysis.positions import Matrix, positions
from communique.brief.pictures.timeline import Spoken, timeline
from communique.brief.pictures.waiting import Waits, waiting
from communique.brief.tones import tone_of
from communique.errors import BadFilter, NotInRecord
from communique.record import Record, named_lists
from communique.record import schema as t
from communique.record.filters import Filter, bound
from communique.record.naming import Named
from communique.record.rows import ConditionRow, IssueRow
from communique.web.answers import address, query

MOST_SPOKEN = 1000
MOST_COMPARED = 60
MOST_PARTIES = 10
MOST_POINTS = 180
PER_CELL = 60
_MOST_CONDITIONS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of an issue is shown: ``since`` and ``until`` zoom the timeline, ``outlets`` filter it."""

    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A way to move about the timeline."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue ready to be shown. Pictures are SVG, None where there is nothing to draw.

    ``counted`` statements are in the timeline, and ``truncated`` says that there are more.
    """

    row: IssueRow
    as_of: str
    matrix: Matrix
    timeline: str | None
    steps: tuple[Step, ...]
    outlets: tuple[tuple[str, int], ...]
    counted: int
    truncated: bool
    conditions: tuple[ConditionRow, ...]
    waits: str | None
    clashes: tuple[Contradiction, ...]


def issue_page(record: Record, key: str, asked: Asked) -> IssuePage:
    """Return the page of the issue with a key, or of the one that it was merged into. Raises NotInRecord, BadFilter."""
    for day in (asked.as_of, asked.since, asked.until):
        if day:
            bound(day)
    with record.reading() as connection:
        issue = _root(connection, key)
        (row,) = named_lists.issues(connection, [issue.id])
        matrix = positions(connection, issues=[issue], as_of=asked.as_of, most_parties=MOST_PARTIES, per_cell=PER_CELL)
        spoken = evidence_on(connection, issue.id, as_of=asked.as_of, limit=MOST_SPOKEN)
        clashes = contradictions(connection, issues=[issue], as_of=asked.as_of, most_statements=MOST_COMPARED)
        names = _names(connection, {each.party for each in spoken if each.party})
    conditions = record.conditions(Filter(issue=row.issue, until=asked.as_of), limit=_MOST_CONDITIONS).page().rows
    shown = [each for each in spoken if not asked.outlets or each.outlet in asked.outlets]
    first, last = _span(shown, asked)
    points = _points(shown, names, row.issue, first, last) if first and last else []
    return IssuePage(
        row=row,
        as_of=matrix.as_of,
        matrix=matrix,
        timeline=timeline(f"Who spoke on {row.name}, and when", points, first, last) if first and last else None,
        steps=tuple(_steps(row.issue, asked, first, last)) if first and last else (),
        outlets=_outlets(spoken),
        counted=len(shown),
        truncated=len(spoken) == MOST_SPOKEN,
        conditions=conditions,
        waits=_waits(conditions, row.name),
        clashes=tuple(clashes),
    )


def _root(connection: Connection, key: str) -> Named:
    c = t.canonical_issue.c
    root = connection.scalar(select(c.root_id).where(c.key == key))
    if root is None:
        raise NotInRecord(key, "the record knows no issue of this key")
    row = connection.execute(select(c.id, c.key, c.name).where(c.id == root)).one()
    return Named(row.id, row.key, row.name)


def _names(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    c = t.canonical_actor.c
    rows = connection.execute(select(c.key, c.name).where(c.key.in_(sorted(keys))))
    return {row.key: row.name for row in rows}


def _points(spoken: Sequence[Evidence], names: dict[str, str], issue: str, first: date, last: date) -> list[Spoken]:
    """What the timeline shows: days, or as many days together as a point is wide."""
    width = max(1, (last - first).days // MOST_POINTS)
    counts: dict[tuple[str, date, str], int] = defaultdict(int)
    for each in spoken:
        day = _day(each.day)
        if each.party and day and first <= day <= last:
            start = first + timedelta((day - first).days // width * width)
            counts[each.party, start, tone_of(each.act)] += 1
    parties: dict[str, int] = defaultdict(int)
    for (party, _, _), count in counts.items():
        parties[party] += count
    most = {party: at for at, party in enumerate(sorted(parties, key=lambda each: (-parties[each], each)))}
    shown = ((key, count) for key, count in counts.items() if most[key[0]] < MOST_PARTIES)
    return [
        _point(names.get(party, party), party, issue, day, day + timedelta(width - 1), tone, count)
        for (party, day, tone), count in sorted(shown, key=lambda pair: (most[pair[0][0]], pair[0]))
    ]


def _point(name: str, party: str, issue: str, day: date, until: date, tone: str, count: int) -> Spoken:
    days = day.isoformat() if day == until else f"{day.isoformat()} to {until.isoformat()}"
    said = query(party=party, issue=issue, said_since=day.isoformat(), said_until=until.isoformat())
    return Spoken(name, day, tone, count, f"{name}, {days}: {count} {tone}", f"/statements{said}")


def _span(spoken: Sequence[Evidence], asked: Asked) -> tuple[date | None, date | None]:
    days = [day for each in spoken if (day := _day(each.day))]
    first = _day(asked.since) or (min(days) if days else None)
    last = _day(asked.until) or (max(days) if days else None)
    if first and last and first > last:
        raise BadFilter(f"{asked.since} to {asked.until}", "the first day is after the last")
    return first, last


def _day(text: str | None) -> date | None:
    """The first day of what may be a month or a year."""
    try:
        return date.fromisoformat(f"{text}-01-01"[:10]) if text else None
    except ValueError:
        return None


def _steps(issue: str, asked: Asked, first: date, last: date) -> Iterable[Step]:
    width = max(1, (last - first).days)
    shift = timedelta(days=max(1, width // 2))
    half = timedelta(days=width // 4)

    def to(since: date | None, until: date | None) -> str:
        given = {"as_of": asked.as_of, "outlet": list(asked.outlets)}
        days = {"since": since and since.isoformat(), "until": until and until.isoformat()}
        return address("issues", issue) + query(**given, **days) + "#timeline"

    try:
        yield Step("earlier", to(first - shift, last - shift))
        yield Step("later", to(first + shift, last + shift))
        if width > 3:
            yield Step("zoom in", to(first + half, last - half))
        yield Step("zoom out", to(first - shift, last + shift))
    except OverflowError:
        pass
    yield Step("all", to(None, None))


def _outlets(spoken: Sequence[Evidence]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = defaultdict(int)
    for each in spoken:
        if each.outlet:
            counts[each.outlet] += 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:20])


def _waits(conditions: Sequence[ConditionRow], name: str) -> str | None:
    found: dict[tuple[str, str], list[ConditionRow]] = defaultdict(list)
    for each in conditions:
        if each.kind != "waived" and each.holder_name and each.must_act_name and each.verdict != "reject":
            found[each.holder_name, each.must_act_name].append(each)
    if not found:
        return None
    edges = [
        Waits(
            holder,
            must_act,
            len(several),
            f"{holder} waits for {must_act}: {'; '.join(each.antecedent_text for each in several[:3])}",
            "/conditions" + query(actor=several[0].holder, must_act=several[0].must_act),
        )
        for (holder, must_act), several in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:40]
    ]
    return waiting(f"Who waits for whom on {name}", edges, {(b, a) for a, b in found if (b, a) in found and a != b})
