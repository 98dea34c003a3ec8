"""What became of a condition: it was met, dropped by its holder, or overtaken by what happened or was said since.

A condition is **met** where, after its last wording, a statement of its holder, of who must act or of somebody else, or
a report in its own name, tells what it asks for as done, or says that the demand is met. It is **dropped** where its
holder offers, promises or does what hung on it without it, or is plainly for the matter since (its sequence of stances
turned, see `communique.analysis.sequence`). It is **overtaken** where what hung on it is told as come about, or where
its holder's stance turned against the matter. What is only asked for, expected or denied tells nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from communique.analysis import terms
from communique.analysis.evidence import Evidence, Topic
from communique.analysis.own_sentences import OwnSentence
from communique.analysis.sequence import StanceSequence, StanceTurn, sequence_of, stance_of
from communique.analysis.terms import overlap
from communique.model import Act, ConditionKind, Modality, Proposition, Stance, Time, Trait
from communique.reading.grammar.state_words import is_state
from communique.reading.propositions.demands_met import demands_met, is_settled
from communique.reading.propositions.words import terms_of
from communique.standoff.derived.waits import ConditionFate, FateKind, Precondition

_TOLD = 0.75
"""The share of the shorter one's words from which words tell what a condition speaks of."""

_AGAIN = 0.5
"""The share from which they speak of it again."""

_LEAST = 2
"""Words in common, beside names, from which they may."""

_MOST_REMEMBERED = 16_384
"""Propositions whose terms are."""

_Words = TypeVar("_Words", Evidence, OwnSentence)
_OFFERING = frozenset((Act.OFFER, Act.PROMISE, Act.PROPOSE))
_TELLING = frozenset((Act.ASSERT, Act.REAFFIRM, Act.PRAISE))
_OPEN = frozenset((Trait.WISHED, Trait.WILLED, Trait.ASKED, Trait.WANTED, Trait.WILLING, Trait.OF_WORDS, Trait.CLAIM))


def fates(
    preconditions: Sequence[Precondition],
    spoken: Sequence[Evidence],
    own: Sequence[OwnSentence],
    names: Mapping[str, str],
) -> dict[int, ConditionFate]:
    """Return what became of preconditions, by number; of those that stand nothing.

    ``spoken`` are the statements, ``own`` what reports tell in their own name, ``names`` those of parties by key.
    """
    statements = sorted(spoken, key=lambda e: (e.day, e.published_at, e.key))
    unbound = [e for e in statements if not e.binding]
    telling = _Later([e for e in unbound if e.act in _TELLING])
    offering: dict[str | None, list[Evidence]] = {}
    for e in unbound:
        if not e.conditions and e.act != Act.REFUSE:
            offering.setdefault(e.party, []).append(e)
    offered = {holder: _Later(offering.get(holder, ())) for holder in {each.holder for each in preconditions}}
    told = _Later(sorted(own, key=lambda sentence: sentence.day))
    own_words = _OwnSequences(statements)
    found = {}
    for each in preconditions:
        since = max(said.statement.day for said in each.evidence)
        voices, reports = ({getattr(s.statement, of) for s in each.evidence} for of in ("voice", "report"))
        wanted = _matter(each.asks) | _matter(each.grants)
        since_then = _Since(
            [e for e in telling.near(wanted, since) if e.voice not in voices],
            [e for e in offered[each.holder].near(wanted, since) if e.voice not in voices],
            [one for one in told.near(wanted, since) if one.report not in reports],
        )
        fate = next(_fates_of(each, since_then, own_words, names), None)
        if fate is not None:
            found[each.number] = fate
    return found


class _Later(Generic[_Words]):
    """Words in the order of their days, looked up by their terms: those without one in common are never looked at."""

    def __init__(self, words: Sequence[_Words]) -> None:
        self._words: Sequence[_Words] = words
        self._days = [one.day for one in words]
        self._places: dict[str, list[int]] = {}
        for at, one in enumerate(words):
            for term in one.proposition.terms:
                self._places.setdefault(term, []).append(at)

    def near(self, wanted: Iterable[str], since: str) -> list[_Words]:
        """Return the words of later days that have one of some terms."""
        first = bisect_right(self._days, since)
        lists = (self._places.get(term, ()) for term in wanted)
        return [self._words[at] for at in sorted({at for places in lists for at in places if at >= first})]


