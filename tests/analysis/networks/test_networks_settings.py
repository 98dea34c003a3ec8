"""Settings that go together, filters, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product

import pytest

from communique.analysis.networks import (
    Aggregation,
    CodedStatement,
    Duplicates,
    NetworkMode,
    Normalization,
    Settings,
    Unit,
    Windows,
    coded,
    network,
    series,
)
from communique.analysis.networks.settings import AGGREGATIONS, NORMALIZATIONS
from communique.errors import BadNetwork, NetworkTooLarge

SAID = [
    CodedStatement("Japan", "treaty", 1, "a", datetime(2023, 10, 2), {"outlet": "Kyodo"}),
    CodedStatement("Russia", "treaty", 0, "a", datetime(2023, 10, 2), {"outlet": "TASS"}),
    CodedStatement("Russia", "sanctions", 0, "b", datetime(2024, 1, 5), {}),
]
TWO = Settings(NetworkMode.TWO, Aggregation.IGNORE)


def test_settings_that_do_not_go_together_are_refused() -> None:
    for mode, aggregation, normalization in product(NetworkMode, Aggregation, Normalization):
        fits = aggregation in AGGREGATIONS[mode] and normalization in NORMALIZATIONS[mode]
        if fits and (aggregation is not Aggregation.COMBINE or normalization is Normalization.NONE):
            Settings(mode, aggregation, normalization)
        else:
            with pytest.raises(BadNetwork):
                Settings(mode, aggregation, normalization)


def test_a_statement_counts_with_every_included_variable_and_no_excluded_one() -> None:
    def rows(**filters: dict[str, frozenset[str]]) -> tuple[str, ...]:
        return network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.IGNORE, **filters)).rows  # type: ignore[arg-type]

    assert rows(include={"outlet": frozenset({"Kyodo", "TASS"})}) == ("Japan", "Russia")
    assert rows(include={"outlet": frozenset({"TASS"}), "actor": frozenset({"Japan"})}) == ()
    assert rows(exclude={"outlet": frozenset({"TASS"})}) == ("Japan", "Russia")
    assert rows(exclude={"concept": frozenset({"sanctions"}), "outlet": frozenset({"TASS"})}) == ("Japan",)
    assert rows(include={"outlet": frozenset({""})}) == ("Russia",)


def test_a_filter_on_what_statements_do_not_have_is_refused() -> None:
    with pytest.raises(BadNetwork, match="they have actor, concept, document, outlet"):
        network(coded(SAID), Settings(include={"colour": frozenset({"red"})}))


def test_days_are_inclusive_and_in_utc() -> None:
    late = datetime(2024, 1, 6, 3, tzinfo=timezone(timedelta(hours=9)))
    said = [*SAID[:2], CodedStatement("Russia", "sanctions", 0, date=late)]
    assert network(coded(said), Settings(NetworkMode.TWO, Aggregation.IGNORE, until=date(2024, 1, 5))).statements == 3
    assert network(coded(said), Settings(NetworkMode.TWO, Aggregation.IGNORE, until=date(2024, 1, 4))).statements == 2
    assert network(coded(said), Settings(NetworkMode.TWO, Aggregation.IGNORE, since=date(2024, 1, 5))).statements == 1
    assert network(coded(said), Settings(NetworkMode.TWO, Aggregation.IGNORE, since=date(2024, 1, 6))).statements == 0
    with pytest.raises(BadNetwork, match="ends before it begins"):
        Settings(since=date(2024, 1, 2), until=date(2024, 1, 1))


def test_a_january_is_of_its_year_and_so_is_a_week() -> None:
    said = [CodedStatement("A", "x", 1, date=datetime(year, 1, 12, tzinfo=UTC)) for year in (2021, 2022, 2023)]
    for within in (Duplicates.WEEK, Duplicates.MONTH):
        settings = Settings(NetworkMode.TWO, Aggregation.IGNORE, duplicates=within)
        assert network(coded(said), settings).matrix.tolist() == [[3]]


def test_the_week_of_a_new_year_is_one_week() -> None:
    said = [CodedStatement("A", "x", 1, date=datetime(*day)) for day in ((2019, 12, 30), (2020, 1, 5), (2020, 1, 6))]
    settings = Settings(NetworkMode.TWO, Aggregation.IGNORE, duplicates=Duplicates.WEEK)
    assert network(coded(said), settings).matrix.tolist() == [[2]]


def test_a_statement_without_a_document_is_no_duplicate() -> None:
    said = [CodedStatement("A", "x", 1, document) for document in (None, None, "d", "d")]
    settings = Settings(NetworkMode.TWO, Aggregation.IGNORE, duplicates=Duplicates.DOCUMENT)
    assert network(coded(said), settings).matrix.tolist() == [[3]]


def test_isolates_stay_when_they_are_asked_for() -> None:
    only = {"actor": frozenset({"Japan"})}
    made = network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.IGNORE, include=only, isolates=True))
    assert (made.rows, made.cols) == (("Japan", "Russia"), ("sanctions", "treaty"))
    assert made.matrix.tolist() == [[0, 1], [0, 0]]


def test_what_no_statement_has_is_asked_for_in_vain() -> None:
    bare = coded([CodedStatement("A", "x"), CodedStatement("B", "x")])
    with pytest.raises(BadNetwork, match="no statement has one"):
        network(bare, Settings())
    with pytest.raises(BadNetwork, match="no statement has a document"):
        network(bare, Settings(aggregation=Aggregation.IGNORE, duplicates=Duplicates.DOCUMENT))
    with pytest.raises(BadNetwork, match="dates"):
        list(series(bare, TWO, Windows(Unit.WEEKS)))
    assert network(bare, Settings(aggregation=Aggregation.IGNORE)).matrix.tolist() == [[0, 1], [1, 0]]


def test_a_qualifier_of_one_value_has_no_conflict() -> None:
    said = coded([CodedStatement("A", "x", 5), CodedStatement("B", "x", 5)])
    assert network(said, Settings()).matrix.tolist() == [[0, 1], [1, 0]]
    assert network(said, Settings(aggregation=Aggregation.CONFLICT)).matrix.tolist() == [[0, 0], [0, 0]]


def test_windows_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadNetwork, match="at least 2"):
        Windows(Unit.EVENTS, 1)
    with pytest.raises(BadNetwork):
        Windows(Unit.DAYS, 0)
    with pytest.raises(BadNetwork):
        Windows(Unit.DAYS, 1, 0)
    far = [CodedStatement("A", "x", 1, date=datetime(year, 1, 1)) for year in (1, 9999)]
    with pytest.raises(NetworkTooLarge, match="3,651,695"):
        list(series(coded(far), TWO, Windows(Unit.DAYS)))
    assert len(list(series(coded(far), TWO, Windows(Unit.YEARS, 500, 500)))) == 20


def test_a_window_without_a_statement_is_there_and_empty() -> None:
    made = list(series(coded(SAID), Settings(), Windows(Unit.MONTHS)))
    assert [(each.start, each.end, each.statements) for each in made] == [
        ("2023-10-01", "2023-10-31", 2),
        ("2023-11-01", "2023-11-30", 0),
        ("2023-12-01", "2023-12-31", 0),
        ("2024-01-01", "2024-01-31", 1),
    ]
    assert made[1].rows == ()


def test_windows_begin_with_the_first_day_that_is_asked_for() -> None:
    made = list(series(coded(SAID), Settings(since=date(2023, 9, 15)), Windows(Unit.MONTHS, 2, 2)))
    assert [(each.start, each.end) for each in made] == [
        ("2023-09-01", "2023-10-31"),
        ("2023-11-01", "2023-12-31"),
        ("2024-01-01", "2024-02-29"),
    ]


def test_statements_at_one_time_stand_in_one_order_always() -> None:
    day = datetime(2024, 5, 1)
    said = [CodedStatement(name, "x", 1, document, day) for name, document in (("C", "d2"), ("A", "d3"), ("B", "d1"))]
    windows = Windows(Unit.EVENTS, 2)
    for order in (said, said[::-1]):
        assert [each.rows for each in series(coded(order), Settings(), windows)] == [("B", "C"), ("A", "C")]


def test_more_ties_than_can_be_held_are_refused_before_they_are_counted() -> None:
    crowd = coded(CodedStatement(f"actor {n}", "x", 1) for n in range(4_100))
    with pytest.raises(NetworkTooLarge, match="4,100 actors have up to 16,810,000 ties"):
        network(crowd, Settings())
    apart = coded(CodedStatement(f"actor {n}", f"concept {n}", 1) for n in range(4_100))
    made = network(apart, Settings())
    assert made.weights.nnz == 0
    with pytest.raises(NetworkTooLarge, match="16,810,000 cells"):
        _ = made.matrix
