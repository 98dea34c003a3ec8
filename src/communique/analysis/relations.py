"""How two statements stand to each other: they contradict, one changes the other, rewords it, disputes it, or neither.

The judgement looks, in this order, at who speaks (one party, or two), when (the words of one day told twice, or words
of two times), what about (common content words), and at what cannot both stand: a condition and none, opposite verbs, a
denial, different numbers, opposite stances. The kinds follow de Marneffe, Rafferty and Manning (2008), "Finding
Contradictions in Text" (negation, antonymy, numeric, factive); that a claim and its denial by two parties are a
disagreement, not a contradiction, is the record's own distinction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from communique.analysis import words
from communique.analysis.evidence import Evidence
from communique.analysis.states import states_in
from communique.model import ConditionKind

AT_ONCE = 1
"""Days within which one speaker's words in two outlets are taken for one saying told twice."""

STILL = 30
"""Days within which a speaker who says the opposite contradicts himself; beyond, he has changed his position."""


class Relation(StrEnum):
    """What two statements are to each other."""

    CONTRADICTION = "contradiction"
    CHANGE = "change"
    REWORDING = "rewording"
    DISAGREEMENT = "disagreement"
    UNRELATED = "unrelated"


class Clash(StrEnum):
    """What cannot both stand."""

    CONDITION = "condition"
    OPPOSITE = "opposite"
    DENIAL = "denial"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Compared:
    """A judgement on two statements, with its confidence (0 to 1) and a sentence that explains it.

    ``telling`` is true where two reports give one saying; ``clash`` is what cannot both stand, if anything.
    """

    relation: Relation
    confidence: float
    explanation: str
    clash: Clash | None = None
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A statement made ready for comparing with many others.

    ``words`` and ``denied`` are those of what it says, its conditions taken out; ``every`` has their words too.
    ``against`` are the words that stand against these.
    ``reacts`` tells that it speaks of somebody's words ("the remarks that ...").
    ``binding`` are the antecedents of its conditions; ``waives`` tells that it sets none, in so many words.
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A clash, how sure it is, and why; ``in_time`` where only a change clashes so, from one time to another."""

    clash: Clash
    sureness: float
    why: str
    in_time: bool = False


@dataclass(frozen=True, slots=True)
class _Likeness:
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


_ALIKE = 0.5
_NEAR = 0.34
_WAIVED = re.compile(r"\b(?:no|without(?: any)?) (?:such )?(?:pre-?)conditions?\b", re.IGNORECASE)
_CLAIM = re.compile(r"\b(?:claims?|charges?|accusations?|allegations?|assertions?|reports? that)\b", re.IGNORECASE)
_OF_WORDS = re.compile(
    r"\b(?:remarks?|comments?|statements?|claims?|charges?|accusations?|allegations?|assertions?|reports?) "
    r"(?:that|by|of|about|on|suggesting)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:unless|until|till|before|without)\W*$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|to|\w+ed)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|in place of) (?P<dropped>[^,;.:]+)", re.IGNORECASE)
_WISH = re.compile(r"\b(?:must|should|ought|shall|will|would|may|might|can|could)\b", re.IGNORECASE)
_EVEN = re.compile(
    r"\b(?:even (?:without|if)|regardless of|irrespective of|whether or not|whatever|no matter (?:what|how|who|whether)"
    r"|not (?:depend|hinge) on|not (?:\w+ )?(?:(?:tied|linked|bound|subject) to|(?:conditional|contingent) on))\b",
    re.IGNORECASE,
)
_OF_FACT = {Clash.OPPOSITE, Clash.DENIAL, Clash.NUMBER}
_DISPUTING = {"deny", "criticise", "refuse"}


def side(evidence: Evidence) -> Side:
    """Make a statement ready for comparing."""
    text = evidence.content
    binding = tuple(c.antecedent for c in evidence.conditions if c.kind is not ConditionKind.WAIVED)
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
    )


def _denied(evidence: Evidence, denied: bool) -> bool:
    """The sign of the content, turned round by an act that denies it and does not stand in its own words."""
    if evidence.act == "deny":
        return not denied or not _CLAIM.search(evidence.content)
    return denied or evidence.act == "refuse"


def compare(one: Side, other: Side) -> Compared:
    """Judge two statements, in either order."""
    first, second = sorted((one, other), key=lambda s: (s.evidence.day, s.evidence.published_at, s.evidence.key))
    if one_voice(first.evidence, second.evidence):
        return _same_party(first, second)
    return _two_parties(first, second)


def one_voice(first: Evidence, second: Evidence) -> bool:
    """Tell whether two statements are of one speaker, or of two who speak for one party."""
    known = first.speaker is not None and second.speaker is not None
    return known and (first.speaker == second.speaker or (first.party is not None and first.party == second.party))


def apart(first: Side, second: Side) -> int | None:
    """Return the days between two statements, None where a day is not known."""
    return abs((second.day - first.day).days) if first.day and second.day else None


def _same_party(first: Side, second: Side) -> Compared:
    if first.reacts or second.reacts:
        return Compared(Relation.UNRELATED, 0.5, "one of them is about somebody's words")
    near = _likeness(first, second, _own(second.evidence.party_name))
    found = _clash(first, second, near)
    days = apart(first, second)
    a, b = first.evidence, second.evidence
    same_speaker = a.speaker == b.speaker
    telling = (
        a.report != b.report
        and same_speaker
        and days is not None
        and days <= AT_ONCE
        and (found is not None or near.alike >= _NEAR)
    )
    who = b.speaker_name if same_speaker else f"{a.speaker_name} and {b.speaker_name}, who speak for one party"
    over_time = days is not None and days > STILL
    if found is None or (found.in_time and not over_time):
        return _said_again(first, second, near, telling)
    sureness = found.sureness * (a.confidence * b.confidence) ** 0.5
    if telling:
        where = f"{a.outlet or a.report} and {b.outlet or b.report}"
        why = f"{where} tell {who}'s words differently: {found.why}"
        return Compared(Relation.CONTRADICTION, sureness, why, found.clash, True)
    if not over_time:
        when = "in one report" if a.report == b.report else f"{_days(days)} apart" if days else "on the same day"
        why = f"{who} {'says' if same_speaker else 'say'} both, {when}: {found.why}"
        return Compared(Relation.CONTRADICTION, sureness * (1 if same_speaker else 0.85), why, found.clash)
    why = f"{who} said one thing, and {days} days later another: {found.why}"
    return Compared(Relation.CHANGE, sureness, why, found.clash)


@lru_cache(maxsize=1024)
def _own(party_name: str) -> frozenset[str]:
    """What a party calls itself: the state that it is, or the words of its name."""
    return words.content_words(party_name) | frozenset(map(words.base, re.findall(r"[a-z]+", party_name.lower())))


def _said_again(first: Side, second: Side, near: _Likeness, telling: bool) -> Compared:
    named = _topic_words(first, second) & first.words
    if second.steady and not first.binding and (named or near.alike >= _NEAR):
        return Compared(Relation.REWORDING, 0.8, "called unchanged by the speaker", None, telling)
    enough = near.alike >= 0.6 and near.covered >= 0.3 and (near.telling >= 2 or near.alike == 1) and near.shared >= 2
    one_matter = near.shared > 2 or first.evidence.speaker == second.evidence.speaker or first.topics & second.topics
    if (
        enough
        and one_matter
        and not near.elsewhere
        and _signs_agree(first, second, near)
        and _bound_alike(first, second)
    ):
        what = "two reports give the same words" if telling else "the same is said again"
        return Compared(Relation.REWORDING, min(0.95, 0.4 + near.alike / 2), what, None, telling)
    return Compared(Relation.UNRELATED, 1 - near.alike, "nothing in one bears on the other")


def _signs_agree(first: Side, second: Side, near: _Likeness) -> bool:
    """Not until a war ends, only when it ends, and not as long as it goes on: all say the same."""
    turned = near.pair is not None
    if not (first.binding and second.binding):
        return (first.denied == second.denied) != turned
    asked = [words.gist(" ".join(side.binding)) for side in (first, second)]
    turned ^= asked[0].denied != asked[1].denied or words.opposed(asked[0].words, asked[1].words) is not None
    return (_ruled_out(first) == _ruled_out(second)) != turned


def _ruled_out(one: Side) -> bool:
    """Denied where its condition is met, not only until it is."""
    before = (one.evidence.content.partition(antecedent)[0] for antecedent in one.binding)
    return one.denied and not any(_UNTIL.search(text) for text in before)


def _bound_alike(first: Side, second: Side) -> bool:
    """Both are free, or both say the condition, be it read as one or not."""
    for bound, other in ((first, second), (second, first)):
        asked = words.content_words(" ".join(bound.binding))
        if asked and words.overlap(asked, other.every) < _ALIKE:
            return False
    return True


def _two_parties(first: Side, second: Side) -> Compared:
    """Two parties dispute each other where one answers the other, or denies soon after what the other said.

    That they want different things is what their positions show; it is no dispute over what was said.
    """
    a, b = first.evidence, second.evidence
    days = apart(first, second)
    answers = b.responds_to == a.key or a.responds_to == b.key
    soon = answers or (days is not None and days <= STILL)
    names = a.speaker_name or "one", b.speaker_name or "another"
    near = _likeness(first, second, frozenset())
    found = _clash(first, second, near) if soon else None
    plain = near.telling >= 2 or near.alike >= 0.75 or near.pair is not None
    if found and not found.in_time and found.clash in _OF_FACT and (answers or (near.shared >= 2 and plain)):
        sureness = found.sureness * (a.confidence * b.confidence) ** 0.5
        why = f"{names[0]} and {names[1]} say opposite things: {found.why}"
        return Compared(Relation.DISAGREEMENT, sureness, why, found.clash)
    if soon and _each_blames_the_other(first, second, near):
        why = f"{names[0]} and {names[1]} say the same of each other"
        return Compared(Relation.DISAGREEMENT, 0.6 * (a.confidence * b.confidence) ** 0.5, why, Clash.DENIAL)
    answer, answered = (a, b) if a.responds_to == b.key else (b, a)
    if answers and answer.act in _DISPUTING:
        why = f"{answer.speaker_name} rejects what {answered.speaker_name} says"
        return Compared(Relation.DISAGREEMENT, 0.6, why, Clash.DENIAL)
    return Compared(Relation.UNRELATED, 1 - near.alike / 2, "two parties who do not dispute each other here")


def _each_blames_the_other(first: Side, second: Side, near: _Likeness) -> bool:
    """As in "their guards fired first", said by both: the one says of the other's side what the other says of his."""
    if near.telling < 2 or first.denied != second.denied or "demand" in (first.evidence.act, second.evidence.act):
        return False
    for one, other in ((first, second), (second, first)):
        parties = [words.content_words(side.evidence.party_name) for side in (one, other)]
        blamed = one.words - other.words
        if blamed and blamed == states_in(blamed) and blamed <= parties[1] and not parties[1] & other.words:
            return not _WISH.search(one.evidence.content)
    return False


