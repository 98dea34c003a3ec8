"""Which act each statement is taken for, of those that were found for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from communique.model import Act
from communique.reading.protocols import Resolver, Text


@dataclass(frozen=True, slots=True)
class ActMatch:
    """An act that an attribution could be, by its index in the text's attributions."""

    attribution: int
    act: Act


def best() -> Resolver[ActMatch, tuple[Act, ...]]:
    """Make the resolver that takes the likeliest act."""
    return likeliest


def likeliest(text: Text, found: Sequence[ActMatch], scores: Sequence[float]) -> tuple[Act, ...]:
    """Return one act for each attribution, in their order: the likeliest, the first of equals.

    What nobody found an act for is an assertion.
    """
    acts: dict[int, tuple[float, Act]] = {}
    for match, score in zip(found, scores, strict=True):
        best_yet = acts.get(match.attribution)
        if best_yet is None or score > best_yet[0]:
            acts[match.attribution] = (score, match.act)
    return tuple(acts[i][1] if i in acts else Act.ASSERT for i in range(len(text.attributions)))
