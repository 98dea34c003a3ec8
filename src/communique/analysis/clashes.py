"""What cannot both stand: a condition and none, opposite words, a denial, different numbers.

The kinds follow de Marneffe, Rafferty and Manning (2008), "Finding Contradictions in Text" (negation, antonymy,
numeric, factive).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from communique.analysis import terms
from communique.analysis.evidence import Topic
from communique.analysis.likeness import ALIKE, NEAR, Likeness, Side, asked_of, ruled_out, signs_agree
from communique.model import Trait
from communique.reading.grammar.state_words import is_state, states_in
from communique.reading.propositions.words import UNITS, terms_of

MUCH_ALIKE = 0.6
"""The share of the shorter one's terms from which two statements differ in little."""

TELLING = 2
"""Terms in common, beside names, from which two statements are about one matter."""

_SHOWN = 80
"""Characters of a statement that a reason quotes."""

_OWN_MATTER = 3
"""Words of what hangs on a condition from which it is a matter of its own, if none of them is in common."""

_TELLING = {"assert", "reaffirm", "criticise", "praise"}
_WISHING = {"offer", "propose", "demand", "praise"}


class Clash(StrEnum):
    """What cannot both stand."""

    CONDITION = "condition"
    OPPOSITE = "opposite"
    DENIAL = "denial"
    NUMBER = "number"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Found:
    """A clash, how sure it is, and why; ``in_time`` where only a change clashes so, from one time to another."""

    clash: Clash
    sureness: float
    why: str
    in_time: bool = False


def clash(first: Side, second: Side, near: Likeness) -> Found | None:
    """Return what cannot both stand, None where nothing is in the way."""
    if held := _held_by_another(first, second):
        return held
    if near.elsewhere:
        return None
    found = _conditions(first, second, near)
    if found is None and not (first.binding or second.binding or first.waives or second.waives):
        found = _of_fact(first, second, near)
    if found is None or (found.clash is Clash.CONDITION and near.alike < NEAR):
        return found  # no preconditions: the issue or the breath tells that it is one matter, not the words
    surer = 1 - 0.5 ** (near.shared + 1)
    return Found(found.clash, found.sureness * surer, found.why, found.in_time)


def _conditions(first: Side, second: Side, near: Likeness) -> Found | None:
    for binds, waives in ((first, second), (second, first)):
        if binds.binding and waives.waives and not waives.binding:
            if not asked_of(binds):
                return None  # "when we are there" asks for nothing
            return None if _with_others(binds, waives) else _waived(binds, waives, near)
    if first.binding and second.binding:
        asked = [asked_of(side) for side in (first, second)]
        if near.alike >= 0.6 and near.telling and terms.overlap(*asked) < 0.25 and signs_agree(first, second, near):
            conditions = f"{_short(first.binding[0])}; {_short(second.binding[0])}"
            return Found(Clash.CONDITION, 0.6, f"on different conditions ({conditions})", in_time=True)
        return None
    for binds, free in ((first, second), (second, first)):
        if binds.binding and not free.binding and not free.waives:
            return _bound_and_free(binds, free, near)
    return None


def _waived(binds: Side, waives: Side, near: Likeness) -> Found | None:
    """No preconditions is said of a matter, or of all that one speaks of in one breath."""
    why = f"a condition ({_short(binds.binding[0])}), and no preconditions"
    if near.alike >= NEAR:
        return Found(Clash.CONDITION, 0.95, why)
    a, b = binds.evidence, waives.evidence
    if a.report == b.report and a.speaker == b.speaker:
        if _of_its_own(binds, waives):
            return None
        return Found(Clash.CONDITION, 0.75 if binds.topics & waives.topics else 0.6, why)
    return Found(Clash.CONDITION, 0.6, why) if _of_one_issue(binds, waives) else None


