"""Letters: a salutation on a line of its own, and a name below the closing words."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives
from communique.model import Report, Span
from communique.reading.annotations import Document, DocumentKind

_MOST_LINES = 4
_LONGEST_LINE = 90


def find_letter(report: Report) -> Document | None:
    """Return the letter that a text is, its issuer as signed; None where it is none."""
    text = report.text
    opened = _opening().match(text)
    closed = _closing().search(text, opened.end()) if opened else None
    if opened is None or closed is None:
        return None
    lines = [line.strip(" ,") for line in text[closed.end() :].splitlines() if line.strip()][:_MOST_LINES]
    lines = [line for line in lines if len(line) <= _LONGEST_LINE and line[:1].isupper()]
    if not lines:
        return None
    who = f"{lines[0]}, {lines[1]}" if len(lines) > 1 else lines[0]
    return Document(DocumentKind.LETTER, (who,), Span(opened.end(), closed.start()))


@cache
def _opening() -> re.Pattern[str]:
    words = alternatives("issued_documents", "headings", "salutations")
    return re.compile(rf"(?:[^\n]{{0,90}}\n){{0,6}}?\s*(?i:{words})\b[^\n.;]{{0,90}}[,:!]?[ \t]*\n")


@cache
def _closing() -> re.Pattern[str]:
    words = alternatives("issued_documents", "headings", "closings")
    return re.compile(rf"(?m)^[ \t]*(?i:{words})\b[^\n]{{0,80}}\n")
