"""How two statements stand to each other: they contradict, one changes the other, rewords it, disputes it, or neither.

The judgement looks, in this order, at who speaks (one party, or two), when (the words of one day told twice, or words
of two times), what about (common content words), and at what cannot both stand (`clashes`). That a claim and its denial
by two parties are a disagreement, not a contradiction, is the record's own distinction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from communique.analysis import terms
from communique.analysis.clashes import TELLING, Clash, Found, clash, shared_topics
from communique.analysis.disowning import disowned
from communique.analysis.evidence import Evidence
from communique.analysis.likeness import ALIKE, NEAR, Likeness, Side, asked_of, likeness, signs_agree, topic_words
from communique.model import Stance, Trait
from communique.reading.grammar.state_words import states_in
from communique.reading.propositions.words import is_infinitive, name_terms, terms_of

AT_ONCE = 1
"""Days within which one speaker's words in two outlets are taken for one saying told twice."""

STILL = 30
"""Days within which a speaker who says the opposite contradicts himself; beyond, he has changed his position."""

UNDATED = 0.7
"""What is left of the sureness where a day is not known: it may be a change."""

_OTHER_MOUTH = 0.85
"""What is left of the sureness where two speakers, or a third who tells of it, stand for one."""

_SAID_TWICE = 0.4
"""How sure it is that one thing is said again, before the likeness of the words (half of it is added)."""

_STOOD_APART = 0.65
"""How sure it is that two reports of a day tell a party's stance differently, where one has it for and one against."""

_SURE_AT_MOST = 0.95
_STEADY = 0.8
"""How sure it is that words which the speaker calls unchanged are the same again."""

_DISPUTED = 0.6
"""How sure it is that two dispute each other where one rejects, or blames, and no clash of their words is found."""

_SAME_MATTER = 0.6
"""The likeness of two statements, 0 to 1, from which they may be of one matter."""

_PLAINLY_ALIKE = 0.75
"""The likeness from which two parties' statements plainly are."""

_LEAST_COVERED = 0.3
"""The share of the longer statement's words that a rewording has at least."""

_MOST_NAMES = 1024
"""Parties whose own words are remembered."""

_OF_FACT = {Clash.OPPOSITE, Clash.DENIAL, Clash.NUMBER, Clash.HOLDER}
_WILLING = {"offer", "promise", "propose", "demand", "threaten"}
_DISPUTING = {"deny", "criticise", "refuse"}


class Relation(StrEnum):
    """What two statements are to each other."""

    CONTRADICTION = "contradiction"
    CHANGE = "change"
    REWORDING = "rewording"
    DISAGREEMENT = "disagreement"
    UNRELATED = "unrelated"


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
    near = likeness(first, second, _own(second.evidence.party_name))
    found = clash(first, second, near)
    days = apart(first, second)
    a, b = first.evidence, second.evidence
    same_speaker = a.speaker == b.speaker
    at_once = a.report != b.report and days is not None and days <= AT_ONCE
    telling = at_once and same_speaker and (found is not None or near.alike >= NEAR)
    who = b.speaker_name if same_speaker else f"{a.speaker_name} and {b.speaker_name}, who speak for one party"
    over_time = days is not None and days > STILL
    special = _disowned(first, second, who)
    if special is None and at_once and found is None:
        special = _told_apart(first, second)
    if special is not None:
        return special
    if found is None or (found.in_time and not over_time):
        return _said_again(first, second, near, telling)
    hearsay = first.hearsay or second.hearsay
    if hearsay and not over_time:
        return Compared(Relation.UNRELATED, 0.5, "another party says that one of them was said")
    sureness = found.sureness * (a.confidence * b.confidence) ** 0.5 * (_OTHER_MOUTH if hearsay else 1)
    if telling:
        where = f"{a.outlet or a.report} and {b.outlet or b.report}"
        why = f"{where} tell {who}'s words differently: {found.why}"
        return Compared(Relation.CONTRADICTION, sureness, why, found.clash, True)
    if over_time:
        why = f"{who} said one thing, and {days} days later another: {found.why}"
        return Compared(Relation.CHANGE, sureness, why, found.clash)
    return _says_both(a, b, who, found, sureness, days)


def _says_both(a: Evidence, b: Evidence, who: str, found: Found, sureness: float, days: int | None) -> Compared:
    one = a.speaker == b.speaker
    why = f"{who} {'says' if one else 'say'} both, {_when(a, b, days)}: {found.why}"
    sureness *= (1 if one else _OTHER_MOUTH) * (UNDATED if days is None and a.report != b.report else 1)
    return Compared(Relation.CONTRADICTION, sureness, why, found.clash)


def _disowned(first: Side, second: Side, who: str) -> Compared | None:
    found = None if first.hearsay or second.hearsay else disowned(first, second)
    return None if found is None else disowns(first, second, who, found)


def disowns(first: Side, second: Side, who: str, found: Found) -> Compared:
    """As in "we have never refused", years after the refusal: no change of policy, whenever it is said."""
    a, b, days = first.evidence, second.evidence, apart(first, second)
    when = f"{_days(days)} after it" if days else "with no date to tell when"
    why = f"{who} said that it never did what it did, {when}: {found.why}"
    return Compared(Relation.CONTRADICTION, found.sureness * (a.confidence * b.confidence) ** 0.5, why, found.clash)


def _told_apart(first: Side, second: Side) -> Compared | None:
    """Two reports of a day of which one has the party for an issue and the other against it."""
    a, b = first.evidence, second.evidence
    if not _stand_apart(first, second):
        return None
    where = f"{a.outlet or a.report} and {b.outlet or b.report}"
    why = f"{where} tell differently where {b.party_name or b.speaker_name} stands"
    sureness = _STOOD_APART * (a.confidence * b.confidence) ** 0.5
    return Compared(Relation.CONTRADICTION, sureness, why, Clash.OPPOSITE, True)


