"""Discourse networks counted statement by statement, straight from the definitions: slow, and nothing shared.

Each function takes statements and returns {(row name, column name): weight}, ties of 0 left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from communique.analysis.networks import CodedStatement

Weights = dict[tuple[str, str], float]
Weigh = Callable[[CodedStatement], float]


def one_mode(
    said: Sequence[CodedStatement],
    aggregation: str,
    normalization: str,
    levels: Sequence[int],
    weigh: Weigh = lambda _: 1.0,
) -> Weights:
    """Every pair of statements of two actors on one concept adds to their tie."""
    span = max(levels, default=0) - min(levels, default=0)

    def distance(one: CodedStatement, other: CodedStatement) -> float:
        if aggregation == "ignore" or not span:
            return 0.0
        return abs((one.qualifier or 0) - (other.qualifier or 0)) / span

    def worth(one: CodedStatement, other: CodedStatement) -> float:
        apart = distance(one, other)
        each = {"ignore": 1.0, "congruence": 1 - apart, "conflict": apart, "subtract": 1 - 2 * apart}[aggregation]
        return each * math.sqrt(weigh(one) * weigh(other))

    def near(mine: Sequence[CodedStatement], theirs: Sequence[CodedStatement]) -> float:
        shared = [pair for pair in product(mine, theirs) if pair[0].concept == pair[1].concept]
        return sum((1 - distance(*pair)) * math.sqrt(weigh(pair[0]) * weigh(pair[1])) for pair in shared)

    def cell(one: CodedStatement) -> tuple[str, int | None]:
        return one.concept, None if aggregation == "ignore" else one.qualifier

    found: Weights = {}
    for a, b in combinations(sorted({each.actor for each in said}), 2):
        mine, theirs = ([each for each in said if each.actor == name] for name in (a, b))
        tie = sum(worth(*pair) for pair in product(mine, theirs) if pair[0].concept == pair[1].concept)
        match normalization:
            case "none":
                by = 1.0
            case "average":
                by = (sum(map(weigh, mine)) + sum(map(weigh, theirs))) / 2
            case "cosine":
                by = math.sqrt(near(mine, mine) * near(theirs, theirs))
            case "jaccard":
                cells, others = set(map(cell, mine)), set(map(cell, theirs))
                by = sum(weigh(each) for each in mine if cell(each) not in others)
                by += sum(weigh(each) for each in theirs if cell(each) not in cells)
                alike = [pair for pair in product(mine, theirs) if cell(pair[0]) == cell(pair[1])]
                by += sum(math.sqrt(weigh(one) * weigh(other)) for one, other in alike)
        if tie:
            found[a, b] = found[b, a] = tie / by
    return found


def two_mode(
    said: Sequence[CodedStatement],
    aggregation: str,
    normalization: str,
    levels: Sequence[int],
    binary: bool,
    weigh: Weigh = lambda _: 1.0,
) -> Weights:
    """Every statement adds to the tie between its actor and its concept."""
    found: Weights = {}
    for actor, concept in {(each.actor, each.concept) for each in said}:
        both = [each for each in said if (each.actor, each.concept) == (actor, concept)]
        if aggregation == "combine":
            held = {each.qualifier for each in both}
            tie = float(int("".join("1" if level in held else "0" for level in levels), 2))
        elif aggregation == "subtract" and binary:
            tie = sum(weigh(each) * (1 if each.qualifier else -1) for each in both)
        elif aggregation == "subtract":
            tie = sum(weigh(each) * (each.qualifier or 0) for each in both)
        else:
            tie = sum(map(weigh, both))
        if normalization == "activity":
            tie /= sum(weigh(each) for each in said if each.actor == actor)
        if normalization == "prominence":
            tie /= sum(weigh(each) for each in said if each.concept == concept)
        if abs(tie) > 1e-12:
            found[actor, concept] = tie
    return found


def once(said: Sequence[CodedStatement], within: str, with_qualifier: bool) -> list[CodedStatement]:
    """Leave out what the same actor said in the same way, on the same concept, within the same stretch."""
    kept: dict[tuple[object, ...], CodedStatement] = {}
    ordered = sorted(enumerate(said), key=lambda each: (each[1].date, each[1].document or "", each[0]))
    for at, each in ordered:
        assert each.date is not None
        stretch: object = {
            "include": at,
            "document": each.document,
            "day": each.date.date(),
            "week": each.date.isocalendar()[:2],
            "month": (each.date.year, each.date.month),
            "year": each.date.year,
            "range": None,
        }[within]
        kept.setdefault((each.actor, each.concept, each.qualifier if with_qualifier else None, stretch), each)
    return list(kept.values())


def calendar_windows(first: date, last: date, unit: str, size: int, step: int) -> list[tuple[date, date]]:
    """Windows, each as its first day and the day after its last, until the last day is held or lies before the next."""

    def later(day: date, count: int) -> date:
        match unit:
            case "days":
                return day + timedelta(count)
            case "weeks":
                return day + timedelta(7 * count)
            case "months":
                months = day.month - 1 + count
                return date(day.year + months // 12, months % 12 + 1, 1)
        return date(day.year + count, 1, 1)

    start = {
        "days": first,
        "weeks": first - timedelta(first.weekday()),
        "months": first.replace(day=1),
        "years": first.replace(month=1, day=1),
    }[unit]
    found = [(start, later(start, size))]
    while found[-1][1] <= last and later(start, step) <= last:
        start = later(start, step)
        found.append((start, later(start, size)))
    return found


def kernel_weight(kernel: str, u: float) -> float:
    """The weight at a distance of ``u`` half windows from the middle."""
    if kernel == "gaussian":
        return math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
    if abs(u) > 1:
        return 0.0
    return {"none": 1.0, "uniform": 0.5, "triangular": 1 - abs(u), "epanechnikov": 0.75 * (1 - u**2)}[kernel]


def modularity_of_camps(congruence: Weights, conflict: Weights, one_camp: set[str]) -> float:
    """Twice the signed modularity (Gómez et al. 2009, eq. 4) of a division in two: positive less negative surplus."""
    names = sorted({name for pair in (*congruence, *conflict) for name in pair})
    mass = sum(congruence.values()) + sum(conflict.values())
    total = 0.0
    for a, b in product(names, names):
        if (a in one_camp) != (b in one_camp):
            continue
        for weights, sign in ((congruence, 1), (conflict, -1)):
            whole = sum(weights.values())
            if whole:
                strength = [sum(weight for pair, weight in weights.items() if pair[0] == name) for name in (a, b)]
                total += sign * (weights.get((a, b), 0.0) - strength[0] * strength[1] / whole)
    return 2 * total / mass
