"""Paragraphs and the datelines that they open with, as sentence boundaries.

"TOKYO, October 4 (Kyodo) -- ", "MOSCOW, June 5. /TASS/. ", "Oslo, 3 May - ".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, pairwise
from typing import Any

from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Doc

from communique.reading.annotations import annotations_of
from communique.reading.segmentation.numbering import heading_ends, numbered_starts
from communique.reading.segmentation.turns import find_turns, label_starts

LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_ENDING = tuple(".!?:;")
_CLOSING = "\"'”’»)]"
_LONGEST_NUMBER = 4  # tokens
_OPENING = tuple("\"'“‘«„")
_SLACK = 8  # characters by which a wrapped line may fall short
_LONG = 160  # characters: no line wrapped by hand is as long

LONGEST_DATELINE = 120
"""Characters within which a dateline must end."""

_PLACE = r"[A-Z][\w.'’/-]{0,30}(?:,? [A-Z0-9][\w.'’/-]{0,30}){0,7}"
_DASH = r"(?:--|[–—]|(?<=\s)-)"
_DAY = r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,12}\.?(?:\s+\d{1,2})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    r"\s*(?:[*•-]\s+)?(?:"
    rf"{_PLACE}[.,]?\s*/[A-Z][\w .-]{{1,30}}/\s*[.–—-]*"
    rf"|{_PLACE}\s*\([A-Z][^()\n]{{1,40}}\)\s*(?:--|[–—-])"
    r"|[A-Z]{3}[A-Z .,/-]{0,40}:\s*(?=\n)"
    rf"|(?:(?:ST\.?|L[AE]|EL|AL) )?[A-Z]{{3}}[A-Z .,/-]{{0,40}}(?:,\s+{_DAY}){{0,2}}(?:,?\s*\d{{4}})?\s*{_DASH}"
    rf"|{_PLACE},\s+(?:[A-Z][a-z]{{2,8}}day,\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s*\d{{4}})?\s*{_DASH}"
    r")\s+"
)

# At the head of a text alone: "Algiers – Algeria said", with a dash set apart, or a hyphen where no short line follows,
# as a headline's would be ("Serbia - Kosovo talks fail"); "LIMA. The", "LIMA (EFE).- The",
# "Santiago de Chile, 11 Jun (EFE).- The", "Banjul, 30 April 2024 – The".
_CAPITALS = r"[A-ZÀ-Þ]{3}[A-ZÀ-Þ '’/-]{0,40}"
_BY_DAY = rf"(?:,\s+(?:[A-Z][a-z]{{2,8}}day,\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s*\d{{4}})?)"
_NAMED_PLACE = r"[A-ZÀ-Þ][\w'’-]{2,20}(?: (?:d[aeiou]s? |del |la )?[A-ZÀ-Þ][\w'’-]{1,20}){0,2}"
_STOP_AND_DASH = rf"\.\s*(?:{_DASH}|-)?"
_HEAD_DATELINE = re.compile(
    r"\s*(?:"
    r"[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{1,20}){0,2}\s+(?:[–—]|-(?=[^\n]{60}))"
    rf"|{_CAPITALS}{_BY_DAY}?\s*(?:\([A-Z][^()\n]{{1,40}}\))?\s*(?:{_STOP_AND_DASH}|{_DASH})"
    rf"|{_NAMED_PLACE}{_BY_DAY}?,?\s*\([A-Z][^()\n]{{1,40}}\)\s*(?:{_STOP_AND_DASH}|{_DASH}|-)"
    rf"|{_NAMED_PLACE}{_BY_DAY}\s*{_DASH}"
    r")\s+(?=[A-ZÀ-Þ\"“«])"
)


_WRAP = re.compile(r"(?<=[\w,'’).;:\"”–—-])\n(?=[A-Za-z\"“])")

_NO_START = 2**64 - 1
"""How a Doc's array tells that no sentence starts at a token."""


def breaks_at_newline(text: str) -> bool:
    """Tell whether a single newline ends a paragraph in this text.

    It does unless the lines were wrapped by hand: wrapped lines are short and mostly end mid-sentence.
    """
    lines = [stripped for line in LINE_END.split(text) if (stripped := line.rstrip())]
    if len(lines) < 2:
        return True
    inner = lines[:-1]
    ended = sum(1 for line in inner if line.rstrip(_CLOSING).endswith(_ENDING))
    return ended >= 0.6 * len(inner) or max(map(len, lines)) > _LONG


