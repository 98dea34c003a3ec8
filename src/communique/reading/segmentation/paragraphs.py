"""Paragraphs and the datelines that they open with, as sentence boundaries.

"TOKYO, October 4 (Kyodo) -- ", "MOSCOW, June 5. /TASS/. ", "Oslo, 3 May - ".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from spacy.attrs import IS_SPACE
from spacy.tokens import Doc

from communique.reading.segmentation.turns import label_starts

LINE_END = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_ENDING = tuple(".!?:;")
_CLOSING = "\"'”’»)]"
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
    rf"|(?:ST\.? )?[A-Z]{{3}}[A-Z .,/-]{{0,40}}(?:,\s+{_DAY}){{0,2}}(?:,?\s*\d{{4}})?\s*{_DASH}"
    rf"|{_PLACE},\s+(?:[A-Z][a-z]{{2,8}}day,\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s*\d{{4}})?\s*{_DASH}"
    r")\s+"
)

# "Algiers – Algeria said": at the head of a text alone, with a dash set apart.
_PLACE_AND_DASH = re.compile(r"\s*[A-Z][\w.'’-]{2,20}(?: [A-Z][\w.'’-]{1,20}){0,2}\s+[–—]\s+(?=[A-Z\"“])")


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


def mark_paragraphs(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on the first token of every paragraph and after its dateline, before the parser runs."""
    text = doc.text  # made anew whenever it is asked for
    needed = 1 if breaks_at_newline(text) else 2
    ends = set() if needed == 1 else _early_ends(text)
    last, breaks = -1, 0
    for i in doc.to_array(IS_SPACE).nonzero()[0].tolist():
        gap = doc[i].text
        if i != last + 1:
            breaks = 0
        breaks += 2 if "\u2029" in gap else len(LINE_END.findall(gap))
        last = i
        if (breaks >= needed or doc[i].idx in ends) and i + 1 < len(doc):
            doc[i + 1].is_sent_start = True
            _after_dateline(doc, i + 1, text)
    if len(doc):
        _after_dateline(doc, 0, text)
    _at_turns(doc, text)
    return doc


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


def _at_turns(doc: Doc, text: str) -> None:
    """Start a sentence at each label of a transcript and at what is said after it, also where lines are wrapped."""
    starts = label_starts(text)
    if not starts:
        return
    places = [token.idx for token in doc]
    for start in starts:
        i = bisect_left(places, start)
        if i < len(doc) and places[i] == start:
            doc[i].is_sent_start = True


def _after_dateline(doc: Doc, first: int, text: str) -> None:
    """Start a sentence after the dateline with which a paragraph opens, if it does."""
    start = doc[first].idx
    body = dateline_end(text[start : start + LONGEST_DATELINE], 0)
    if body is None:
        return
    for i in range(first + 1, len(doc)):
        if doc[i].idx >= start + body:
            doc[i].is_sent_start = True
            return


def dateline_end(text: str, start: int) -> int | None:
    """Return where the words begin after a dateline at ``start``, or None where there is none."""
    found = _DATELINE.match(text[start : start + LONGEST_DATELINE])
    if found is None and start == 0:
        found = _PLACE_AND_DASH.match(text[:LONGEST_DATELINE])
    return None if found is None else start + found.end()
