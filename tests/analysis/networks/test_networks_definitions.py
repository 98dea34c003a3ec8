"""Networks against the definitions, counted statement by statement by other code."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import networks_naive as naive
from communique.analysis.networks import (
    Aggregation,
    CodedStatement,
    Duplicates,
    Kernel,
    Network,
    NetworkMode,
    Normalization,
    Settings,
    Unit,
    Windows,
    coded,
    network,
    polarisation,
    series,
)
from communique.analysis.networks.settings import AGGREGATIONS, NORMALIZATIONS

pytestmark = pytest.mark.usefixtures("held")

FIRST = datetime(2019, 12, 20)
SPREAD = {Unit.DAYS: 14, Unit.WEEKS: 80, Unit.MONTHS: 400, Unit.YEARS: 3000}
AGREEMENT = st.integers(0, 1)
SCALE = st.sampled_from([-2, -1, 0, 1, 3])
WAYS = [
    (mode, aggregation, normalization)
    for mode in NetworkMode
    for aggregation in AGGREGATIONS[mode]
    for normalization in NORMALIZATIONS[mode]
    if aggregation is not Aggregation.COMBINE or normalization is Normalization.NONE
]


def statements(
    levels: st.SearchStrategy[int], most: int = 24, days: int = 500
) -> st.SearchStrategy[list[CodedStatement]]:
    """Statements of a few actors on a few concepts, over a new year and more."""
    return st.lists(
        st.builds(
            CodedStatement,
            st.sampled_from("ABCDE"),
            st.sampled_from("xyz"),
            levels,
            st.sampled_from(["d1", "d2", "d3"]),
            st.builds(lambda day, hour: FIRST + timedelta(day, hours=hour), st.integers(0, days), st.integers(0, 23)),
        ),
        min_size=1,
        max_size=most,
    )


def weights(made: Network) -> naive.Weights:
    return {
        (made.rows[row], made.cols[col]): float(made.matrix[row, col])
        for row, col in zip(*np.nonzero(np.abs(made.matrix) > 1e-12), strict=True)
    }


def expected(
    said: list[CodedStatement], how: Settings, whole: list[CodedStatement], weigh: naive.Weigh
) -> naive.Weights:
    values = sorted({each.qualifier for each in whole if each.qualifier is not None})
    binary = set(values) <= {0, 1}
    levels = [0, 1] if binary else values
    if how.mode is NetworkMode.ONE:
        return naive.one_mode(said, how.aggregation, how.normalization, levels, weigh)
    return naive.two_mode(said, how.aggregation, how.normalization, levels, binary, weigh)


def same(made: naive.Weights, right: naive.Weights) -> None:
    right = {pair: weight for pair, weight in right.items() if abs(weight) > 1e-12}
    assert made == pytest.approx(right, abs=1e-9, rel=1e-9)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(way))
@settings(max_examples=25, deadline=None)
@given(said=st.one_of(statements(AGREEMENT), statements(SCALE)))
def test_every_kind_of_network_is_as_defined(
    way: tuple[NetworkMode, Aggregation, Normalization], said: list[CodedStatement]
) -> None:
    how = Settings(*way)
    same(weights(network(coded(said), how)), expected(said, how, said, lambda _: 1.0))


@pytest.mark.parametrize("within", Duplicates)
@settings(max_examples=25, deadline=None)
@given(said=statements(AGREEMENT), ignored=st.booleans())
def test_the_same_statement_counts_once_within_a_stretch(
    within: Duplicates, said: list[CodedStatement], ignored: bool
) -> None:
    how = Settings(NetworkMode.TWO, Aggregation.IGNORE if ignored else Aggregation.SUBTRACT, duplicates=within)
    kept = naive.once(said, within, with_qualifier=not ignored)
    made = network(coded(said), how)
    assert made.statements == len(kept)
    same(weights(made), expected(kept, how, said, lambda _: 1.0))


@pytest.mark.parametrize("unit", SPREAD)
@settings(max_examples=20, deadline=None)
@given(
    data=st.data(),
    way=st.sampled_from(WAYS),
    size=st.integers(1, 9),
    step=st.integers(1, 6),
    kernel=st.sampled_from(Kernel),
)
def test_windows_of_the_calendar_are_as_defined(
    unit: Unit,
    data: st.DataObject,
    way: tuple[NetworkMode, Aggregation, Normalization],
    size: int,
    step: int,
    kernel: Kernel,
) -> None:
    assume(way[1] is not Aggregation.COMBINE or kernel is Kernel.NONE)
    said = data.draw(st.one_of(statements(AGREEMENT, 12, SPREAD[unit]), statements(SCALE, 12, SPREAD[unit])))
    how = Settings(*way)
    days = [each.date.date() for each in said if each.date]
    windows = naive.calendar_windows(min(days), max(days), unit, size, step)
    made = list(series(coded(said), how, Windows(unit, size, step, kernel)))
    assert [(each.start, each.end) for each in made] == [
        (str(start), str(end - timedelta(1))) for start, end in windows
    ]
    for each, (start, end) in zip(made, windows, strict=True):
        weigh = _weigher(kernel, start, end)
        assume(not any(0 < weigh(one) < 1e-12 for one in said))  # so little that either may leave it out
        held = [one for one in said if weigh(one) > 1e-13]
        same(weights(each), expected(held, how, said, weigh))


def _weigher(kernel: Kernel, start: date, end: date) -> naive.Weigh:
    half = (end - start) / 2
    middle = datetime.combine(start, time()) + half

    def weigh(one: CodedStatement) -> float:
        assert one.date
        noon = datetime.combine(one.date.date(), time(12))
        return naive.kernel_weight(kernel, (noon - middle) / half)

    return weigh


@settings(max_examples=40, deadline=None)
@given(
    said=statements(AGREEMENT),
    size=st.integers(2, 9),
    step=st.integers(1, 4),
    kernel=st.sampled_from([Kernel.NONE, Kernel.TRIANGULAR, Kernel.EPANECHNIKOV]),
)
def test_windows_of_events_hold_so_many_statements_in_order(
    said: list[CodedStatement], size: int, step: int, kernel: Kernel
) -> None:
    ordered = sorted(said, key=lambda each: (each.date, each.document or ""))
    how = Settings(NetworkMode.ONE, Aggregation.SUBTRACT)
    made = list(series(coded(said), how, Windows(Unit.EVENTS, size, step, kernel)))
    starts = [start for start in range(0, len(said), step) if not start or start - step + size < len(said)]
    assert len(made) == len(starts)
    for each, start in zip(made, starts, strict=True):
        held = [(place, one) for place, one in enumerate(ordered) if start <= place < start + size]
        middle = start + (size - 1) / 2
        by = {id(one): naive.kernel_weight(kernel, (place - middle) / (size / 2)) for place, one in held}
        right = expected([one for _, one in held], how, said, lambda one, by=by: by[id(one)])  # type: ignore[misc]
        same(weights(each), right)


@settings(max_examples=30, deadline=None)
@given(said=statements(AGREEMENT))
def test_no_division_into_two_camps_is_better_than_the_one_found(said: list[CodedStatement]) -> None:
    agree, differ = (
        network(coded(said), Settings(aggregation=a)) for a in (Aggregation.CONGRUENCE, Aggregation.CONFLICT)
    )
    found = polarisation(agree, differ)
    positive, negative = weights(agree), weights(differ)
    names = sorted({name for pair in (*positive, *negative) for name in pair})
    assert sorted((*found.camps[0], *found.camps[1])) == names
    assert sorted((*names, *found.unaligned)) == sorted(agree.rows)
    if not names:
        assert found.score == 0
        return
    divisions = [set(camp) for count in range(len(names) + 1) for camp in combinations(names, count)]
    best = max(naive.modularity_of_camps(positive, negative, camp) for camp in divisions)
    assert found.score == pytest.approx(best, abs=1e-9)
    assert naive.modularity_of_camps(positive, negative, set(found.camps[0])) == pytest.approx(best, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    said=st.one_of(statements(AGREEMENT), statements(SCALE)), aggregation=st.sampled_from(AGGREGATIONS[NetworkMode.ONE])
)
def test_a_cosine_is_never_beyond_one(said: list[CodedStatement], aggregation: Aggregation) -> None:
    made = network(coded(said), Settings(aggregation=aggregation, normalization=Normalization.COSINE)).matrix
    assert np.abs(made).max(initial=0) <= 1 + 1e-9


@settings(max_examples=30, deadline=None)
@given(said=statements(AGREEMENT), normalization=st.sampled_from(NORMALIZATIONS[NetworkMode.ONE][1:]))
def test_a_constant_kernel_changes_no_normalized_network(
    said: list[CodedStatement], normalization: Normalization
) -> None:
    how = Settings(normalization=normalization)
    plain, uniform = (
        list(series(coded(said), how, Windows(Unit.MONTHS, 3, 2, kernel))) for kernel in (Kernel.NONE, Kernel.UNIFORM)
    )
    for one, other in zip(plain, uniform, strict=True):
        assert one.matrix == pytest.approx(other.matrix)


@given(said=statements(SCALE))
@settings(max_examples=25, deadline=None)
def test_the_order_of_statements_makes_no_difference(said: list[CodedStatement]) -> None:
    how = Settings(aggregation=Aggregation.SUBTRACT, normalization=Normalization.JACCARD, duplicates=Duplicates.WEEK)
    one, other = network(coded(said), how), network(coded(said[::-1]), how)
    assert one.rows == other.rows
    assert one.matrix == pytest.approx(other.matrix)
