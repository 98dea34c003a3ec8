"""Where a party stood on an issue over time: the one sequence from which positions, changes and standoffs derive.

A point is the weightiest word of the party on the issue within a month: the higher rank, then the one that says on what
condition, then the later, then the surer. Points of one kind (for or open, conditional, against) that follow each other
are a stretch. Two things never make a stretch of their own, unless nothing else is on record:

- one unsure voice (`SequencePoint.weak`): the party may have been misread;
- a single word between two stretches of one other kind, unless a higher voice or several voices carried it.

The party stands where its last stretch does, and turned where one stretch follows another. Where all that there is is
one unsure voice, the stretch is tentative. Words within one month that differ contradict each other and turn nothing
(see `communique.analysis.contradictions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from communique.analysis.evidence import Evidence
from communique.model import Act, ConditionKind, Stance
from communique.record.resolution.party_and_rank import ANONYMOUS

AT_ONCE = 30
"""Days within which two words of a party are one point in time."""

LEAST = 0.45
"""The confidence below which a statement makes no point beside others."""

SURE = 0.7
"""The probability below which one voice alone is unsure."""

SURE_OF_HIGH = 0.5
"""The same for a minister's, a head of government's or a head of state's voice."""

_HIGH = 4
_OFFICE_DAYS = 366
"""Days around a statement in which a person's office in another report is taken for the office then."""

_KINDS = {Stance.FOR: "for", Stance.OPEN: "for", Stance.CONDITIONAL: "conditional", Stance.AGAINST: "against"}


@dataclass(frozen=True)
class SequencePoint:
    """A month's weightiest statement, with its voice's rank; ``spoken`` is all that took a stance in it, newest first.

    ``voices`` are the independent reports that carry that stance in it.
    """

    evidence: Evidence
    rank: int
    spoken: tuple[Evidence, ...]

    @property
    def stance(self) -> Stance:
        """Where it stands."""
        return stance_of(self.evidence)

    @cached_property
    def kind(self) -> str:
        """Its stance with the two ways of being for the matter taken as one."""
        return kind_of(self.evidence)

    @cached_property
    def carried_by(self) -> frozenset[int]:
        """The independent voices that carry its kind of stance."""
        return frozenset(e.voice for e in self.spoken if kind_of(e) == self.kind)

    @property
    def voices(self) -> int:
        """How many these are."""
        return len(self.carried_by)

    @property
    def weak(self) -> bool:
        """Whether it is one unsure voice: too little to say that anything turned."""
        return self.voices == 1 and self._unsure

    @property
    def _unsure(self) -> bool:
        return self.evidence.confidence < (SURE if self.rank <= _HIGH else SURE_OF_HIGH)


@dataclass(frozen=True, slots=True)
class StanceStretch:
    """Points of one kind that follow each other, the earliest first."""

    points: tuple[SequencePoint, ...]

    @property
    def kind(self) -> str:
        """The kind of them all."""
        return self.points[0].kind

    @property
    def voices(self) -> int:
        """The independent voices that carry it."""
        return len(frozenset[int]().union(*(point.carried_by for point in self.points)))

    @property
    def tentative(self) -> bool:
        """Whether it rests on one unsure voice."""
        return self.voices == 1 and all(point.weak for point in self.points)

    @property
    def spoken(self) -> list[Evidence]:
        """All that took its kind of stance in it, the earliest first."""
        return [e for point in self.points for e in reversed(point.spoken) if kind_of(e) == self.kind]

    @property
    def decisive(self) -> SequencePoint:
        """The last point; of what is wanted in some and only not refused in others, the last that wants it."""
        wanted = [point for point in self.points if point.stance is Stance.FOR]
        return wanted[-1] if wanted else self.points[-1]


@dataclass(frozen=True, slots=True)
class StanceTurn:
    """A change between two points: the last of the former kind and the first of the later one."""

    first: SequencePoint
    second: SequencePoint


@dataclass(frozen=True)
class StanceSequence:
    """The points of a party on an issue, the earliest first, as stretches."""

    points: tuple[SequencePoint, ...]

    @cached_property
    def stretches(self) -> tuple[StanceStretch, ...]:
        """What the points amount to, the earliest first; none only where there are no points."""
        every = _joined(StanceStretch((point,)) for point in self.points)
        steady = _joined(stretch for stretch in every if not stretch.tentative)
        kept = [
            stretch
            for at, stretch in enumerate(steady)
            if not (0 < at < len(steady) - 1 and _stray(steady[at - 1], stretch, steady[at + 1]))
        ]
        return tuple(_joined(kept) or every[-1:])

    @property
    def standing(self) -> StanceStretch | None:
        """The stretch in which the party is now, None where it is silent."""
        return self.stretches[-1] if self.stretches else None

    @property
    def turns(self) -> list[StanceTurn]:
        """Where it turned, the earliest first."""
        both = ((first.points[-1], second.points[0]) for first, second in pairwise(self.stretches))
        return [StanceTurn(*turn) for turn in both if _days(turn[0].evidence.day, turn[1].evidence.day) > AT_ONCE]

    def as_of(self, day: str) -> StanceSequence:
        """Return the sequence of what was said by a day (ISO 8601)."""
        return sequence_of(e for point in self.points for e in point.spoken if spoken_on(e) <= day)


