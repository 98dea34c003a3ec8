"""What a report's own words and address tell of it, where its source did not say: agency, author and day."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime, time, timedelta

from communique.ingest.credits import read_credit
from communique.ingest.publication_dates import (
    MONTH,
    PartialDate,
    date_in_address,
    date_in_name,
    implausible,
    read_date,
)
from communique.model import Report

_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
"""How far clocks are behind UTC and ahead of it at most."""

_LINES, _LAST_LINES = 4, 2
"""Lines at a text's head and end that may be a date alone."""

_HEAD = 20_000
"""Characters in which a text's own dates are looked for."""

_FULL_DATE = re.compile(
    rf"\b(?:{MONTH}\s+\d\d?,?\s+\d{{4}}|\d\d?\s+{MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)\b", re.IGNORECASE | re.ASCII
)

_EVENING = timedelta(hours=8)
"""How long after midnight by UTC a dateline's day may still be that of the stamp: until then it is evening in America.
Later, a dateline of the day before is one that was written the day before."""


def completed(report: Report, name: str = "", now: datetime | None = None) -> Report:
    """Return the report with the agency, author and day that its dateline, byline and address give, where it has none.

    ``name`` is the report's own file's name: its date gives the dateline's year, and where no dateline tells a day it
    is that of the report, unless the text speaks of a later one. So is a date that is a line of its own at the text's
    head or end. A dateline's day without any known year stays unknown. What the report has already is kept, and its
    text always; only a stamp in UTC beyond midnight gives way to the day that the address or the dateline tells.
    """
    report = dataclasses.replace(report, published=_own_day(report) or report.published)
    if report.agency and report.author and report.published:
        return report
    credit = read_credit(report.text)
    return dataclasses.replace(
        report,
        agency=report.agency or credit.agency,
        author=report.author or credit.author,
        published=report.published or _day(report, name, now),
    )


def _day(report: Report, name: str, now: datetime | None) -> str | None:
    known = date_in_address(report.url)
    credit = read_credit(report.text)
    named = date_in_name(name) if name else None
    day = (known and known.iso) or credit.day(known) or credit.day(named)
    if day is None and credit.month is None:
        day = _line_of_its_own(report.text) or _named_day(named, report.text)
    return day if day and not implausible(day, now) else None


def undated_because(report: Report) -> str:
    """Say why a report without a day has none, as words that go on after "undated:"."""
    credit = read_credit(report.text)
    if credit.month is not None and credit.number is not None and credit.year is None:
        return f"its dateline tells day {credit.number} of month {credit.month} and no year"
    dates = _days_in(report.text)
    if dates:
        return f"no dateline, address or line of its own tells its day; its text speaks of {dates[0]}"
    return "no dateline, address, file name or line of its own tells its day"


def _line_of_its_own(text: str) -> str | None:
    """The day of the only line that is a date alone, among the first lines of a text and its last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    days = {day[:10] for line in (*lines[:_LINES], *lines[_LINES:][-_LAST_LINES:]) if (day := read_date(line))}
    return days.pop() if len(days) == 1 else None


def _named_day(named: PartialDate | None, text: str) -> str | None:
    """The day in a file's name, unless the text speaks of a later one: the name's is then of something else."""
    if named is None or named.iso is None:
        return None
    return None if any(day > named.iso for day in _days_in(text)) else named.iso


def _days_in(text: str) -> list[str]:
    """The days that a text names in full, in their order."""
    return [day[:10] for found in _FULL_DATE.finditer(text[:_HEAD]) if (day := read_date(found[0]))]


def _own_day(report: Report) -> str | None:
    """The day by the outlet's own clock, where its stamp is in UTC and tells the day beside it; else None.

    As in an address of "/2023/10/04/" with a stamp of 02:30 UTC on the fifth: it was the evening of the fourth there.
    """
    try:
        stamp = datetime.fromisoformat(report.published or "")
    except ValueError:
        return None
    if stamp.utcoffset() != timedelta(0):
        return None
    known = date_in_address(report.url)
    if known and known.iso:
        return known.iso if _same_moment(stamp, known.iso, _WEST, _EAST) else None
    day = stamp.date()
    into_day = stamp - datetime.combine(day, time(), UTC)
    if _EVENING < into_day < timedelta(days=1) - _EVENING:
        return None
    told = read_credit(report.text).day(PartialDate(day.year, day.month, day.day))
    return told if told and _same_moment(stamp, told, _EVENING, _EVENING) else None


def _same_moment(stamp: datetime, told: str, west: timedelta, east: timedelta) -> bool:
    """Whether a stamp lies in another day by UTC, but in this one by some clock so far west or east."""
    day = date.fromisoformat(told)
    begins = datetime.combine(day, time(), UTC)
    return day != stamp.date() and begins - east <= stamp < begins + timedelta(days=1) + west
