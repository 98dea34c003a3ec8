"""Dates as pages, addresses and datelines write them, into ISO 8601; what does not tell a day for sure tells none."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from communique.lexicon import alternatives, load, phrases

_MONTHS = {name: number for number, names in enumerate(phrases("dates", "months"), start=1) for name in names}
MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
"""A month's name, whole or cut, for patterns that ignore case."""

# Before the number of a day any word with a comma is one: "Mo, 25 Jun 2018".
_WEEKDAY = rf"(?:(?:{alternatives('dates', 'weekdays')}|{alternatives('dates', 'short_weekdays')})\b\.?,?\s*)?"
_ANY_WEEKDAY = rf"(?:[^\W\d_]{{2,12}}\.?,\s*|{_WEEKDAY})"
_ZONES: dict[str, int] = load("dates")["zones"]
_OF_REGIONS: dict[str, str] = load("dates")["zones_of_regions"]
_IN_WINTER: dict[str, str] = load("dates")["winter_zones"]
_LONGEST = 80
_CENTURY = 69  # years of two digits below are of this one
_FIRST_YEAR = 1800
_SLACK = timedelta(days=1, hours=14)  # the date line, and a clock that is behind

_HALF = r"(?P<half>[ap]\.?m\b\.?)"
_ZONE = r"(?P<zone>[a-z]{3,12}(?:/[a-z_-]{3,20}){1,2}|z|ut|[a-z]{2,5})?\s*(?P<offset>[+-]\d\d?(?::?\d\d)?)?"
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?|(?=\s*[ap]\.?m\b))"
    rf"\s*{_HALF}?(?:\s*\((?=[a-z]{{2,5}}[+-]?\d*\)))?\s*{_ZONE}(?:\s*[(\[][^()\[\]]{{1,40}}[)\]]|\))?"
)
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
_AFTER = rf"(?:(?:,?\s+(?:at\s+)?|\s*[|·–—-]\s*){_TIME})?"
_NTH = rf"(?:{alternatives('dates', 'ordinal_endings')})?"
_MONTH_DAY = rf"{_WEEKDAY}(?P<name>{MONTH})\s*(?P<day>\d\d?){_NTH},?\s+(?P<year>\d{{4}})"
_DAY_MONTH = rf"{_ANY_WEEKDAY}(?:the\s+)?(?P<day>\d\d?){_NTH}(?:[\s/-]+|\s+of\s+)(?P<name>{MONTH}),?[\s/-]+"
_RUN_TIME = r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>z)?(?P<offset>[+-]\d\d:?(?:\d\d)?)?)?"
_EAST_HALF = rf"(?:{alternatives('dates', 'before_noon')}|(?P<late>{alternatives('dates', 'after_noon')}))"
# Of the marks of the hour and the minute the colon is one; the second may lack its mark.
_EAST_TIME = (
    rf"(?:\s*\([^()]{{1,4}}\))?(?:\s*{_EAST_HALF}?\s*(?P<hour>\d\d?)(?:\s*[時时点點시]\s*|:)(?:(?P<minute>\d\d?)\s*[分분]?)?"
    rf"(?:[\s:]*(?P<second>\d\d?)\s*[秒초]?)?\s*{_ZONE}(?:\s*\([^()]{{1,40}}\))?)?"
)
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:(?:T|\s+|,\s*){_TIME})?",
        rf"(?P<year>\d{{4}})\.\s*(?P<month>\d\d?)\.\s*(?P<day>\d\d?)\.?{_EAST_TIME}",
        rf"(?P<year>\d{{4}})\s*年\s*(?P<month>\d\d?)\s*月\s*(?P<day>\d\d?)\s*日{_EAST_TIME}",
        rf"(?P<year>\d{{4}})\s*년\s*(?P<month>\d\d?)\s*월\s*(?P<day>\d\d?)\s*일{_EAST_TIME}",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_RUN_TIME}",
        rf"{_MONTH_DAY}{_AFTER}",
        rf"{_DAY_MONTH}(?P<year>\d{{4}}){_AFTER}",
        rf"(?P<year>\d{{4}})(?:,?\s+|-)(?P<name>{MONTH})(?:\s+|-)(?P<day>\d\d?){_AFTER}",
        # As mail wrote it once (RFC 822): a year of two digits, with its time.
        rf"{_DAY_MONTH}(?P<year>\d\d)\s+{_TIME}",
        # As C and Unix write it: the year last.
        rf"{_WEEKDAY}(?P<name>{MONTH})\s+(?P<day>\d\d?)\s+{_CLOCK}(?:\s+(?P<zone>[a-z]{{1,5}}))?\s+(?P<year>\d{{4}})",
        rf"{_TIME},?\s+(?:on\s+)?{_MONTH_DAY}",
        rf"{_TIME},?\s+(?:on\s+)?{_DAY_MONTH}(?P<year>\d{{4}})",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}})(?:,?\s+{_TIME})?",
    )
)
_TWO_WAYS = r"(?P<one>\d\d?)(?P<mark>[/-])(?P<two>\d\d?)(?P=mark)(?P<year>\d{4})"
_SLASHED = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (rf"{_TWO_WAYS}(?:,?\s+{_TIME})?", rf"{_TIME},?\s+(?:on\s+)?{_TWO_WAYS}")
)
_EPOCH = re.compile(r"(\d{10})(?:\.\d{1,9}|\d{3}|\d{6})?|0", re.ASCII)
_WEEK_DAY = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])", re.ASCII)
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})", re.ASCII)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:[/-](?P<month>0?[1-9]|1[0-2])(?:[/-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$))?(?=[/_.-]|$)|(?=/|$))"
    r"|/(?P<run>(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)",
    re.ASCII,
)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)


