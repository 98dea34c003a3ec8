"""The day of a report is that of its outlet: a stamp in UTC after midnight there does not move it."""

from __future__ import annotations

import pytest

from communique.ingest.enrichment import completed
from communique.model import Report


def day(published: str, url: str | None = None, text: str = "Tokyo said no.") -> str | None:
    return completed(Report("r", text, None, url, None, published)).published


@pytest.mark.parametrize(
    ("stamp", "address", "told"),
    [
        ("2023-10-05T02:30:00+00:00", "https://news.example/2023/10/04/talks", "2023-10-04"),
        ("2023-10-05T02:30:00Z", "https://news.example/2023-10-04-talks", "2023-10-04"),
        ("2023-10-04T22:30:00+00:00", "https://news.example/2023/10/05/talks", "2023-10-05"),
        ("2024-01-01T00:10:00+00:00", "https://news.example/2023/12/31/talks", "2023-12-31"),
    ],
)
def test_the_address_tells_the_day(stamp: str, address: str, told: str) -> None:
    assert day(stamp, address) == told


@pytest.mark.parametrize(
    ("stamp", "text", "told"),
    [
        ("2023-10-05T02:30:00+00:00", "WASHINGTON, Oct. 4 (Reuters) - The State Department said no.", "2023-10-04"),
        ("2023-10-04T20:30:00+00:00", "TOKYO, October 5. /Kyodo/. The minister said no.", "2023-10-05"),
    ],
)
def test_without_one_the_dateline_does(stamp: str, text: str, told: str) -> None:
    assert day(stamp, None, text) == told


@pytest.mark.parametrize(
    ("stamp", "address", "text"),
    [
        ("2023-10-05T09:30:00+00:00", None, "WASHINGTON, Oct. 4 (Reuters) - The State Department said no."),
        ("2023-10-05T02:30:00-05:00", "https://news.example/2023/10/04/talks", "Tokyo said no."),
        ("2023-10-05T02:30:00", "https://news.example/2023/10/04/talks", "Tokyo said no."),
        ("2023-10-05", "https://news.example/2023/10/04/talks", "Tokyo said no."),
        ("2023-10-05T02:30:00+00:00", "https://news.example/2023/10/05/talks", "OSLO, Oct. 4 (Reuters) - It said no."),
        ("2023-10-05T02:30:00+00:00", "https://news.example/2023/10/02/talks", "Tokyo said no."),
        ("2023-10-05T02:30:00+00:00", "https://news.example/2023/10/talks", "Tokyo said no."),
    ],
    ids=["dateline of the day before", "own zone", "no zone", "no time", "agrees", "days apart", "month alone"],
)
def test_a_stamp_that_may_well_be_right_is_kept(stamp: str, address: str | None, text: str) -> None:
    assert day(stamp, address, text) == stamp
