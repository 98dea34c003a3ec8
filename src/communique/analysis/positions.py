"""Where each party stands on each issue, as of a day: a matrix whose every cell opens to its quotes.

A party's position is what the weightiest of its newest voices says. Newest are the statements within `WINDOW` days of
the party's last one; among them the higher rank counts, then the later day, then the surer reading. An anonymous source
sets a position only where nobody with a name or an office has spoken. What names the issue counts before what only
touches it. A position is never silently current: it carries its newest day and its age, and is stale beyond the days
that the user sets, if any. Where a party has not spoken there is no cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.analysis.evidence import MOST_OF_A_CELL, Evidence, HeldCondition, evidence_by_cell
from communique.model import Stance
from communique.reading.propositions.words import head_of, name_terms
from communique.record.database.sql import Askable, ask, ask_one, numbers
from communique.record.query.date_bounds import beyond, bound
from communique.record.query.followed import followed_issues, followed_parties
from communique.record.query.lookup import Named
from communique.record.resolution.affiliation import ANONYMOUS, rank_name

WINDOW = 30
"""Days before a party's last statement in which its voices count as speaking at the same time."""

PACES = 12
"""Gaps between a record's days after which a position is stale by its pace."""

_LEAST_PACE = 14
_PACED = 200
"""Days, the newest on which anything was published, by which a record's pace is told."""

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
    ``mixed`` names other stances that the party's voices took in the same window.
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
    if not issues and not parties:
        issues, parties = followed_issues(connection)[:most_issues], followed_parties(connection)[:most_parties]
    both = bool(issues and parties)
    counts = {} if both else _counts(connection, day, [named.id for named in issues], [named.id for named in parties])
    chosen_issues = tuple(issues) or _most(connection, "canonical_issue", counts, 0, most_issues)
    chosen_parties = tuple(parties) or _most(connection, "canonical_actor", counts, 1, most_parties)
    heads = {issue: heads_of(connection, issue) for issue in chosen_issues}
    found = evidence_by_cell(
        connection,
        [issue.id for issue in chosen_issues],
        [party.id for party in chosen_parties],
        as_of=day or None,
        most=per_cell,
    )
    cells = {}
    for issue in chosen_issues:
        for party in chosen_parties:
            evidence = naming(found.get((party.id, issue.id), []), heads[issue])
            position = position_of(evidence, party.key, issue.key, day, stale_after)
            if position:
                cells[party.key, issue.key] = position
    return Matrix(day, chosen_parties, chosen_issues, cells)


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


def heads_of(connection: Askable, issue: Named) -> frozenset[str]:
    """Return the last words of an issue's names, in base forms: what has one of them names the issue itself."""
    names = ask(
        connection,
        "SELECT n.name FROM issue_name n JOIN canonical_issue c ON c.id = n.issue_id WHERE c.root_id = :issue LIMIT 50",
        issue=issue.id,
    )
    last = (head_of(name) for name in (issue.name, *(row.name for row in names)))
    return frozenset().union(*map(name_terms, last))


def naming(found: Sequence[Evidence], heads: frozenset[str]) -> list[Evidence]:
    """Return the statements whose main clause names the issue, or else those that name it, or else all."""
    naming = [e for e in found if _speaks_of(e, heads)]
    return [e for e in naming if _is_on(e, heads)] or naming or list(found)


def on_issue(found: Sequence[Evidence], heads: frozenset[str]) -> list[Evidence]:
    """Return the statements without those that name the issue only where they place or describe something else.

    Of those that make something hang on a condition, the ones whose condition is on the issue.
    """
    near = [e for e in found if _is_on(e, heads) or not _speaks_of(e, heads)]
    return [e for e in near if e.stance is not Stance.CONDITIONAL or _ties(e, heads)]


def _ties(e: Evidence, heads: frozenset[str]) -> bool:
    if not e.binding or not _speaks_of(e, heads):
        return True
    return any(not heads.isdisjoint(c.grants.terms) for c in e.binding)


def _speaks_of(e: Evidence, heads: frozenset[str]) -> bool:
    return not heads.isdisjoint((*e.proposition.terms, *(term for c in e.binding for term in c.asks.terms)))


def _is_on(e: Evidence, heads: frozenset[str]) -> bool:
    return not heads.isdisjoint(e.proposition.terms[: e.proposition.main])


def position_of(
    evidence: Sequence[Evidence], party: str, issue: str, as_of: str, stale_after: int | None = None
) -> Position | None:
    """Return the position that a party's statements with a stance, newest first, amount to; None for silence."""
    named = [e for e in evidence if e.stance and e.rank > ANONYMOUS] or [e for e in evidence if e.stance]
    if not named:
        return None
    ordered = sorted(named, key=lambda e: (_spoken(e), e.published_at), reverse=True)
    newest = _spoken(ordered[0])
    window = [e for e in ordered if _days_between(_spoken(e), newest) <= WINDOW]
    ranks = _ranks(window)
    decisive = max(window, key=lambda e: (ranks[e.id], _tells(e), _spoken(e), bool(e.conditions), e.confidence, e.key))
    assert decisive.stance
    same, since = _unbroken(ordered, decisive, ranks[decisive.id])
    days = {(_spoken(e), e.voice) for e in same if e is not decisive}
    conditions = {c.antecedent.lower(): c for e in same for c in e.binding if _spoken(e) >= window[-1].day}
    age = _days_between(newest, as_of) if newest and as_of else None
    return Position(
        party=party,
        issue=issue,
        stance=decisive.stance,
        conditions=tuple(conditions.values()) if decisive.stance is Stance.CONDITIONAL else (),
        decisive=decisive,
        since=since,
        newest=newest,
        age=age,
        stale=_stale(age, stale_after),
        reaffirmed=len({day for day, _ in days} - {_spoken(decisive)}),
        firmest=max(e.rank for e in same),
        mixed=tuple(sorted({e.stance for e in window if e.stance and e.stance is not decisive.stance})),
        evidence=tuple(e for e in evidence if e.stance),
    )


def _tells(e: Evidence) -> int:
    """How much a statement tells: one that says on what condition outranks the bare yes or no beside it."""
    return int(e.stance is Stance.CONDITIONAL and bool(e.binding))


def _ranks(window: Sequence[Evidence]) -> dict[int, int]:
    """The ranks by row: a person's is the highest of these days, as one report may leave out the office."""
    best: dict[str, int] = {}
    for e in window:
        if e.speaker and e.speaker.startswith("person:"):
            best[e.speaker] = max(e.rank, best.get(e.speaker, 0))
    return {e.id: best.get(e.speaker or "", e.rank) for e in window}


def _unbroken(ordered: Sequence[Evidence], decisive: Evidence, rank: int) -> tuple[list[Evidence], str]:
    """Return the statements of the present stance back to where a voice of weight took another, and the first day."""
    same = [decisive]
    for e in ordered:
        if e is decisive:
            continue
        if e.stance is decisive.stance:
            same.append(e)
        elif _spoken(e) < _spoken(decisive) and e.rank >= rank:
            break
    return same, min(_spoken(e) for e in same)


def _spoken(e: Evidence) -> str:
    """When it was said; what an old report recalls of older words is as old as the words."""
    return e.day or e.published_at[:10]


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
