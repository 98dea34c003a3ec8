"""Paragraph breaks as sentence boundaries."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from communique.reading.datelines import dateline_end

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")
_ENDED = re.compile(r"[.!?:;][\"'”’»)\]]*[^\S\n]*$")


def breaks_at_newline(text: str) -> bool:
    """Tell whether a single newline ends a paragraph in this text.

    It does unless the lines were wrapped by hand: wrapped lines are of like, short length and end mid-sentence.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return True
    inner = lines[:-1]
    ended = sum(1 for line in inner if _ENDED.search(line))
    longest = max(len(line) for line in lines)
    return longest > 160 or ended >= 0.6 * len(inner)


def mark_paragraphs(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on the first token of every paragraph and after its dateline, before the parser runs."""
    text = doc.text
    single = breaks_at_newline(text)
    fresh = False
    body = dateline_end(text, 0)
    for token in doc:
        if body is not None and token.idx >= body:
            token.is_sent_start = True
            body = None
        if token.is_space:
            gap = token.text_with_ws
            if _BLANK_LINE.search(gap) or (single and "\n" in gap):
                fresh = True
        elif fresh:
            token.is_sent_start = True
            fresh = False
            body = dateline_end(text, token.idx)
    return doc
