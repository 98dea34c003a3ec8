"""Resolve "the former" and "the latter": of the two named last, the first and the second."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.entities.registry import EntityRegistry, Mention
from communique.reading.tokens import Tokens

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
    seen: list[Mention] = []
    for m in registry.before(i - 1):
        if tokens.sentence[i] - m.sentence >= _SENTENCES:
            break
        entity = registry.entities[m.entity]
        if entity.kind in _PARTIES and not entity.plural and not _names_owner(registry, m) and not _back(tokens, m):
            seen.append(m)
    # Where two people are named, they are meant, not the states they speak of.
    two = _two([m for m in seen if registry.entities[m.entity].personal]) or _two(seen)
    return (i - 1, i + 1, two[1 if tokens.lower[i] in _FIRST else 0]) if two else None


def _two(seen: list[Mention]) -> list[str]:
    """Return the two named last, the latest first; none where there are not two."""
    last = max((m.sentence for m in seen), default=0)
    found: list[str] = []
    for m in seen:
        if m.sentence >= last - 1 and m.entity not in found:
            found.append(m.entity)
        if len(found) == 2:
            return found
    return []


def _back(tokens: Tokens, m: Mention) -> bool:
    """Tell whether a mention is itself "the former" or "the latter"."""
    return any(tokens.lower[t] in _ORDINALS for t in range(m.start, m.end))


def _names_owner(registry: EntityRegistry, m: Mention) -> bool:
    """As in "Britain's Tom Ellery": the state only says whose he is."""
    tokens = registry.tokens
    owned = registry.heads.get(tokens.head[m.head])
    return tokens.dep[m.head] == "poss" and owned is not None and registry.entities[owned].personal