class PartialDate(NamedTuple):
    """What is known of a day: its year, and perhaps its month and day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """The day in ISO 8601, or None where only the month or year is known, or there is no such day."""
        if self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


def read_date(value: str) -> str | None:
    """Return the ISO 8601 date or date-time that the words give, or None where they tell no one day.

    A time comes with its offset where one is given; one without is kept so. "04/10/2023" may be two days and is none.
    """
    value = " ".join(unicodedata.normalize("NFKC", value[: 4 * _LONGEST]).split())
    if not value or len(value) > _LONGEST:
        return None
    seconds = _EPOCH.fullmatch(value)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1] or 0), UTC).isoformat()
    counted = _counted(value)
    if counted:
        return counted
    for shape in _SHAPES:
        found = shape.fullmatch(value)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else month_number(parts["name"])
            return _iso(parts, month, int(parts["day"]))
    found = next((found for shape in _SLASHED if (found := shape.fullmatch(value))), None)
    if found:
        one, two = int(found["one"]), int(found["two"])
        if one == two or (one > 12) != (two > 12):
            month, day = (two, one) if one > 12 else (one, two)
            return _iso(found.groupdict(), month, day)
    return None


def _counted(value: str) -> str | None:
    """The day that ISO 8601 tells by its week ("2024-W23-3") or by its number in the year ("2024-157")."""
    week, number = _WEEK_DAY.fullmatch(value), _DAY_OF_YEAR.fullmatch(value)
    try:
        if week:
            return date.fromisocalendar(int(week[1]), int(week[2]), int(week[3])).isoformat()
        if number:
            made = date(int(number[1]), 1, 1) + timedelta(days=int(number[2]) - 1)
            return made.isoformat() if made.year == int(number[1]) else None
    except (ValueError, OverflowError):
        pass
    return None


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name, whole or cut. Raises ValueError for another word."""
    return _MONTHS[name.lower().rstrip(".")]


def implausible(iso: str, now: datetime | None = None) -> str | None:
    """Return why no report can be of this date, or None. ``now`` is when it is asked, with its zone.

    1970 is what an empty clock shows, and the future is not reported yet.
    """
    made = datetime.fromisoformat(iso)
    if made.year == 1970 or made.date() == date(1969, 12, 31):
        return "1970 is what an empty clock shows"
    if made.year < _FIRST_YEAR:
        return f"no report is older than {_FIRST_YEAR}"
    today = now or datetime.now(UTC)
    aware = made if made.tzinfo else made.replace(tzinfo=UTC)
    return "it is in the future" if aware > today + _SLACK else None


def date_in_address(url: str | None) -> PartialDate | None:
    """Return what an address's path tells of the day: "/2023/10/04/", "/2023-10-04-", "/20231004/", "/2023/"."""
    if not url:
        return None
    path = url.split("://", 1)[-1].partition("/")[2].partition("?")[0].partition("#")[0]
    found = _IN_ADDRESS.search("/" + path[:1_000])
    if found is None:
        return None
    if found["run"]:
        run = found["run"]
        return PartialDate(int(run[:4]), int(run[4:6]), int(run[6:]))
    return PartialDate(int(found["year"]), *(int(found[name]) if found[name] else None for name in ("month", "day")))


def date_in_name(name: str) -> PartialDate | None:
    """Return the day in a file's name: "tass-2023-10-04.txt", "20231004_wire"."""
    found = _IN_NAME.search(name)
    return PartialDate(int(found[1]), int(found[3]), int(found[4])) if found else None


def _iso(parts: dict[str, str | None], month: int, day: int) -> str | None:
    written = parts["year"] or ""
    year = int(written) + (0 if len(written) > 2 else 2000 if int(written) < _CENTURY else 1900)
    try:
        if parts.get("hour") is None:
            return date(year, month, day).isoformat()
        hour = _hour(int(parts["hour"] or 0), parts.get("half") or ("p" if parts.get("late") else None))
        minute, second = int(parts["minute"] or 0), int(parts.get("second") or 0)
        second = min(second, 59) if second == 60 else second  # a leap second
        midnight = (hour, minute, second) == (24, 0, 0)  # the end of the day, as ISO 8601 may write it
        made = datetime(year, month, day, 0 if midnight else hour, minute, second)
        made += timedelta(days=midnight)
        return made.replace(tzinfo=_zone(made, parts.get("zone"), parts.get("offset"))).isoformat()
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower().startswith("p") else 0)


def _zone(made: datetime, name: str | None, offset: str | None) -> timezone | None:
    """The zone at that time, or None for one whose letters mean several (IST, BST, EST beside EDT's hour)."""
    if offset:
        hours, minutes = offset[1:].replace(":", ""), "0"
        if len(hours) > 2:
            hours, minutes = hours[:-2], hours[-2:]
        whole = int(hours) * 60 + int(minutes)
        if whole > 14 * 60:
            raise ValueError(offset)
        return timezone(timedelta(minutes=-whole if offset[0] == "-" else whole))
    if name and "/" in name:
        return _region(made, name)
    letters = (name or "").lower()
    if letters in _ZONES:
        return timezone(timedelta(minutes=_ZONES[letters]))
    if letters in _OF_REGIONS:
        return _region(made, _OF_REGIONS[letters])
    if letters in _IN_WINTER:
        region = ZoneInfo(_IN_WINTER[letters])
        return None if made.replace(tzinfo=region).dst() else _region(made, _IN_WINTER[letters])
    return None


def _region(made: datetime, name: str) -> timezone | None:
    """The offset of a region of the zone database ("Europe/Moscow") at that time, or None for one that it lacks."""
    try:
        offset = ZoneInfo(name).utcoffset(made)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return timezone(offset) if offset is not None else None