@dataclass(frozen=True, slots=True)
class _Since:
    """What was said near a condition since its last wording: what tells something, what its holder offers, and what
    reports tell in their own name."""

    telling: Sequence[Evidence]
    offering: Sequence[Evidence]
    sentences: Sequence[OwnSentence]


class _OwnSequences:
    """What each party said, and its sequences of stances by issue, each made once."""

    def __init__(self, statements: Iterable[Evidence]) -> None:
        self.spoken: dict[str | None, list[Evidence]] = {}
        for e in statements:
            self.spoken.setdefault(e.party, []).append(e)
        self._made: dict[tuple[str, str], StanceSequence] = {}

    def on(self, party: str, topic: str) -> StanceSequence:
        """Return a party's sequence on an issue, by the keys of both."""
        if (party, topic) not in self._made:
            said = ((e, t) for e in self.spoken.get(party, ()) for t in e.topics)
            on_it = [replace(e, stance=t.stance) for e, t in said if t.key == topic and t.stance]
            self._made[party, topic] = sequence_of(on_it)
        return self._made[party, topic]


def _fates_of(
    each: Precondition,
    since: _Since,
    own_words: _OwnSequences,
    names: Mapping[str, str],
) -> Iterator[ConditionFate]:
    yield from (_said(FateKind.MET, e) for e in since.telling if _says_met(each, e, names))
    yield from (_told(FateKind.MET, sentence) for sentence in since.sentences if _tells_met(each, sentence, names))
    yield from (_said(FateKind.DROPPED, e) for e in since.offering if _drops(each, e))
    turn = _turned(each, own_words)
    if turn is not None and turn.second.kind == "for":
        yield _said(FateKind.DROPPED, turn.second.evidence)
    if turn is not None and turn.second.kind == "against":
        yield _said(FateKind.OVERTAKEN, turn.second.evidence)
    yield from (_said(FateKind.OVERTAKEN, e) for e in since.telling if _came_about(each, e, names))
    yield from (
        _told(FateKind.OVERTAKEN, sentence) for sentence in since.sentences if _told_come_about(each, sentence, names)
    )


def _said(kind: FateKind, e: Evidence) -> ConditionFate:
    return ConditionFate(kind, e.content, e.report, e.outlet, e.day, e.at, e)


def _told(kind: FateKind, sentence: OwnSentence) -> ConditionFate:
    return ConditionFate(kind, sentence.words, sentence.report, sentence.outlet, sentence.day, (sentence.at,))


def _turned(each: Precondition, own_words: _OwnSequences) -> StanceTurn | None:
    """Where its holder's stance on the matter that it was conditional on turned away from that, for good."""
    evidence = {said.statement.key for said in each.evidence}
    last = max(said.statement.day for said in each.evidence)
    makes = [e for e in own_words.spoken.get(each.holder, ()) if e.key in evidence]
    tied = {t.key for e in makes for t in e.topics if t.stance and _is_tied(replace(e, stance=t.stance), t, each)}
    for topic in sorted(tied):
        turns = [turn for turn in own_words.on(each.holder, topic).turns if turn.second.evidence.day > last]
        second = turns[-1].second if turns else None
        if second is not None and second.kind != "conditional" and not _holds_it(second.evidence, each):
            return turns[-1]
    return None


def _holds_it(e: Evidence, each: Precondition) -> bool:
    """Whether a statement still ties something to a condition, or speaks of what this one asks for."""
    return bool(e.binding) or _repeats(e, each)


def _repeats(e: Evidence, each: Precondition) -> bool:
    """Whether a statement speaks of what the condition asks for."""
    return overlap(_matter(e.proposition), _matter(each.asks)) >= _AGAIN


def _is_tied(e: Evidence, topic: Topic, each: Precondition) -> bool:
    """Whether a statement is on a condition for an issue, and it is that issue that hangs on the precondition."""
    return stance_of(e) is Stance.CONDITIONAL and overlap(terms_of(topic.name), frozenset(each.grants.terms)) > 0


def _says_met(each: Precondition, e: Evidence, names: Mapping[str, str]) -> bool:
    """Whether a statement that tells something tells that what is asked was done, or that the demand is met."""
    sides = {each.holder, each.must_act}
    if e.party in sides and _fulfils(e.content, each.asks):
        return True
    named = e.party == each.must_act or _names(e.proposition, each.must_act, names)
    return named and _waits_for(each) and _is_done(e.proposition) and _of_it(e.proposition, each.asks)


