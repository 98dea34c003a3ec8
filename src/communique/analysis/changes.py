"""What changed in a party's position on an issue, told apart from what only sounds different.

A party's statements on an issue are taken in the order in which they were said. Each is held against the one before it
of the same weight; a voice of lower rank changes nothing that a higher one said in the same days, and is shown as
another voice. Two reports of one saying are one point in time: they cannot change anything (see contradictions).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from communique.analysis import words
from communique.analysis.contradictions import most_spoken_of
from communique.analysis.evidence import Evidence, HeldCondition, evidence_on
from communique.analysis.relations import AT_ONCE, STILL
from communique.model import ConditionKind, Stance
from communique.record.filters import lower
from communique.record.naming import Named
from communique.record.parties import ANONYMOUS

MOST_ISSUES = 20
MOST_STATEMENTS = 300
_SAME_CONDITION = 0.5
_MET = 0.6


class ChangeKind(StrEnum):
    """How the later statement stands to the earlier one."""

    SHIFT = "shift"
    HARDENING = "hardening"
    SOFTENING = "softening"
    CONDITION_ADDED = "condition-added"
    CONDITION_DROPPED = "condition-dropped"
    CONDITION_MET = "condition-met"
    REWORDING = "rewording"
    OTHER_VOICE = "other-voice"
    UNCHANGED = "unchanged"


REAL = frozenset(
    (
        ChangeKind.SHIFT,
        ChangeKind.HARDENING,
        ChangeKind.SOFTENING,
        ChangeKind.CONDITION_ADDED,
        ChangeKind.CONDITION_DROPPED,
        ChangeKind.CONDITION_MET,
    )
)
"""What changes the position; the rest only sounds different."""

_READINESS = {Stance.AGAINST: 0, Stance.CONDITIONAL: 1, Stance.OPEN: 2, Stance.FOR: 3}


@dataclass(frozen=True, slots=True)
class Change:
    """Two statements of one party on one issue, the earlier first, and what changed between them."""

    party: str
    issue: str
    issue_name: str
    kind: ChangeKind
    first: Evidence
    second: Evidence
    explanation: str
    confidence: float

    @property
    def party_name(self) -> str:
        """The party as the record calls it."""
        return self.second.party_name


def changes(
    connection: Connection,
    *,
    issues: Sequence[Named] = (),
    parties: Sequence[Named] = (),
    as_of: str | None = None,
    since: str | None = None,
    kinds: Iterable[ChangeKind] = REAL,
    least: float = 0.4,
) -> list[Change]:
    """Return the changes of the parties' positions, the newest first.

    ``since`` (ISO 8601) leaves out changes that came to light before; what stood before it is still looked at.
    ``issues`` defaults to those most spoken of; ``least`` is the confidence below which a change is left out.
    """
    found: list[Change] = []
    wanted = frozenset(kinds)
    wanted_parties = {party.key for party in parties}
    for issue in issues or most_spoken_of(connection, MOST_ISSUES):
        every = evidence_on(connection, issue.id, as_of=as_of, limit=MOST_STATEMENTS)
        for name in dict.fromkeys(
            e.party for e in every if e.party and (not wanted_parties or e.party in wanted_parties)
        ):
            own = [e for e in every if e.party == name and e.rank > ANONYMOUS]
            found += changes_of(own, issue, name)
            found += _met(own, every, issue, name)
    kept = (
        item
        for item in found
        if item.kind in wanted and item.confidence >= least and (not since or item.second.published_at >= lower(since))
    )
    return sorted(kept, key=lambda item: (item.second.day, item.second.published_at, item.second.key), reverse=True)


def changes_of(evidence: Sequence[Evidence], issue: Named, party: str) -> list[Change]:
    """Return what changed from each statement of a party to the next, the earliest first."""
    ordered = sorted(
        (e for e in evidence if e.stance and e.day), key=lambda e: (e.day, e.published_at, e.rank, e.confidence, e.key)
    )
    found: list[Change] = []
    standing: Evidence | None = None
    for e in ordered:
        if standing is None:
            standing = e
            continue
        kind, why = _step(standing, e)
        if kind is not ChangeKind.UNCHANGED:
            sureness = (standing.confidence * e.confidence) ** 0.5 * (0.8 if kind in REAL else 0.7)
            found.append(Change(party, issue.key, issue.name, kind, standing, e, why, sureness))
        if kind is not ChangeKind.OTHER_VOICE:
            standing = _weightier(standing, e)
    return found


def _weightier(standing: Evidence, e: Evidence) -> Evidence:
    """Which of two counts from now on: of one day the higher voice, else the later."""
    apart = _apart(standing, e)
    return standing if apart is not None and apart <= AT_ONCE and standing.rank > e.rank else e


def _step(earlier: Evidence, later: Evidence) -> tuple[ChangeKind, str]:
    assert earlier.stance
    assert later.stance
    apart = _apart(earlier, later)
    if apart is not None and apart <= AT_ONCE and earlier.speaker == later.speaker:
        return ChangeKind.UNCHANGED, "one saying"
    if earlier.stance is not later.stance and later.rank < earlier.rank and apart is not None and apart <= STILL:
        return ChangeKind.OTHER_VOICE, f"{later.speaker_name} is a lesser voice than {earlier.speaker_name}"
    before, after = _binding(earlier), _binding(later)
    gone = [c for c in before if not any(_same(c, d) for d in after)]
    new = [c for c in after if not any(_same(c, d) for d in before)]
    if earlier.stance is Stance.CONDITIONAL and later.stance in (Stance.FOR, Stance.OPEN) and gone:
        return ChangeKind.CONDITION_DROPPED, f"no longer: {_short(gone[0].antecedent)}"
    if later.stance is Stance.CONDITIONAL and earlier.stance in (Stance.FOR, Stance.OPEN) and new:
        return ChangeKind.CONDITION_ADDED, f"now only if: {_short(new[0].antecedent)}"
    if earlier.stance is later.stance:
        if earlier.stance is Stance.CONDITIONAL and new and gone:
            return ChangeKind.SHIFT, f"another condition: {_short(new[0].antecedent)}"
        if earlier.speaker != later.speaker:
            return ChangeKind.UNCHANGED, "another speaker says the same"
        alike = words.overlap(words.content_words(earlier.content), words.content_words(later.content))
        return (ChangeKind.UNCHANGED, "the same words") if alike > 0.8 else (ChangeKind.REWORDING, "in other words")
    told = f"{earlier.stance.value} before, {later.stance.value} now"
    if {earlier.stance, later.stance} == {Stance.FOR, Stance.AGAINST}:
        return ChangeKind.SHIFT, told
    harder = _READINESS[later.stance] < _READINESS[earlier.stance]
    if {earlier.stance, later.stance} == {Stance.FOR, Stance.OPEN}:
        return ChangeKind.REWORDING, told
    return (ChangeKind.HARDENING if harder else ChangeKind.SOFTENING), told


def _met(own: Sequence[Evidence], every: Sequence[Evidence], issue: Named, party: str) -> list[Change]:
    """Find the conditions of a party that somebody later says are met: its own words say who must do what."""
    found = []
    for holder in own:
        for condition in _binding(holder):
            asked = words.content_words(condition.antecedent)
            if len(asked) < 2:
                continue
            for e in every:
                done = e.act in ("assert", "reaffirm", "praise") and not e.conditions and e.key != holder.key
                if not done or e.day <= holder.day or words.denied(e.content) or e.speaker is None:
                    continue
                share = len(asked & words.content_words(e.content)) / len(asked)
                if share >= _MET and _actor_fits(condition, e):
                    why = f"{e.speaker_name} says so: {_short(e.content)}"
                    sureness = 0.5 * share * (holder.confidence * e.confidence) ** 0.5
                    found.append(
                        Change(party, issue.key, issue.name, ChangeKind.CONDITION_MET, holder, e, why, sureness)
                    )
    return found


def _actor_fits(condition: HeldCondition, e: Evidence) -> bool:
    """Only who must act, or who holds the condition, can say that it is met."""
    return condition.must_act in (e.party, e.speaker) or condition.holder in (e.party, e.speaker)


def _binding(e: Evidence) -> list[HeldCondition]:
    return [c for c in e.conditions if c.kind is not ConditionKind.WAIVED]


def _same(one: HeldCondition, other: HeldCondition) -> bool:
    a, b = words.content_words(one.antecedent), words.content_words(other.antecedent)
    return words.overlap(a, b) >= _SAME_CONDITION


def _apart(one: Evidence, other: Evidence) -> int | None:
    first, second = _date(one.day), _date(other.day)
    return abs((second - first).days) if first and second else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))
    except ValueError:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99] + "…"
