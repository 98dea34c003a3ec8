"""Two accounts of one occasion: what a party is told to have said or agreed to, and what it says itself.

"Ali told us across the table that he no longer objects", says the other side's official; on the same day Ali says that
he will not consent. What A says of B is A's claim about B: it gives B no position. But where, within a day, B's own
words say the opposite on the same issue, two reports tell one occasion differently, and that is shown as a telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from communique.analysis.clashes import Clash, shared_topics
from communique.analysis.evidence_pairs import apart_in_text
from communique.analysis.relations import AT_ONCE, Compared, Relation, apart
from communique.analysis.sides import Side
from communique.lexicon import listed
from communique.model import Modality, Role, Stance, Trait

_verbs = partial(listed, "comparison", "willing")
_SURENESS = 0.65
_DECIDED = frozenset((Stance.FOR, Stance.AGAINST))


def accounts(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Compared]]:
    """Yield each claim of one party about another's will with the words of that one that say the opposite.

    Both are on one issue, in two reports, a day apart at most.
    """
    own: dict[tuple[str, str], list[Side]] = {}
    for side in sides:
        for topic in side.evidence.topics:
            if topic.stance in _DECIDED and side.evidence.party and not side.hearsay:
                own.setdefault((topic.key, f"@{side.evidence.party}"), []).append(side)
    for claim in sides:
        for_it = _told_will(claim)
        if for_it is None:
            continue
        seen = set()
        for topic in claim.evidence.topics:
            for party in _told_of(claim):
                for other in own.get((topic.key, party), ()):
                    if other.evidence.id not in seen and _against(claim, other, for_it):
                        seen.add(other.evidence.id)
                        yield claim, other, _judged(claim, other)


def _told_will(claim: Side) -> bool | None:
    """Whether a statement tells that somebody is for the matter; None where it tells of nobody's will."""
    said = claim.evidence.proposition
    if said.predicate in _verbs("turning") or said.predicate in _verbs("favouring"):
        return not said.denied
    will = said.modality is Modality.WILL and Trait.WILLED in said.traits
    return not said.denied if will else None


def _told_of(claim: Side) -> Iterable[str]:
    """The parties whose will a claim tells: of those that it names, who does it, where the parse knows that."""
    said = claim.evidence.proposition
    named = {term for term in said.terms[: said.main] if term.startswith("@")}
    willing = {f"@{each.actor}" for each in said.arguments if each.role is Role.AGENT} & named
    return sorted((willing or named) - {f"@{claim.evidence.party}"})


def _against(claim: Side, own: Side, for_it: bool) -> bool:
    a, b = claim.evidence, own.evidence
    days = apart(claim, own)
    if a.report == b.report or days is None or days > AT_ONCE or not apart_in_text(a, b):
        return False
    stances = {topic.stance for _, topic in shared_topics(claim, own)} & _DECIDED
    return stances == ({Stance.AGAINST} if for_it else {Stance.FOR})


def _judged(claim: Side, own: Side) -> Compared:
    a, b = claim.evidence, own.evidence
    where = f"{a.outlet or a.report} and {b.outlet or b.report}"
    whose = b.party_name or b.speaker_name
    why = f"{where} tell differently what {whose} will have: according to {a.speaker_name}, and in its own words"
    return Compared(
        Relation.CONTRADICTION, _SURENESS * (a.confidence * b.confidence) ** 0.5, why, Clash.DENIAL, telling=True
    )
