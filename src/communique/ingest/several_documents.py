"""Files that hold several documents one after another: press releases, statements, transcripts.

They are parted only where every one of them clearly begins: with a heading that says what it is, below a line of marks
or beside a date of its own. Anything else is one text.
"""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives

_RULE = re.compile(r"(?m)^[ \t]*(?:[-=*_#~–—]{3,}|(?:[*#–—-][ \t]+){2,}[*#–—-])[ \t]*$|\f")
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?[ .]+[A-Z][a-z]{2,8}[ .,]+\d{4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})\b"
)
_LONGEST_DATE = 70  # characters of a line that tells the day
_LONGEST_HEADING = 180
_LINES_AT_HEAD = 5
_HEAD = 4 * _LONGEST_HEADING
_FEWEST_WORDS = 12  # below its heading, for a piece to be a document


def documents_in(text: str) -> list[str]:
    """Return the documents that a text holds, each as it stands there without what parts them; else the text alone."""
    for starts in (_ruled(text), _dated(text)):
        pieces = [text[a:b].strip("\n\r\f") for a, b in starts]
        if len(pieces) > 1 and all(_is_whole(piece) for piece in pieces):
            return pieces
    return [text]


def _ruled(text: str) -> list[tuple[int, int]]:
    """Return the stretches between lines of marks; a line that underlines its heading parts nothing."""
    found: list[tuple[int, int]] = []
    start = 0
    for rule in _RULE.finditer(text):
        if _heading(text[rule.end() : rule.end() + _HEAD]) is None or not text[start : rule.start()].strip():
            continue
        found.append((start, rule.start()))
        start = rule.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _dated(text: str) -> list[tuple[int, int]]:
    """Return the stretches that begin, after an empty line, with a heading that has a date beside it."""
    starts = [
        m.end()
        for m in re.finditer(r"(?:\A\s*|\n[ \t]*\n[ \t\n]*)(?=\S)", text)
        if _heading(text[m.end() : m.end() + _HEAD], lines=2, dated=True) is not None
    ]
    # A date and a heading of one document, each after an empty line.
    apart = [s for k, s in enumerate(starts) if not k or len(text[starts[k - 1] : s].split()) >= _FEWEST_WORDS]
    ends = [*apart[1:], len(text)]
    return list(zip(apart, ends, strict=True)) if apart and not text[: apart[0]].strip() else []


def _heading(text: str, lines: int = _LINES_AT_HEAD, *, dated: bool = False) -> str | None:
    """Return the line near a text's head that says what document it is; None where none does, or none has a date."""
    head = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()][:lines]
    if dated and not any(len(line) <= _LONGEST_DATE and _DATE.search(line) for line in head):
        return None
    for line in head:
        if line[-1] in ".!?;,:" and line[-3:] != "...":
            return None
        if len(line) <= _LONGEST_HEADING and _kind().match(line):
            return line
    return None


def _is_whole(piece: str) -> bool:
    return _heading(piece) is not None and len(piece.split()) >= _FEWEST_WORDS


@cache
def _kind() -> re.Pattern[str]:
    """As in "Press release No. 4", "Remarks at the opening", "Foreign Ministry Spokesperson's Press Conference"."""
    words = "|".join(
        alternatives("issued_documents", "headings", name) for name in ("kinds", "agreements", "announced")
    )
    told = alternatives("issued_documents", "headings", "told_of")
    return re.compile(rf"(?=[A-Z])(?:[\w'’.,&()-]+\s+){{0,9}}?(?i:{words})(?![\w-])(?!\s+(?:[a-z]+ed|{told})\b)")
