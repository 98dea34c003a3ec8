"""Days, ISO weeks, months and years, numbered from the one that 1 January 1970 lies in."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_EPOCH_TO_MONDAY = 3  # days from the Monday of its week to 1 January 1970


class CalendarPeriod(StrEnum):
    """A stretch of the calendar. A week is of a year, and begins on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_CODES = {CalendarPeriod.DAY: "D", CalendarPeriod.WEEK: "D", CalendarPeriod.MONTH: "M", CalendarPeriod.YEAR: "Y"}


def periods(when: NDArray[np.datetime64], period: CalendarPeriod) -> NDArray[np.int64]:
    """Return the number of the period that each moment lies in."""
    numbers = when.astype(f"datetime64[{_CODES[period]}]").astype(np.int64)
    return (numbers + _EPOCH_TO_MONDAY) // 7 if period is CalendarPeriod.WEEK else numbers


def beginnings(numbers: NDArray[np.int64], period: CalendarPeriod) -> NDArray[np.datetime64]:
    """Return the first moment (datetime64[s]) of each period by its number."""
    if period is CalendarPeriod.WEEK:
        numbers = numbers * 7 - _EPOCH_TO_MONDAY
    return numbers.astype(f"datetime64[{_CODES[period]}]").astype("datetime64[s]")
