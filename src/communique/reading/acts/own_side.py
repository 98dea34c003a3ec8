"""Which words of a content name the speaker's own side: himself, and those for whom he speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.model import Actor, ActorKind
from communique.reading.annotations import Entities

_OFFICIAL = (ActorKind.OFFICE, ActorKind.BODY, ActorKind.STATE, ActorKind.TERRITORY, ActorKind.UNNAMED)
_STEPS = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """Whose side a token names, as seen by one speaker: ``named`` are actors by token, ``voices`` those of his side."""

    named: Mapping[int, str] = field(default_factory=dict)
    voices: frozenset[str] = frozenset()

    def is_ours(self, token: int) -> bool:
        """Tell whether a token names the speaker's own side; of a speaker who is nobody none does."""
        return self.named.get(token) in self.voices

    def is_others(self, token: int) -> bool:
        """Tell whether a token names somebody else than the speaker's side; of a speaker who is nobody none does."""
        return bool(self.voices) and token in self.named and not self.is_ours(token)


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a text by id, and whom each token names."""

    actors: dict[str, Actor] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)

    def sides(self, speaker: str | None) -> Sides:
        """Return how a speaker sees the sides: those who are bound by what he says, he and whom he speaks for.

        A state is of his side only where he speaks for it, and a group's members are not: `side_of`, which tells whom
        his "we" may mean, is wider.
        """
        return Sides(self.named, self._voices(speaker))

    def _voices(self, speaker: str | None) -> frozenset[str]:
        found: set[str] = set()
        key = speaker
        for _ in range(_STEPS):
            actor = self.actors.get(key or "")
            if key is None or key in found:
                break
            found.add(key)
            if actor is None:
                break
            if actor.country and (actor.principal or actor.kind in _OFFICIAL):
                found.add(actor.country.lower())
            key = actor.principal
        return frozenset(found)


def cast_of(entities: Entities) -> Cast:
    """Lay out who is who, once a text."""
    return Cast({a.id: a for a in entities.actors}, {**entities.actor_of, **entities.heads})
