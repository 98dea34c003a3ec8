"""Where a party stood on an issue over time, as one sequence of points, and where that turned.

A point is the weightiest word of the party on the issue within a month: the higher rank, then the one that says on what
condition, then the surer. Two points turn where their stances differ in kind: for or open, conditional, against. A
single word between two of another kind turns nothing, unless a higher voice or several voices carried it: the party may
have been misread, or spoken loosely. Where words within one month differ they contradict each other and nothing changed
(see `communique.analysis.contradictions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from communique.analysis.evidence import Evidence
from communique.model import Act, ConditionKind, Stance
from communique.record.resolution.affiliation import ANONYMOUS

AT_ONCE = 30
"""Days within which two words of a party are one point in time."""

LEAST = 0.45
"""The confidence below which a statement makes no point."""

_KINDS = {Stance.FOR: "for", Stance.OPEN: "for", Stance.CONDITIONAL: "conditional", Stance.AGAINST: "against"}


_HIGH = 4
_SURE = 0.85


@dataclass(frozen=True, slots=True)
class SequencePoint:
    """A month's weightiest statement; ``voices`` are the independent reports that carry that stance in it."""

    evidence: Evidence
    voices: int

    @property
    def stance(self) -> Stance:
        """Where it stands."""
        assert self.evidence.stance
        return self.evidence.stance

    @property
    def kind(self) -> str:
        """Its stance with the two ways of being for the matter taken as one."""
        return _kind(self.evidence)

    @property
    def weak(self) -> bool:
        """Whether it is one unsure voice of no high rank: too little to say that anything turned."""
        return self.voices == 1 and self.evidence.rank <= _HIGH and self.evidence.confidence < _SURE


@dataclass(frozen=True, slots=True)
class StanceTurn:
    """A change between two points: the last of the former kind and the first of the later one."""

    first: SequencePoint
    second: SequencePoint


def points(spoken: Iterable[Evidence]) -> list[SequencePoint]:
    """Return the points of a party's statements on an issue, the earliest first, at most one a month.

    What a report recalls as of some month or year ("in May last year") makes none: its own reports tell it better.
    """
    usable = [e for e in spoken if _tells(e) and e.rank > ANONYMOUS and e.confidence >= LEAST and _date(e.day)]
    groups: list[list[Evidence]] = []
    for e in sorted(usable, key=lambda e: (e.day, e.key)):
        if groups and _days(groups[-1][0].day, e.day) <= AT_ONCE:
            groups[-1].append(e)
        else:
            groups.append([e])
    found = []
    for group in groups:
        best = max(group, key=_weight)
        voices = {e.voice for e in group if _kind(e) == _kind(best)}
        found.append(SequencePoint(best, len(voices)))
    return found


def turns(sequence: Sequence[SequencePoint]) -> list[StanceTurn]:
    """Return where a sequence of points turned, the earliest first."""
    kept: list[SequencePoint] = []
    sequence = [point for point in sequence if not point.weak]
    for at, point in enumerate(sequence):
        before = kept[-1] if kept else None
        after = sequence[at + 1] if at + 1 < len(sequence) else None
        if before and after and before.kind == after.kind != point.kind and not _carries(point, before):
            continue
        kept.append(point)
    found = []
    for first, second in pairwise(kept):
        if first.kind != second.kind and _apart(first, second) > AT_ONCE:
            found.append(StanceTurn(first, second))
    return found


def _tells(e: Evidence) -> bool:
    """Whether it says where the party stands: what it threatens to do stands for something else."""
    return e.stance is not None and not (e.act == Act.THREATEN and e.stance is Stance.CONDITIONAL)


def _kind(e: Evidence) -> str:
    """A stance with the two ways of being for the matter taken as one; "it will stay unless" is for it."""
    assert e.stance
    kept = e.binding and all(c.kind is ConditionKind.EXCEPTION and not c.grants.denied for c in e.binding)
    if e.stance is Stance.CONDITIONAL and kept:
        return "for"
    return "conditional" if e.stance is Stance.OPEN and e.binding else _KINDS[e.stance]


def _carries(point: SequencePoint, before: SequencePoint) -> bool:
    return point.voices > 1 or point.evidence.rank > before.evidence.rank


def _weight(e: Evidence) -> tuple[int, int, float, str]:
    return e.rank, int(e.stance is Stance.CONDITIONAL and bool(e.binding)), e.confidence, e.key


def _apart(first: SequencePoint, second: SequencePoint) -> int:
    return _days(first.evidence.day, second.evidence.day)


def _days(earlier: str, later: str) -> int:
    one, other = _date(earlier), _date(later)
    return (other - one).days if one and other else 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
