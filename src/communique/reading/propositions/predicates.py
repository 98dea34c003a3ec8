"""What the parse tells of a proposition: its predicate, who does and undergoes it, how and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from communique.lexicon import load
from communique.model import Argument, Modality, Proposition, Role, Span, Spans, Time
from communique.reading.grammar.labels import NOMINAL_SUBJECTS
from communique.reading.grammar.subjects import is_passive
from communique.reading.grammar.verbs import VERBAL, modal, outlook
from communique.reading.tokens import Tokens, TokenSpan

_OBJECTS = ("dobj", "dative", "attr")
_AGENTS = ("agent",)
_MOST_ARGUMENTS = 12


def with_predicate(
    made: Proposition, tokens: Tokens, pieces: Spans, actor_of: Mapping[int, str], about: tuple[str, ...] = ()
) -> Proposition:
    """Return a proposition with what the parse tells of it.

    ``pieces`` are the characters that it was made of, ``actor_of`` actor ids by token, ``about`` the issues' ids.
    """
    ranges = [_range(tokens, piece) for piece in pieces]
    head = _head(tokens, ranges)
    if head is None:
        return replace(made, about=about) if about else made
    verbal = tokens.pos[head] in VERBAL
    return replace(
        made,
        predicate=tokens.lemma[head],
        predicate_at=(tokens.span((head, head + 1)),),
        modality=_modality(modal(tokens, head)) if verbal else Modality.ACTUAL,
        time=Time(outlook(tokens, head)) if verbal else Time.PRESENT,
        arguments=tuple(_arguments(tokens, head, ranges, actor_of)),
        about=about,
    )


def _range(tokens: Tokens, piece: Span) -> TokenSpan:
    return bisect_left(tokens.start, piece.start), bisect_left(tokens.start, piece.end)


def _head(tokens: Tokens, ranges: list[TokenSpan]) -> int | None:
    """The word that all others of the stretches hang on; of several a verb first, then the earliest."""
    inside = {t for start, end in ranges for t in range(start, end)}
    above = tokens.head
    tops = sorted(t for t in inside if above[t] == t or above[t] not in inside)
    words = [t for t in tops if tokens.pos[t] not in ("PUNCT", "SPACE", "SCONJ", "CCONJ", "ADP", "PART", "DET")]
    return next((t for t in words if tokens.pos[t] in VERBAL), words[0] if words else None)


@lru_cache(maxsize=256)
def _modality(word: str) -> Modality:
    """The modality that a modal gives; there are few modals."""
    return next(
        (each for each in Modality if word in load("closed_classes")["modalities"].get(each.value, ())),
        Modality.ACTUAL,
    )


def _arguments(tokens: Tokens, head: int, ranges: list[TokenSpan], actor_of: Mapping[int, str]) -> Iterator[Argument]:
    """Each actor named, once for each role, in text order."""
    roles = dict(_roles(tokens, head))
    seen: set[tuple[str, Role]] = set()
    for start, end in ranges:
        for t in range(start, end):
            actor = actor_of.get(t)
            if actor is None:
                continue
            role = roles.get(t, Role.OTHER)
            if (actor, role) not in seen and len(seen) < _MOST_ARGUMENTS:
                seen.add((actor, role))
                yield Argument(actor, role, tokens.span((t, t + 1)))


def _roles(tokens: Tokens, head: int) -> Iterator[tuple[int, Role]]:
    subject = Role.PATIENT if is_passive(tokens, head) else Role.AGENT
    for child in tokens.children[head]:
        if tokens.dep[child] in NOMINAL_SUBJECTS:
            yield child, subject
        elif tokens.dep[child] in _OBJECTS:
            yield child, Role.PATIENT
        elif tokens.dep[child] in _AGENTS:
            yield from ((t, Role.AGENT) for t in tokens.children[child])
