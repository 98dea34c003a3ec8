"""Sentences told by their marks alone, where no parse is: of a text that a record holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.model import Span

# Not after an initial or a short title: those seldom end a sentence.
_END = re.compile(r"(?<![A-Z][a-z])(?<!\b[A-Z])[.!?][\"'”’»)]*\s+|[\r\n]+")

_MARKS = '"“”«»'


def sentences(text: str) -> Iterator[Span]:
    """Yield the places of a text's sentences, without the white space around them."""
    start = 0
    for end in _END.finditer(text):
        if text[start : end.start()].strip():
            yield Span(start, end.start() + len(end[0].rstrip()))
        start = end.end()
    if text[start:].strip():
        yield Span(start, len(text.rstrip()))


def is_quoted(text: str, sentence: Span) -> bool:
    """Tell whether a sentence has quotation marks, or stands between some of its paragraph."""
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    words = text[sentence.start : sentence.end]
    return any(mark in words for mark in _MARKS) or before.count('"') % 2 == 1 or before.count("“") > before.count("”")
