"""How far apart the parties are on an issue, and how they treat each other, from period to period.

The distance is between places on the stance scale: against -1, conditional 0, open 0.5, for 1, as far as a party is
ready for the matter. A party's place in a period is that of its position as of the period's end, out of the sequence of
stances from which its positions and changes derive too (`communique.analysis.sequence`); a silent party keeps its last
place for `CARRIED` days, then it has none. The distance is half the difference of the places, 0 to 1, the mean over all
pairs of parties.

Acts are counted in two classes, after the verbal cooperation and verbal conflict of event data, which Goldstein (1992),
"A Conflict-Cooperation Scale for WEIS Events Data", orders from threats to promises. No weights are used: an act counts
one, and the balance is (conciliatory - hostile) / (conciliatory + hostile), -1 to 1. What several reports carry is one
saying and counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from itertools import combinations
from typing import Any

from communique.analysis.evidence import Evidence
from communique.analysis.sequence import StanceSequence, day_of, sequence_of, spoken_on
from communique.analysis.stance_cells import spoken_by_cell
from communique.lexicon import load
from communique.model import Stance
from communique.record.database.sql import NOT_REJECTED, Askable, ask, numbers
from communique.record.query.date_bounds import beyond, lower
from communique.record.query.lookup import Named

SCALE = {Stance.AGAINST: -1.0, Stance.CONDITIONAL: 0.0, Stance.OPEN: 0.5, Stance.FOR: 1.0}
CARRIED = 180
"""Days for which a silent party keeps its last place: as long as a position is not stale."""


MOST_PARTIES = 2
_RANKED = 20
"""Of those most spoken of, how many are looked at for each that is shown: some are nobody beyond their report."""

_STANCE_COUNTS = 1000
"""How many statements without a stance one that takes a stance is worth, where parties are chosen."""

_MOST_SPOKEN = 200
"""Statements of a party, the newest, that its sequence is made of."""

_MOST_DAYS = 4096
"""Days whose period is remembered."""


class Period(StrEnum):
    """What a point of the series sums up."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Point:
    """One period: ``places`` by party key, those in ``silent`` carried over from before; None for what is not known."""

    period: str
    places: dict[str, float | None]
    silent: tuple[str, ...]
    distance: float | None
    conciliatory: int
    hostile: int
    other: int

    @property
    def balance(self) -> float | None:
        """From -1, all hostile, to 1, all conciliatory; None where there are neither."""
        both = self.conciliatory + self.hostile
        return (self.conciliatory - self.hostile) / both if both else None


@dataclass(frozen=True, slots=True)
class Series:
    """The periods in which the parties said something, the earliest first."""

    issue: Named
    parties: tuple[Named, ...]
    points: tuple[Point, ...]


@dataclass(slots=True)
class _Sum:
    last: date
    places: dict[str, tuple[date, float]] = field(default_factory=dict)
    conciliatory: int = 0
    hostile: int = 0
    other: int = 0


def series(
    connection: Askable,
    issue: Named,
    *,
    parties: Sequence[Named] = (),
    by: Period = Period.MONTH,
    as_of: str | None = None,
    since: str | None = None,
    most_parties: int = MOST_PARTIES,
) -> Series:
    """Return the series on an issue; ``parties`` default to the ``most_parties`` with most statements that take a
    stance.

    Acts are those of the parties. ``as_of`` and ``since`` (ISO 8601) bound what was published; a statement counts in
    the period in which it was said, and nowhere if that is known less closely than the period. Raises BadFilter.
    """
    rows = _sayings(connection, issue.id, as_of, since)
    chosen = tuple(parties) or _most(connection, rows, most_parties)
    known = {party.id for party in chosen}
    sums: dict[str, _Sum] = {}
    for row in rows:
        day = _day(row.said_on or row.published_at[:10], by)
        if day is not None and row.party_root in known:
            _count(sums.setdefault(period_of(day, by), _Sum(day)), row, day)
    spoken = spoken_by_cell(connection, [issue], chosen, as_of=as_of, most=_MOST_SPOKEN)
    for party in chosen:
        own = spoken.get((party.key, issue.key), ())
        for day, place in _places([e for e in own if not since or e.published_at >= lower(since)]):
            total = sums.setdefault(period_of(day, by), _Sum(day))
            total.last = max(total.last, day)
            total.places[party.key] = max(total.places.get(party.key, (day, place)), (day, place))
    return Series(issue, chosen, tuple(_points(sums, [party.key for party in chosen])))


