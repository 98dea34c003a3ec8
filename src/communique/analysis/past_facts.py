"""What a party says that it did, and that it did not do: one of the two is wrong, whenever each is said.

"Our men fired warning shots", and three months later "no shot was fired": nobody's policy changed between, since both
tell of what is past. What is denied first and told as done later may have been done between; then it counts in full
only where both name one time. Each sentence of a statement is looked at alone, by its words: the verb in common stands
in a past form on both sides, and something else that they speak of is in common too. This is the factive and negative
kind of de Marneffe, Rafferty and Manning (2008), "Finding Contradictions in Text", for deeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from communique.analysis import terms
from communique.analysis.clashes import Clash
from communique.analysis.evidence import of_words
from communique.analysis.evidence_pairs import apart_in_text
from communique.analysis.named_times import of_other_times, times_in
from communique.analysis.relations import AT_ONCE, STILL, Compared, Relation, apart
from communique.analysis.sentences import sentences
from communique.analysis.sides import Side
from communique.lexicon import alternatives, listed
from communique.model import Act, Proposition, Trait
from communique.reading.grammar.base_forms import base_form, is_past
from communique.reading.grammar.state_words import states_in
from communique.reading.propositions.words import name_terms, terms_of
from communique.record.resolution.affiliation import ANONYMOUS

_words = partial(listed, "comparison", "past")
_WORD = re.compile(r"[a-z]+(?:['’]t)?")

_MANY = 0.75
_ONE = 0.6
"""How sure it is with several words in common beside the verb, and with one."""

_OPEN_TO_A_LATER_DEED = 0.5
"""What is left of it where the deed may have been done after it was denied."""

_NOT_FOR_EVER = 0.8
"""What is left of it where a denial a good while later may be of another time."""

_PIECE = re.compile(r"[a-z]+(?:['’]t)?|[,;:.!?]")
_REACH = 6
"""Words after a negation among which it denies a verb."""

_LONGEST = 40
"""Words of a sentence above which its sign is not told by its words."""


@dataclass(frozen=True, slots=True)
class PastFact:
    """A sentence of a statement that tells of what was done, or was not.

    ``did`` are the base forms of its past verbs, ``of`` its terms but names, ``times`` the months and years it names.
    """

    side: Side
    words: str
    did: frozenset[str]
    of: frozenset[str]
    states: frozenset[str]
    denied: bool
    final: bool
    times: frozenset[str]


def past_facts(sides: Sequence[Side]) -> Iterator[tuple[Side, Side, Compared]]:
    """Yield pairs of statements of one party of which one tells a deed that the other says was never done."""
    denied: dict[tuple[str, str], list[PastFact]] = {}
    told: list[tuple[str, PastFact]] = []
    for one in sides:
        party = one.evidence.party or one.evidence.speaker
        if party is None or one.hearsay or one.evidence.rank <= ANONYMOUS:
            continue
        for fact in _facts(one):
            if fact.denied:
                for verb in fact.did:
                    denied.setdefault((party, verb), []).append(fact)
            else:
                told.append((party, fact))
    for party, fact in told:
        for verb in sorted(fact.did):
            for other in denied.get((party, verb), ()):
                if found := _clash(fact, other, verb):
                    yield fact.side, other.side, found


def _facts(one: Side) -> Iterator[PastFact]:
    e = one.evidence
    if e.conditions or e.act == Act.ASK:
        return
    for sentence, said, signs in _told(e.content):
        turned = e.act == Act.DENY and Trait.CLAIM not in said.traits
        every = frozenset(said.terms)
        states = states_in(every)
        for denied in (False, True):
            if did := frozenset(verb for verb, sign in signs if sign == denied):
                yield PastFact(
                    one,
                    sentence,
                    did,
                    every - states - frozenset(said.names) - terms.generic(),
                    states,
                    denied != turned,
                    Trait.FINAL in said.traits or said.none_of is not None,
                    times_in(sentence),
                )


@lru_cache(maxsize=8192)
def _told(content: str) -> tuple[tuple[str, Proposition, tuple[tuple[str, bool], ...]], ...]:
    """The sentences of a content that tell of what is past: what they say, and their past verbs with their signs."""
    found = []
    for start, end in sentences(content):
        sentence = _without_opening(content[start:end])
        words = frozenset(_WORD.findall(sentence.lower()))
        if words & _words("open") or "?" in sentence or len(sentence.split()) > _LONGEST:
            continue
        if signs := tuple(sorted(_signs(sentence.lower()))):
            found.append((sentence, of_words(sentence), signs))
    return tuple(found)


def _signs(sentence: str) -> Iterator[tuple[str, bool]]:
    """The verbs in a past form, each with whether a word before it, in one stretch without a mark, denies it."""
    denied, auxiliary = 0, False
    for word in _PIECE.findall(sentence):
        if not word[0].isalpha():
            denied, auxiliary = 0, False
        elif word in _negations() or word.endswith(("n't", "n’t")):
            denied, auxiliary = _REACH, auxiliary or word in _words("auxiliaries")
        else:
            auxiliary = auxiliary or word in _words("auxiliaries")
            verb = base_form(word)
            if verb not in _empty() and verb not in _light() and (is_past(word) or (denied and auxiliary)):
                yield verb, denied > 0
            denied = max(0, denied - 1)


def _without_opening(sentence: str) -> str:
    """Leave out that one wants to say what follows: "I want to stress that ..."."""
    opening = _opening().match(sentence)
    return sentence[opening.end() :] if opening else sentence


def _clash(told: PastFact, denied: PastFact, verb: str) -> Compared | None:
    a, b = told.side.evidence, denied.side.evidence
    if not apart_in_text(a, b) or (told.side.reacts or denied.side.reacts):
        return None
    if of_other_times(told.times, denied.times):
        return None
    own = terms_of(b.party_name) | name_terms(b.party_name)
    if (told.states - own) and (denied.states - own) and (told.states - own).isdisjoint(denied.states - own):
        return None
    one, other = (fact.of - {verb} - own for fact in (told, denied))
    shared = one & other
    pronoun = len(other) <= 1 and told.side.topics & denied.side.topics  # "never accepted them"
    if not pronoun and 2 * len(shared) < max(1, min(len(one), len(other))):
        return None
    sureness = (_MANY if len(shared) > 1 else _ONE) * _in_time(told, denied) * (a.confidence * b.confidence) ** 0.5
    first, second = sorted((told, denied), key=lambda f: (f.side.evidence.day, f.side.evidence.published_at))
    days = apart(first.side, second.side)
    who = (
        b.speaker_name if a.speaker == b.speaker else f"{a.speaker_name} and {b.speaker_name}, who speak for one party"
    )
    telling = a.report != b.report and a.speaker == b.speaker and days is not None and days <= AT_ONCE
    when = "" if days is None else " on the same day" if not days else f" {days} days apart"
    why = f"{who} told of what was done, and that it was not{when}: {_spelt(told, verb)}"
    return Compared(Relation.CONTRADICTION, sureness, why, Clash.DENIAL, telling)


def _spelt(told: PastFact, verb: str) -> str:
    return f"“{next(word for word in _WORD.findall(told.words.lower()) if base_form(word) == verb)}”"


def _in_time(told: PastFact, denied: PastFact) -> float:
    days = apart(told.side, denied.side)
    if days is not None and days <= STILL:
        return 1.0
    if told.times & denied.times:
        return 1.0
    done, not_done = told.side.day, denied.side.day
    if done is None or not_done is None or not_done < done:
        return _OPEN_TO_A_LATER_DEED
    return 1.0 if denied.final else _NOT_FOR_EVER


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"[^.;]*\b(?:{alternatives('comparison', 'past', 'saying')})\b[^.;]*?\bthat\s+", re.IGNORECASE)


@cache
def _negations() -> frozenset[str]:
    return listed("comparison", "words", "negations")


@cache
def _light() -> frozenset[str]:
    """Verbs that say nothing by themselves: "made it clear"."""
    return frozenset(map(base_form, _words("light")))


@cache
def _empty() -> frozenset[str]:
    return frozenset(map(base_form, listed("comparison", "words", "empty")))
