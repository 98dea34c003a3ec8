"""How much weight a matter has in a report, by where and how often it is named and by signs of dispute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.lexicon import endings
from communique.reading.issues.clustering import Matter
from communique.reading.issues.extractor import MatterMatch, countries_of, told_in
from communique.reading.issues.issue_words import IssueLexicon, issue_lexicon
from communique.reading.protocols import Scorer, Text
from communique.reading.tokens import Tokens

_FAIR = 1.5
_BONUS = {
    "known": 1.5,
    "matter": 1.0,
    "qualified": 0.5,
    "pivot": 0.5,
    "compound": 0.25,
    "place": 0.0,
    "alone": 0.0,
    "other": 0.0,
    "talks": -1.0,
}
_NOMINAL = endings("issues", "constructions", "noun_endings")
_COUNTED = 6
_DATELINE = 12


def share(weight: float) -> float:
    """Bring a weight, which has no upper limit, between 0 and 1: the weight's share beside a weight of one."""
    return weight / (weight + 1.0) if weight > 0.0 else 0.0


def weights() -> Scorer[MatterMatch]:
    """Make the scorer that adds up mentions and signs of dispute; set by hand."""
    return Weights()


@dataclass(frozen=True, slots=True)
class Weights:
    """The sum, which uses no features of a fitted model."""

    features: str = ""

    def __call__(self, text: Text, found: Sequence[MatterMatch]) -> list[float]:
        """Return each matter's weight, between 0 and 1."""
        inside, lead = told_in(text), lead_end(text.tokens)
        lexicon, countries = issue_lexicon(), countries_of(text)
        return [share(_weight(f.matter, inside, lead, bool(f.claims), lexicon, countries)) for f in found]


def lead_end(tokens: Tokens) -> int:
    """Return where the report's opening ends: after its first sentence that is more than a dateline."""
    return next((end for _, end in tokens.sentences if end >= _DATELINE), tokens.n)


def _weight(
    matter: Matter, inside: list[bool], lead_end: int, claimed: bool, lexicon: IssueLexicon, countries: frozenset[str]
) -> float:
    """Weigh a matter: mentions, those in contents and in the opening more, and signs of dispute."""
    bonus = _BONUS["place"] if claimed and matter.kind == "state" else _BONUS.get(matter.kind)
    if bonus is None:
        return 0.0
    disputed = claimed or any(p.disputed for p in matter.phrases)
    acted = any(p.acted for p in matter.phrases)
    said = sum(inside[p.start] for p in matter.phrases)
    lead = matter.phrases[0].start < lead_end
    if matter.known and len(matter.phrases) == 1 and not (said or disputed) and matter.known.claimants & countries:
        return _FAIR
    if not _counts(matter, disputed, acted, said, lead, lexicon):
        return 0.0
    counted = matter.phrases[:_COUNTED]
    weight = sum(1.0 if inside[p.start] else 0.5 for p in counted)
    return weight + bonus + 0.5 * lead + 0.5 * acted + disputed + claimed


def _counts(matter: Matter, disputed: bool, acted: bool, said: int, lead: bool, lexicon: IssueLexicon) -> bool:
    """Tell whether a matter stands often enough, or in such a place, for its kind."""
    if matter.kind in ("place", "state"):
        return disputed
    if matter.kind == "alone":
        return _alone_counts(matter, disputed, acted, said, lead, lexicon)
    if matter.kind == "other":
        return _other_counts(matter, disputed, acted, said, lead)
    if matter.kind == "compound":
        often = len(matter.phrases) > 1
        return disputed or (said > 0 or lead) and (often or acted)
    if len(matter.phrases) > 1 or matter.kind == "matter":
        return True
    return _counts_once(matter, disputed or acted, said, lead, lexicon)


def _other_counts(matter: Matter, disputed: bool, acted: bool, said: int, lead: bool) -> bool:
    """Tell whether a thing of no known kind counts: named again, and disputed, dwelt on, or a deed that is told of."""
    often = len(matter.phrases)
    if often < 2:
        return False
    deed = any(head.endswith(_NOMINAL) for head in matter.heads)
    dwelt_on = often > 2 and said > 1 and (lead or acted)
    return disputed or dwelt_on or ((acted or deed) and said > 0)


def _counts_once(matter: Matter, moved: bool, said: int, lead: bool, lexicon: IssueLexicon) -> bool:
    """Named once, a matter is an issue where the report opens with it, or where something is done about it."""
    if moved or said > 0 and (matter.known or matter.heads & lexicon.instrument):
        return True
    if matter.heads & lexicon.common:
        return False
    return said > 0 or lead and not matter.known


def _alone_counts(matter: Matter, disputed: bool, acted: bool, said: int, lead: bool, lexicon: IssueLexicon) -> bool:
    """Tell whether a head that stands without more ("the treaty") counts."""
    often = len(matter.phrases)
    document = bool(matter.heads & lexicon.instrument)
    known = document or not matter.heads & lexicon.common
    if matter.heads & lexicon.measure and not matter.heads & lexicon.qualified:
        return False
    pointed = often > 1 or matter.phrases[0].definite
    return (
        disputed
        or (often > 1 and (document or said > 0))
        or (known and (acted or matter.phrases[0].subject) and ((acted and lead) or (pointed and said > 0)))
    )