def _likeness(first: Side, second: Side, own: frozenset[str]) -> _Likeness:
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
    if both and (alike < 0.8 or covered < 0.5) and both <= _topic_words(first, second):
        # To name the same issue is not to say the same of it.
        alike /= 2
    names = first.names | second.names
    return _Likeness(alike, covered, len(both), len(both - names), pair, _elsewhere(first, second))


def _elsewhere(first: Side, second: Side) -> bool:
    """Each names a state that the other does not, beside the parties themselves ("we", "its airspace")."""
    one, other = states_in(first.words - second.words), states_in(second.words - first.words)
    if not (one and other):
        return False
    parties = words.content_words(f"{first.evidence.party_name}, {second.evidence.party_name}")
    return bool(one - parties and other - parties)


def _topic_words(first: Side, second: Side) -> frozenset[str]:
    shared = first.topics & second.topics
    named = " ".join(topic.name for topic in first.evidence.topics if topic.key in shared)
    return words.content_words(named)


def _clash(first: Side, second: Side, near: _Likeness) -> _Found | None:
    """Return what cannot both stand, None where nothing is in the way."""
    if near.elsewhere:
        return None
    found = _conditions(first, second, near)
    if found is None and not (first.binding or second.binding or first.waives or second.waives):
        found = _of_fact(first, second, near)
    if found and found.clash is not Clash.CONDITION or (found and near.shared):
        surer = 1 - 0.5 ** (near.shared + 1)
        return _Found(found.clash, found.sureness * surer, found.why, found.in_time)
    return found


