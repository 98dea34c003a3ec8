"""Statements of the record that cannot both stand, and those in which two parties dispute each other.

Candidates are pairs on one issue, newest first: a bounded number of statements for each issue, so that a large record
answers as fast as a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from communique.analysis.evidence import Evidence, evidence_on
from communique.analysis.relations import Clash, Compared, Relation, Side, compare, side
from communique.model import Stance
from communique.record import schema as t
from communique.record.naming import Named

MOST_ISSUES = 20
MOST_STATEMENTS = 120
"""Statements on an issue that are compared with each other, the newest."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements on an issue, the earlier first, and how they stand to each other."""

    issue: str
    issue_name: str
    first: Evidence
    second: Evidence
    judged: Compared

    @property
    def kind(self) -> str:
        """``self`` (one party against itself), ``telling`` (two reports of one saying) or ``disagreement``."""
        if self.judged.relation is Relation.DISAGREEMENT:
            return "disagreement"
        return "telling" if self.judged.telling else "self"


def contradictions(
    connection: Connection,
    *,
    issues: Sequence[Named] = (),
    parties: Sequence[Named] = (),
    as_of: str | None = None,
    since: str | None = None,
    least: float = 0.3,
    disagreements: bool = True,
    most_statements: int = MOST_STATEMENTS,
) -> list[Contradiction]:
    """Return the contradictions and disagreements found, the surest first.

    ``issues`` defaults to the `MOST_ISSUES` most spoken of; ``least`` is the confidence below which a pair is left out.
    ``parties`` keeps the pairs in which one of them speaks.
    Of pairs that say the same (a statement and its copies) the surest is kept.
    """
    found: list[Contradiction] = []
    for issue in issues or most_spoken_of(connection, MOST_ISSUES):
        evidence = evidence_on(connection, issue.id, as_of=as_of, since=since, limit=most_statements)
        sides = [side(e) for e in evidence]
        found += pairs(issue, sides, frozenset(p.key for p in parties), least, disagreements)
    return distinct(found)


def pairs(
    issue: Named, sides: Sequence[Side], parties: frozenset[str], least: float, disagreements: bool
) -> Iterator[Contradiction]:
    """Yield the pairs of statements on an issue that clash."""
    for one, other in combinations(sides, 2):
        a, b = one.evidence, other.evidence
        if a.speaker is None or b.speaker is None or (parties and not parties & {a.party, b.party}):
            continue
        if not _may_clash(one, other, disagreements):
            continue
        judged = compare(one, other)
        wanted = judged.relation is Relation.CONTRADICTION or (
            disagreements and judged.relation is Relation.DISAGREEMENT
        )
        if wanted and judged.confidence >= least:
            first, second = sorted((a, b), key=lambda e: (e.day, e.published_at, e.key))
            yield Contradiction(issue.key, issue.name, first, second, judged)


def _may_clash(one: Side, other: Side, disagreements: bool) -> bool:
    """Whether a pair is worth comparing: what is inside the other, or the same copy, never clashes with it."""
    a, b = one.evidence, other.evidence
    if a.parent == b.key or b.parent == a.key:
        return False
    if a.voice == b.voice and a.report != b.report:
        return False
    return disagreements or a.party == b.party


def distinct(found: Iterable[Contradiction]) -> list[Contradiction]:
    """Return each pair once, the surest first; of pairs in the same two reports by the same two voices, the surest."""
    best: dict[tuple[object, ...], Contradiction] = {}
    for item in found:
        sides = sorted((e.report, e.speaker or "") for e in (item.first, item.second))
        key = (*sides[0], *sides[1], item.kind, item.judged.clash)
        if key not in best or _weight(item) > _weight(best[key]):
            best[key] = item
    return sorted(best.values(), key=lambda item: (*(-part for part in _weight(item)), item.first.key, item.second.key))


def _weight(item: Contradiction) -> tuple[float, float]:
    order = {"self": 2, "telling": 1, "disagreement": 0}
    return item.judged.confidence, float(order[item.kind])


def most_spoken_of(connection: Connection, most: int) -> list[Named]:
    """Return the issues with the most statements, most first."""
    i, c = t.statement_issue, t.canonical_issue
    rows = connection.execute(
        select(c.c.id, c.c.key, c.c.name, func.count().label("count"))
        .join(i, i.c.issue_root == c.c.id)
        .where(i.c.current == 1, i.c.stance.in_([stance.value for stance in Stance]))
        .group_by(c.c.id, c.c.key, c.c.name)
        .order_by(func.count().desc(), c.c.id)
        .limit(most)
    )
    return [Named(row.id, row.key, row.name) for row in rows]


__all__ = ["Clash", "Contradiction", "contradictions", "distinct", "most_spoken_of", "pairs"]
