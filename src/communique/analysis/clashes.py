"""What cannot both stand: a condition and none, opposite words, a denial, different numbers.

The kinds follow de Marneffe, Rafferty and Manning (2008), "Finding Contradictions in Text" (negation, antonymy,
numeric, factive).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from communique.analysis import words
from communique.analysis.sides import ALIKE, NEAR, Likeness, Side, ruled_out, signs_agree
from communique.analysis.states import is_state, states_in

_NO = re.compile(
    r"\bthere (?:will|would|shall|should|can|could|must) be no (?P<what>[\w -]+?)"
    r"(?= (?:over|in|on|of|with|for|by|to|about)\b|[^\w -]|$)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must|to|\w+ed)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|in place of) (?P<dropped>[^,;.:]+)", re.IGNORECASE)
_EVEN = re.compile(
    r"\b(?:even (?:without|if)|regardless of|irrespective of|whether or not|whether [^,.;]{1,80} or not|whatever"
    r"|no matter (?:what|how|who|whether)"
    r"|not (?:depend|hinge) on|not (?:\w+ )?(?:(?:tied|linked|bound|subject) to|(?:conditional|contingent) on))\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:want|wish|hope|seek|sought|favou?r|support|welcome)(?:s|e[ds]|ing)?\b"
    r"|\b(?:ready|willing|prepared|open) (?:to|for)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:(?:belong(?:s|ed|ing)? to|(?:is|are|was|were|remains?) (?:an? )?(?:\w+ )?part of) (?P<holder>[^,.;:]+)"
    r"|under (?P<ruler>[^,.;:]{1,40}?) (?:control|rule|sovereignty|administration|command)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:may|(?:free|able|welcome) to)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:must|should|ought)\b", re.IGNORECASE)
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
            return None if _with_others(binds, waives) else _waived(binds, waives, near)
    if first.binding and second.binding:
        asked = [words.content_words(" ".join(side.binding)) for side in (first, second)]
        if near.alike >= 0.6 and near.telling and words.overlap(*asked) < 0.25 and signs_agree(first, second, near):
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
        return Found(Clash.CONDITION, 0.75 if binds.topics & waives.topics else 0.6, why)
    return Found(Clash.CONDITION, 0.6, why) if _of_one_issue(binds, waives) else None


def _with_others(first: Side, second: Side) -> bool:
    """Each names states, conditions and all, and none that the other does: talks with Japan, talks with Ukraine."""
    own = words.content_words(first.evidence.party_name)
    one, other = (states_in(side.every) - own for side in (first, second))
    return bool(one and other) and not one & other


def _of_one_issue(first: Side, second: Side) -> bool:
    """Both are about an issue that says more than that there are talks: everybody has some."""
    shared = [topic for topic in first.evidence.topics if topic.key in second.topics]
    return any(not words.content_words(topic.name) <= words.generic() for topic in shared)


def _bound_and_free(binds: Side, free: Side, near: Likeness) -> Found | None:
    """One ties a matter to a condition; the other promises it outright, or will not have it at all.

    To want it or to be open to it is no promise, though a change from what was said a while before.
    """
    asked = words.content_words(" ".join(binds.binding))
    if near.alike < NEAR or near.covered < 0.25 or not near.telling:
        return None
    condition = _short(binds.binding[0])
    if words.overlap(asked, free.every) >= 0.5:
        if ruled_out(binds) or not _EVEN.search(free.evidence.content):
            return None
        return Found(Clash.CONDITION, 0.7, f"on a condition ({condition}), and whether or not it is met")
    of_one = binds.evidence.report == free.evidence.report or _of_one_issue(binds, free)
    if near.alike < 0.6 or not (of_one or binds.words & free.words - words.generic()):
        return None
    if free.evidence.act in _TELLING and not _CLAUSE.search(free.evidence.content):
        return None  # to call a measure legitimate is not to promise it
    opposite = (binds.denied != free.denied) != (near.pair is not None)
    if not opposite:
        even = 2 * len(binds.words & free.words) >= len(free.words)
        if binds.denied or free.denied or free.steady or not even:
            return None
        wish = free.evidence.act in _WISHING or bool(_WANTED.search(free.evidence.content))
        return Found(Clash.CONDITION, 0.8, f"on a condition ({condition}), and outright", in_time=wish)
    if free.denied and not binds.denied:
        return Found(Clash.CONDITION, 0.75, f"on a condition ({condition}), and not at all", in_time=not free.final)
    return Found(
        Clash.CONDITION, 0.75, f"not as long as a condition is unmet ({condition}), and outright", in_time=True
    )


def _of_fact(first: Side, second: Side, near: Likeness) -> Found | None:
    if near.covered < 0.25 or (not near.telling and near.alike < 1):
        return None
    if (
        near.telling < 2
        and near.covered <= 0.5
        and not all(_CLAUSE.search(s.evidence.content) for s in (first, second))
    ):
        return None  # a name and a word in common: "a protest with Moscow", and that protests will not move Moscow
    differ = first.denied != second.denied
    if differ and near.telling < 2 and (_none_of_another(first, second) or _none_of_another(second, first)):
        return None
    stopped = _stopped(first, second) or _stopped(second, first)
    if stopped and not differ and not near.pair:
        free = any(_FREE.search(side.evidence.content) for side in (first, second))
        return Found(Clash.OPPOSITE, 0.75, f"“{stopped}”", in_time=not free)
    instead = _instead_of(first, second) or _instead_of(second, first)
    if instead and not differ and not near.pair and near.alike >= ALIKE:
        return Found(Clash.OPPOSITE, min(0.9, 0.4 + near.alike / 2), f"“{instead}”")
    if near.pair and not differ and near.alike >= ALIKE and (near.telling >= 2 or near.covered >= 0.5):
        return Found(Clash.OPPOSITE, min(0.95, 0.5 + near.alike / 2), _opposite(first, second, near.pair))
    if differ and not near.pair and near.alike >= 0.55 and not (first.steady and second.steady):
        return Found(Clash.DENIAL, min(0.95, 0.4 + near.alike / 2), "one denies what the other says")
    if not differ and not near.pair and near.alike >= 0.6:
        return _numbers(first, second)
    return None


def _none_of_another(one: Side, other: Side) -> bool:
    """As in "there will be no war over it", where the other has it, and speaks of no war."""
    none = _NO.search(one.evidence.content) if one.denied else None
    return none is not None and not words.content_words(none["what"]) & (other.every | words.generic())


def _instead_of(one: Side, other: Side) -> str | None:
    """As in "France would build it instead of Japan", where the other has Japan build it: return these words."""
    found = _INSTEAD.search(one.evidence.content)
    if not found or _INSTEAD.search(other.evidence.content):
        return None
    dropped = words.content_words(found["dropped"])
    return _short(found.group()) if dropped and dropped <= other.words else None


def _held_by_another(first: Side, second: Side) -> Found | None:
    """As in "the islands belong to Japan", and to Russia."""
    one = None if first.denied or second.denied else _HELD.search(first.evidence.content)
    other = _HELD.search(second.evidence.content) if one else None
    if one is None or other is None:
        return None
    about = [words.content_words(each.string[: each.start()]) for each in (one, other)]
    named = [words.content_words(each["holder"] or each["ruler"]) for each in (one, other)]
    holders = [frozenset(filter(is_state, each)) for each in named]
    if not about[0] & about[1] or not all(holders) or holders[0] & holders[1]:
        return None
    return Found(Clash.HOLDER, 0.8, f"“{_short(one.group())}” against “{_short(other.group())}”")


def _stopped(one: Side, other: Side) -> str | None:
    """As in "the annexation is suspended", where the other says all the rest of it: return the word that stops it."""
    stops = one.words & words.stops()
    said = other.words - words.content_words(other.evidence.party_name)
    if not stops or said & words.stops() or len(said) < 2 or not said <= one.words:
        return None
    if one.evidence.act in _WISHING or _ASKED.search(one.evidence.content):
        return None
    return words.spelt(one.evidence.content, min(stops))


def _opposite(first: Side, second: Side, pair: tuple[str, str]) -> str:
    spelt = (words.spelt(side.evidence.content, word) for side, word in zip((first, second), pair, strict=True))
    return "“{}” against “{}”".format(*spelt)


def _numbers(first: Side, second: Side) -> Found | None:
    for one, other in ((first, second), (second, first)):
        term = next((f"{n} {unit}" for n, unit in sorted(one.numbers) if unit in words.UNITS), None)
        if term and words.IMMEDIATE in other.words and not other.numbers:
            return Found(Clash.NUMBER, 0.75, f"the terms differ ({term}, and at once)")
    for number, counted in sorted(first.numbers):
        others = {n for n, what in second.numbers if what == counted}
        if others and number not in others and not {n for n, w in first.numbers if w == counted} & others:
            return Found(Clash.NUMBER, 0.75, f"the numbers differ ({number}, and {', '.join(sorted(others))})")
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
