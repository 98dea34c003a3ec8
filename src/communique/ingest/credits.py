"""Whom a report credits: its author, and the agency in its dateline ("TOKYO, October 4. /TASS/."), byline or source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from communique.ingest.publication_dates import MONTH, PartialDate, month_number
from communique.lexicon import alternatives, load
from communique.lexicon.agencies import LONGEST_NAME, is_agency

_HEAD = 3_000
_LINES = 6
_LONGEST_DATELINE = 140
_LONGEST_BYLINE = 160

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = (
    rf"{_WEEKDAY}(?:(?i:(?P<month>{MONTH}))\s*(?P<day>\d\d?){_ORDINAL}(?:,?\s+(?P<year>\d{{4}}))?\b"
    rf"|(?P<day2>\d\d?){_ORDINAL}\s+(?i:(?P<month2>{MONTH}))(?:,?\s+(?P<year2>\d{{4}}))?(?!\w)"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d)(?:\s+\d\d:\d\d(?::\d\d)?)?)"
)
_WORD = rf"(?:[^\W\d_a-z][\w.'’]*|(?:{alternatives('bylines', 'within_places')})\b(?=[\s-]))"
_PLACE = rf"[^\W\d_a-z][\w.'’]*(?:(?:,\s*|/|\s*-\s*|\s+){_WORD}){{0,7}}?"
_BEFORE = re.compile(
    rf"\s*(?:[*•-]\s+)?(?P<place>{_PLACE})?(?:\s*\[[^\[\]\n]{{1,30}}\])?[.,]?(?:(?:^|(?<=[\s,.\]])\s*){_DAY})?[.,]?\s*[–—-]*\s*"
)
_MARK = re.compile(
    r"\((?P<paren>[^()\n]{2,60})\)\s*(?P<end>--|[–—:-]|[.,])?|/(?P<slashed>[^/\n]{2,40})/[.,]?\s"
    r"|(?:[–—]|\s-|--)\s*(?P<dashed>[^\W\d_a-z][\w ]{1,30}?)[.:,]\s|,\s*(?P<comma>[A-Z]{3,8})(?:\s*[–—-]\s|\s*$)"
)
_LONE = re.compile(r"\s*\((?P<name>[^()\n]{2,40})\)\s*(?:--|[–—-])\s")
_BARE = re.compile(
    r"\s*(?P<place>(?:ST\. )?[A-Z]{3}[A-Z '’/-]{0,30}(?:,\s*[A-Z][\w. ]{1,20}?)?),\s*"
    rf"{_DAY}\.?\s*(?:--|[.:–—-])?\s"
)
_OPENING = re.compile(rf"\s*(?P<name>[^\W\d_][\w .&/-]{{1,30}}?)\s*[-–—|,]\s*{_DAY}")
_SOURCE_LINE = re.compile(
    rf"^\W*(?:news )?(?:{alternatives('bylines', 'crediting')})\s*[:–—-]\s*(?P<name>[^\n|;,.()]{{2,60}})", re.IGNORECASE
)
_BESIDE = re.compile(rf"[\s|,]*{_DAY}")
_LAST = re.compile(r"[\s©(/\[–—|•*-]*(?:\d{4}\s+)?(?P<name>[^\W\d_][\w .&’'/-]{1,40}?)(?:,?\s+\d{4})?[\s)/\].–—-]*")
_CLOSING = re.compile(r"[.”\"’]\s*[(/\[](?P<name>[^()/\[\]\n]{2,40})[)/\]]\.?\s*$")
_WRITTEN_BY = rf"\s*(?:(?:{alternatives('bylines', 'writing')}) )?by(?::\s*|\s+)"
_BYLINE = re.compile(rf"{_WRITTEN_BY}(?P<names>\S[^\n]*)", re.IGNORECASE)
_SPLIT = re.compile(rf"\s*(?:[|/;·•\n]|,|\s(?:{alternatives('bylines', 'between_names')}|&|–|—|-)\s)\s*", re.IGNORECASE)
_WHERE = re.compile(rf"\s+(?:{alternatives('bylines', 'before_places')})\s+[A-Z][\w.’' ,-]*$")
_STAFF = re.compile(rf"\b(?:{alternatives('bylines', 'staff')})\b", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w.'’-]*"
_PERSON = re.compile(
    rf"(?:Dr\.?\s+|Prof\.?\s+)?{_NAME}"
    rf"(?:\s+(?:{_NAME}|al-\w+|el-\w+|{alternatives('bylines', 'within_persons')})){{1,5}}"
)
_ADDRESS = re.compile(r"<[^<>]*>|\(?\S+@\S+\)?|https?://\S+|(?<!\w)@\w+")
_JUNIOR = re.compile(r",\s*(Jr|Sr)\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """What the words credit: ``agency`` as printed, ``author`` ("; " between several), ``day`` of the dateline.

    ``month`` and ``number`` are the dateline's month and day; ``year`` only where it is printed.
    """

    agency: str | None = None
    author: str | None = None
    year: int | None = None
    month: int | None = None
    number: int | None = None

    def day(self, known: PartialDate | None) -> str | None:
        """Return the dateline's day in ISO 8601, its year being printed or that of ``known``; else None.

        Where more than the year is known, both must agree: the same month, or days at most a week apart.
        """
        if self.month is None or self.number is None:
            return None
        if self.year is not None:
            return PartialDate(self.year, self.month, self.number).iso
        if known is None:
            return None
        if known.iso is None:
            agreed = known.month in (None, self.month)
            return PartialDate(known.year, self.month, self.number).iso if agreed else None
        return self._near(known.iso)

    def _near(self, iso: str) -> str | None:
        day = date.fromisoformat(iso)
        for year in (day.year, day.year - 1, day.year + 1):
            made = PartialDate(year, self.month, self.number).iso
            if made and abs((date.fromisoformat(made) - day).days) <= 7:
                return made
        return None


def read_credit(text: str) -> Credit:
    """Return what the report's first and last lines credit. Takes the text as it is; cuts nothing from it."""
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_LINES]
    found = next((credit for line in lines if (credit := _dateline(line))), Credit())
    author, by_agency = None, None
    for line in lines:
        if author is None and by_agency is None and (names := byline(line)):
            author, by_agency = split_byline(names)
    agency = found.agency or by_agency or _source_line(lines) or _closing(text)
    return Credit(agency, author, found.year, found.month, found.number)


