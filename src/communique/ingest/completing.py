"""What a report's own words and address tell of it, where its source did not say: agency, author and day."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from communique.ingest.credits import read_credit
from communique.ingest.dates import date_in_address, date_in_name, implausible
from communique.model import Report


def completed(report: Report, name: str = "", now: datetime | None = None) -> Report:
    """Return the report with the agency, author and day that its dateline, byline and address give, where it has none.

    ``name`` is the report's own file's name: its date gives the dateline's year, and is no date of publication itself.
    A dateline's day without any known year stays unknown. What the report has already is kept, and its text always.
    """
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
    day = (known and known.iso) or credit.day(known) or (credit.day(date_in_name(name)) if name else None)
    return day if day and not implausible(day, now) else None
