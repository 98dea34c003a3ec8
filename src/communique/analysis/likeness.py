"""Statements made ready for comparing, and how alike two of them are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from communique.analysis import terms
from communique.analysis.evidence import Evidence
from communique.model import ConditionKind, Proposition, Trait
from communique.reading.grammar.state_words import states_in
from communique.reading.propositions.words import terms_of

ALIKE = 0.5
"""The share of the shorter one's words from which two statements say much the same."""

NEAR = 0.34
"""The share from which they are about one matter."""


@dataclass(frozen=True, slots=True)
class Side:
    """A statement made ready for comparing with many others.

    ``words`` and ``denied`` are those of what it says, its conditions taken out; ``every`` has their words too.
    ``against`` are the words that stand against these.
    ``reacts`` tells that it speaks of somebody's words ("the remarks that ...").
    ``binding`` are the antecedents of its conditions; ``waives`` tells that it sets none, in so many words.
    ``hearsay`` tells that another party says that it was said.
    """

    evidence: Evidence
    words: frozenset[str]
    against: frozenset[str]
    names: frozenset[str]
    every: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    denied: bool
    final: bool
    steady: bool
    reacts: bool
    binding: tuple[str, ...]
    waives: bool
    day: date | None
    topics: frozenset[str]
    hearsay: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two statements have in common, the opposite words ``pair`` set aside.

    ``alike`` is the share of the shorter one's words, ``covered`` of the longer one's; ``shared`` counts them,
    ``telling`` those that are not names alone. ``elsewhere`` tells that each names a state that the other does not.
    """

    alike: float
    covered: float
    shared: int
    telling: int
    pair: tuple[str, str] | None
    elsewhere: bool


def side(evidence: Evidence, hearsay: bool = False) -> Side:
    """Make a statement ready for comparing; ``hearsay`` is what one party says that another one said."""
    said = evidence.proposition
    own = frozenset(said.terms)
    return Side(
        evidence,
        own,
        terms.against(own),
        frozenset(said.names),
        own.union(*(c.asks.terms for c in evidence.binding)),
        frozenset((each.number, each.unit) for each in said.quantities),
        _denied(evidence, said),
        Trait.FINAL in said.traits,
        said.steady,
        Trait.OF_WORDS in said.traits,
        tuple(c.antecedent for c in evidence.binding),
        Trait.WAIVES in said.traits or any(c.kind is ConditionKind.WAIVED for c in evidence.conditions),
        _date(evidence.day or evidence.published_at[:10]),
        frozenset(topic.key for topic in evidence.topics),
        hearsay,
    )


def _denied(evidence: Evidence, said: Proposition) -> bool:
    """The sign of the content, turned round by an act that denies it and does not stand in its own words."""
    if evidence.act == "deny":
        return not said.denied or Trait.CLAIM not in said.traits
    return said.denied or evidence.act == "refuse"


def likeness(first: Side, second: Side, own: frozenset[str]) -> Likeness:
    """Measure what two statements have in common; ``own`` are words to leave out: the name of who speaks."""
    one, other = first.words - own, second.words - own
    pair = None
    if first.against & other or second.against & one:
        pair = terms.opposed(one, other)
    if pair:
        one, other = one - {pair[0]}, other - {pair[1]}
    both = one & other
    alike = terms.overlap(one, other)
    covered = len(both) / max(len(one), len(other), 1)
    if len(both) == 1 and len(one) + len(other) > 3:
        alike /= 2
    if both and (alike < 0.8 or covered < 0.5) and both <= topic_words(first, second):
        # To name the same issue is not to say the same of it.
        alike /= 2
    names = first.names | second.names
    return Likeness(alike, covered, len(both), len(both - names), pair, _elsewhere(first, second))


def _elsewhere(first: Side, second: Side) -> bool:
    """Each names a state that the other does not, beside the parties themselves ("we", "its airspace")."""
    one, other = states_in(first.words - second.words), states_in(second.words - first.words)
    if not (one and other):
        return False
    parties = terms_of(f"{first.evidence.party_name}, {second.evidence.party_name}")
    return bool(one - parties and other - parties)


def topic_words(first: Side, second: Side) -> frozenset[str]:
    """Return the words by which the issues of both are named."""
    shared = first.topics & second.topics
    named = " ".join(topic.name for topic in first.evidence.topics if topic.key in shared)
    return terms_of(named)


def signs_agree(first: Side, second: Side, near: Likeness) -> bool:
    """Not until a war ends, only when it ends, and not as long as it goes on: all say the same."""
    turned = near.pair is not None
    if not (first.binding and second.binding):
        return (first.denied == second.denied) != turned
    asked = [asked_of(side) for side in (first, second)]
    denied = [sum(c.asks.denied for c in side.evidence.binding) % 2 for side in (first, second)]
    turned ^= denied[0] != denied[1] or terms.opposed(*asked) is not None
    return (ruled_out(first) == ruled_out(second)) != turned


def ruled_out(one: Side) -> bool:
    """Denied where its condition is met, not only until it is."""
    return one.denied and not any(map(one.evidence.lasts_until, one.evidence.binding))


def asked_of(one: Side) -> frozenset[str]:
    """Return the terms of all that its conditions ask for."""
    return frozenset[str]().union(*(c.asks.terms for c in one.evidence.binding))


def _date(text: str) -> date | None:
    """The day of an ISO date; the middle of a month or a year that is all that is known."""
    try:
        return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))
    except ValueError:
        return None
