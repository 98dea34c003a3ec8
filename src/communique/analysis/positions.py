"""Where each party stands on each issue, as of a day: a matrix whose every cell opens to its quotes.

A party's position is where its sequence of stances stands (`communique.analysis.sequence`), from which its changes and
the standoff derive too. An anonymous source sets a position only where nobody with a name or an office has spoken. A
position that rests on one unsure voice is tentative and decides nothing alone. It is never silently current: it carries
its newest day and its age, and is stale beyond the days that the user sets, if any. Where a party has not spoken there
is no cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.analysis.evidence import MOST_OF_A_CELL, Evidence, HeldCondition
from communique.analysis.sequence import StanceStretch, kind_of, sequence_of, spoken_on, stance_of
from communique.analysis.stance_cells import spoken_by_cell
from communique.analysis.terms import overlap
from communique.model import Stance
from communique.record.database.sql import Askable, ask, ask_one, numbers
from communique.record.query.date_bounds import beyond, bound
from communique.record.query.followed import followed_issues, followed_parties
from communique.record.query.lookup import Named
from communique.record.resolution.party_and_rank import rank_name

PACES = 12
"""Gaps between a record's days after which a position is stale by its pace."""

_LEAST_PACE = 14
_PACED = 200
"""Days, the newest on which anything was published, by which a record's pace is told."""

_SAME_CONDITION = 0.5
"""The share of the shorter one's terms from which two conditions ask for one thing."""

MOST_PARTIES = 12
MOST_ISSUES = 10
_RANKED = 20
"""Of those most spoken of, how many are looked at for each that is shown: some are nobody beyond their report."""

PER_CELL = MOST_OF_A_CELL
"""Statements, the newest, that a position is drawn from."""


@dataclass(frozen=True, slots=True)
class Position:
    """A party's position on an issue.

    ``decisive`` is the statement that sets it, ``evidence`` are all that take a stance, newest first.
    ``reaffirmed`` counts the earlier days on which the party took the same stance since it last took another, over
    independent voices; ``firmest`` is the highest rank that did. ``age`` is in days, None where no day is known.
    ``mixed`` names other stances that the party's voices took in the same month, or later where they decide nothing.
    ``voices`` are the independent reports that carry it; ``tentative`` tells that it rests on one unsure voice.
    """

    party: str
    issue: str
    stance: Stance
    conditions: tuple[HeldCondition, ...]
    decisive: Evidence
    since: str
    newest: str
    age: int | None
    stale: bool
    reaffirmed: int
    firmest: int
    mixed: tuple[Stance, ...]
    evidence: tuple[Evidence, ...]
    voices: int = 1
    tentative: bool = False

    @property
    def told(self) -> str:
        """Its stance in words, with whether it is tentative."""
        return f"{self.stance.value}, tentative" if self.tentative else self.stance.value

    @property
    def firmness(self) -> str:
        """How firm it is, in words."""
        times = {0: "said once", 1: "reaffirmed once"}.get(self.reaffirmed, f"reaffirmed {self.reaffirmed} times")
        return f"{times}; highest voice: {rank_name(self.firmest)}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties by issues. ``cells`` holds a position by (party key, issue key); silence has none."""

    as_of: str
    parties: tuple[Named, ...]
    issues: tuple[Named, ...]
    cells: dict[tuple[str, str], Position]


def positions(
    connection: Askable,
    *,
    issues: Sequence[Named] = (),
    parties: Sequence[Named] = (),
    as_of: str | None = None,
    stale_after: int | None = None,
    most_parties: int = MOST_PARTIES,
    most_issues: int = MOST_ISSUES,
    per_cell: int = PER_CELL,
) -> Matrix:
    """Return the matrix of positions as of a day (ISO 8601, the last day that anything was published by default).

    ``issues`` and ``parties`` choose its sides. Where both are empty, they are those that the record follows, in the
    order of its dossiers; where it follows none, or one is empty, those most spoken of are taken. Only what was
    published by the day counts. ``stale_after`` is after how many days without a word a position is stale, None for
    never; `pace` tells what fits the record. ``per_cell`` is how many statements, the newest, a position is drawn from.
    Raises BadFilter where ``as_of`` is no date.
    """
    day = bound(as_of)[:10] if as_of else _last_day(connection)
    chosen_issues, chosen_parties = _sides(connection, day, issues, parties, most_issues, most_parties)
    found = spoken_by_cell(connection, chosen_issues, chosen_parties, as_of=day or None, most=per_cell)
    cells = {}
    for issue in chosen_issues:
        for party in chosen_parties:
            evidence = found.get((party.key, issue.key), [])
            position = position_of(evidence, party.key, issue.key, day, stale_after)
            if position:
                cells[party.key, issue.key] = position
    return Matrix(day, chosen_parties, chosen_issues, cells)


def tentative_positions(connection: Askable) -> list[tuple[Named, Named]]:
    """Return the party and the issue of each cell of the record's matrix whose position is tentative.

    That is what `positions` tells of its cells, without making the positions.
    """
    day = _last_day(connection)
    issues, parties = _sides(connection, day, (), (), MOST_ISSUES, MOST_PARTIES)
    found = spoken_by_cell(connection, issues, parties, as_of=day or None, most=PER_CELL)
    both = ((party, issue) for issue in issues for party in parties)
    standing = ((cell, sequence_of(found.get((cell[0].key, cell[1].key), ())).standing) for cell in both)
    return [cell for cell, stretch in standing if stretch is not None and stretch.tentative]


