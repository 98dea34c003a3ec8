"""Which words of a content name the speaker's own side: himself, and those for whom he speaks."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.model import Actor, ActorKind
from communique.reading.annotations import Entities

_OFFICIAL = (ActorKind.OFFICE, ActorKind.BODY, ActorKind.STATE, ActorKind.TERRITORY, ActorKind.UNNAMED)
_STEPS = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """Tokens by whose side they name, as seen by one speaker: ``ours`` his own, ``others`` somebody else's."""

    ours: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a text by id, and whom each token names."""

    actors: dict[str, Actor] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)

    def sides(self, speaker: str | None) -> Sides:
        """Return the tokens that name the speaker's side and those that name another's."""
        voices = self._voices(speaker)
        if not voices:
            return Sides()
        ours = frozenset(t for t, key in self.named.items() if key in voices)
        return Sides(ours, frozenset(t for t, key in self.named.items() if key not in voices))

    def _voices(self, speaker: str | None) -> set[str]:
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
        return found


def cast_of(entities: Entities) -> Cast:
    """Lay out who is who, once a text."""
    return Cast({a.id: a for a in entities.actors}, {**entities.actor_of, **entities.heads})
