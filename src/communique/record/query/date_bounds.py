"""Dates and times that a user gives, as the record sorts them."""

from __future__ import annotations

import re
from datetime import date

from communique.errors import BadFilter
from communique.record.database.values import sortable

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")


def bound(given: str) -> str:
    """Return a date or time as the record sorts it: a year, month or day stays one. Raises BadFilter."""
    written = given.strip()
    if _DATE.match(written):
        try:
            date.fromisoformat(f"{written}-01-01"[:10])
        except ValueError as error:
            raise BadFilter(given, f"no such date ({error})") from error
        return written
    moment = sortable(written)
    if not moment:
        raise BadFilter(given, "no date: write 2024, 2024-10, 2024-10-04 or 2024-10-04T09:30:00Z")
    return moment


def lower(given: str) -> str:
    """Return the least text, as times are held, of what is not before a date or time."""
    written = bound(given)
    while written.endswith("-01"):  # a first day is also what is known by its month or year alone
        written = written[:-3]
    return written


def beyond(given: str) -> str:
    """Return a text that sorts after all that is not later than a date or time, and before the rest."""
    return f"{bound(given)}~"
