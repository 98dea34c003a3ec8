"""Text as the search sees it: the same words on SQLite and PostgreSQL, which would each cut it up differently.

A word is a run of letters and digits, without marks (accents) and case: "São Paulo's" gives ``sao paulo s``.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
MAX_WORD = 100
"""Characters of a word that count: longer ones are no words, and PostgreSQL refuses those of 2 KB."""


def words_of(text: str) -> list[str]:
    """Return the text's words in order, folded: without case, marks and presentation forms."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return [word[:MAX_WORD] for word in _WORD.findall(bare.casefold())]


def folded(text: str) -> str:
    """Return the words joined by spaces: what a name is looked up by."""
    return " ".join(words_of(text))
