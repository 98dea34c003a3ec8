"""Pronouns that mean an issue: "Malta insists on keeping it", "now both want one".

A pronoun in a content that names no issue means the issue that was named last before it, in its own sentence or the one
before, where that agrees in number and no other issue was named there too. One that means an actor, or stands for a
clause ("it was clear that"), means none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from communique.lexicon import listed
from communique.model import Issue, Span
from communique.reading.annotations import Attribution
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

Pointer = tuple[str, Span]
"""An issue's id, and where a pronoun means it."""

_SINGULAR = listed("issues", "pointing", "singular")
_PLURAL = listed("issues", "pointing", "plural")
_PLACES = frozenset(("dobj", "obj", "nsubj", "nsubjpass", "pobj"))
_COMPLEMENTS = frozenset(("dobj", "obj", "pobj"))
_PLURALS = frozenset(("NNS", "NNPS"))


def pointers(
    text: Text, issues: Sequence[Issue], about: Sequence[tuple[str, ...]]
) -> tuple[tuple[Pointer, ...], tuple[tuple[str, ...], ...]]:
    """Return where pronouns mean issues, and what each attribution is about with these."""
    tokens = text.tokens
    places = sorted((place.start, place.end, issue.id) for issue in issues for place in issue.mentions)
    starts = [start for start, _, _ in places]
    of_issue = {issue.id: sorted(place.start for place in issue.mentions) for issue in issues}
    found: dict[int, str] = {}
    out = []
    for item, own in zip(text.attributions, about, strict=True):
        if any(_names(tokens, item, of_issue.get(key, ())) for key in own):
            out.append(own)
            continue
        new = dict.fromkeys(own)
        for i in _pronouns(text, item):
            meant = found.get(i) or _meant(tokens, i, places, starts)
            if meant:
                found[i] = meant
                new[meant] = None
        out.append(tuple(new))
    return tuple((meant, tokens.span((i, i + 1))) for i, meant in sorted(found.items())), tuple(out)


def pronouns_outside(text: Text, issues: Sequence[Issue], told: Sequence[bool]) -> Iterator[Pointer]:
    """Yield the pronouns that mean an issue in what the report itself tells; ``told`` are the tokens of contents."""
    tokens = text.tokens
    places = sorted((place.start, place.end, issue.id) for issue in issues for place in issue.mentions)
    starts = [start for start, _, _ in places]
    for i in _pointing(text, range(tokens.n)):
        meant = None if told[i] or tokens.dep[i] not in _COMPLEMENTS else _meant(tokens, i, places, starts)
        if meant:
            yield meant, tokens.span((i, i + 1))


def _names(tokens: Tokens, item: Attribution, starts: Sequence[int]) -> bool:
    """Tell whether one of these places, given by where they start in order, is in an attribution's content."""
    return any(
        bisect_left(starts, tokens.start[start]) < bisect_left(starts, tokens.end[end - 1])
        for start, end in item.content
        if start < end
    )


def _pronouns(text: Text, item: Attribution) -> Iterator[int]:
    for start, end in item.content:
        yield from _pointing(text, range(start, end))


def _pointing(text: Text, where: range) -> Iterator[int]:
    tokens = text.tokens
    for i in where:
        if tokens.pos[i] not in ("PRON", "NUM", "DET") or tokens.dep[i] not in _PLACES:
            continue
        if tokens.lower[i] not in _SINGULAR | _PLURAL or i in text.entities.actor_of:
            continue
        above = tokens.head[i]
        if tokens.tag[i] == "WDT" or (tokens.dep[above] == "relcl" and tokens.left[above] == i):
            continue  # "anything that is not in our interest": it means the word before it
        clause = tokens.dep[i] == "nsubj" and any(
            tokens.dep[c] in ("ccomp", "xcomp", "csubj") for c in tokens.children[above]
        )
        if not (clause and tokens.lemma[above] == "be"):
            yield i


def _meant(tokens: Tokens, i: int, places: Sequence[tuple[int, int, str]], starts: Sequence[int]) -> str | None:
    """The issue named last before a pronoun, in its sentence or the one before; None where two compete."""
    sentence = tokens.sentence[i]
    own, before = tokens.sentences[sentence], _before(tokens, sentence)
    for piece in filter(None, (own, before)):
        first = bisect_left(starts, tokens.start[piece[0]])
        last = bisect_left(starts, min(tokens.start[i], tokens.end[piece[1] - 1]))
        near = [place for place in places[first:last] if _agrees(tokens, i, place)]
        if near:
            return near[-1][2] if len({place[2] for place in near}) == 1 else None
    return None


def _before(tokens: Tokens, sentence: int) -> TokenSpan | None:
    """The sentence before, over those that are blank."""
    for earlier in range(sentence - 1, max(sentence - 4, -1), -1):
        start, end = tokens.sentences[earlier]
        if any(tokens.pos[t] not in ("SPACE", "PUNCT") for t in range(start, end)):
            return start, end
    return None


def _agrees(tokens: Tokens, i: int, place: tuple[int, int, str]) -> bool:
    first, last = bisect_left(tokens.start, place[0]), bisect_left(tokens.start, place[1])
    head = next((t for t in range(first, last) if not first <= tokens.head[t] < last or tokens.head[t] == t), last - 1)
    return (tokens.tag[head] in _PLURALS) == (tokens.lower[i] in _PLURAL)
