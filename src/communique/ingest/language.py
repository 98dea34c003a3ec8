"""Is this English? Told by its letters and its commonest words, light enough to ask of every report."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from communique.errors import NotEnglish
from communique.lexicon import load

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters: enough to tell
_FEW = 40  # words: fewer are a headline or a caption, which may well do without function words


def require_english(text: str, where: str) -> None:
    """Raise NotEnglish where the text is in another script, or has another language's function words."""
    reason = foreign(text)
    if reason:
        raise NotEnglish(where, f"not English: {reason}")


def foreign(text: str) -> str | None:
    """Return why the text is not English, or None where it is or nothing tells."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if not letters:
        return None
    beyond = sum(1 for word in words for letter in word if letter > "\u024f")
    if beyond > 0.4 * letters:
        return f"{100 * beyond // letters} % of its letters are of another script"
    english, other = _function_words()
    counts = Counter(words)
    own = sum(n for word, n in counts.items() if word in english)
    strange = sum(n for word, n in counts.items() if word in other)
    if strange > own and strange >= max(2, 0.08 * len(words)):
        return "its function words are another language's"
    if len(words) >= _FEW and own < 0.05 * len(words):
        return "it has hardly any English function word"
    return None


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    lists = load("language")
    return frozenset(lists["english"]), frozenset(lists["other"])