def _conditions(first: Side, second: Side, near: _Likeness) -> _Found | None:
    for binds, waives in ((first, second), (second, first)):
        if binds.binding and waives.waives and not waives.binding:
            return _waived(binds, waives, near)
    if first.binding and second.binding:
        asked = [words.content_words(" ".join(side.binding)) for side in (first, second)]
        if near.alike >= 0.6 and near.telling and words.overlap(*asked) < 0.25 and _signs_agree(first, second, near):
            conditions = f"{_short(first.binding[0])}; {_short(second.binding[0])}"
            return _Found(Clash.CONDITION, 0.6, f"on different conditions ({conditions})", in_time=True)
        return None
    for binds, free in ((first, second), (second, first)):
        if binds.binding and not free.binding and not free.waives:
            return _bound_and_free(binds, free, near)
    return None


def _waived(binds: Side, waives: Side, near: _Likeness) -> _Found | None:
    """No preconditions is said of a matter, or of all that one speaks of in one breath."""
    why = f"a condition ({_short(binds.binding[0])}), and no preconditions"
    if near.alike >= _NEAR:
        return _Found(Clash.CONDITION, 0.95, why)
    a, b = binds.evidence, waives.evidence
    if a.report == b.report and a.speaker == b.speaker:
        return _Found(Clash.CONDITION, 0.75 if binds.topics & waives.topics else 0.6, why)
    return _Found(Clash.CONDITION, 0.6, why) if binds.topics & waives.topics else None


