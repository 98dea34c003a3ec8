"""Sentences of words that a record holds, told by their marks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.model import Span

# Not after an initial or a short title: those seldom end a sentence.
_END = re.compile(r"(?<![A-Z][a-z])(?<!\b[A-Z])[.!?][\"'”’»)]*\s+|[\r\n]+")


def sentences(text: str) -> Iterator[Span]:
    """Yield where the sentences of a text stand, each with its marks and without the blanks around it."""
    start = 0
    for end in _END.finditer(text):
        if text[start : end.start()].strip():
            yield Span(start, end.start() + len(end[0].rstrip()))
        start = end.end()
    if text[start:].strip():
        yield Span(start, len(text.rstrip()))
