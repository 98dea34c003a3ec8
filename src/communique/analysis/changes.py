"""What changed in a party's position, told apart from what only sounds different.

A party's statements are taken in the order in which they were said. Each is held against its earlier ones on the same
matter; the latest that it bears on decides: it changes it, or says the same again. A voice of lower rank changes
nothing that a higher one said in the months before, and is shown as another voice. Two reports of one saying are one
point in time: they change nothing, and what is contradicted within its own month is open, not changed (see
`communique.analysis.contradictions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from communique.analysis import terms
from communique.analysis.clashes import Clash
from communique.analysis.evidence import Evidence, HeldCondition
from communique.analysis.evidence_pairs import apart_in_text, gather, pairs
from communique.analysis.likeness import Side
from communique.analysis.pair_relations import AT_ONCE, STILL, Compared, Relation, apart, compare, one_voice
from communique.analysis.sequence import StanceTurn, sequence_of, stance_of
from communique.analysis.stance_cells import spoken_by_cell
from communique.model import Stance, Trait
from communique.record.database.sql import Askable
from communique.record.query.date_bounds import lower
from communique.record.query.followed import followed_issues, followed_parties
from communique.record.query.lookup import Named
from communique.record.resolution.party_and_rank import ANONYMOUS

LEAST = 0.5
"""Confidence, 0 to 1, below which a change is left out, or told apart as one to check."""

TO_CHECK = 0.3
"""Confidence, 0 to 1, from which a change is worth checking."""

_MET = 0.75
"""The share of a condition's words that somebody must say to say that it is met."""

_SAID_MET = 0.6
"""How sure it is that a condition is met where all its words are said."""

_SAME_AGAIN = 0.8
"""The share of words in common, 0 to 1, above which a statement is the same again and not only reworded."""

_OTHER_VOICE_DAYS = 3 * STILL
"""Days within which a lesser voice of a party does not change what a higher one said."""

_MOST_OF_A_WORD = 60
"""Statements of one word that are looked at for whether they say a condition met."""

_LONGEST = 100
"""Characters of a condition in an explanation."""


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
    OTHER_REPORT = "other-report"
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

_TURNS = {
    ("against", "for"): ChangeKind.SHIFT,
    ("against", "conditional"): ChangeKind.SOFTENING,
    ("for", "against"): ChangeKind.HARDENING,
    ("conditional", "against"): ChangeKind.HARDENING,
    ("for", "conditional"): ChangeKind.CONDITION_ADDED,
    ("conditional", "for"): ChangeKind.CONDITION_DROPPED,
}
_BY_STANCE = frozenset(_TURNS.values())


@dataclass(frozen=True, slots=True)
class Change:
    """Two statements of one party, the earlier first, and what changed between them.

    ``issue`` and ``issue_name`` are what both are about, "" where they share no issue that the record knows.
    ``called`` is what the dossier calls the party, where it follows it.
    """

    party: str
    issue: str
    issue_name: str
    kind: ChangeKind
    first: Evidence
    second: Evidence
    explanation: str
    confidence: float
    called: str = ""

    @property
    def to_check(self) -> bool:
        """Whether it is less sure than what is told as sure."""
        return self.confidence < LEAST

    @property
    def party_name(self) -> str:
        """The party as the dossier or the record calls it."""
        return self.called or self.second.party_name or self.second.speaker_name


def changes(
    connection: Askable,
    *,
    issues: Sequence[Named] = (),
    parties: Sequence[Named] = (),
    as_of: str | None = None,
    since: str | None = None,
    kinds: Iterable[ChangeKind] = REAL,
    least: float = LEAST,
) -> list[Change]:
    """Return the changes of the parties' positions, the newest first.

    ``since`` (ISO 8601) leaves out changes that came to light before; what stood before it is still looked at. Without
    ``issues`` and ``parties`` the newest statements are looked at (`communique.analysis.evidence_pairs`). ``least`` is
    the confidence below which a change is left out. Raises BadFilter for what is no date.
    """
    wanted = frozenset(kinds)
    bound = lower(since) if since else ""
    met = ChangeKind.CONDITION_MET in wanted
    # Who says that a condition is met may be the other party.
    sides = gather(connection, issues, () if met and issues else parties, as_of, None)
    keys = {party.key for party in parties}
    found = changes_among(sides)
    if met:
        found += _met(sides)
    followed = _chosen(followed_issues(connection), issues)
    if followed:
        # On what is followed the party's stances tell, not the words that two statements share.
        own = {issue.key for issue in followed}
        other = [item for item in found if item.kind not in _BY_STANCE]
        found = other if not issues else [item for item in found if item in other or item.issue not in own]
        found += _turned(connection, followed, _chosen(followed_parties(connection), parties), as_of)
    kept = [
        item
        for item in found
        if item.kind in wanted
        and item.confidence >= least
        and item.second.published_at >= bound
        and (not keys or keys & {item.party, item.first.speaker, item.second.speaker})
    ]
    return sorted(
        _distinct(kept), key=lambda item: (item.second.day, item.second.published_at, item.second.key), reverse=True
    )


