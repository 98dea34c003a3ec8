"""Wire copies: texts that are one text, wholly or in part.

Two reports are compared by their shingles, runs of `SHINGLE` words (Broder 1997, "On the resemblance and containment of
documents"). An index finds those that may be copies by a MinHash sketch: the smallest hashes of a text's shingles,
`KEYS` of them and of a long text more, in proportion (the same paper, section 3; Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3). Of two texts that have shingles in common, some are among the smallest of
both, also where one text is but a part of the other, which the usual bands of several hashes miss. What the keys
suggest is then measured exactly. Words between quotation marks do not count, since two reporters who were both there
quote the same sentence without copying each other; nor do the dateline and short lines that are no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

from communique.model import Span, Spans

if TYPE_CHECKING:
    import numpy as np

SHINGLE = 5
KEYS = 32
"""Keys of a text at least."""

_SHINGLES_PER_KEY = 10
"""A longer text has a key for every so many shingles, so that a part of it has as many of them as it is long."""

LONGEST = 20_000
"""Words of a text that are looked at."""

_LONGEST_TEXT = 400_000
"""Characters of it."""

_MULTIPLIER, _SHIFT = 0x9E3779B97F4A7C15, 29
_WORD_BYTES = 7
"""Of a word's hash."""

_MOST_WORDS = 65_536
"""Words whose hash is remembered."""

NEAR = 0.7
"""Resemblance, 0 to 1, from which two texts are one."""

SURELY = 0.9
"""Resemblance at which even short texts are one."""

PART = 0.4
"""The share of the shorter text, 0 to 1, from which it is partly copied."""

LEAST_WORDS = 30
"""Words outside quotation marks that must be shared before one text counts as copied from another."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(
    r'"[^"\n]{1,2000}"|“[^“”\n]{1,2000}”|«[^«»\n]{1,2000}»|„[^„“”\n]{1,2000}[“”]|‘[^‘’\n]{15,2000}’(?!\w)'
)
_HEAD = re.compile(r"\A\s*(?:[A-Z][\w.,'’ -]{1,60})?(?:/[A-Z][\w .-]{1,30}/|\([A-Z][^()\n]{1,40}\))\s*(?:--|[.–—-])?")
_TAIL = re.compile(
    r"(?im)^[^\w\n]*(?:\(?(?:additional )?(?:reporting|writing|editing|compiled) by\b.*|(?:read|see) (?:more|also)\b.*"
    r"|(?:©|\(c\)|copyright)\b.*|all rights reserved.*|our standards:.*|sign up\b.*)$"
)

_SHORT_LINE_CHARACTERS = 200
"""Characters below which a line may be such a one."""

_SHORT_LINE = 8
"""Words of a line that is no sentence: fewer make a headline, an entry of a menu or a teaser."""

_SENTENCE_ENDS = re.compile(r"[.!?:;,…][\"'”’»)\]]*\s*\Z")
_LINE = re.compile(r"[^\n]+")
_MOST_IN_SHORT_LINES = 0.5
"""The share of a text's words in such lines from which on they are how it is set, and count."""


class CopyKind(StrEnum):
    """How two texts stand to each other."""

    NEAR_IDENTICAL = "near-identical"
    PARTLY_COPIED = "partly copied"


@dataclass(frozen=True, slots=True)
class Shared:
    """How much two texts share outside quotation marks.

    ``jaccard`` is the share of all shingles that both have, ``contained`` the share of the shorter text's shingles that
    the other has, both 0 to 1; ``words`` how many words are shared.
    """

    jaccard: float
    contained: float
    words: int

    @property
    def kind(self) -> CopyKind | None:
        """Whether one is a copy of the other, and how."""
        if self.words < LEAST_WORDS and self.jaccard < SURELY:
            return None
        if self.jaccard >= NEAR:
            return CopyKind.NEAR_IDENTICAL
        return CopyKind.PARTLY_COPIED if self.contained >= PART else None


@dataclass(frozen=True, slots=True)
class Overlap(Shared):
    """What two texts share: ``first`` and ``second`` are the places, in characters of each text as given."""

    first: Spans
    second: Spans


