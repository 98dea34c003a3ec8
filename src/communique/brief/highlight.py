"""Cut a text into segments under spans that may overlap and nest, so that each stretch of text is written once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from communique.model import Span

MAX_REFS = 8
"""A segment names at most so many of the spans over it, the innermost first: nesting cannot square the page's size."""

_PARAGRAPH = re.compile(r"[^\r\n]+")
# Not after an initial or a short title ("St.", "Mr."): those seldom end a sentence.
_SENTENCE_END = re.compile(r"(?<![A-Z][a-z])(?<!\b[A-Z])[.!?][\"'”’»)]*\s+|[\r\n]+")
_REACH = 220
_HEAD, _TAIL = 360, 80


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with the role it plays ("source", "cue", ...) and the number of the item it belongs to."""

    start: int
    end: int
    role: str
    ref: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under one set of marks. ``opens`` are the roles that begin here; ``gap`` is an ellipsis."""

    start: int
    end: int
    roles: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()
    opens: tuple[str, ...] = ()
    gap: bool = False


def clamp(spans: Iterable[Span], length: int) -> list[Span]:
    """Return the non-empty spans cut to the text's length, in text order, each once."""
    cut = {(max(0, min(s, length)), max(0, min(e, length))) for s, e in spans}
    return [Span(s, e) for s, e in sorted(cut) if s < e]


def segments(start: int, end: int, marks: Sequence[Mark], cuts: Iterable[int] = ()) -> list[Segment]:
    """Return segments that tile ``[start, end)``, cut wherever a mark opens or closes and at ``cuts``.

    Time and size grow with the number of marks and cuts, however deeply the marks nest.
    """
    inside = [(i, m) for i, m in enumerate(marks) if m.start < end and m.end > start and m.start < m.end]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    points = {start, end}
    points.update(cut for cut in cuts if start < cut < end)
    for i, mark in sorted(inside, key=lambda pair: (pair[1].start, -pair[1].end, pair[0])):
        opening.setdefault(max(mark.start, start), []).append(i)
        closing.setdefault(min(mark.end, end), []).append(i)
        points.update((max(mark.start, start), min(mark.end, end)))
    ordered = sorted(points)
    active: dict[int, None] = {}
    counts: dict[str, int] = {}
    out: list[Segment] = []
    for here, there in pairwise(ordered):
        for i in closing.get(here, ()):
            del active[i]
            counts[marks[i].role] -= 1
        opened: dict[str, None] = {}
        for i in opening.get(here, ()):
            active[i] = None
            counts[marks[i].role] = counts.get(marks[i].role, 0) + 1
            if marks[i].start == here:
                opened[marks[i].role] = None
        refs = dict.fromkeys(marks[i].ref for i in islice(reversed(active), MAX_REFS))
        roles = tuple(sorted(role for role, count in counts.items() if count))
        out.append(Segment(here, there, roles, tuple(refs), tuple(opened)))
    return out


def paragraphs(text: str, marks: Sequence[Mark], cuts: Iterable[int] = ()) -> list[list[Segment]]:
    """Return the text's paragraphs (runs without a line break) as lists of segments; line breaks are left out."""
    bounds = [m.span() for m in _PARAGRAPH.finditer(text)]
    edges = [edge for pair in bounds for edge in pair]
    out: list[list[Segment]] = [[] for _ in bounds]
    at = 0
    for segment in segments(0, len(text), marks, [*cuts, *edges]):
        while at < len(bounds) and segment.start >= bounds[at][1]:
            at += 1
        if at < len(bounds) and segment.start >= bounds[at][0]:
            out[at].append(segment)
    return out


def snippet(text: str, marks: Sequence[Mark]) -> list[Segment]:
    """Return the marked words within their sentences, long stretches elided: its size has a fixed bound."""
    length = len(text)
    windows: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end))[:24]:
        if mark.end - mark.start > _HEAD + _TAIL:
            windows += [(mark.start, mark.start + _HEAD), (mark.end - _TAIL, mark.end)]
        else:
            windows.append((mark.start, mark.end))
    if not windows:
        return []
    low, high = min(start for start, _ in windows), max(end for _, end in windows)
    windows += [(_back(text, low), low), (high, _forth(text, high))]
    first = min(start for start, _ in windows)
    out: list[Segment] = []
    if first > 0 and not _starts_sentence(text, first):
        out.append(Segment(first, first, gap=True))
    for i, (start, end) in enumerate(_merge(windows, length)):
        if i:
            out.append(Segment(start, start, gap=True))
        out += segments(start, end, marks)
    return out


def _merge(windows: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Join windows that touch or stand within a sentence's reach of each other."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if start >= min(end, length):
            continue
        if out and start <= out[-1][1] + _REACH:
            out[-1] = (out[-1][0], max(out[-1][1], min(end, length)))
        else:
            out.append((start, min(end, length)))
    return out


def _back(text: str, start: int) -> int:
    low = max(0, start - _REACH)
    found = [m.end() for m in _SENTENCE_END.finditer(text, low, start)]
    if found:
        return found[-1]
    if low == 0:
        return 0
    space = text.find(" ", low, start)
    return space + 1 if space >= 0 else low


def _forth(text: str, end: int) -> int:
    high = min(len(text), end + _REACH)
    found = _SENTENCE_END.search(text, max(0, end - 1), high)
    if found:
        return max(end, found.start() + len(found.group().rstrip()))
    if high == len(text):
        return high
    space = text.rfind(" ", end, high)
    return space if space > end else high


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in "\r\n.!?\"'”’»)"