def _tells_met(each: Precondition, sentence: OwnSentence, names: Mapping[str, str]) -> bool:
    said = sentence.proposition
    if not (_names(said, each.must_act, names) or _names(said, each.holder, names)):
        return False
    done = sentence.whole and _is_done(said) and is_settled(sentence.words)
    return _fulfils(sentence.words, each.asks) or (done and _waits_for(each) and _of_it(said, each.asks))


def _waits_for(each: Precondition) -> bool:
    """Whether it is what the condition says that is waited for, and not its end: "no treaty if they claim our land"."""
    refuses = each.kind is ConditionKind.SUFFICIENT and each.grants.denied and Trait.UNTIL not in each.asks.traits
    return not (each.asks.denied or refuses)


def _drops(each: Precondition, e: Evidence) -> bool:
    """Whether its holder, in words without a condition, offers, promises or does what hung on it."""
    said = e.proposition
    unless = each.kind is ConditionKind.EXCEPTION and not each.grants.denied
    if unless or said.denied or _repeats(e, each):
        return False
    ready = e.act in _OFFERING or Trait.WAIVES in said.traits or (e.act in _TELLING and _is_done(said))
    return ready and (_of_it(said, each.grants) or _of_its_issue(e, each))


def _of_its_issue(e: Evidence, each: Precondition) -> bool:
    """As in "no delimitation until", and an offer "to continue the delimitation": an issue's own name is what hangs."""
    granted = _matter(each.grants)
    named = (terms_of(topic.name) for topic in e.topics)
    return bool(granted) and granted <= _matter(e.proposition) and any(granted <= name for name in named)


def _came_about(each: Precondition, e: Evidence, names: Mapping[str, str]) -> bool:
    said = e.proposition
    named = e.party == each.holder or _names(said, each.holder, names)
    return named and _is_done(said) and _promised(each) and _of_it(said, each.grants)


def _told_come_about(each: Precondition, sentence: OwnSentence, names: Mapping[str, str]) -> bool:
    said = sentence.proposition
    told = sentence.whole and _names(said, each.holder, names) and _is_done(said) and is_settled(sentence.words)
    return told and _promised(each) and _of_it(said, each.grants)


def _promised(each: Precondition) -> bool:
    """Whether what hangs on it is wanted, and not a threat."""
    return each.kind is not ConditionKind.EXCEPTION or each.grants.denied


def _is_done(said: Proposition) -> bool:
    """Whether words tell something as done: not as wished, asked for, denied or to come."""
    real = said.modality is Modality.ACTUAL and said.time in (Time.PAST, Time.PRESENT)
    # Words without a parse tell no more of their verb than that it is there: see `_of_it`.
    clause = Trait.CLAUSE in said.traits or not said.predicate
    return real and clause and not said.denied and _OPEN.isdisjoint(said.traits)


def _of_it(said: Proposition, asked: Proposition) -> bool:
    """Whether words speak of what one half of a condition does, by its verb and by most of the shorter one's words."""
    one, other = _matter(said), _matter(asked)
    shared = one & other
    # Of words with a parse the main verb is known: "interested in the signing" is no signing.
    verb, does = terms_of(asked.predicate), terms_of(said.predicate) if said.predicate else frozenset(said.terms)
    by_verb = not verb or not verb.isdisjoint(does)
    return len(shared) >= _LEAST and by_verb and overlap(one, other) >= _TOLD and not terms.opposed(one, other)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _matter(said: Proposition) -> frozenset[str]:
    """The terms of what is done, without names and without what only places or describes it."""
    main = frozenset(said.terms[: said.main]) or frozenset(said.terms)
    done = frozenset(term for term in main if not is_state(term)) - frozenset(said.names)
    return done - terms.generic() or done


def _names(said: Proposition, party: str, names: Mapping[str, str]) -> bool:
    called = terms_of(names.get(party, ""))
    return f"@{party}" in said.terms or bool(called and called <= frozenset(said.terms))


def _fulfils(words: str, asked: Proposition) -> bool:
    """As in "whose demand concerning the four villages has been met": a word of what was asked stands with it."""
    return any(not beside.isdisjoint(_matter(asked)) for beside in demands_met(words))
