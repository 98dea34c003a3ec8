"""Resolve "the former" and "the latter": of the two named last, the first and the second."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.entities.registry import EntityRegistry

_ORDINALS = listed("coreference", "constructions", "ordinals")
_FIRST = listed("coreference", "constructions", "ordinal_first")
_PARTIES = (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.ORGANISATION, ActorKind.PERSON, ActorKind.BODY)
_SENTENCES = 2


def is_ordinal(word: str) -> bool:
    """Tell whether a word can point back to one of two."""
    return word in _ORDINALS


def ordinal_at(registry: EntityRegistry, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, entity)`` of "the latter" at token i; None where a noun follows or no two are in view."""
    tokens = registry.tokens
    if not is_ordinal(tokens.lower[i]) or not i or tokens.lower[i - 1] != "the":
        return None
    after = i + 1
    if after < tokens.n and tokens.pos[after] in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    two: list[str] = []
    for m in registry.before(i - 1):
        if tokens.sentence[i] - m.sentence >= _SENTENCES:
            break
        entity = registry.entities[m.entity]
        if entity.kind in _PARTIES and not entity.plural and m.entity not in two:
            two.append(m.entity)
        if len(two) == 2:
            return i - 1, i + 1, two[1 if tokens.lower[i] in _FIRST else 0]
    return None
