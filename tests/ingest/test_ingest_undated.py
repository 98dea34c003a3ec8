"""The day of a report that its source does not date: taken where it is certain, and told of where it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from communique.ingest.enrichment import completed, undated_because
from communique.model import Report

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def day(text: str, name: str = "") -> str | None:
    return completed(Report("r", text), name, NOW).published


@pytest.mark.parametrize(
    ("text", "name", "published"),
    [
        ("Talks resume\n5 October 2023\nRussia said so.", "", "2023-10-05"),
        ("Russia said so.\n\nOctober 5, 2023", "", "2023-10-05"),
        ("Russia said so.", "tass-2023-10-05", "2023-10-05"),
        ("Russia said so of the accord of 3 May 2019.", "2023-10-05", "2023-10-05"),
        ("Russia said that the talks of 9 October 2023 had failed.", "2023-10-05", None),
        ("5 October 2023\nRussia said so.\n9 October 2023", "", None),
        ("On 5 October 2023 Russia said so.", "", None),
        ("TOKYO, October 4. /TASS/. Japan said so.", "tass-2021-01-20", None),
        ("Russia said so.", "tass-2031-10-05", None),
    ],
)
def test_a_day_is_taken_where_it_is_certain(text: str, name: str, published: str | None) -> None:
    assert day(text, name) == published


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TOKYO, October 4. /TASS/. Japan said so.", "its dateline tells day 4 of month 10 and no year"),
        ("On 5 October 2023 Russia said so.", "its text speaks of 2023-10-05"),
        ("Russia said so.", "no dateline, address, file name or line of its own tells its day"),
    ],
)
def test_why_a_report_is_undated_is_told(text: str, why: str) -> None:
    assert undated_because(Report("r", text)).endswith(why)