def _of_its_own(binds: Side, waives: Side) -> bool:
    """Whether what hangs on the condition is plainly another matter: "the next step on the Kenyan path"."""
    if binds.topics & waives.topics:
        return False
    granted = frozenset[str]().union(*(c.grants.terms for c in binds.evidence.binding)) or binds.words
    own = granted - terms.generic() - asked_of(binds)
    return len(own) >= _OWN_MATTER and own.isdisjoint(waives.words)


def _with_others(first: Side, second: Side) -> bool:
    """Each names states, conditions and all, and none that the other does: talks with Japan, talks with Ukraine."""
    own = terms_of(first.evidence.party_name)
    one, other = (states_in(side.every) - own for side in (first, second))
    return bool(one and other) and not one & other


def _of_one_issue(first: Side, second: Side) -> bool:
    """Both are about an issue that says more than that there are talks: everybody has some."""
    return any(not terms_of(topic.name) <= terms.generic() for topic, _ in shared_topics(first, second))


def _bound_and_free(binds: Side, free: Side, near: Likeness) -> Found | None:
    """One ties a matter to a condition; the other promises it outright, or will not have it at all.

    To want it or to be open to it is no promise, though a change from what was said a while before.
    """
    asked = asked_of(binds)
    if near.alike < NEAR or near.covered < 0.25 or not near.telling:
        return None
    condition = _short(binds.binding[0])
    if terms.overlap(asked, free.every) >= 0.5:
        if ruled_out(binds) or not _has(free, Trait.REGARDLESS):
            return None
        return Found(Clash.CONDITION, 0.7, f"on a condition ({condition}), and whether or not it is met")
    of_one = binds.evidence.report == free.evidence.report or _of_one_issue(binds, free)
    if near.alike < 0.6 or not (of_one or binds.words & free.words - terms.generic()):
        return None
    if free.evidence.act in _TELLING and not _has(free, Trait.CLAUSE):
        return None  # to call a measure legitimate is not to promise it
    opposite = (binds.denied != free.denied) != (near.pair is not None)
    if not opposite:
        even = 2 * len(binds.words & free.words) >= len(free.words)
        if binds.denied or free.denied or free.steady or not even:
            return None
        wish = free.evidence.act in _WISHING or _has(free, Trait.WANTED)
        return Found(Clash.CONDITION, 0.8, f"on a condition ({condition}), and outright", in_time=wish)
    if free.denied and not binds.denied:
        return Found(Clash.CONDITION, 0.75, f"on a condition ({condition}), and not at all", in_time=not free.final)
    return Found(
        Clash.CONDITION, 0.75, f"not as long as a condition is unmet ({condition}), and outright", in_time=True
    )


def _of_fact(first: Side, second: Side, near: Likeness) -> Found | None:
    if not _of_one_matter(first, second, near):
        return None
    if first.denied != second.denied:
        return _denial(first, second, near)
    if near.pair:
        enough = near.alike >= ALIKE and (near.telling >= TELLING or near.covered >= 0.5)
        sure, why = min(0.95, 0.5 + near.alike / 2), _opposite(first, second, near.pair)
        return Found(Clash.OPPOSITE, sure, why) if enough else None
    if stopped := _stopped(first, second) or _stopped(second, first):
        free = any(_has(side, Trait.FREE) for side in (first, second))
        return Found(Clash.OPPOSITE, 0.75, f"“{stopped}”", in_time=not free)
    instead = _instead_of(first, second) or _instead_of(second, first)
    if instead and near.alike >= ALIKE:
        return Found(Clash.OPPOSITE, min(0.9, 0.4 + near.alike / 2), f"“{instead}”")
    return _numbers(first, second) if near.alike >= MUCH_ALIKE else None


def _of_one_matter(first: Side, second: Side, near: Likeness) -> bool:
    """Not a name and a word in common: "a protest with Moscow", and that protests will not move Moscow."""
    if near.covered < 0.25 or (not near.telling and near.alike < 1):
        return False
    clauses = all(_has(side, Trait.CLAUSE) for side in (first, second))
    return near.telling >= TELLING or near.covered > 0.5 or clauses