def _stand_apart(first: Side, second: Side) -> bool:
    """Whether one is for an issue and the other against it, and they are on no issue together on which they agree."""
    decided = {Stance.FOR, Stance.AGAINST}
    both = [{one.stance, other.stance} for one, other in shared_topics(first, second)]
    return decided in both and not any(len(each) == 1 and each <= decided for each in both)


@lru_cache(maxsize=_MOST_NAMES)
def _own(party_name: str) -> frozenset[str]:
    """What a party calls itself: the state that it is, or the words of its name."""
    return terms_of(party_name) | name_terms(party_name)


def _said_again(first: Side, second: Side, near: Likeness, telling: bool) -> Compared:
    named = topic_words(first, second) & first.words
    if second.steady and not first.binding and (named or near.alike >= NEAR):
        return Compared(Relation.REWORDING, _STEADY, "called unchanged by the speaker", None, telling)
    enough = (
        near.alike >= _SAME_MATTER
        and near.covered >= _LEAST_COVERED
        and (near.telling >= 2 or near.alike == 1)
        and near.shared >= 2
    )
    one_matter = near.shared > 2 or first.evidence.speaker == second.evidence.speaker or first.topics & second.topics
    if (
        enough
        and one_matter
        and not near.elsewhere
        and _stops(first, second) == _stops(second, first)
        and signs_agree(first, second, near)
        and _bound_alike(first, second)
    ):
        what = "two reports give the same words" if telling else "the same is said again"
        return Compared(Relation.REWORDING, min(_SURE_AT_MOST, _SAID_TWICE + near.alike / 2), what, None, telling)
    return Compared(Relation.UNRELATED, 1 - near.alike, "nothing in one bears on the other")


def _stops(one: Side, other: Side) -> bool:
    """As in "the talks are suspended", where the other only has talks; not in "it would never suspend them"."""
    return not one.denied and not terms.stops().isdisjoint(one.words - other.words)


def _bound_alike(first: Side, second: Side) -> bool:
    """Both are free, or both say the condition, be it read as one or not."""
    for bound, other in ((first, second), (second, first)):
        asked = asked_of(bound)
        if asked and terms.overlap(asked, other.every) < ALIKE:
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
    near = likeness(first, second, frozenset())
    sureness = (a.confidence * b.confidence) ** 0.5
    found = _disputed(first, second, near, answers) if soon else None
    if found is not None:
        why = f"{names[0]} and {names[1]} say opposite things: {found.why}"
        return Compared(Relation.DISAGREEMENT, found.sureness * sureness, why, found.clash)
    if soon and _each_blames_the_other(first, second, near):
        why = f"{names[0]} and {names[1]} say the same of each other"
        return Compared(Relation.DISAGREEMENT, _DISPUTED * sureness, why, Clash.DENIAL)
    answer, answered = (a, b) if a.responds_to == b.key else (b, a)
    wish = answer.act == "refuse" and answered.act in _WILLING  # who turns down a wish disputes no fact
    if answers and answer.act in _DISPUTING and not wish:
        why = f"{answer.speaker_name} rejects what {answered.speaker_name} says"
        return Compared(Relation.DISAGREEMENT, _DISPUTED, why, Clash.DENIAL)
    return Compared(Relation.UNRELATED, 1 - near.alike / 2, "two parties who do not dispute each other here")


def _disputed(first: Side, second: Side, near: Likeness, answers: bool) -> Found | None:
    """What of fact two parties say opposite things about; who does not answer must plainly speak of the same."""
    found = clash(first, second, near)
    if found is None or found.in_time or found.clash not in _OF_FACT:
        return None
    if answers:
        return found
    if _of_own_will(first.evidence) or _of_own_will(second.evidence) or (near.pair and near.alike < _SAME_MATTER):
        return None
    plain = near.telling >= TELLING or near.alike >= _PLAINLY_ALIKE or near.pair is not None
    return found if (near.shared >= TELLING and plain) or found.clash is Clash.HOLDER else None


def _of_own_will(e: Evidence) -> bool:
    """As in "ready to sign": what one will do oneself is nothing that another could deny."""
    return e.act in _WILLING and is_infinitive(e.content)


def _each_blames_the_other(first: Side, second: Side, near: Likeness) -> bool:
    """As in "their guards fired first", said by both: the one says of the other's side what the other says of his."""
    if near.telling < 2 or first.denied != second.denied or "demand" in (first.evidence.act, second.evidence.act):
        return False
    both = ((first, second), (second, first))
    if all(_blamed(one, other) & _called(other.evidence) for one, other in both):
        return not any(Trait.WISHED in one.evidence.proposition.traits for one, _ in both)
    for one, other in both:
        blamed, parties = _blamed(one, other), [terms_of(side.evidence.party_name) for side in (one, other)]
        if blamed and blamed == states_in(blamed) and blamed <= parties[1] and not parties[1] & other.words:
            return Trait.WISHED not in one.evidence.proposition.traits
    return False


def _blamed(one: Side, other: Side) -> frozenset[str]:
    return one.words - other.words


def _called(e: Evidence) -> frozenset[str]:
    return terms_of(f"{e.speaker_name}, {e.party_name}")


def _when(a: Evidence, b: Evidence, days: int | None) -> str:
    if a.report == b.report:
        return "in one report"
    return "with no date to tell a change by" if days is None else f"{_days(days)} apart" if days else "on the same day"


def _days(days: int) -> str:
    return "one day" if days == 1 else f"{days} days"
