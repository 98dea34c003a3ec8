"""The issue page: who stands where, when it was said, who waits for whom, and what cannot both stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.analysis.contradictions import TO_CHECK, Contradiction, contradictions
from communique.analysis.positions import Matrix, positions
from communique.analysis.sayings import Saying, sayings_on
from communique.analysis.series import Period, Series, series
from communique.brief.pictures.distance import distance_picture
from communique.brief.pictures.spoken import Leads, day_of, days_of, names_in, timeline_of, waiting_of
from communique.errors import BadFilter
from communique.record import Record
from communique.record.query import names
from communique.record.query.date_bounds import bound
from communique.record.query.filters import Filter
from communique.record.query.lookup import root_of
from communique.record.query.rows import ConditionRow, IssueRow
from communique.web.answers import address, query

MOST_SPOKEN = 1000
MOST_COMPARED = 60
MOST_PARTIES = 10
PER_CELL = 60
_MOST_CONDITIONS = 200
_MOST_OUTLETS = 20
_LEAST_TO_ZOOM = 3
"""Days of a timeline up to which nobody zooms in any more."""


@dataclass(frozen=True, slots=True)
class IssueSelection:
    """Which part of an issue is shown: ``since`` and ``until`` zoom the timeline, ``outlets`` filter it."""

    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineLink:
    """A way to move about the timeline."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue ready to be shown. Pictures are SVG, None where there is nothing to draw.

    ``to_check`` are the contradictions that are less sure. ``counted`` statements are in the timeline, and
    ``truncated`` says that there are more.
    """

    row: IssueRow
    as_of: str
    matrix: Matrix
    timeline: str | None
    steps: tuple[TimelineLink, ...]
    outlets: tuple[tuple[str, int], ...]
    counted: int
    truncated: bool
    conditions: tuple[ConditionRow, ...]
    waits: str | None
    apart: Series
    distance: str | None
    clashes: tuple[Contradiction, ...]
    to_check: tuple[Contradiction, ...]


def issue_page(record: Record, key: str, asked: IssueSelection) -> IssuePage:
    """Return the page of the issue with a key, or of the one that it was merged into. Raises NotInRecord, BadFilter."""
    for day in (asked.as_of, asked.since, asked.until):
        if day:
            bound(day)
    with record.reading() as connection:
        issue = root_of(connection, "issue", key)
        (row,) = names.issues(connection, [issue.id])
        matrix = positions(connection, issues=[issue], as_of=asked.as_of, most_parties=MOST_PARTIES, per_cell=PER_CELL)
        spoken = sayings_on(connection, issue.id, as_of=asked.as_of, limit=MOST_SPOKEN)
        clashes = contradictions(
            connection, issues=[issue], as_of=asked.as_of, least=TO_CHECK, most_statements=MOST_COMPARED
        )
        known = names_in(connection, spoken)
        apart = series(connection, issue, by=Period.MONTH, as_of=asked.as_of)
    conditions = record.conditions(Filter(issue=row.issue, until=asked.as_of), limit=_MOST_CONDITIONS).page().rows
    shown = [each for each in spoken if not asked.outlets or each.outlet in asked.outlets]
    days = _span(shown, asked)
    return IssuePage(
        row=row,
        as_of=matrix.as_of,
        matrix=matrix,
        timeline=timeline_of(f"Who spoke on {row.name}, and when", shown, *days, _leads(row.issue)) if days else None,
        steps=tuple(_steps(row.issue, asked, *days)) if days else (),
        outlets=_outlets(spoken),
        counted=len(shown),
        truncated=len(spoken) == MOST_SPOKEN,
        conditions=conditions,
        waits=waiting_of(f"Who waits for whom on {row.name}", spoken, known, _leads_on(row.issue)),
        apart=apart,
        distance=distance_picture(f"How far apart on {row.name}", apart) if apart.points else None,
        clashes=tuple(each for each in clashes if not each.to_check),
        to_check=tuple(each for each in clashes if each.to_check),
    )


def _leads(issue: str) -> Leads:
    def to(party: str, day: date, until: date) -> str:
        said = query(party=party, issue=issue, said_since=day.isoformat(), said_until=until.isoformat())
        return f"/statements{said}"

    return to


def _leads_on(issue: str) -> Callable[[str, str], str]:
    def to(_party: str, must_act: str) -> str:
        return f"/conditions{query(issue=issue, must_act=must_act)}"

    return to


def _span(spoken: Sequence[Saying], asked: IssueSelection) -> tuple[date, date] | None:
    days = days_of(spoken)
    first = day_of(asked.since) or (days[0] if days else None)
    last = day_of(asked.until) or (days[1] if days else None)
    if first is None or last is None:
        return None
    if first > last:
        raise BadFilter(f"{asked.since} to {asked.until}", "the first day is after the last")
    return first, last


def _steps(issue: str, asked: IssueSelection, first: date, last: date) -> Iterable[TimelineLink]:
    width = max(1, (last - first).days)
    shift = timedelta(days=max(1, width // 2))
    half = timedelta(days=width // 4)

    def to(since: date | None, until: date | None) -> str:
        given = {"as_of": asked.as_of, "outlet": list(asked.outlets)}
        days = {"since": since and since.isoformat(), "until": until and until.isoformat()}
        return address("issues", issue) + query(**given, **days) + "#timeline"

    try:
        yield TimelineLink("earlier", to(first - shift, last - shift))
        yield TimelineLink("later", to(first + shift, last + shift))
        if width > _LEAST_TO_ZOOM:
            yield TimelineLink("zoom in", to(first + half, last - half))
        yield TimelineLink("zoom out", to(first - shift, last + shift))
    except OverflowError:
        pass
    yield TimelineLink("all", to(None, None))


def _outlets(spoken: Sequence[Saying]) -> tuple[tuple[str, int], ...]:
    counts = Counter(each.outlet for each in spoken if each.outlet)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_OUTLETS])
