"""How far people agree in their judgements.

Percent agreement is the share of pairs of people, over all things that both judged, who gave the same verdict. Cohen's
kappa (Cohen 1960, "A coefficient of agreement for nominal scales") is given for each pair, Fleiss' kappa (Fleiss 1971,
"Measuring nominal scale agreement among many raters") over the things that all of them judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from communique.record.decisions.judgement_log import Judgement, JudgementVerdict, standing

Ratings = Mapping[tuple[str, str], Mapping[str, str]]
"""Verdicts by thing judged (kind, key) and person."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people: how many things both judged, the share judged alike, Cohen's kappa (None where undefined)."""

    one: str
    other: str
    things: int
    percent: float
    cohen: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All people together; ``things`` were judged by two or more, ``by_all`` by everybody who judged any of those."""

    people: tuple[str, ...]
    things: int
    percent: float | None
    by_all: int
    fleiss: float | None
    pairs: tuple[Pair, ...]


def ratings(judged: Iterable[tuple[tuple[str, str], Iterable[Judgement]]]) -> dict[tuple[str, str], dict[str, str]]:
    """Return each person's present verdict on each thing, from the thing's judgements."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for thing, judgements in judged:
        present = standing(judgements).judgements
        found[thing] = {
            each.by: each.verdict.value for each in present if each.verdict is not JudgementVerdict.WITHDRAW
        }
    return found


def agreement(rated: Ratings) -> Agreement:
    """Return how far people agree over the things that two or more judged."""
    shared = {thing: verdicts for thing, verdicts in rated.items() if len(verdicts) > 1}
    people = tuple(sorted({name for verdicts in shared.values() for name in verdicts}))
    pairs = tuple(
        pair for one, other in combinations(people, 2) if (pair := _pair(one, other, shared.values())) is not None
    )
    alike = [a == b for verdicts in shared.values() for a, b in combinations(verdicts.values(), 2)]
    full = [list(verdicts.values()) for verdicts in shared.values() if len(verdicts) == len(people)]
    return Agreement(
        people,
        len(shared),
        sum(alike) / len(alike) if alike else None,
        len(full),
        fleiss_kappa(full),
        pairs,
    )


def _pair(one: str, other: str, shared: Iterable[Mapping[str, str]]) -> Pair | None:
    both = [(verdicts[one], verdicts[other]) for verdicts in shared if one in verdicts and other in verdicts]
    if not both:
        return None
    percent = sum(a == b for a, b in both) / len(both)
    return Pair(one, other, len(both), percent, cohen_kappa(both))


def cohen_kappa(both: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two people's verdicts on the same things, None where chance alone explains all."""
    n = len(both)
    if not n:
        return None
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    # In whole numbers: whether chance explains all must not hang on rounding.
    expected = sum(first[verdict] * second[verdict] for verdict in first)
    observed = sum(a == b for a, b in both) * n
    return None if expected == n * n else (observed - expected) / (n * n - expected)


def fleiss_kappa(verdicts: Sequence[Sequence[str]]) -> float | None:
    """Return Fleiss' kappa of the verdicts of as many people on each thing, None where chance alone explains all."""
    if not verdicts or len(verdicts[0]) < 2:
        return None
    people, things = len(verdicts[0]), len(verdicts)
    counts = [Counter(each) for each in verdicts]
    observed = sum(sum(n * n for n in count.values()) - people for count in counts) / (things * people * (people - 1))
    totals = sum(counts, Counter())
    expected = sum(n * n for n in totals.values())
    whole = (things * people) ** 2
    return None if expected == whole else (observed - expected / whole) / (1 - expected / whole)
