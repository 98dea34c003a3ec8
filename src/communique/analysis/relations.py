"""How two statements stand to each other: they contradict, one changes the other, rewords it, disputes it, or neither.

The judgement looks, in this order, at who speaks (one party, or two), when (the words of one day told twice, or words
of two times), what about (common content words), and at what cannot both stand: a condition and none, opposite verbs, a
denial, different numbers, opposite stances. The kinds follow de Marneffe, Rafferty and Manning (2008), "Finding
Contradictions in Text" (negation, antonymy, numeric, factive); that a claim and its denial by two parties are a
disagreement, not a contradiction, is the record's own distinction.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communique.analysis import words
from communique.analysis.evidence import Evidence
from communique.model import ConditionKind, Stance

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
    STANCE = "stance"
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
    """A statement made ready for comparing with many others."""

    evidence: Evidence
    words: frozenset[str]
    numbers: frozenset[str]
    denied: bool
    binding: tuple[str, ...]
    waives: bool
    day: date | None


_ALIKE = 0.5
_NEAR = 0.3
_WAIVED = re.compile(r"\b(?:no|without(?: any)?) (?:such )?(?:pre-?)conditions?\b", re.IGNORECASE)
_OF_FACT = {Clash.OPPOSITE, Clash.DENIAL, Clash.NUMBER}
_DISPUTING = {"deny", "criticise", "refuse"}
_OPPOSITE_STANCES = {
    frozenset((Stance.FOR, Stance.AGAINST)),
    frozenset((Stance.OPEN, Stance.AGAINST)),
}


def side(evidence: Evidence) -> Side:
    """Make a statement ready for comparing."""
    text = evidence.content
    kinds = [condition.kind for condition in evidence.conditions]
    return Side(
        evidence,
        words.content_words(text),
        words.numbers(text),
        words.denied(text) != (evidence.act == "deny") or evidence.act == "refuse",
        tuple(c.antecedent for c in evidence.conditions if c.kind is not ConditionKind.WAIVED),
        ConditionKind.WAIVED in kinds or bool(_WAIVED.search(text)),
        _date(evidence.day or evidence.published_at[:10]),
    )


def compare(one: Side, other: Side, *, same_issue: bool = True) -> Compared:
    """Judge two statements, in either order. ``same_issue`` tells whether they are known to be about one issue."""
    first, second = sorted((one, other), key=lambda s: (s.evidence.day, s.evidence.published_at, s.evidence.key))
    alike = words.overlap(first.words, second.words)
    if not same_issue and alike < _ALIKE:
        return Compared(Relation.UNRELATED, 1 - alike, "they speak of different things")
    if _one_voice(first.evidence, second.evidence):
        return _same_party(first, second, alike)
    return _two_parties(first, second, alike)


def _one_voice(first: Evidence, second: Evidence) -> bool:
    known = first.speaker is not None and second.speaker is not None
    return known and (first.speaker == second.speaker or (first.party is not None and first.party == second.party))


def _same_party(first: Side, second: Side, alike: float) -> Compared:
    found = _clash(first, second, alike)
    apart = _apart(first, second)
    a, b = first.evidence, second.evidence
    same_speaker = a.speaker == b.speaker
    telling = a.report != b.report and same_speaker and apart is not None and apart <= AT_ONCE and alike >= _NEAR
    who = b.speaker_name if same_speaker else f"{a.speaker_name} and {b.speaker_name}, who speak for one party"
    if found is None:
        if alike >= _ALIKE or (telling and alike >= _NEAR):
            what = "two reports give the same words" if telling else "the same is said again"
            return Compared(Relation.REWORDING, min(0.95, 0.4 + alike / 2), what, None, telling)
        return Compared(Relation.UNRELATED, 1 - alike, "nothing in one bears on the other")
    clash, sureness, why = found
    sureness *= (a.confidence * b.confidence) ** 0.5
    if telling:
        where = f"{a.outlet or a.report} and {b.outlet or b.report}"
        return Compared(Relation.CONTRADICTION, sureness, f"{where} tell {who}'s words differently: {why}", clash, True)
    if apart is None or apart <= STILL:
        when = "in one report" if a.report == b.report else f"{apart} days apart" if apart else "on the same day"
        weight = sureness if same_speaker else sureness * 0.8
        return Compared(
            Relation.CONTRADICTION, weight, f"{who} {'says' if same_speaker else 'say'} both, {when}: {why}", clash
        )
    return Compared(Relation.CHANGE, sureness, f"{who} said one thing, and {apart} days later another: {why}", clash)


def _two_parties(first: Side, second: Side, alike: float) -> Compared:
    """Two parties dispute each other where one answers the other, or denies soon after what the other said.

    That they want different things is what their positions show; it is no dispute over what was said.
    """
    a, b = first.evidence, second.evidence
    apart = _apart(first, second)
    answers = b.responds_to == a.key or a.responds_to == b.key
    soon = answers or (apart is not None and apart <= STILL)
    names = a.speaker_name or "one", b.speaker_name or "another"
    found = _clash(first, second, alike) if soon else None
    if found and (answers or (found[0] in _OF_FACT and alike >= _ALIKE)):
        clash, sureness, why = found
        sureness *= (a.confidence * b.confidence) ** 0.5
        return Compared(Relation.DISAGREEMENT, sureness, f"{names[0]} and {names[1]} say opposite things: {why}", clash)
    if (answers and {a.act, b.act} & _DISPUTING) or ("deny" in (a.act, b.act) and soon and alike >= _ALIKE):
        who, whom = (names[1], names[0]) if b.act in _DISPUTING else names
        return Compared(Relation.DISAGREEMENT, 0.6, f"{who} rejects what {whom} says", Clash.DENIAL)
    return Compared(Relation.UNRELATED, 1 - alike / 2, "two parties who do not dispute each other here")


_Found = tuple[Clash, float, str]


def _clash(first: Side, second: Side, alike: float) -> _Found | None:
    """Return what cannot both stand, how sure that is, and in words why; None where nothing is in the way."""
    looks: tuple[Callable[[Side, Side, float], _Found | None], ...] = (_conditions, _opposites, _numbers, _stances)
    return next((found for look in looks if (found := look(first, second, alike))), None)


def _conditions(first: Side, second: Side, alike: float) -> _Found | None:
    for binds, waives in ((first, second), (second, first)):
        if binds.binding and waives.waives and not waives.binding:
            return Clash.CONDITION, 0.85, f"a condition ({_short(binds.binding[0])}), and no preconditions"
    for binds, free in ((first, second), (second, first)):
        # Who makes it depend on something does not refuse it; who promises it outright says something else.
        unbound = not free.binding and not free.waives and not free.denied and free.evidence.stance is Stance.FOR
        if unbound and binds.evidence.stance is Stance.CONDITIONAL and free.evidence.act in ("promise", "assert"):
            consequent = words.content_words(" ".join(c.consequent for c in binds.evidence.conditions))
            if words.overlap(consequent, free.words) >= 0.75:
                return Clash.CONDITION, 0.6, f"on a condition ({_short(binds.binding[0])}), and outright"
    if first.binding and second.binding and alike >= _ALIKE:
        one, other = words.content_words(" ".join(first.binding)), words.content_words(" ".join(second.binding))
        if words.overlap(one, other) < 0.25:
            return (
                Clash.CONDITION,
                0.5,
                f"on different conditions ({_short(first.binding[0])}; {_short(second.binding[0])})",
            )
    return None


def _opposites(first: Side, second: Side, alike: float) -> _Found | None:
    pair = words.opposed(first.words, second.words)
    differ = first.denied != second.denied
    bound = first.binding or second.binding or first.waives or second.waives
    rest = words.overlap(first.words - {pair[0]}, second.words - {pair[1]}) if pair else alike
    if pair and not differ and not bound and rest >= _ALIKE:
        return Clash.OPPOSITE, min(0.9, 0.4 + rest / 2), "opposite words stand where the rest is the same"
    if differ and not pair and not bound and alike >= 0.55:
        return Clash.DENIAL, min(0.9, 0.3 + alike / 2), "one denies what the other says"
    return None


def _numbers(first: Side, second: Side, alike: float) -> _Found | None:
    if not first.numbers or not second.numbers or first.numbers & second.numbers or alike < 0.6:
        return None
    told = f"{', '.join(sorted(first.numbers))}, and {', '.join(sorted(second.numbers))}"
    return Clash.NUMBER, 0.6, f"the numbers differ ({told})"


def _stances(first: Side, second: Side, alike: float) -> _Found | None:
    a, b = first.evidence.stance, second.evidence.stance
    if a and b and frozenset((a, b)) in _OPPOSITE_STANCES and alike >= _ALIKE:
        return Clash.STANCE, 0.5, f"{a.value} it, and {b.value}"
    return None


def _apart(first: Side, second: Side) -> int | None:
    return abs((second.day - first.day).days) if first.day and second.day else None


def _date(text: str) -> date | None:
    """The day of an ISO date; the middle of a month or a year that is all that is known."""
    try:
        return date.fromisoformat(text + {4: "-07-01", 7: "-15"}.get(len(text), ""))
    except ValueError:
        return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
