"""Who is told by office first and by name after it.

"No deal while troops remain, Kinshasa's top negotiator said. “One does not trade,” Célestin Mbuyi told reporters."
"""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import terms_of
from communique.model import ActorKind
from communique.reading.entities.registry import Entity, EntityRegistry, Mention

_UNNAMED = listed("coreference", "constructions", "kept_unnamed")
_NAMELESS = listed("coreference", "constructions", "nameless")
_ANY_OFFICE = listed("coreference", "constructions", "any_office")
_INDEFINITE = listed("coreference", "constructions", "indefinite")
_KINDS = (ActorKind.OFFICE, ActorKind.UNNAMED)
_FAR = 3
"""Sentences within which the name follows."""


def name_those_introduced(registry: EntityRegistry) -> None:
    """Join whoever is told by his office alone with the one person whom the next speaking name may be."""
    first: dict[str, Mention] = {}
    for m in registry.mentions:
        first.setdefault(m.entity, m)
    persons = sorted(
        (m for m in first.values() if registry.entities[m.entity].kind is ActorKind.PERSON), key=lambda m: m.start
    )
    for key, m in sorted(first.items(), key=lambda pair: pair[1].start):
        entity = registry.entities.get(key)
        if entity is None or entity.kind not in _KINDS or not entity.personal or not _introduces(registry, entity, m):
            continue
        near = [p for p in persons if p.start > m.end][:_FAR]
        named = next((p for p in near if _is_he(registry, entity, m, p, first)), None)
        if named is not None:
            _join(registry, entity, registry.entities[named.entity])
            persons.remove(named)


def _introduces(registry: EntityRegistry, entity: Entity, m: Mention) -> bool:
    """Tell whether an office is told as one who speaks or acts, of a state, and not so as to stay unnamed."""
    tokens = registry.tokens
    if entity.country is None or not m.subject or m.quote >= 0 or entity.tokens & _NAMELESS:
        return False
    sentence = tokens.lower[slice(*tokens.sentences[m.sentence])]
    return not _UNNAMED & {*sentence}


def _is_he(registry: EntityRegistry, entity: Entity, m: Mention, named: Mention, first: dict[str, Mention]) -> bool:
    """Tell whether a person's first mention may give the name of the one told by office before it."""
    tokens, person = registry.tokens, registry.entities[named.entity]
    if not m.sentence < named.sentence <= m.sentence + _FAR or named.quote >= 0 or not named.subject:
        return False
    if tokens.lemma[tokens.head[named.head]] not in cues().strong or " " not in person.name:
        return False
    if person.country not in (None, entity.country) or terms_of(person.id):
        return False
    if person.role is None:
        if _INDEFINITE & {*tokens.lower[max(0, m.start - 1) : m.start + 1]}:
            return False
    elif not _fits(entity, person):
        return False
    return not any(
        m.end < other.start < named.start and other.subject and _may_be_meant(registry.entities[key], entity, person)
        for key, other in first.items()
        if key in registry.entities
    )


def _may_be_meant(other: Entity, entity: Entity, person: Entity) -> bool:
    """Tell whether somebody else who has come to speak in between may be the one whom the name means."""
    if other.id in (entity.id, person.id) or not (other.personal or other.plural):
        return False
    return person.country is None or other.country in (None, person.country)


def _fits(entity: Entity, person: Entity) -> bool:
    """Tell whether the title at the name may be that of the office: any of the state's may be an official's."""
    if person.office is None:
        return False
    if entity.tokens & _ANY_OFFICE:
        return person.country == entity.country or person.country is None
    return bool(entity.tokens & person.tokens)


def _join(registry: EntityRegistry, entity: Entity, person: Entity) -> None:
    person.country = person.country or entity.country
    person.role = person.role or entity.role
    person.office, person.owner = person.office or entity.office, person.owner or entity.owner
    person.principal = person.principal or entity.principal
    person.gender = person.gender or entity.gender
    person.tokens |= entity.tokens
    registry.merge(entity.id, person.id)