def _sides(
    connection: Askable,
    day: str,
    issues: Sequence[Named],
    parties: Sequence[Named],
    most_issues: int,
    most_parties: int,
) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """The issues and the parties of a matrix: those given, else those followed, else those most spoken of."""
    if not issues and not parties:
        issues, parties = followed_issues(connection)[:most_issues], followed_parties(connection)[:most_parties]
    both = bool(issues and parties)
    counts = {} if both else _counts(connection, day, [named.id for named in issues], [named.id for named in parties])
    chosen_issues = tuple(issues) or _most(connection, "canonical_issue", counts, 0, most_issues)
    return chosen_issues, tuple(parties) or _most(connection, "canonical_actor", counts, 1, most_parties)


def _stale(age: int | None, stale_after: int | None) -> bool:
    return stale_after is not None and (age is None or age > stale_after)


def pace(connection: Askable, as_of: str | None = None) -> int:
    """Return after how many days without a word a position is stale by the record's own pace, as of a day.

    That is `PACES` times the median of the days between two on which something was published, two weeks at least.
    Raises BadFilter where ``as_of`` is no date.
    """
    until = " AND published_at < :until" if as_of else ""
    values = {"until": beyond(as_of)} if as_of else {}
    rows = ask(
        connection,
        "SELECT DISTINCT substr(published_at, 1, 10) AS day FROM report"
        f" WHERE published_at <> ''{until} ORDER BY day DESC LIMIT {_PACED}",
        **values,
    )
    gaps = sorted(_days_between(later.day, earlier.day) for earlier, later in zip(rows[1:], rows, strict=False))
    return max(_LEAST_PACE, PACES * gaps[len(gaps) // 2]) if gaps else _LEAST_PACE


def position_of(
    evidence: Sequence[Evidence], party: str, issue: str, as_of: str, stale_after: int | None = None
) -> Position | None:
    """Return the position that a party's statements with a stance, newest first, amount to; None for silence."""
    sequence = sequence_of(evidence)
    standing = sequence.standing
    if standing is None:
        return None
    decisive, last = standing.decisive, sequence.points[-1]
    same = standing.spoken
    newest = max(spoken_on(e) for e in last.spoken)
    days = {spoken_on(e) for e in same if e is not decisive.evidence} - {spoken_on(decisive.evidence)}
    # What was said beside the position: in its own last month, or later by a voice that decides nothing.
    window = dict.fromkeys((*standing.points[-1].spoken, *last.spoken))
    conditions = _conditions(standing)
    age = _days_between(newest, as_of) if newest and as_of else None
    return Position(
        party=party,
        issue=issue,
        stance=decisive.stance,
        conditions=conditions if decisive.stance is Stance.CONDITIONAL else (),
        decisive=decisive.evidence,
        since=min(map(spoken_on, same)),
        newest=newest,
        age=age,
        stale=_stale(age, stale_after),
        reaffirmed=len(days),
        firmest=max(point.rank for point in standing.points),
        mixed=tuple(sorted({stance_of(e) for e in window} - {decisive.stance})),
        evidence=tuple(e for e in evidence if e.stance),
        voices=standing.voices,
        tentative=standing.tentative,
    )


def _conditions(standing: StanceStretch) -> tuple[HeldCondition, ...]:
    """The conditions of the last month that has some, the weightiest voice's first; in other words one is one."""
    found: list[HeldCondition] = []
    for point in reversed(standing.points):
        spoken = sorted(point.spoken, key=lambda e: e is not point.evidence)
        for c in (c for e in spoken if kind_of(e) == standing.kind for c in e.binding):
            asked = frozenset(c.asks.terms)
            if not any(overlap(asked, frozenset(k.asks.terms)) >= _SAME_CONDITION for k in found):
                found.append(c)
        if found:
            break
    return tuple(found)


def _days_between(earlier: str, later: str) -> int:
    first, last = _date(earlier), _date(later)
    return abs((last - first).days) if first and last else 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat((text + "-01-01")[:10] if len(text) in (4, 7) else text[:10])
    except ValueError:
        return None


def day_before(day: str, days: int) -> str:
    """Return the day that lies ``days`` before, "" where it is no date."""
    moment = _date(day)
    return (moment - timedelta(days=days)).isoformat() if moment else ""


def _last_day(connection: Askable) -> str:
    return (ask_one(connection, "SELECT max(published_at) FROM report") or "")[:10]


def _counts(
    connection: Askable, as_of: str, issues: Sequence[int], parties: Sequence[int]
) -> dict[tuple[int, int], int]:
    values = {}
    question = (
        "SELECT issue_root, party_root, count(*) FROM statement_issue"
        " WHERE current = 1 AND stance IS NOT NULL AND party_root IS NOT NULL"
    )
    if as_of:
        question += " AND published_at < :as_of"
        values["as_of"] = beyond(as_of)
    if issues:
        question += f" AND issue_root IN {numbers(issues)}"
    if parties:
        question += f" AND party_root IN {numbers(parties)}"
    rows = ask(connection, f"{question} GROUP BY issue_root, party_root", **values)
    return {(row[0], row[1]): row[2] for row in rows}


def _most(
    connection: Askable, table: str, counts: dict[tuple[int, int], int], side: int, most: int
) -> tuple[Named, ...]:
    """The issues or parties most spoken of or for, leaving out those who are nobody beyond their report."""
    sums: dict[int, int] = {}
    for pair, count in counts.items():
        sums[pair[side]] = sums.get(pair[side], 0) + count
    ranked = sorted(sums, key=lambda number: (-sums[number], number))[: most * _RANKED]
    rows = ask(connection, f"SELECT id, key, name FROM {table} WHERE id IN {numbers(ranked)}")
    known = {row.id: Named(*row) for row in rows if "#" not in row.key}
    return tuple(known[number] for number in ranked if number in known)[:most]