def unwrapped(text: str) -> str:
    """Return a copy of the same length in which a line wrapped by hand goes on after a blank.

    Where a line ends before its time, or the next opens with a mark, the break stays.
    """
    if "\n" not in text or breaks_at_newline(text):
        return text
    ends = _early_ends(text)
    return _WRAP.sub(lambda found: found.group() if found.start() in ends else " ", text)


def mark_paragraphs(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on the first token of every paragraph and after its dateline, before the parser runs."""
    text = annotations_of(doc).prepared or doc.text  # which is put together anew whenever it is asked for
    needed = 1 if breaks_at_newline(text) else 2
    starts: set[int] = set()
    ends = set() if needed == 1 else _early_ends(text)
    last, breaks = -1, 0
    for i in doc.to_array(IS_SPACE).nonzero()[0].tolist():
        gap = doc[i].text
        if i != last + 1:
            breaks = 0
        breaks += 2 if "\u2029" in gap else len(LINE_END.findall(gap))
        last = i
        if (breaks >= needed or doc[i].idx in ends) and i + 1 < len(doc):
            starts.add(i + 1)
            starts |= _after_dateline(doc, i + 1, text)
    if len(doc):
        starts |= _after_dateline(doc, 0, text)
    labelled, inside = _at_turns(doc, text)
    _mark(doc, (starts | labelled) - inside, inside)
    return doc


def _mark(doc: Doc, starts: set[int], inside: set[int]) -> None:
    """Mark the tokens with which sentences start, and those with which none does, all at once.

    Each token's own setter looks through the whole Doc.
    """
    for first in sorted(starts)[:1]:
        doc[first].is_sent_start = True  # which raises where it is parsed already
    marks: Any = doc.to_array(SENT_START)
    marks[sorted(starts)] = 1
    marks[sorted(inside)] = _NO_START
    doc.from_array([SENT_START], marks)


def _early_ends(text: str) -> set[int]:
    """Return where lines of a hand-wrapped text end before their time: the next word would have fitted.

    A heading, a caption or a dateline of its own ends so, without a mark, before a line that starts with a capital.
    """
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    width = max((len(m.group().rstrip()) for m in lines), default=0)
    found: set[int] = set()
    for line, after in pairwise(lines):
        row, later = line.group().rstrip(), after.group().lstrip()
        if row.rstrip(_CLOSING)[-1:] in ",-–—" or not later[:1].isupper() and later[:1] not in _OPENING:
            continue
        if len(row) + 1 + len(later.split(maxsplit=1)[0]) + _SLACK <= width:
            found.add(line.start() + len(row))
    return found


def _at_turns(doc: Doc, text: str) -> tuple[set[int], set[int]]:
    """The tokens at each label of a transcript and at what is said after it, also where lines are wrapped.

    So are those below an article's heading, and at the number of a paragraph; that which follows the number starts
    nothing by itself: these are the second set.
    """
    notes = annotations_of(doc)
    same = notes.report is not None and notes.places is None
    starts = (*label_starts(notes.turns if same else find_turns(text)), *heading_ends(text))
    numbered = numbered_starts(text)
    if not starts and not numbered:
        return set(), set()
    places = [token.idx for token in doc]
    placed = ((bisect_left(places, start), start) for start in starts)
    found = {i for i, start in placed if i < len(doc) and places[i] == start}
    inside: set[int] = set()
    for number, start in numbered:
        first, i = bisect_left(places, number), bisect_left(places, start)
        if i < len(doc) and places[i] == start and first < i <= first + _LONGEST_NUMBER:
            found.add(first)
            inside.update(range(first + 1, i + 1))
    return found, inside


def _after_dateline(doc: Doc, first: int, text: str) -> set[int]:
    """The token after the dateline with which a paragraph opens, if it does."""
    start = doc[first].idx
    body = dateline_end(text[start : start + LONGEST_DATELINE], 0)
    if body is None:
        return set()
    return set(islice((i for i in range(first + 1, len(doc)) if doc[i].idx >= start + body), 1))


def dateline_end(text: str, start: int) -> int | None:
    """Return where the words begin after a dateline at ``start``, or None where there is none."""
    found = _DATELINE.match(text[start : start + LONGEST_DATELINE])
    if found is None and start == 0:
        found = _HEAD_DATELINE.match(text[:LONGEST_DATELINE])
    return None if found is None else start + found.end()