@lru_cache(maxsize=_MOST_DAYS)
def period_of(day: date, by: Period) -> str:
    """Return the period of a day: "2024-W23" (ISO 8601), "2024-06", "2024-Q2" or "2024"."""
    if by is Period.WEEK:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if by is Period.QUARTER:
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}" if by is Period.YEAR else f"{day.year:04}-{day.month:02}"


def _sayings(connection: Askable, issue: int, as_of: str | None, since: str | None) -> list[Any]:
    """Rows of what was said on an issue, each saying once: the first that was published."""
    question = f"""
        SELECT coalesce(s.same_as, s.id) AS saying, i.party_root, i.stance, i.rank, i.said_on, i.published_at, s.act
        FROM statement_issue i JOIN statement s ON s.id = i.statement_id
        WHERE i.issue_root = :issue AND i.current = 1 AND i.party_root IS NOT NULL AND {NOT_REJECTED}"""
    values: dict[str, Any] = {"issue": issue}
    if as_of:
        question += " AND i.published_at < :as_of"
        values["as_of"] = beyond(as_of)
    if since:
        question += " AND i.published_at >= :since"
        values["since"] = lower(since)
    first: dict[int, Any] = {}
    for row in ask(connection, f"{question} ORDER BY i.published_at, i.statement_id", **values):
        first.setdefault(row.saying, row)
    return list(first.values())


def _most(connection: Askable, rows: Iterable[Any], most: int) -> tuple[Named, ...]:
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.party_root] = counts.get(row.party_root, 0) + (_STANCE_COUNTS if row.stance else 1)
    ranked = sorted(counts, key=lambda number: (-counts[number], number))[: most * _RANKED]
    found = ask(connection, f"SELECT id, key, name FROM canonical_actor WHERE id IN {numbers(ranked)}")
    # Those who are nobody beyond their report are no parties.
    known = {row.id: Named(*row) for row in found if "#" not in row.key}
    return tuple(known[number] for number in ranked if number in known)[:most]


@lru_cache(maxsize=_MOST_DAYS)
def _day(text: str, by: Period) -> date | None:
    """The day, or the first of what is known less closely where that is close enough for the period."""
    close = {4: (Period.YEAR,), 7: (Period.YEAR, Period.QUARTER, Period.MONTH)}.get(len(text), tuple(Period))
    try:
        return date.fromisoformat((text + "-01-01")[:10]) if by in close else None
    except ValueError:
        return None


def _count(total: _Sum, row: Any, day: date) -> None:
    total.last = max(total.last, day)
    conciliatory, hostile = row.act in _acts("conciliatory"), row.act in _acts("hostile")
    total.conciliatory += conciliatory
    total.hostile += hostile
    total.other += not (conciliatory or hostile)


def _places(spoken: Sequence[Evidence]) -> Iterator[tuple[date, float]]:
    """The days on which a party spoke, with the place of the position that it had by then."""
    points = sequence_of(spoken).points
    for at, point in enumerate(points, 1):
        standing = StanceSequence(points[:at]).standing
        for e in point.spoken if standing else ():
            day = day_of(spoken_on(e))
            if standing and day is not None:
                yield day, SCALE[standing.decisive.stance]


def _points(sums: dict[str, _Sum], parties: Sequence[str]) -> Iterator[Point]:
    standing: dict[str, tuple[date, float]] = {}
    for period, total in sorted(sums.items()):
        standing |= total.places
        places = {
            party: standing[party][1]
            if party in standing and (total.last - standing[party][0]).days <= CARRIED
            else None
            for party in parties
        }
        silent = tuple(party for party in parties if party not in total.places)
        yield Point(period, places, silent, _distance(places), total.conciliatory, total.hostile, total.other)


def _distance(places: dict[str, float | None]) -> float | None:
    known = [place for place in places.values() if place is not None]
    apart = [abs(one - other) / 2 for one, other in combinations(known, 2)]
    return sum(apart) / len(apart) if apart else None


@cache
def _acts(name: str) -> frozenset[str]:
    return frozenset(load("propositions_compared")["acts"][name].split())
