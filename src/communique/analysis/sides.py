"""Statements made ready for comparing, and how alike two of them are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from communique.analysis import words
from communique.analysis.evidence import Evidence
from communique.analysis.states import states_in
from communique.model import ConditionKind

ALIKE = 0.5
"""The share of the shorter one's words from which two statements say much the same."""

NEAR = 0.34
"""The share from which they are about one matter."""

_WAIVED = re.compile(
    r"\b(?:(?:no|without(?: any)?) (?:such )?pre-?conditions?|without (?:any )?conditions?|unconditionally"
    r"|unconditional (?!surrender))\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(r"\b(?:claims?|charges?|accusations?|allegations?|assertions?|reports? that)\b", re.IGNORECASE)
_OF_WORDS = re.compile(
    r"\b(?:remarks?|comments?|statements?|claims?|charges?|accusations?|allegations?|assertions?|reports?) "
    r"(?:that|by|of|about|on|suggesting)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:unless|until|till|before|without)\W*$", re.IGNORECASE)


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
    text = evidence.content
    binding = tuple(c.antecedent for c in evidence.binding)
    rest = text
    for antecedent in binding:
        rest = rest.replace(antecedent, " ")
    said = words.gist(rest)
    return Side(
        evidence,
        said.words,
        words.against(said.words),
        said.names,
        words.content_words(text),
        said.numbers,
        _denied(evidence, said.denied),
        said.final,
        said.steady,
        bool(_OF_WORDS.search(text)),
        binding,
        bool(_WAIVED.search(text)) or any(c.kind is ConditionKind.WAIVED for c in evidence.conditions),
        _date(evidence.day or evidence.published_at[:10]),
        frozenset(topic.key for topic in evidence.topics),
        hearsay,
    )


def _denied(evidence: Evidence, denied: bool) -> bool:
    """The sign of the content, turned round by an act that denies it and does not stand in its own words."""
    if evidence.act == "deny":
        return not denied or not _CLAIM.search(evidence.content)
    return denied or evidence.act == "refuse"


def likeness(first: Side, second: Side, own: frozenset[str]) -> Likeness:
    """Measure what two statements have in common; ``own`` are words to leave out: the name of who speaks."""
    one, other = first.words - own, second.words - own
    pair = None
    if first.against & other or second.against & one:
        pair = words.opposed(one, other)
    if pair:
        one, other = one - {pair[0]}, other - {pair[1]}
    both = one & other
    alike = words.overlap(one, other)
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
    parties = words.content_words(f"{first.evidence.party_name}, {second.evidence.party_name}")
    return bool(one - parties and other - parties)


def topic_words(first: Side, second: Side) -> frozenset[str]:
    """Return the words by which the issues of both are named."""
    shared = first.topics & second.topics
    named = " ".join(topic.name for topic in first.evidence.topics if topic.key in shared)
    return words.content_words(named)


def signs_agree(first: Side, second: Side, near: Likeness) -> bool:
    """Not until a war ends, only when it ends, and not as long as it goes on: all say the same."""
    turned = near.pair is not None
    if not (first.binding and second.binding):
        return (first.denied == second.denied) != turned
    asked = [words.gist(" ".join(side.binding)) for side in (first, second)]
    turned ^= asked[0].denied != asked[1].denied or words.opposed(asked[0].words, asked[1].words) is not None
    return (ruled_out(first) == ruled_out(second)) != turned


def ruled_out(one: Side) -> bool:
    """Denied where its condition is met, not only until it is."""
    before = (one.evidence.content.partition(antecedent)[0] for antecedent in one.binding)
    return one.denied and not any(_UNTIL.search(text) for text in before)


def _date(text: str) -> date | None:
    """The day of an ISO date; the middle of a month or a year that is all that is known."""
    try:
        return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))
    except ValueError:
        return None