def _chosen(followed: Sequence[Named], chosen: Sequence[Named]) -> list[Named]:
    """Those that the record follows, of the chosen ones where some are."""
    keys = {named.key for named in chosen}
    return [named for named in followed if not keys or named.key in keys]


def _turned(connection: Askable, issues: Sequence[Named], parties: Sequence[Named], as_of: str | None) -> list[Change]:
    """Return where the followed parties' stances on the followed issues turned."""
    spoken = spoken_by_cell(connection, issues, parties, as_of=as_of)
    return [
        _of_turn(turn, party, issue)
        for issue in issues
        for party in parties
        for turn in sequence_of(spoken.get((party.key, issue.key), ())).turns
    ]


def _of_turn(turn: StanceTurn, party: Named, issue: Named) -> Change:
    first, second = turn.first.evidence, turn.second.evidence
    kind = _TURNS[turn.first.kind, turn.second.kind]
    if kind is ChangeKind.SHIFT and turn.second.stance is Stance.OPEN:
        kind = ChangeKind.SOFTENING
    why = f"{_stands(first)} before, {_stands(second)} now"
    sureness = (first.confidence * second.confidence) ** 0.5
    return Change(party.key, issue.key, issue.name, kind, first, second, why, sureness, party.name)


def _stands(e: Evidence) -> str:
    stance = stance_of(e)
    asked = next((c.antecedent for c in e.binding), "") if stance is Stance.CONDITIONAL else ""
    return f"{stance} ({_short(asked)})" if asked else str(stance)


def changes_among(sides: Sequence[Side]) -> list[Change]:
    """Return, for each statement, what it is to the latest earlier one of its party that it bears on."""
    usable = [s for s in sides if s.evidence.rank > ANONYMOUS and s.day]
    bearing: dict[int, list[tuple[Side, Side, Compared]]] = {}
    open_: set[tuple[int, Clash | None]] = set()
    for one, other in pairs(usable, one_voice=True):
        a, b = one.evidence, other.evidence
        if not (one_voice(a, b) and apart_in_text(a, b)):
            continue
        judged = compare(one, other)
        if judged.relation in (Relation.CHANGE, Relation.REWORDING):
            first, second = sorted((one, other), key=_order)
            bearing.setdefault(second.evidence.id, []).append((first, second, judged))
        elif judged.relation is Relation.CONTRADICTION:
            open_ |= {(a.id, judged.clash), (b.id, judged.clash)}
    latest = (max(items, key=lambda item: _order(item[0])) for items in bearing.values())
    return [_change(*item) for item in latest if not _is_open(item, open_)]


def _is_open(item: tuple[Side, Side, Compared], contradicted: set[tuple[int, Clash | None]]) -> bool:
    """Tell whether what would have changed is contradicted within its own month: then nobody can say that it did."""
    _, second, judged = item
    return judged.relation is Relation.CHANGE and (second.evidence.id, judged.clash) in contradicted


def _order(one: Side) -> tuple[str, str, int, float, str]:
    e = one.evidence
    return e.day, e.published_at, e.rank, e.confidence, e.key


def _change(first: Side, second: Side, judged: Compared) -> Change:
    kind, why = _kind(first, second, judged)
    a, b = first.evidence, second.evidence
    shared = [topic for topic in a.topics if topic.key in second.topics]
    issue = (shared[0].key, shared[0].name) if shared else ("", "")
    return Change(b.party or b.speaker or "", *issue, kind, a, b, why, judged.confidence)


