"""A network for each of the windows that step through time.

A window of days, weeks, months or years is so many of them on end, from the one that the first statement lies in; the
last window is the first to reach the last statement, or, where steps are longer than windows, the last to begin by it.
A window of events is so many statements, in order of time, then of documents' names, then as they were given.

A kernel weighs a statement by how far it is from the middle of the window: u is that distance over half the window's
length, measured from the middle of the statement's day. The kernels are those of density estimation (Silverman 1986,
Density Estimation, table 3.1); their integrals are 1. A constant kernel leaves every normalized network as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.analysis.networks.coded_statements import Coded
from communique.analysis.networks.counts import Floats
from communique.analysis.networks.matrices import Network, counted_network
from communique.analysis.networks.periods import CalendarPeriod, beginnings, periods
from communique.analysis.networks.settings import Kernel, Settings, Unit
from communique.analysis.networks.statement_filter import chosen
from communique.errors import BadNetwork, NetworkTooLarge

MOST_WINDOWS = 50_000
_LONGEST = 1_000_000
"""Units of a window, and of a step."""

REACH = 7.5
"""How far from the middle, in half windows, a Gaussian kernel counts: beyond, it is below 1e-12 of its height."""

_NOON = np.timedelta64(12, "h")


_PERIODS = {
    Unit.DAYS: CalendarPeriod.DAY,
    Unit.WEEKS: CalendarPeriod.WEEK,
    Unit.MONTHS: CalendarPeriod.MONTH,
    Unit.YEARS: CalendarPeriod.YEAR,
}


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of ``size`` units, each beginning ``step`` units after the one before. Raises BadNetwork."""

    unit: Unit
    size: int = 1
    step: int = 1
    kernel: Kernel = Kernel.NONE

    def __post_init__(self) -> None:
        least = 2 if self.unit is Unit.EVENTS else 1
        if not least <= self.size <= _LONGEST:
            raise BadNetwork(
                f"a window of {self.size} {self.unit}", f"it has at least {least} and at most {_LONGEST:,}"
            )
        if not 1 <= self.step <= _LONGEST:
            raise BadNetwork(f"a step of {self.step} {self.unit}", f"it is at least 1 and at most {_LONGEST:,}")


def weight(kernel: Kernel, u: Floats) -> Floats:
    """Return the weight of statements at distances ``u`` from the middle, in half windows."""
    inside = np.abs(u) <= 1
    match kernel:
        case Kernel.NONE:
            made = np.where(inside, 1.0, 0.0)
        case Kernel.UNIFORM:
            made = np.where(inside, 0.5, 0.0)
        case Kernel.TRIANGULAR:
            made = np.where(inside, 1.0 - np.abs(u), 0.0)
        case Kernel.EPANECHNIKOV:
            made = np.where(inside, 0.75 * (1.0 - u * u), 0.0)
        case Kernel.GAUSSIAN:
            made = np.where(np.abs(u) <= REACH, np.exp(-0.5 * u * u) / np.sqrt(2 * np.pi), 0.0)
    return made


def series(statements: Coded, settings: Settings, windows: Windows) -> Iterator[Network]:
    """Yield the network of each window, the earliest first; one without a statement is empty.

    Duplicates are left out once, over all the time, before the windows are cut. Raises NetworkTooLarge where there
    are over 50,000 windows, BadNetwork as `network` does.
    """
    counted = chosen(statements, settings, dated=True)
    if not len(counted):
        return iter(())
    if windows.unit is Unit.EVENTS:
        return _events(counted, settings, windows)
    return _calendar(counted, settings, windows)


def _calendar(statements: Coded, settings: Settings, windows: Windows) -> Iterator[Network]:
    period = _PERIODS[windows.unit]
    ends = np.array([settings.since or statements.when[0], statements.when[-1]], "datetime64[s]")
    first, last = (int(number) for number in periods(ends, period))
    count = _count(last - first + 1, windows)
    starts = first + windows.step * np.arange(count, dtype=np.int64)
    opening, closing = beginnings(starts, period), beginnings(starts + windows.size, period)
    noon = (statements.when.astype("datetime64[D]") + _NOON).astype("datetime64[s]")
    for start, end in zip(opening, closing, strict=True):
        half = (end - start) / np.timedelta64(2, "s")
        middle = start + (end - start) // 2
        reach = np.timedelta64(int(half * (REACH if windows.kernel is Kernel.GAUSSIAN else 1)), "s")
        rows = np.arange(*np.searchsorted(noon, [middle - reach, middle + reach]), dtype=np.int64)
        u = np.asarray((noon[rows] - middle) / np.timedelta64(1, "s") / half, np.float64)
        yield _window(statements, settings, windows.kernel, rows, u, _day(start), _day(end - np.timedelta64(1, "s")))


def _events(statements: Coded, settings: Settings, windows: Windows) -> Iterator[Network]:
    count = _count(len(statements), windows)
    for start in range(0, windows.step * count, windows.step):
        end = min(start + windows.size, len(statements))
        middle, half = start + (windows.size - 1) / 2, windows.size / 2
        reach = half * (REACH if windows.kernel is Kernel.GAUSSIAN else 1)
        low, high = max(0, int(np.ceil(middle - reach))), min(len(statements), int(np.floor(middle + reach)) + 1)
        rows = np.arange(low, high, dtype=np.int64)
        first, last = _day(statements.when[start]), _day(statements.when[end - 1])
        yield _window(
            statements, settings, windows.kernel, rows, np.asarray((rows - middle) / half, np.float64), first, last
        )


def _window(
    statements: Coded, settings: Settings, kernel: Kernel, rows: NDArray[np.int64], u: Floats, start: str, end: str
) -> Network:
    weights = weight(kernel, u)
    held = weights > 0
    return counted_network(statements.take(rows[held]), settings, weights[held], start, end)


def _count(units: int, windows: Windows) -> int:
    """How many windows there are over so many units, which is at least 1 where there is a unit."""
    reaching = -(-max(0, units - windows.size) // windows.step) + 1
    beginning = -(-units // windows.step)
    count = max(0, min(reaching, beginning))
    if count > MOST_WINDOWS:
        raise NetworkTooLarge("windows", f"there would be {count:,}; at most {MOST_WINDOWS:,} are made")
    return count


def _day(moment: np.datetime64) -> str:
    return str(moment.astype("datetime64[D]"))