def _denial(first: Side, second: Side, near: Likeness) -> Found | None:
    """As in "it closed the strait", and "it did not close the strait": one denies what the other says."""
    if near.telling < TELLING and (_none_of_another(first, second) or _none_of_another(second, first)):
        return None
    if near.pair or near.alike < 0.55 or (first.steady and second.steady) or stand_alike(first, second):
        return None
    denies, says = (first, second) if first.denied else (second, first)
    if not terms.stops().isdisjoint(denies.words - says.words):
        return None  # "nothing can stop it" denies nothing of it
    return Found(Clash.DENIAL, min(0.95, 0.4 + near.alike / 2), "one denies what the other says")


def _none_of_another(one: Side, other: Side) -> bool:
    """As in "there will be no war over it", where the other has it, and speaks of no war."""
    none = one.evidence.proposition.none_of if one.denied else None
    return none is not None and (other.every | terms.generic()).isdisjoint(none.terms)


def _instead_of(one: Side, other: Side) -> str | None:
    """As in "France would build it instead of Japan", where the other has Japan build it: return these words."""
    found = one.evidence.proposition.instead_of
    if not found or other.evidence.proposition.instead_of or not found.terms:
        return None
    return _short(one.evidence.words_at(found.at)) if other.words.issuperset(found.terms) else None


def _held_by_another(first: Side, second: Side) -> Found | None:
    """As in "the islands belong to Japan", and to Russia."""
    one, other = (side.evidence.proposition.holder for side in (first, second))
    if first.denied or second.denied or one is None or other is None:
        return None
    holders = [frozenset(filter(is_state, each.terms)) for each in (one, other)]
    if not set(one.before) & set(other.before) or not all(holders) or holders[0] & holders[1]:
        return None
    told = [_short(side.evidence.words_at(each.at)) for side, each in ((first, one), (second, other))]
    return Found(Clash.HOLDER, 0.8, f"“{told[0]}” against “{told[1]}”")


def _stopped(one: Side, other: Side) -> str | None:
    """As in "the annexation is suspended", where the other says all the rest of it: return the word that stops it."""
    stops = one.words & terms.stops()
    said = other.words - terms_of(other.evidence.party_name)
    if not stops or said & terms.stops() or len(said) < 2 or not said <= one.words:
        return None
    if one.evidence.act in _WISHING or _has(one, Trait.ASKED):
        return None
    return one.evidence.spelt(min(stops))


def stand_alike(first: Side, second: Side) -> bool:
    """Tell whether both take one stance on an issue that both are about, and on none opposite ones."""
    both = [(one.stance, other.stance) for one, other in shared_topics(first, second) if one.stance and other.stance]
    return bool(both) and all(one is other for one, other in both)


def shared_topics(first: Side, second: Side) -> list[tuple[Topic, Topic]]:
    """Return the issues that both are about, as the one and as the other is about them."""
    others = {topic.key: topic for topic in second.evidence.topics}
    return [(topic, others[topic.key]) for topic in first.evidence.topics if topic.key in others]


def _opposite(first: Side, second: Side, pair: tuple[str, str]) -> str:
    spelt = (side.evidence.spelt(word) for side, word in zip((first, second), pair, strict=True))
    return "“{}” against “{}”".format(*spelt)


def _numbers(first: Side, second: Side) -> Found | None:
    for one, other in ((first, second), (second, first)):
        term = next((f"{n} {unit}" for n, unit in sorted(one.numbers) if unit in UNITS), None)
        if term and terms.at_once() & other.words and not other.numbers:
            return Found(Clash.NUMBER, 0.75, f"the terms differ ({term}, and at once)")
    for number, counted in sorted(first.numbers):
        others = {n for n, what in second.numbers if what == counted}
        if others and number not in others and not {n for n, w in first.numbers if w == counted} & others:
            return Found(Clash.NUMBER, 0.75, f"the numbers differ ({number}, and {', '.join(sorted(others))})")
    return None


def _has(one: Side, trait: Trait) -> bool:
    return trait in one.evidence.proposition.traits


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