def sequence_of(spoken: Iterable[Evidence]) -> StanceSequence:
    """Return the sequence of a party's statements on an issue.

    What a report recalls as of some month or year ("in May last year") makes no point: its own reports tell it better;
    nor does what a nameless source says, or an unsure reading. Where there is nothing else, these make one.
    """
    telling = _whole([e for e in spoken if _tells(e)])
    named = [e for e in telling if e.rank > ANONYMOUS]
    dated = [e for e in named if day_of(e.day)]
    usable = next(filter(None, ([e for e in dated if e.confidence >= LEAST], dated, named, telling)), [])
    ranks = _ranks(usable)
    groups: list[list[Evidence]] = []
    for e in sorted(usable, key=lambda e: (e.day, e.key)):
        if groups and _days(groups[-1][0].day, e.day) <= AT_ONCE:
            groups[-1].append(e)
        else:
            groups.append([e])
    return StanceSequence(tuple(_point(group, ranks) for group in groups))


def stance_of(e: Evidence) -> Stance:
    """Return where a statement that takes a stance stands: "it will stay unless" is for it, "open if" conditional."""
    assert e.stance
    kept = e.binding and all(c.kind is ConditionKind.EXCEPTION and not c.grants.denied for c in e.binding)
    if e.stance is Stance.CONDITIONAL and kept:
        return Stance.FOR
    return Stance.CONDITIONAL if e.stance is Stance.OPEN and e.binding else e.stance


def kind_of(e: Evidence) -> str:
    """Return a stance with the two ways of being for the matter taken as one: "for", "conditional" or "against"."""
    return _KINDS[stance_of(e)]


def spoken_on(e: Evidence) -> str:
    """When it was said; what an old report recalls of older words is as old as the words."""
    return e.day or e.published_at[:10]


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """Return the day of an ISO date, None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _point(group: Sequence[Evidence], ranks: dict[int, int]) -> SequencePoint:
    best = max(group, key=lambda e: _weight(e, ranks[e.id]))
    newest_first = sorted(group, key=lambda e: (spoken_on(e), e.published_at, e.key), reverse=True)
    return SequencePoint(best, ranks[best.id], tuple(newest_first))


def _joined(stretches: Iterable[StanceStretch]) -> list[StanceStretch]:
    """Stretches of one kind that follow each other as one."""
    found: list[StanceStretch] = []
    for stretch in stretches:
        if found and found[-1].kind == stretch.kind:
            found[-1] = StanceStretch((*found[-1].points, *stretch.points))
        else:
            found.append(stretch)
    return found


def _stray(before: StanceStretch, stretch: StanceStretch, after: StanceStretch) -> bool:
    """Whether a stretch is a single word between two of one other kind, which no higher voice and no other carried."""
    if before.kind != after.kind or len(stretch.points) > 1 or stretch.voices > 1:
        return False
    return stretch.points[0].rank <= before.points[-1].rank


def _whole(spoken: Sequence[Evidence]) -> list[Evidence]:
    """Leave out what stands inside a word that says on what condition: "ready to pay" in "ready to pay once ..."."""
    conditional = {(e.report, e.key) for e in spoken if e.binding and stance_of(e) is Stance.CONDITIONAL}
    return [e for e in spoken if e.binding or e.parent is None or (e.report, e.parent) not in conditional]


def _tells(e: Evidence) -> bool:
    """Whether it says where the party stands: what it threatens to do stands for something else."""
    return e.stance is not None and not (e.act == Act.THREATEN and e.stance is Stance.CONDITIONAL)


def _ranks(spoken: Sequence[Evidence]) -> dict[int, int]:
    """The ranks by row: a person's is the highest of those days, as one report may leave out the office."""
    known: dict[str, list[Evidence]] = {}
    for e in spoken:
        if e.speaker and e.speaker.startswith("person:"):
            known.setdefault(e.speaker, []).append(e)
    return {
        e.id: max(
            (o.rank for o in known.get(e.speaker or "", ()) if abs(_days(o.day, e.day)) <= _OFFICE_DAYS),
            default=e.rank,
        )
        for e in spoken
    }


def _weight(e: Evidence, rank: int) -> tuple[int, int, str, float, str]:
    """How much a statement counts; one that says on what condition outranks the bare yes or no beside it."""
    tells = int(e.stance is Stance.CONDITIONAL and bool(e.binding))
    return rank, tells, spoken_on(e), e.confidence, e.key


@lru_cache(maxsize=4096)
def _days(earlier: str, later: str) -> int:
    one, other = day_of(earlier), day_of(later)
    return (other - one).days if one and other else 0
