"""A decision maker's preference over the states, as ranks.

Option statements are ranked or weighed as in Fang, Hipel, Kilgour and Peng, "A decision support system for interactive
decision making" (IEEE SMC-C 33, 2003). Strength of preference has two degrees: Hamouda, Kilgour and Hipel, "Strength of
preference in the graph model for conflict resolution" (GDN 13, 2004). Unknown preference: Li, Hipel, Kilgour and
Fang, "Preference uncertainty in the graph model for conflict resolution" (IEEE SMC-A 34, 2004).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from communique.errors import BadStandoff, ContradictoryPreference, UnknownInStandoff
from communique.standoff.formulas import Truth
from communique.standoff.graph_model import (
    DecisionMaker,
    Number,
    PayoffPreference,
    RankingPreference,
    StatementPreference,
)
from communique.standoff.state_space import Evaluator, StateSpace, Terms, is_pattern, pattern_bits

Ranks = NDArray[np.int32]

_WEIGHTS = 1 << 62
_BEFORE_DENSE = 40  # statements after which ranks are numbered anew, so that all fit 64 bits
_GAPS = 8  # places for each score, up to which they are counted in a table
_FEW = 1024  # places that the table may have besides
_DECIMALS = 18  # of a weight
_MOST_NAMED = 5  # states that an error names


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranks of the states, 0 the worst; equal ranks are equally preferred.

    ``strongly_below`` has, for each rank, the highest rank that is strongly less preferred (-1: none); None where the
    preference has one degree. ``pairs`` are states (from 0) in unknown order; ``columns`` the truth of each statement,
    its weight where it has one, and whether its value is unknown: given where one is.
    """

    rank: Ranks
    strongly_below: Ranks | None = None
    pairs: tuple[tuple[int, int], ...] = ()
    columns: tuple[tuple[Truth, int | None, bool], ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the order of some states is unknown."""
        return bool(self.pairs or self.columns)


def rank(maker: DecisionMaker, number: int, space: StateSpace, terms: Terms, *, strict: bool = True) -> Ranking:
    """Rank the states for a decision maker, the ``number``-th of the model (from 1).

    ``strict``: refuse a statement that no state fulfils and a pair of statements that exclude each other always.
    Raises BadStandoff, ContradictoryPreference, UnknownInStandoff.
    """
    place = f"decision_makers[{number}]"
    preference = maker.preference
    if isinstance(preference, PayoffPreference):
        return _payoffs(preference, space, f"{space.model.where}: {place}")
    if isinstance(preference, RankingPreference):
        return _levels(preference, space, terms, place)
    return _statements(preference, space, terms, f"{place}.preferences", maker.name, strict)


def _statements(
    preference: StatementPreference, space: StateSpace, terms: Terms, place: str, maker: str, strict: bool
) -> Ranking:
    here = terms.over(space.codes)
    truths = [
        here.formula(terms.parse(statement.formula, f"{place}[{at + 1}]"))
        for at, statement in enumerate(preference.statements)
    ]
    if strict:
        _check(truths, [s.formula for s in preference.statements], f"{space.model.where}: {place}", maker)
    unknown = [statement.unknown for statement in preference.statements]
    if preference.weighted:
        return _weighted(preference, truths, unknown, space, place)
    strong = sum(statement.strong for statement in preference.statements)
    if not all(statement.strong for statement in preference.statements[:strong]):
        raise BadStandoff(f"{space.model.where}: {place}", "strong statements must come before all others")
    ranks = _lexicographic([np.zeros(space.count, np.bool_), *truths])
    columns = tuple((t, None, u) for t, u in zip(truths, unknown, strict=True)) if any(unknown) else ()
    if not strong:
        return Ranking(ranks, columns=columns)
    grade = _lexicographic([np.zeros(space.count, np.bool_), *truths[:strong]])
    return Ranking(ranks, _below(ranks, grade), columns=columns)


def _check(truths: Sequence[Truth], formulas: Sequence[str], where: str, maker: str) -> None:
    seen: dict[bytes, int] = {}
    for at, truth in enumerate(truths):
        if not truth.any():
            raise ContradictoryPreference(
                f"{where}[{at + 1}]", f"{maker} prefers {formulas[at]!r}, which no feasible state fulfils"
            )
        other = seen.get(np.packbits(~truth).tobytes())
        if other is not None and not truth.all():
            raise ContradictoryPreference(
                f"{where}[{at + 1}]", f"{maker} prefers both {formulas[other]!r} and its contrary {formulas[at]!r}"
            )
        seen.setdefault(np.packbits(truth).tobytes(), at)


def _lexicographic(truths: Sequence[Truth]) -> Ranks:
    score = np.zeros(len(truths[0]), np.int64)
    for at, truth in enumerate(truths):
        if at % _BEFORE_DENSE == _BEFORE_DENSE - 1:
            score = _dense(score).astype(np.int64)
        score = score << 1 | truth
    return _dense(score)


def _dense(score: NDArray[np.int64]) -> Ranks:
    low, high = int(score.min()), int(score.max())
    if high - low < _GAPS * len(score) + _FEW:
        present = np.zeros(high - low + 1, np.bool_)
        present[score - low] = True
        return (np.cumsum(present, dtype=np.int32) - 1)[score - low].astype(np.int32)
    return np.unique(score, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _below(ranks: Ranks, grade: Ranks) -> Ranks:
    """For each rank, the highest rank of a lower grade. Ranks refine grades."""
    of_rank = np.zeros(int(ranks.max()) + 1, np.int32)
    of_rank[ranks] = grade
    return (np.searchsorted(of_rank, of_rank, side="left") - 1).astype(np.int32)


def _weighted(
    preference: StatementPreference, truths: Sequence[Truth], unknown: Sequence[bool], space: StateSpace, place: str
) -> Ranking:
    where = f"{space.model.where}: {place}"
    gap = preference.strong_gap
    scaled = _integers([*(s.weight or 0 for s in preference.statements), gap or 0], where)
    if sum(map(abs, scaled)) >= _WEIGHTS:
        raise BadStandoff(where, "the weights differ too much in size to be added exactly")
    score = np.zeros(space.count, np.int64)
    for truth, weight, open_ in zip(truths, scaled, unknown, strict=False):
        if not open_:
            score += np.int64(weight) * truth
    ranks = _dense(score)
    columns = tuple(zip(truths, scaled[:-1], unknown, strict=True)) if any(unknown) else ()
    if gap is None:
        return Ranking(ranks, columns=columns)
    values = np.unique(score)
    below = np.searchsorted(values, values - scaled[-1], side="right") - 1
    return Ranking(ranks, below.astype(np.int32), columns=columns)


def _integers(numbers: Sequence[Number], where: str) -> list[int]:
    """Return the numbers as whole ones, all made larger by the same power of ten."""
    exponents = [int(n.as_tuple().exponent) for n in numbers if isinstance(n, Decimal)]
    shift = max((-e for e in exponents), default=0)
    if shift > _DECIMALS:
        raise BadStandoff(where, f"weights have {shift} decimal places; {_DECIMALS} may be given")
    return [
        int(Decimal(n).scaleb(max(shift, 0))) if isinstance(n, Decimal) else n * 10 ** max(shift, 0) for n in numbers
    ]


def _payoffs(preference: PayoffPreference, space: StateSpace, where: str) -> Ranking:
    payoffs = preference.payoffs
    if len(payoffs) != space.count:
        raise BadStandoff(f"{where}.payoffs", f"{len(payoffs):,} payoffs for {space.count:,} states")
    values = sorted(set(payoffs))
    at = {value: level for level, value in enumerate(values)}
    ranks = np.fromiter((at[payoff] for payoff in payoffs), np.int32, len(payoffs))
    pairs = _pairs(preference.unknown, space, where)
    if preference.strong_gap is None:
        return Ranking(ranks, pairs=pairs)
    gap = preference.strong_gap
    below = [bisect_right(values, value - gap) - 1 for value in values]
    return Ranking(ranks, np.array(below, np.int32), pairs)


def _pairs(unknown: Sequence[tuple[int, int]], space: StateSpace, where: str) -> tuple[tuple[int, int], ...]:
    for pair in unknown:
        for state in pair:
            if not 1 <= state <= space.count:
                raise UnknownInStandoff(f"{where}.unknown", f"there is no state {state}; there are {space.count}")
        if pair[0] == pair[1]:
            raise BadStandoff(f"{where}.unknown", f"state {pair[0]} is compared with itself")
    return tuple((a - 1, b - 1) for a, b in unknown)


def _levels(preference: RankingPreference, space: StateSpace, terms: Terms, place: str) -> Ranking:
    where = f"{space.model.where}: {place}.ranking"
    level_of = np.full(space.count, -1, np.int32)
    here = terms.over(space.codes)
    for at, level in enumerate(preference.levels):
        for member in level.members:
            inside, exact = _members(member, space, here, f"{place}.ranking[{at + 1}]")
            twice = inside & (level_of >= 0) & (level_of != at) if exact else np.zeros(0, np.bool_)
            if twice.any():
                state = int(np.flatnonzero(twice)[0])
                raise ContradictoryPreference(where, f"state {space.label(state)} stands at two places")
            level_of[inside & (level_of < 0)] = at
    left = np.flatnonzero(level_of < 0)
    if len(left):
        some = ", ".join(space.label(int(state)) for state in left[:_MOST_NAMED])
        raise BadStandoff(
            where, f"{len(left):,} states have no place in it: {some}{', ...' if len(left) > _MOST_NAMED else ''}"
        )
    worst_first = np.int32(len(preference.levels)) - level_of
    ranks = _dense(worst_first.astype(np.int64))
    pairs = _pairs(preference.unknown, space, f"{space.model.where}: {place}")
    if not any(level.strong for level in preference.levels[:-1]):
        return Ranking(ranks, pairs=pairs)
    steps = np.cumsum([0, *(level.strong for level in preference.levels)])[: len(preference.levels)]
    grade = (steps.max() - steps)[level_of].astype(np.int32)
    return Ranking(ranks, _below(ranks, grade), pairs)


def _members(member: int | str, space: StateSpace, here: Evaluator, place: str) -> tuple[Truth, bool]:
    """The states that a member of a level names, and whether it must be the only one to name them."""
    where = f"{space.model.where}: {place}"
    inside = np.zeros(space.count, np.bool_)
    if isinstance(member, int):
        if not 1 <= member <= space.count:
            raise UnknownInStandoff(where, f"there is no state {member}; there are {space.count}")
        inside[member - 1] = True
        return inside, True
    if not space.labels:
        if member not in space.model.state_names:
            raise UnknownInStandoff(where, f"there is no state {member!r}")
        inside[space.model.state_names.index(member)] = True
        return inside, True
    options = len(space.model.options)
    if is_pattern(member, options):
        care, value = pattern_bits(member, options, where)
        inside = (space.codes & care) == value
        return inside, "-" not in member
    return here.formula(here.terms.parse(member, place)), False
