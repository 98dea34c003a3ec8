"""Two accounts of one occasion: what a party is told to have said or agreed to, and what it says itself.

"Ali told us across the table that he no longer objects", says the other side's official; on the same day Ali says that
he will not consent. What A says of B is A's claim about B: it gives B no position. But where, within a day, B's own
words say the opposite on the same issue, two reports tell one occasion differently, and that is shown as a telling. So
is what A has B promise outright where B, within that day, ties it to a condition, and where A says that B agreed and B
that it did not, in reports on one issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from communique.analysis.clashes import Clash, shared_topics
from communique.analysis.evidence_pairs import apart_in_text
from communique.analysis.likeness import Side
from communique.analysis.pair_relations import AT_ONCE, Compared, Relation, apart
from communique.lexicon import listed
from communique.model import Act, Modality, Role, Stance, Trait
from communique.reading.propositions.past_deeds import denies_consent, opens_denied, speaks_of_consent

_verbs = partial(listed, "propositions_compared", "willing")
_SURENESS = 0.65
_NEXT_DAYS = 2
"""Days within which a denial answers what was told of a meeting."""

_DECIDED = frozenset((Stance.FOR, Stance.AGAINST))
_PROMISING = frozenset((Act.PROMISE, Act.OFFER))


def accounts(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Compared]]:
    """Yield each claim of one party about another's will with the words of that one that say the opposite.

    Both are on one issue, in two reports, a day apart at most.
    """
    own: dict[tuple[str, str], list[Side]] = {}
    for side in sides:
        # Who denies a charge disputes it; he tells nothing of his will.
        if side.hearsay or not side.evidence.party or side.evidence.act == Act.DENY:
            continue
        for topic in side.evidence.topics:
            if topic.stance in _DECIDED:
                own.setdefault((topic.key, f"@{side.evidence.party}"), []).append(side)
    yield from _promises(sides, own)
    yield from _agreements(sides)
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


def _promises(sides: Sequence[Side], own: dict[tuple[str, str], list[Side]]) -> Iterator[tuple[Side, Side, Compared]]:
    """What one party has another one promise outright, or want, that this one ties to a condition, or will not have."""
    tied: dict[tuple[str, str], list[Side]] = {}
    for side in sides:
        for topic in side.evidence.topics:
            if topic.stance is Stance.CONDITIONAL and side.binding and side.evidence.party and not side.hearsay:
                tied.setdefault((topic.key, f"@{side.evidence.party}"), []).append(side)
    for claim in sides:
        e = claim.evidence
        if not claim.hearsay or e.act not in _PROMISING or claim.binding:
            continue
        for topic in e.topics:
            if topic.stance in (Stance.FOR, Stance.OPEN):
                place = topic.key, f"@{e.party}"
                against = [each for each in own.get(place, ()) if _against(claim, each, for_it=True)]
                held = [each for each in tied.get(place, ()) if _at_once(claim, each)]
                for other in (*held, *against)[:1]:
                    yield claim, other, _judged(claim, other, Clash.CONDITION if held else Clash.DENIAL)


def _agreements(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Compared]]:
    """Where A, or a report in its own words, says that B agreed, and B that it did not, within two days of each other.

    "The prime minister agreed to this" names no issue of its own: what its report is about tells the occasion.
    """
    parties = {e.speaker: e.party for e in (side.evidence for side in sides) if e.speaker and e.party}
    about: dict[str, set[str]] = {}
    for side in sides:
        about.setdefault(side.evidence.report, set()).update(side.topics)
    denials: dict[str | None, list[Side]] = {}
    for side in sides:
        if side.evidence.party and not side.hearsay and _denies_consent(side):
            denials.setdefault(side.evidence.party, []).append(side)
    for claim in sides:
        for party in sorted(_consenting(claim, parties)):
            for other in denials.get(party, ()):
                on_one = about[claim.evidence.report] & about[other.evidence.report]
                named = (claim.topics | other.topics) & on_one
                if named and _at_once(claim, other, _NEXT_DAYS):
                    yield claim, other, _judged(claim, other)


def _consenting(claim: Side, parties: Mapping[str, str | None]) -> set[str]:
    """The parties that a statement tells to have agreed to something, beside the one that tells it."""
    e = claim.evidence
    against = any(topic.stance is Stance.AGAINST for topic in e.topics)
    if claim.denied or claim.binding or against or opens_denied(e.content):
        return set()
    if e.act == Act.PROMISE and e.party and e.speaker == e.party:
        return {e.party}  # a state that is told to have agreed: these are the reporter's words
    if e.proposition.predicate not in _verbs("favouring"):
        return set()
    return {party for each in _agents(claim) if (party := parties.get(each, each)) and party != e.party}


def _denies_consent(side: Side) -> bool:
    """Whether it says, in a sentence of its own, that nothing was agreed, promised or given."""
    e = side.evidence
    if e.act == Act.DENY:
        return side.denied and speaks_of_consent(e.content)
    if e.proposition.predicate in _verbs("favouring"):
        return side.denied
    return denies_consent(e.content)


def _agents(claim: Side) -> Iterator[str]:
    return (each.actor for each in claim.evidence.proposition.arguments if each.role is Role.AGENT)


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


def _at_once(claim: Side, own: Side, most: int = AT_ONCE) -> bool:
    """Whether two reports tell it, some days apart at most."""
    a, b = claim.evidence, own.evidence
    days = apart(claim, own)
    return a.report != b.report and days is not None and days <= most and apart_in_text(a, b)


def _against(claim: Side, own: Side, for_it: bool) -> bool:
    if not _at_once(claim, own):
        return False
    stances = {topic.stance for _, topic in shared_topics(claim, own)} & _DECIDED
    return stances == ({Stance.AGAINST} if for_it else {Stance.FOR})


def _judged(claim: Side, own: Side, clash: Clash = Clash.DENIAL) -> Compared:
    a, b = claim.evidence, own.evidence
    where = f"{a.outlet or a.report} and {b.outlet or b.report}"
    whose = b.party_name or b.speaker_name
    teller = "another party" if claim.hearsay else a.speaker_name
    why = f"{where} tell differently what {whose} will have: according to {teller}, and in its own words"
    return Compared(Relation.CONTRADICTION, _SURENESS * (a.confidence * b.confidence) ** 0.5, why, clash, telling=True)
