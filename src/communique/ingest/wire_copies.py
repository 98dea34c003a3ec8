"""Wire copies: texts that are one text, wholly or in part.

Two reports are compared by their shingles, runs of `SHINGLE` words (Broder 1997, "On the resemblance and containment of
documents"). Near-identical ones are found by MinHash with locality-sensitive hashing (Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3), partly copied ones by a sample of shingles, those whose hash is 0 modulo
`SAMPLE` (Manber 1994): both report a bounded number of keys for an index, whatever the length. What the keys suggest is
then measured exactly. Words between quotation marks do not count, since two reporters who were both there quote the
same sentence without copying each other; nor does the dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from communique.model import Span, Spans

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash

SHINGLE = 5
SAMPLE = 16
PERMUTATIONS = 48
BANDS = 8
MOST_SAMPLED = 24
LONGEST = 20_000
"""Words of a text that are looked at."""

NEAR = 0.7
PART = 0.3
LEAST_WORDS = 40
"""Words outside quotation marks that must be shared before one text counts as copied from another."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"[^"\n]{1,2000}"|“[^”\n]{1,2000}”|«[^»\n]{1,2000}»|„[^“”\n]{1,2000}[“”]|‘[^’\n]{15,2000}’(?!\w)')
_HEAD = re.compile(
    r"\A\s*(?:[A-Z][\w.'’/ -]{1,40},?(?: [A-Z][a-z]{2,9}\.? \d{1,2},?(?: \d{4})?)?\.?\s*)?"
    r"(?:/[A-Z][\w .-]{1,30}/|\([A-Z][^()\n]{1,40}\))\s*(?:--|[.–—-])?"
)
_TAIL = re.compile(
    r"(?im)^\W*(?:\(?(?:additional )?(?:reporting|writing|editing|compiled) by\b.*|(?:read|see) (?:more|also)\b.*"
    r"|(?:©|\(c\)|copyright)\b.*|all rights reserved.*|our standards:.*|sign up\b.*)$"
)


class CopyKind(StrEnum):
    """How two texts stand to each other."""

    NEAR_IDENTICAL = "near-identical"
    PARTLY_COPIED = "partly copied"


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share outside quotation marks.

    ``jaccard`` is the share of all shingles that both have, ``contained`` the share of the shorter text's shingles that
    the other has, both 0 to 1; ``words`` how many words are shared; ``first`` and ``second`` where they stand, in
    characters of each text as given.
    """

    jaccard: float
    contained: float
    words: int
    first: Spans
    second: Spans

    @property
    def kind(self) -> CopyKind | None:
        """Whether one is a copy of the other, and how."""
        if self.words < LEAST_WORDS and self.jaccard < 0.9:
            return None
        if self.jaccard >= NEAR:
            return CopyKind.NEAR_IDENTICAL
        return CopyKind.PARTLY_COPIED if self.contained >= PART else None


def keys(text: str) -> tuple[int, ...]:
    """Return the keys under which an index finds a text's copies: signed 64-bit numbers, the same on every machine.

    A text too short to be told from others has none.
    """
    import numpy as np

    hashes = _hashes([word for word, _ in _words(text)])
    if len(hashes) < SHINGLE:
        return ()
    sketch = _minhash(hashes)
    rows = PERMUTATIONS // BANDS
    bands = [_key(b"b%d" % band, sketch[band * rows : (band + 1) * rows].tobytes()) for band in range(BANDS)]
    sampled = np.sort(hashes[hashes % SAMPLE == 0])[:MOST_SAMPLED]
    return tuple(dict.fromkeys([*bands, *(_key(b"s", value.tobytes()) for value in sampled)]))


def overlap(first: str, second: str) -> Overlap:
    """Measure what two texts share. Linear in their length."""
    one, other = _words(first), _words(second)
    shingles = set(_shingles(one)), set(_shingles(other))
    common = shingles[0] & shingles[1]
    total = len(shingles[0] | shingles[1])
    shorter = min(map(len, shingles))
    here, there = _covered(one, common), _covered(other, common)
    return Overlap(
        jaccard=len(common) / total if total else 0.0,
        contained=len(common) / shorter if shorter else 0.0,
        words=sum(here),
        first=_spans(one, here),
        second=_spans(other, there),
    )


def _words(text: str) -> list[tuple[str, Span]]:
    """The words that count, with their places: no quotation, dateline or standing line."""
    head = _HEAD.match(text)
    skipped = sorted(found.span() for pattern in (_QUOTED, _TAIL) for found in pattern.finditer(text))
    if head:
        skipped.insert(0, head.span())
    found: list[tuple[str, Span]] = []
    at = 0
    for word in _WORD.finditer(text):
        while at < len(skipped) and skipped[at][1] <= word.start():
            at += 1
        if at < len(skipped) and skipped[at][0] <= word.start():
            continue
        found.append((word.group().casefold(), Span(word.start(), word.end())))
        if len(found) == LONGEST:
            break
    return found


def _shingles(words: Sequence[tuple[str, Span]]) -> Iterator[tuple[str, ...]]:
    for i in range(len(words) - SHINGLE + 1):
        yield tuple(word for word, _ in words[i : i + SHINGLE])


def _covered(words: Sequence[tuple[str, Span]], common: set[tuple[str, ...]]) -> list[bool]:
    covered = [False] * len(words)
    for i, shingle in enumerate(_shingles(words)):
        if shingle in common:
            covered[i : i + SHINGLE] = [True] * SHINGLE
    return covered


def _spans(words: Sequence[tuple[str, Span]], covered: Sequence[bool]) -> Spans:
    spans: list[Span] = []
    before = False
    for (_, span), is_covered in zip(words, covered, strict=True):
        if is_covered and before:
            spans[-1] = Span(spans[-1].start, span.end)
        elif is_covered:
            spans.append(span)
        before = is_covered
    return tuple(spans)


def _hashes(words: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """One 61-bit hash for each shingle, by a polynomial over the hashes of its words."""
    import numpy as np

    known: dict[str, int] = {}
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")
    values = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    length = len(values) - SHINGLE + 1
    if length < 1:
        return np.empty(0, dtype=np.uint64)
    mixed = np.zeros(length, dtype=np.uint64)
    for i in range(SHINGLE):
        # Wrapping multiplication by an odd number is a bijection: no information is lost.
        mixed = (mixed ^ values[i : i + length]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def _minhash(hashes: np.ndarray[Any, np.dtype[np.uint64]]) -> Any:
    """The MinHash of the shingles: for each permutation the smallest value."""
    sketch = _empty_sketch().copy()
    sketch.update_batch((hashes & 0xFFFFFFFF).tolist())
    return sketch.hashvalues.astype("<u8")


@cache
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)


def _key(family: bytes, data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8, person=family).digest(), "big", signed=True)
