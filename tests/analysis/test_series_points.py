"""How far apart the parties are, period by period, and what counts once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.analysis.changes import changes
from communique.analysis.positions import positions
from communique.analysis.series import SCALE, Period, Series, period_of, series
from communique.model import Report
from communique.reading import pipeline
from communique.record import Record
from communique.record.query.lookup import find_issue

FOR = "Kenya supports the fisheries treaty, Nairobi said."
AGAINST = "Somalia rejects the fisheries treaty, Mogadishu said."


def series_of(folder: Path, *dated: tuple[str, str], by: Period = Period.MONTH, as_of: str | None = None) -> Series:
    with Record.open(folder / "communique.db", create=True) as record:
        for number, (day, text) in enumerate(dated):
            report = Report(f"r{number}", text, outlet=f"Outlet {number}", published=day)
            record.add(record.place(report), pipeline.read(report))
        with record.reading() as connection:
            return series(connection, find_issue(connection, "fisheries treaty"), by=by, as_of=as_of)


def test_for_and_against_are_as_far_apart_as_can_be(tmp_path: Path) -> None:
    (point,) = series_of(tmp_path, ("2023-01-10", FOR), ("2023-01-12", AGAINST)).points
    assert point.places == {"ken": 1.0, "som": -1.0}
    assert point.distance == 1
    assert (point.conciliatory, point.hostile, point.balance) == (1, 1, 0)


def test_a_silent_party_keeps_its_place_for_half_a_year(tmp_path: Path) -> None:
    found = series_of(tmp_path, ("2023-01-10", FOR), ("2023-01-12", AGAINST), ("2023-05-01", FOR), ("2024-05-01", FOR))
    assert [point.period for point in found.points] == ["2023-01", "2023-05", "2024-05"]
    assert [point.distance for point in found.points] == [1, 1, None]
    assert found.points[1].silent == ("som",)


def test_a_saying_in_two_outlets_counts_once(tmp_path: Path) -> None:
    saying = "Kenya promised to sign the fisheries treaty with Somalia before the summer rains, Nairobi said."
    found = series_of(tmp_path, ("2023-01-10", saying), ("2023-01-10", saying), ("2023-01-12", AGAINST))
    assert found.points[0].conciliatory == 1


def test_what_was_published_later_does_not_count(tmp_path: Path) -> None:
    found = series_of(tmp_path, ("2023-01-10", FOR), ("2023-06-12", AGAINST), as_of="2023-03")
    assert [point.period for point in found.points] == ["2023-01"]


def test_a_place_is_where_the_partys_position_stands(tmp_path: Path) -> None:
    days = [
        ("2023-01-10", FOR),
        ("2023-01-12", AGAINST),
        ("2023-06-10", "Kenya rejects the fisheries treaty, Nairobi said."),
    ]
    found = series_of(tmp_path, *days, ("2023-06-12", "Kenya still rejects the fisheries treaty, Nairobi said."))
    with Record.open(tmp_path / "communique.db") as record, record.reading() as connection:
        matrix = positions(connection, issues=[found.issue], parties=found.parties)
        turned = changes(connection, issues=[found.issue])
    for party in found.parties:
        assert found.points[-1].places[party.key] in (None, SCALE[matrix.cells[party.key, found.issue.key].stance])
    assert [point.places["ken"] for point in found.points] == [1.0, -1.0]
    assert [(change.party, change.second.day) for change in turned] == [("ken", "2023-06-10")]


@pytest.mark.parametrize(
    ("by", "name"),
    [(Period.WEEK, "2020-W53"), (Period.MONTH, "2021-01"), (Period.QUARTER, "2021-Q1"), (Period.YEAR, "2021")],
)
def test_a_period_has_the_name_of_its_standard(by: Period, name: str) -> None:
    assert period_of(date(2021, 1, 1), by) == name


@given(st.dates(), st.dates(), st.sampled_from(Period))
def test_later_days_never_fall_into_earlier_periods(one: date, other: date, by: Period) -> None:
    first, second = sorted((one, other))
    assert period_of(first, by) <= period_of(second, by)