class Shingled:
    """A text made ready to be compared: made once, compared with many."""

    __slots__ = ("_each", "_places", "hashes")

    def __init__(self, text: str) -> None:
        """Take the text as given."""
        import numpy as np

        words, self._places = _words(text)
        self._each = _hashes(words)
        self.hashes = np.unique(self._each)
        """One number for each different shingle, sorted."""

    def keys(self) -> tuple[int, ...]:
        """Return the keys under which an index finds copies, as `keys` does."""
        if len(self.hashes) < SHINGLE:
            return ()
        count = max(KEYS, len(self.hashes) // _SHINGLES_PER_KEY)
        return tuple(self.hashes[:count].view("int64").tolist())

    def shared(self, other: Shingled) -> Shared:
        """Measure how much is shared with another text."""
        import numpy as np

        common = np.intersect1d(self.hashes, other.hashes, assume_unique=True)
        return Shared(**self._measures(other, common), words=int(self._covered(common).sum()))

    def overlap(self, other: Shingled) -> Overlap:
        """Measure what is shared with another text, and where."""
        import numpy as np

        common = np.intersect1d(self.hashes, other.hashes, assume_unique=True)
        here, there = self._covered(common), other._covered(common)
        return Overlap(
            **self._measures(other, common),
            words=int(here.sum()),
            first=_spans(self._places, here),
            second=_spans(other._places, there),
        )

    def _measures(self, other: Shingled, common: np.ndarray[Any, Any]) -> dict[str, float]:
        shorter = min(len(self.hashes), len(other.hashes))
        total = len(self.hashes) + len(other.hashes) - len(common)
        return {
            "jaccard": len(common) / total if total else 0.0,
            "contained": len(common) / shorter if shorter else 0.0,
        }

    def _covered(self, common: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which words stand in a shingle that both have."""
        import numpy as np

        covered = np.zeros(len(self._places), dtype=np.bool_)
        if len(common):
            starts = np.isin(self._each, common)
            for i in range(SHINGLE):
                covered[i : i + len(starts)] |= starts
        return covered


def keys(text: str) -> tuple[int, ...]:
    """Return the keys under which an index finds a text's copies: signed 64-bit numbers, the same on every machine.

    A text too short to be told from others has none.
    """
    return Shingled(text).keys()


def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words that count, with their places: no quotation, dateline or standing line."""
    text = text[:_LONGEST_TEXT]
    head = _HEAD.match(text)
    skipped = sorted(found.span() for pattern in (_QUOTED, _TAIL) for found in pattern.finditer(text))
    if head:
        skipped.insert(0, head.span())
    found = list(islice(_WORD.finditer(text), LONGEST))
    if skipped:
        found = _outside(found, skipped)
    if found and (short := _short_lines(text)):
        kept = _outside(found, short)
        found = kept if len(kept) > _MOST_IN_SHORT_LINES * len(found) else found
    places = [word.span() for word in found]
    return [word.group().casefold() for word in found], places


def _short_lines(text: str) -> list[tuple[int, int]]:
    """Lines that are no sentence and no part of one: headlines, menus, teasers, what a page leaves in a text."""
    return [
        line.span()
        for line in _LINE.finditer(text)
        if len(line[0]) < _SHORT_LINE_CHARACTERS
        and len(_WORD.findall(line[0])) < _SHORT_LINE
        and not _SENTENCE_ENDS.search(line[0])
    ]


def _outside(words: Sequence[re.Match[str]], skipped: Sequence[tuple[int, int]]) -> list[re.Match[str]]:
    kept = []
    at = 0
    for word in words:
        start = word.start()
        while at < len(skipped) and skipped[at][1] <= start:
            at += 1
        if at == len(skipped) or skipped[at][0] > start:
            kept.append(word)
    return kept


def _spans(places: Sequence[tuple[int, int]], covered: Iterable[Any]) -> Spans:
    spans: list[Span] = []
    before = False
    for (start, end), is_covered in zip(places, covered, strict=True):
        if is_covered and before:
            spans[-1] = Span(spans[-1].start, end)
        elif is_covered:
            spans.append(Span(start, end))
        before = bool(is_covered)
    return tuple(spans)


def _hashes(words: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """One 64-bit hash for each shingle in the order of the text, mixed from the hashes of its words."""
    import numpy as np

    values = np.fromiter(map(_word_hash, words), dtype=np.uint64, count=len(words))
    length = len(values) - SHINGLE + 1
    if length < 1:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(length, dtype=np.uint64)
    for i in range(SHINGLE):
        # Wrapping multiplication by an odd number is a bijection: no information is lost.
        mixed = (mixed ^ values[i : i + length]) * np.uint64(_MULTIPLIER)
        mixed ^= mixed >> np.uint64(_SHIFT)
    return mixed


@lru_cache(maxsize=_MOST_WORDS)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_WORD_BYTES).digest(), "big")