def _bound_and_free(binds: Side, free: Side, near: _Likeness) -> _Found | None:
    """One ties a matter to a condition; the other wants it outright, or will not have it at all."""
    asked = words.content_words(" ".join(binds.binding))
    if near.alike < _NEAR or near.covered < 0.25 or not near.telling:
        return None
    condition = _short(binds.binding[0])
    if words.overlap(asked, free.every) >= 0.5:
        even = not _ruled_out(binds) and bool(_EVEN.search(free.evidence.content))
        return (
            _Found(Clash.CONDITION, 0.7, f"on a condition ({condition}), and whether or not it is met")
            if even
            else None
        )
    if near.alike < 0.6:
        return None
    opposite = (binds.denied != free.denied) != (near.pair is not None)
    if not opposite:
        even = 2 * len(binds.words & free.words) >= len(free.words)
        never = binds.denied or free.denied or not even
        return None if never else _Found(Clash.CONDITION, 0.8, f"on a condition ({condition}), and outright")
    if free.denied and not binds.denied:
        return _Found(Clash.CONDITION, 0.75, f"on a condition ({condition}), and not at all", in_time=not free.final)
    return _Found(
        Clash.CONDITION, 0.75, f"not as long as a condition is unmet ({condition}), and outright", in_time=True
    )


def _of_fact(first: Side, second: Side, near: _Likeness) -> _Found | None:
    if near.covered < 0.25 or (not near.telling and near.alike < 1):
        return None
    if (
        near.telling < 2
        and near.covered <= 0.5
        and not all(_CLAUSE.search(s.evidence.content) for s in (first, second))
    ):
        return None  # a name and a word in common: "a protest with Moscow", and that protests will not move Moscow
    differ = first.denied != second.denied
    instead = _instead_of(first, second) or _instead_of(second, first)
    if instead and not differ and not near.pair and near.alike >= _ALIKE:
        return _Found(Clash.OPPOSITE, min(0.9, 0.4 + near.alike / 2), f"“{instead}”")
    if near.pair and not differ and near.alike >= _ALIKE:
        return _Found(Clash.OPPOSITE, min(0.95, 0.5 + near.alike / 2), _opposite(first, second, near.pair))
    if differ and not near.pair and near.alike >= 0.55 and not (first.steady and second.steady):
        return _Found(Clash.DENIAL, min(0.95, 0.4 + near.alike / 2), "one denies what the other says")
    if not differ and not near.pair and near.alike >= 0.6:
        return _numbers(first, second)
    return None


def _instead_of(one: Side, other: Side) -> str | None:
    """As in "France would build it instead of Japan", where the other has Japan build it: return these words."""
    found = _INSTEAD.search(one.evidence.content)
    if not found or _INSTEAD.search(other.evidence.content):
        return None
    dropped = words.content_words(found["dropped"])
    return _short(found.group()) if dropped and dropped <= other.words else None


def _opposite(first: Side, second: Side, pair: tuple[str, str]) -> str:
    spelt = (words.spelt(side.evidence.content, word) for side, word in zip((first, second), pair, strict=True))
    return "“{}” against “{}”".format(*spelt)


def _numbers(first: Side, second: Side) -> _Found | None:
    for number, counted in sorted(first.numbers):
        others = {n for n, what in second.numbers if what == counted}
        if others and number not in others and not {n for n, w in first.numbers if w == counted} & others:
            return _Found(Clash.NUMBER, 0.75, f"the numbers differ ({number}, and {', '.join(sorted(others))})")
    return None


def _date(text: str) -> date | None:
    """The day of an ISO date; the middle of a month or a year that is all that is known."""
    try:
        return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))
    except ValueError:
        return None


def _days(days: int | None) -> str:
    return "one day" if days == 1 else f"{days} days"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
