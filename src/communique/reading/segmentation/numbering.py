"""Numbers and headings of articles, as sentence boundaries: "Article 2" ends a sentence, "2." ends none."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives

_NUMBER = re.compile(r"(?m)^[ \t]*(?:\d{1,3}[.)]|\((?:[a-z]{1,3}|\d{1,2})\)|[a-z]\))[ \t]+(?=[A-Z\"“])")


def heading_ends(text: str) -> tuple[int, ...]:
    """Return where the words begin after each heading of an article on a line of its own."""
    return tuple(m.end() for m in _heading().finditer(text))


def numbered_starts(text: str) -> tuple[tuple[int, int], ...]:
    """Return, for each numbered paragraph, where its number begins and where its words do."""
    return tuple((m.start() + len(m.group()) - len(m.group().lstrip()), m.end()) for m in _NUMBER.finditer(text))


@cache
def _heading() -> re.Pattern[str]:
    words = alternatives("issued_documents", "headings", "divisions")
    return re.compile(
        rf"(?m)^[ \t]*(?i:{words})[ \t]+(?:[IVXLC]{{1,6}}|\d{{1,3}})\b[.:]?"
        r"(?:[ \t]*[–—:-]?[ \t]*[^\n.;:]{0,80})?\n+[ \t]*(?=\S)"
    )