def byline(line: str) -> str | None:
    """Return the names of a line that is a byline ("By Jane Doe, Reuters"), or None where it is something else."""
    if len(line) > _LONGEST_BYLINE:
        return None
    found = _BYLINE.fullmatch(line.strip())
    if found is None:
        return None
    names = found["names"].strip()
    author, agency = split_byline(names)
    rest = [part for part in _parts(names) if not _STAFF.search(part) and part not in (author or "").split("; ")]
    strange = [part for part in rest if not is_agency(part) and not _place_or_title(part)]
    return names if (author or agency) and not strange else None


def split_byline(value: str) -> tuple[str | None, str | None]:
    """Return the persons ("; " between several) and the agency that a byline names, each None where it names none.

    Addresses, posts and what is no person's name ("Staff Writer", "web desk") are left out.
    """
    persons: list[str] = []
    agency = None
    whole = value.strip()
    if is_agency(whole) and "/" not in whole:
        return None, whole
    for part in _parts(value):
        if is_agency(part):
            agency = agency or part
        elif words := next((w for w in _with_agency(part)), None):
            agency = agency or words
        elif (
            not _outlet(part)
            and not _STAFF.search(part)
            and len(part) <= LONGEST_NAME
            and _PERSON.fullmatch(part)
            and part not in persons
        ):
            persons.append(part)
    return "; ".join(persons) or None, agency


def _with_agency(part: str) -> list[str]:
    """As in "Reuters Staff" and "Jane Doe (AFP)": the agency's words beside others."""
    inside = re.findall(r"\(([^()]+)\)", part)
    cut = re.sub(rf"\s+(?:{alternatives('bylines', 'behind_agencies')})$", "", part, flags=re.IGNORECASE)
    return [words for words in (*inside, cut) if words != part and is_agency(words)]