def _kind(first: Side, second: Side, judged: Compared) -> tuple[ChangeKind, str]:
    a, b = first.evidence, second.evidence
    days = apart(first, second)
    if judged.relation is Relation.REWORDING:
        if second.steady:
            return ChangeKind.UNCHANGED, f"{b.speaker_name} calls it unchanged"
        if a.speaker != b.speaker:
            return ChangeKind.UNCHANGED, f"{b.speaker_name} says the same as {a.speaker_name}"
        if a.report != b.report and days is not None and days <= AT_ONCE:
            return ChangeKind.OTHER_REPORT, "another report of the same words"
        alike = terms.overlap(first.every, second.every)
        return (
            (ChangeKind.UNCHANGED, "the same again")
            if alike > _SAME_AGAIN
            else (ChangeKind.REWORDING, "in other words")
        )
    # One speaker is no lesser voice than himself: the later report may have left his office out.
    if b.rank < a.rank and b.speaker != a.speaker and days is not None and days <= _OTHER_VOICE_DAYS:
        return ChangeKind.OTHER_VOICE, f"{b.speaker_name} is a lesser voice than {a.speaker_name}"
    return _real(first, second, judged)


def _real(first: Side, second: Side, judged: Compared) -> tuple[ChangeKind, str]:
    if judged.clash is Clash.CONDITION:
        before, after = (_short(side.binding[0]) if side.binding else "" for side in (first, second))
        if before and after:
            return ChangeKind.SHIFT, f"another condition: {after}, no longer {before}"
        if after:
            softer = first.denied and not second.denied and not first.waives
            return (
                (ChangeKind.SOFTENING, f"not at all before, now on a condition: {after}")
                if softer
                else (ChangeKind.CONDITION_ADDED, f"now on a condition: {after}")
            )
        if not first.denied and not second.waives:
            if second.denied:
                return ChangeKind.HARDENING, f"on a condition before ({before}), now not at all"
            if terms.opposed(first.words, second.words):
                return ChangeKind.HARDENING, f"on a condition before ({before}), now the opposite"
        return ChangeKind.CONDITION_DROPPED, f"no longer on the condition: {before}"
    if judged.clash is Clash.DENIAL and first.denied and _ready(second):
        return ChangeKind.SOFTENING, "refused before, ready for it now"
    if judged.clash is Clash.DENIAL and second.denied and _ready(first):
        return ChangeKind.HARDENING, "ready for it before, refused now"
    return ChangeKind.SHIFT, judged.explanation


def _ready(one: Side) -> bool:
    e = one.evidence
    return not one.denied and (e.act in ("offer", "propose") or Trait.WILLING in e.proposition.traits)


def _met(sides: Sequence[Side]) -> list[Change]:
    """Find the conditions that somebody later says are met: who set them, or who had to act."""
    found = []
    doing = [s for s in sides if s.evidence.act in ("assert", "reaffirm", "praise") and not s.binding and not s.denied]
    index: dict[str, list[Side]] = {}
    for one in doing:
        for word in one.words:
            index.setdefault(word, []).append(one)
    for holder in sides:
        for condition in holder.evidence.binding:
            asked = frozenset(condition.asks.terms)
            if len(asked) < 2 or condition.asks.denied:
                continue
            rarest = min(asked, key=lambda word: len(index.get(word, ())))
            near = index.get(rarest, []) + [s for w in asked - {rarest} for s in index.get(w, [])[:_MOST_OF_A_WORD]]
            for one in {s.evidence.id: s for s in near}.values():
                item = _says_met(holder, condition, asked, one)
                if item:
                    found.append(item)
    return found


def _says_met(holder: Side, condition: HeldCondition, asked: frozenset[str], one: Side) -> Change | None:
    a, e = holder.evidence, one.evidence
    share = len(asked & one.words) / len(asked)
    if share < _MET or e.key == a.key or e.day <= a.day or e.rank <= ANONYMOUS or not apart_in_text(a, e):
        return None
    if not {condition.must_act, condition.holder} & {e.party, e.speaker}:
        return None
    shared = [topic for topic in a.topics if topic.key in one.topics] or a.topics[:1]
    issue = (shared[0].key, shared[0].name) if shared else ("", "")
    why = f"{e.speaker_name} says that the condition is met: {_short(condition.antecedent)}"
    sureness = _SAID_MET * share * (a.confidence * e.confidence) ** 0.5
    return Change(a.party or a.speaker or "", *issue, ChangeKind.CONDITION_MET, a, e, why, sureness)


def _distinct(found: Iterable[Change]) -> list[Change]:
    """Keep the surest of the changes that one report brings of one kind in one party's words."""
    best: dict[tuple[object, ...], Change] = {}
    for item in found:
        key = (item.party, item.kind, item.first.report, item.second.report, item.issue)
        if key not in best or item.confidence > best[key].confidence:
            best[key] = item
    return list(best.values())


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
