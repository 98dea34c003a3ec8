"""Where a judgement holds on to a text: the words themselves, what stands around them, and where they stood.

An anchor is made of the selectors of the W3C Web Annotation Data Model (TextQuoteSelector: ``exact``, ``prefix``,
``suffix``; TextPositionSelector: ``start``, ``end``; sections 4.2.4 and 4.2.5). A newer reading may cut a statement
otherwise and a newer version may have moved it; it is found again as long as its words are there. Quotes are of the
text as it is stored, so that any JSON holds them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.model import Span, Spans
from communique.record.database.values import storable

CONTEXT = 32
"""Characters kept before and after the words."""

LEAST_OVERLAP = 0.5
"""Shared characters over all characters of two extents (Jaccard) above which they are the same words cut otherwise."""

_MOST_PLACES = 1000
_ROLES = ("content", "antecedent", "consequent", "cue", "source")
"""What a quote can be of; the first that an anchor has is what it is found by."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text with what stands around them, and their place."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a judgement is about: the text's SHA-256, whose words they are, and the quotes of each role."""

    text_sha256: str
    party: str | None
    quotes: Mapping[str, tuple[Quote, ...]]


@dataclass(frozen=True, slots=True)
class JudgeableRow:
    """A row that a judgement may be about: its key, its party's id, and its spans by role."""

    row_id: int
    key: str
    party: str | None
    spans: Mapping[str, Spans]


def sha256_of(text: str) -> str:
    """Return a text's SHA-256 in hexadecimal; lone surrogates may occur."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchor(text: str, party: str | None, spans: Mapping[str, Spans]) -> Anchor:
    """Return the anchor of what stands at the spans of a text; ``party`` is the speaker's or holder's id."""
    words = storable(text)
    quotes = {role: tuple(quote_at(words, span) for span in places) for role, places in spans.items()}
    return Anchor(sha256_of(text), party, quotes)


def as_data(made: Anchor) -> dict[str, Any]:
    """Return an anchor as plain values for JSON."""
    quotes = {role: [quote_data(quote) for quote in each] for role, each in made.quotes.items()}
    return {"text_sha256": made.text_sha256, "party": made.party, "quotes": quotes}


def quote_data(quote: Quote) -> dict[str, Any]:
    """Return a quote as plain values for JSON."""
    names = ("exact", "prefix", "suffix", "start", "end")
    return {name: getattr(quote, name) for name in names}


def from_data(data: Mapping[str, Any]) -> Anchor | None:
    """Return the anchor that `as_data` made plain, None where there is none.

    Raises ValueError where it is no anchor.
    """
    if not data:
        return None
    sha, party, quotes = data.get("text_sha256"), data.get("party"), data.get("quotes")
    if not isinstance(sha, str) or not isinstance(party, str | None) or not isinstance(quotes, dict):
        raise ValueError("an anchor has a text_sha256, a party and quotes")
    return Anchor(sha, party, {_role(role): tuple(checked(quote) for quote in _list(quotes[role])) for role in quotes})


def _role(role: Any) -> str:
    if role not in _ROLES:
        raise ValueError(f"an anchor has no role {role!r}")
    return str(role)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("an anchor's quotes are a list")
    return value


def checked(data: Any) -> Quote:
    """Return a quote from plain values. Raises ValueError where they are none."""
    if not isinstance(data, dict):
        raise ValueError("a quote is an object")
    words = [data.get(name) for name in ("exact", "prefix", "suffix")]
    places = [data.get(name) for name in ("start", "end")]
    if not all(isinstance(word, str) for word in words) or not all(type(place) is int for place in places):
        raise ValueError("a quote has exact, prefix, suffix, start and end")
    quote = Quote(*words, *places)  # type: ignore[arg-type]
    if not 0 <= quote.start <= quote.end or quote.end - quote.start != len(quote.exact):
        raise ValueError("a quote's start and end do not fit its words")
    return quote


def best(made: Anchor, key: str, text: str, candidates: Sequence[JudgeableRow]) -> int | None:
    """Return the row that an anchor is about, None where none is.

    It is the one whose words are the anchored words, or else most nearly so (over `LEAST_OVERLAP`), with the same
    party or cue; of several alike the one with the same ``key``. ``text`` is what the candidates' spans are in.
    """
    same = made.text_sha256 == sha256_of(text)
    text = storable(text)
    located: dict[str, Spans] = {}
    for name, quotes in made.quotes.items():
        found = tuple(locate(quote, text, same) for quote in quotes)
        located[name] = tuple(span for span in found if span is not None)
    role = next((name for name in _ROLES if made.quotes.get(name)), None)
    if role is None or len(located[role]) < len(made.quotes[role]):
        return None
    scored = [(_score(made, key, located, role, each), -place, each) for place, each in enumerate(candidates)]
    if not scored:
        return None
    score, _, chosen = max(scored, key=lambda entry: entry[:2])
    return chosen.row_id if score[0] > LEAST_OVERLAP else None


def _score(
    made: Anchor, key: str, located: Mapping[str, Spans], role: str, each: JudgeableRow
) -> tuple[float, bool, bool, bool]:
    same_cue = _overlap(located.get("cue", ()), each.spans["cue"]) > 0
    same_party = made.party is not None and made.party == each.party
    if role not in each.spans or not same_cue and not same_party:
        return (0.0, False, False, False)
    return (_overlap(located[role], each.spans[role]), key == each.key, same_cue, same_party)


def _overlap(one: Spans, other: Spans) -> float:
    """Return the share of characters that two extents have in common."""
    first, second = set(_characters(one)), set(_characters(other))
    return len(first & second) / len(first | second) if first or second else 0.0


def _characters(spans: Spans) -> Iterator[int]:
    for start, end in spans:
        yield from range(start, end)


def quote_at(text: str, span: Span) -> Quote:
    """Return the quote of what stands at a span of a text."""
    start, end = span
    return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def locate(quote: Quote, text: str, same: bool) -> Span | None:
    """Return where a quote's words stand in a text, None where they do not; ``same`` where it was made of that text.

    Of several places it is the one with the most of what stood around the words, then the nearest.
    """
    if same and text[quote.start : quote.end] == quote.exact:
        return Span(quote.start, quote.end)
    if not quote.exact:
        return None
    places = list(_places(quote.exact, text))
    if not places:
        return None
    start = max(places, key=lambda at: (_around(quote, text, at), -abs(at - quote.start)))
    return Span(start, start + len(quote.exact))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(words, at + 1)


def _around(quote: Quote, text: str, at: int) -> int:
    """Return how many characters before and after a place are as they were around the words."""
    before = text[max(0, at - len(quote.prefix)) : at]
    end = at + len(quote.exact)
    after = text[end : end + len(quote.suffix)]
    return _alike(reversed(before), reversed(quote.prefix)) + _alike(after, quote.suffix)


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
