"""Dates are read from every usual form into ISO 8601, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ingest.publication_dates import PartialDate, date_in_address, date_in_name, implausible, read_date


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2023-10-04", "2023-10-04"),
        ("2023/10/4", "2023-10-04"),
        ("20231004", "2023-10-04"),
        ("2023-10-04T09:12:31.456Z", "2023-10-04T09:12:31+00:00"),
        ("2023-10-04T09:12+0900", "2023-10-04T09:12:00+09:00"),
        ("2023-10-04T09:12:31-02:30", "2023-10-04T09:12:31-02:30"),
        ("2023-10-04 09:12", "2023-10-04T09:12:00"),
        ("20231004T091231Z", "2023-10-04T09:12:31+00:00"),
        ("Wed, 04 Oct 2023 11:00:00 GMT", "2023-10-04T11:00:00+00:00"),
        ("Wed Oct 04 2023", "2023-10-04"),
        ("October 4, 2023", "2023-10-04"),
        ("Oct. 4, 2023 at 3:15 p.m.", "2023-10-04T15:15:00"),
        ("Oct 4, 2023 - 18:30", "2023-10-04T18:30:00"),
        ("4th October 2023", "2023-10-04"),
        ("Wednesday, 4 October, 2023", "2023-10-04"),
        ("04 Oct 2023 16:20 JST", "2023-10-04T16:20:00+09:00"),
        ("10:15 October 04, 2023", "2023-10-04T10:15:00"),
        ("09:40, 4 Sept 2023", "2023-09-04T09:40:00"),
        ("12:05 am, May 1, 2023", "2023-05-01T00:05:00"),
        ("4.10.2023", "2023-10-04"),
        ("13/10/2023", "2023-10-13"),
        ("10/13/2023", "2023-10-13"),
        ("05/05/2023", "2023-05-05"),
        ("1696410751", "2023-10-04T09:12:31+00:00"),
        ("1696410751000", "2023-10-04T09:12:31+00:00"),
    ],
)
def test_a_date_that_is_clear_is_read(words: str, iso: str) -> None:
    assert read_date(words) == iso


@pytest.mark.parametrize(
    "words",
    [
        *("", "yesterday", "October 2023", "2023", "October 4", "04/10/2023", "2023-13-01", "2023-02-29"),
        *(
            "2023-10-04T25:00",
            "13:00 pm, May 1, 2023",
            "x" * 100,
            "2023-10-04T09:12+99:00",
            "4 Octember 2023",
            "٢٠٢٣-١٠-٠٤",
        ),
    ],
)
def test_what_tells_no_one_day_is_none(words: str) -> None:
    assert read_date(words) is None


@given(st.text(max_size=90))
def test_whatever_is_read_is_iso_8601(words: str) -> None:
    iso = read_date(words)
    if iso is not None:
        datetime.fromisoformat(iso)
        implausible(iso)


@given(st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC) | st.just(timezone(timedelta(hours=9)))))
def test_iso_8601_is_read_back(made: datetime) -> None:
    made = made.replace(microsecond=0)
    assert read_date(made.isoformat()) == made.isoformat()


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://a.example/2023/10/04/talks", PartialDate(2023, 10, 4)),
        ("https://a.example/world/2023-10-04/talks", PartialDate(2023, 10, 4)),
        ("https://a.example/en/20231004/abc", PartialDate(2023, 10, 4)),
        ("https://a.example/2023/10/talks", PartialDate(2023, 10)),
        ("https://a.example/2023/talks", PartialDate(2023)),
        ("https://a.example/article/2023101", None),
        ("https://a.example/talks?d=/2023/10/04/", None),
        ("https://2023.example/talks", None),
        ("https://a.example/", None),
        (None, None),
    ],
)
def test_an_address_may_tell_the_day(url: str | None, known: PartialDate | None) -> None:
    assert date_in_address(url) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("tass-2023-10-04", PartialDate(2023, 10, 4)),
        ("20231004_wire", PartialDate(2023, 10, 4)),
        ("report 14", None),
        ("120231004", None),
        ("2023-13-04", None),
    ],
)
def test_a_file_s_name_may_tell_the_day(name: str, known: PartialDate | None) -> None:
    assert date_in_name(name) == known


def test_a_clock_that_is_a_little_behind_makes_nothing_the_future() -> None:
    now = datetime(2024, 6, 7, 12, tzinfo=UTC)
    assert implausible("2024-06-08", now) is None
    assert implausible("2024-06-07T23:00:00-02:00", now) is None
    assert implausible("2024-06-10", now)