def _parts(value: str) -> list[str]:
    value = _JUNIOR.sub(r" \1.", _ADDRESS.sub(" ", value))
    value = re.sub(rf"^{_WRITTEN_BY}", "", value, flags=re.IGNORECASE)
    parts: list[str] = []
    for part in _SPLIT.split(value):
        part = " ".join(part.split())
        paren = re.search(r"\s*\(([^()]+)\)$", part)
        if paren and is_agency(paren[1]):
            parts += [part[: paren.start()], paren[1]]
        else:
            parts.append(_WHERE.sub("", part))
    parts = [part.strip(" ()") for part in parts]
    return [_capitals(part) for part in parts if part]


def _capitals(part: str) -> str:
    """A name in capitals alone ("JANE DOE") is shown as names are; an agency's stays as printed."""
    if part.isupper() and " " in part and not is_agency(part):
        return part.title()
    return part


def _place_or_title(part: str) -> bool:
    return bool(part[:1].islower()) and bool(_STAFF.search(part))


def _dateline(line: str) -> Credit | None:
    line = line[:400]
    for mark in _MARK.finditer(line[: _LONGEST_DATELINE + 60]):
        if mark.start() > _LONGEST_DATELINE:
            break
        before = _BEFORE.fullmatch(line[: mark.start()])
        if before is None or not (before["place"] or _has_day(before)):
            continue
        name = _marked(mark, bool(_has_day(before)), (before["place"] or "").isupper())
        if name:
            return Credit(name, None, *_day_of(before))
    lone = _LONE.match(line)
    if lone and is_agency(lone["name"].strip()):
        return Credit(lone["name"].strip())
    opening = _OPENING.match(line)
    if opening and is_agency(opening["name"].strip()):
        return Credit(opening["name"].strip(), None, *_day_of(opening))
    source = _SOURCE_LINE.match(line)
    if source and is_agency(source["name"].strip()) and (beside := _BESIDE.match(line, source.end())):
        return Credit(source["name"].strip(), None, *_day_of(beside))
    bare = _BARE.match(line[: _LONGEST_DATELINE + 60])
    return Credit(None, None, *_day_of(bare)) if bare else None


def _marked(mark: re.Match[str], dated: bool, capitals: bool) -> str | None:
    """The agency that the mark names: a listed one, or where the shape leaves no doubt, one that is called so."""
    name = next(words for words in mark.groupdict().values() if words).strip()
    if mark["dashed"] or mark["comma"]:
        return name if is_agency(name) and (dated or capitals or (mark["comma"] and name.isupper())) else None
    if mark["slashed"]:
        return name if is_agency(name) or _called_agency(name) else None
    if not (mark["end"] or dated):
        return None
    if is_agency(name):
        return name
    return name if mark["end"] in ("--", "-", "–", "—") and _called_agency(name) else None


def _called_agency(name: str) -> bool:
    words = name.split()
    capital = all(word[:1].isupper() for word in words)
    return 2 <= len(words) <= 4 and capital and words[-1] in load("agencies")["ends"]


def _has_day(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("day", "day2", "day3"))


def _day_of(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    for mark in ("", "2", "3"):
        if found[f"day{mark}"]:
            month = found[f"month{mark}"]
            number = int(month) if month.isdigit() else month_number(month)
            year = found[f"year{mark}"]
            return int(year) if year else None, number, int(found[f"day{mark}"])
    return None, None, None


def _source_line(lines: list[str]) -> str | None:
    for line in lines:
        found = _SOURCE_LINE.match(line)
        if found and is_agency(found["name"].strip()):
            return found["name"].strip()
    return None


def _closing(text: str) -> str | None:
    """A credit behind the last words: "... he said. (Reuters)", or a last line "Source: Yonhap", "© AFP 2023"."""
    lines = [line.strip() for line in text[-600:].splitlines() if line.strip()]
    if len(lines) > 1:
        found = _source_line(lines[-2:])
        if found:
            return found
        last = _LAST.fullmatch(lines[-1]) if len(lines[-1]) <= LONGEST_NAME else None
        if last and is_agency(last["name"].strip()):
            return last["name"].strip()
    closing = _CLOSING.search(lines[-1][-80:]) if lines else None
    return closing["name"].strip() if closing and is_agency(closing["name"].strip()) else None


def _outlet(name: str) -> bool:
    return name.casefold().removeprefix("the ") in _outlets()


@cache
def _outlets() -> frozenset[str]:
    rows = [name for names in load("outlets")["outlets"].values() for row in names for name in row.split("|")]
    return frozenset(name.casefold().removeprefix("the ") for name in rows)
