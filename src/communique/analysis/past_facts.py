"""What a party says that it did, and that it did not do: one of the two is wrong, whenever each is said.

"Our men fired warning shots", and three months later "no shot was fired": nobody's policy changed between, since both
tell of what is past. What is denied first and told as done later may have been done between; then it counts in full
only where both name one time. Each sentence of a statement is looked at alone: the deed in common is told as done in
one and as not done in the other, and something else that they speak of is in common too. This is the factive and
negative kind of de Marneffe, Rafferty and Manning (2008), "Finding Contradictions in Text", for deeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.analysis import terms
from communique.analysis.clashes import Clash
from communique.analysis.evidence_pairs import apart_in_text
from communique.analysis.likeness import Side
from communique.analysis.pair_relations import AT_ONCE, STILL, Compared, Relation, apart
from communique.model import Act, Trait
from communique.reading.grammar.state_words import states_in
from communique.reading.propositions.named_times import of_other_times
from communique.reading.propositions.past_deeds import DeedSentence, deed_sentences
from communique.reading.propositions.words import name_terms, terms_of
from communique.record.resolution.party_and_rank import ANONYMOUS

_MANY = 0.75
_ONE = 0.6
"""How sure it is with several words in common beside the deed, and with one."""

_OPEN_TO_A_LATER_DEED = 0.5
"""What is left of it where the deed may have been done after it was denied."""

_NOT_FOR_EVER = 0.8
"""What is left of it where a denial a good while later may be of another time."""


@dataclass(frozen=True, slots=True)
class PastFact:
    """A sentence of a statement that tells of deeds; ``turned`` where the statement denies what it says."""

    side: Side
    sentence: DeedSentence
    turned: bool

    @property
    def done(self) -> frozenset[str]:
        """The deeds that were done, by the statement."""
        return self.sentence.not_done if self.turned else self.sentence.done

    @property
    def not_done(self) -> frozenset[str]:
        """The deeds that were not."""
        return self.sentence.done if self.turned else self.sentence.not_done


def past_facts(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Compared]]:
    """Yield pairs of statements of one party of which one tells a deed that the other says was never done."""
    denied: dict[tuple[str, str], list[PastFact]] = {}
    told: list[tuple[str, PastFact]] = []
    for one in sides:
        party = one.evidence.party or one.evidence.speaker
        if party is None or one.hearsay or one.reacts or one.evidence.rank <= ANONYMOUS:
            continue
        for fact in _facts(one):
            for deed in fact.not_done:
                denied.setdefault((party, deed), []).append(fact)
            if fact.done:
                told.append((party, fact))
    for party, fact in told:
        for deed in sorted(fact.done):
            for other in denied.get((party, deed), ()):
                if found := _clash(fact, other, deed):
                    yield fact.side, other.side, found


def _facts(one: Side) -> Iterator[PastFact]:
    e = one.evidence
    if e.conditions or e.act == Act.ASK:
        return
    for sentence in deed_sentences(e.content):
        yield PastFact(one, sentence, e.act == Act.DENY and Trait.CLAIM not in sentence.proposition.traits)


def _clash(told: PastFact, denied: PastFact, deed: str) -> Compared | None:
    a, b = told.side.evidence, denied.side.evidence
    if not apart_in_text(a, b) or of_other_times(told.sentence.times, denied.sentence.times):
        return None
    own = terms_of(b.party_name) | name_terms(b.party_name)
    states = [states_in(frozenset(fact.sentence.proposition.terms)) - own for fact in (told, denied)]
    if states[0] and states[1] and states[0].isdisjoint(states[1]):
        return None
    one, other = (_matter(fact) - {deed} - own for fact in (told, denied))
    shared = one & other
    pronoun = len(other) <= 1 and told.side.topics & denied.side.topics  # "never accepted them"
    if not pronoun and 2 * len(shared) < max(1, min(len(one), len(other))):
        return None
    return _judged(told, denied, deed, _MANY if len(shared) > 1 else _ONE)


def _matter(fact: PastFact) -> frozenset[str]:
    """What a sentence speaks of, but names and states."""
    every = frozenset(fact.sentence.proposition.terms)
    return every - states_in(every) - frozenset(fact.sentence.proposition.names) - terms.generic()


def _judged(told: PastFact, denied: PastFact, deed: str, sureness: float) -> Compared:
    a, b = told.side.evidence, denied.side.evidence
    sureness *= _in_time(told, denied) * (a.confidence * b.confidence) ** 0.5
    days = apart(told.side, denied.side)
    who = (
        b.speaker_name if a.speaker == b.speaker else f"{a.speaker_name} and {b.speaker_name}, who speak for one party"
    )
    telling = a.report != b.report and a.speaker == b.speaker and days is not None and days <= AT_ONCE
    when = "" if days is None else " on the same day" if not days else f", {days} day{'s' * (days > 1)} apart"
    why = f"{who} told of what was done, and that it was not{when}: “{told.sentence.spelt(deed)}”"
    return Compared(Relation.CONTRADICTION, sureness, why, Clash.DENIAL, telling)


def _in_time(told: PastFact, denied: PastFact) -> float:
    days = apart(told.side, denied.side)
    if (days is not None and days <= STILL) or told.sentence.times & denied.sentence.times:
        return 1.0
    done, not_done = told.side.day, denied.side.day
    if done is None or not_done is None or not_done < done:
        return _OPEN_TO_A_LATER_DEED
    said = denied.sentence.proposition
    return 1.0 if Trait.FINAL in said.traits or said.none_of is not None else _NOT_FOR_EVER
