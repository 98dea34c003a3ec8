"""When the words were said, where the report says so beside the cue: "said on Monday", "in a 2022 speech".

A weekday or a day without its year is the last one on or before the day of publication, as wires write it. The date is
ISO 8601 and no finer than the words: "2023-10-02", "2022-03" or "2019".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from communique.lexicon import alternatives, listed, load, phrases
from communique.model import Span
from communique.reading.annotations import Attribution
from communique.reading.tokens import Tokens, TokenSpan

_WEEKDAYS = tuple(load("dates")["weekdays"].split())
_MONTHS = {name: number for number, names in enumerate(phrases("dates", "months"), start=1) for name in names}
_MONTH = "|".join(_MONTHS)
_NTH = alternatives("dates", "ordinal_endings")
_PART = alternatives("dates", "parts_of_spans")
_YEAR = r"(?:19|20)\d\d"
# A weekday beside the day that it names: "Monday, Nov. 23", "Monday (23 November)", "Sunday night, Nov. 22".
_SHORT = alternatives("dates", "short_weekdays")
_NAMED = (
    rf"(?:(?:{'|'.join(_WEEKDAYS)}|(?:{_SHORT})\b\.?)(?: (?:{alternatives('dates', 'parts_of_days')}))?"
    r",? (?:[(–—-] ?)?(?:the )?)?"
)
# A weekday before a day in figures: "Monday (23/11)", "Monday, 23.11.2026", "Monday the 23rd", "Monday (2026-11-23)".
# The weekday alone could tell another week's day, and no rule tells day from month: only a whole date is read there.
_NO_FIGURES = (
    rf"(?!,? ?(?:[(\[–—-] ?)?(?:the )?(?:{_YEAR}-\d\d-\d\d\b|\d\d?[/-]\d\d?\b|\d\d?\.\d\d?[.)\]]"
    rf"|\d\d?(?:{_NTH})\b(?! \w)|\d\d?[)\]]))"
)
_FORMS = re.compile(
    rf"\b(?:(?P<day>{alternatives('dates', 'near_days')})"
    rf"|{_NAMED}(?P<d1>\d\d?)(?:{_NTH})? (?:of )?(?P<m1>{_MONTH})\b\.?(?:,? (?P<y1>{_YEAR}))?"
    rf"|{_NAMED}(?P<m2>{_MONTH})\b\.? (?P<d2>\d\d?)(?:{_NTH})?\b(?:,? (?P<y2>{_YEAR}))?"
    rf"|(?P<last>last )?(?P<weekday>{'|'.join(_WEEKDAYS)})\b{_NO_FIGURES}"
    rf"|in (?:{_PART})?(?P<m3>{_MONTH})\b\.?(?: (?P<y3>{_YEAR}))?"
    rf"|(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|in (?:{_PART})?(?:a )?(?P<y4>{_YEAR}))\b",
    re.IGNORECASE,
)
# Each form has a digit or one of these words; few sentences have.
_NAMES = frozenset((*_WEEKDAYS, *_MONTHS)) | listed("dates", "near_days")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_NOT_YET = re.compile(rf"(?:{alternatives('dates', 'not_of_saying')}) (?:the )?$", re.IGNORECASE)
_FURTHEST = 12
"""Steps up the parse from a date to its cue: more is another clause."""

_BEFORE_DATE = 20
"""Characters before a date that tell whether it is still to come."""


def saying_dates(
    tokens: Tokens, attributions: Sequence[Attribution], published: str | None
) -> list[tuple[str | None, tuple[Span, ...]]]:
    """Return, for each attribution, when it was said as far as its sentence tells, and the spans that tell it.

    ``published`` is the report's ISO 8601 date; without it a weekday dates nothing.
    """
    cues = {attribution.cue_head: number for number, attribution in enumerate(attributions)}
    day = _day(published)
    named: dict[int, list[tuple[re.Match[str], Span, int]]] = {}
    for attribution in attributions:
        sentence = tokens.sentence[attribution.cue_head]
        if sentence not in named:
            named[sentence] = list(_named(tokens, tokens.sentences[sentence]))
    return [
        _dated(tokens, attribution, named[tokens.sentence[attribution.cue_head]], cues, index, day)
        for index, attribution in enumerate(attributions)
    ]


def _named(tokens: Tokens, sentence: TokenSpan) -> Iterator[tuple[re.Match[str], Span, int]]:
    """Yield the dates that a sentence names and that may be of saying: the match, its place and its first token."""
    first, last = sentence
    start, end = tokens.start[first], tokens.end[last - 1]
    text = tokens.doc_text[start:end]
    if not _DIGIT.search(text) and _NAMES.isdisjoint(_WORD.findall(text.lower())):
        return
    for found in _FORMS.finditer(text):
        span = Span(start + found.start(), start + found.end())
        if _NOT_YET.search(tokens.doc_text[max(start, span.start - _BEFORE_DATE) : span.start]):
            continue
        places = _tokens(tokens, sentence, span)
        if places:
            yield found, span, places[0]


def _dated(
    tokens: Tokens,
    own: Attribution,
    named: Sequence[tuple[re.Match[str], Span, int]],
    cues: Mapping[int, int],
    index: int,
    day: date | None,
) -> tuple[str | None, tuple[Span, ...]]:
    for found, span, at in named:
        value = _value(found, day) if _beside(tokens, own, cues, index, at) else None
        if value:
            return value, (span,)
    return None, ()


def _tokens(tokens: Tokens, sentence: TokenSpan, span: Span) -> list[int]:
    return [i for i in range(*sentence) if tokens.start[i] < span.end and span.start < tokens.end[i]]


def _beside(tokens: Tokens, own: Attribution, cues: Mapping[int, int], index: int, i: int) -> bool:
    """Tell whether a date hangs on the attribution's cue, and not on what was said or on another verb."""
    if any(start <= i < end for start, end in own.content):
        return False
    for _ in range(_FURTHEST):
        if i in cues:
            return cues[i] == index
        if tokens.pos[i] == "VERB" or tokens.head[i] == i:
            return False
        i = tokens.head[i]
    return False


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _value(found: re.Match[str], day: date | None) -> str | None:
    part: Callable[[str], str] = lambda name: (found[name] or "").lower()  # noqa: E731 - a shorthand for the lines below
    if part("iso"):
        return part("iso") if _day(part("iso")) else None
    if part("y4"):
        return _not_after(part("y4"), day)
    if part("m3"):
        return _month(_MONTHS[part("m3")], part("y3"), day)
    if part("m1") or part("m2"):
        number = int(part("d1") or part("d2"))
        return _date(number, _MONTHS[part("m1") or part("m2")], part("y1") or part("y2"), day)
    if day is None:
        return None
    if part("day"):
        return (day - timedelta(days=part("day") == "yesterday")).isoformat()
    back = (day.weekday() - _WEEKDAYS.index(part("weekday"))) % 7
    if part("last") and back == 0:
        back = 7
    return (day - timedelta(days=back)).isoformat()


def _date(number: int, month: int, year: str, day: date | None) -> str | None:
    try:
        if year:
            return _not_after(date(int(year), month, number).isoformat(), day)
        if day is None:
            return None
        this = date(day.year, month, number)
        return (this if this <= day else date(day.year - 1, month, number)).isoformat()
    except ValueError:
        return None


def _month(month: int, year: str, day: date | None) -> str | None:
    if year:
        return _not_after(f"{year}-{month:02}", day)
    if day is None:
        return None
    return f"{day.year if month <= day.month else day.year - 1}-{month:02}"


def _not_after(value: str, day: date | None) -> str | None:
    """What was said was said before it was printed."""
    return value if day is None or value <= day.isoformat()[: len(value)] else None
