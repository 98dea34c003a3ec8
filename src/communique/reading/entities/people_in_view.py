"""Which of those whom a report has named a title, or a noun such as "the minister", means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from communique.lexicon import load
from communique.lexicon.officeholders import terms_of
from communique.model import ActorKind
from communique.reading.entities.affiliations import speaks
from communique.reading.entities.noun_phrases import Phrase
from communique.reading.entities.registry import Entity, EntityRegistry, Mention

EQUIVALENT = {("usa", "foreign-minister"): "secretary-of-state", ("gbr", "foreign-secretary"): "foreign-minister"}
"""What a state itself calls an office, by the state and the common word for it."""

_PERSON_VIEW = 12
"""Sentences back in which a person has been described by an office."""


def latest(registry: EntityRegistry, p: Phrase, at: int, sentences: int) -> Iterator[Mention]:
    """Yield the mentions before a token, the latest first, as far back from a phrase as so many sentences."""
    here = registry.tokens.sentence[p.head]
    for m in registry.before(at):
        if here - m.sentence > sentences:
            return
        yield m


def body_that_spoke(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """As in "The ministry said so. Spokesperson Ann Lee added ...": for whom a bare spokesperson speaks."""
    for m in latest(registry, p, p.start, 2):
        entity = registry.entities[m.entity]
        if m.subject and entity.kind in (ActorKind.BODY, ActorKind.ORGANISATION):
            return entity if speaks(registry, m.head) else None
    return None


def person_in_view(registry: EntityRegistry, p: Phrase) -> Entity | None:
    """The person who last was the subject of a sentence, in nobody's words."""
    for m in latest(registry, p, p.end, 2):
        entity = registry.entities[m.entity]
        if m.subject and entity.kind is ActorKind.PERSON and m.quote < 0:
            return entity
    return None


def described_office(registry: EntityRegistry, p: Phrase, head: str, owner: str | None = None) -> str | None:
    """The latest person whom the report describes with this noun: "the minister", "the ambassador"."""
    words = [registry.tokens.lower[k] for k in range(*p.title)]
    premier: str | None = None
    for m in latest(registry, p, p.end, _PERSON_VIEW):
        entity = registry.entities[m.entity]
        if not entity.personal or (owner is not None and entity.owner not in (None, owner)):
            continue
        if not _said_so(registry, m, entity, head, words):
            continue
        if head != "minister" or entity.office != "prime-minister":
            return entity.id
        premier = premier or entity.id  # "the minister" is another, if the report has one
    return premier


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    groups = [frozenset(words.split()) for words in load("offices")["heads"]["alike"]]
    return {word: frozenset(chain.from_iterable(g for g in groups if word in g)) for g in groups for word in g}


def is_called(entity: Entity, noun: str) -> bool:
    """Tell whether the report has called somebody by a noun, or by another word for the same: "the envoy"."""
    return noun in entity.tokens or not entity.tokens.isdisjoint(_alike().get(noun, ()))


def _said_so(registry: EntityRegistry, m: Mention, entity: Entity, head: str, words: list[str]) -> bool:
    """Tell whether the report has called somebody by a title: by its noun, or by all of its words."""
    if len(words) == 1:
        office = entity.office or ""
        return is_called(entity, head) or head in office.split("-") or head == "premier" and office == "prime-minister"
    if head in entity.tokens and " ".join(words) in (entity.role or "").lower():
        return True
    return head in entity.tokens and set(words) <= set(registry.tokens.lower[m.start : m.end])


def same_office(registry: EntityRegistry, p: Phrase, office: str) -> str | None:
    """The latest holder of the office under a state's own name for it: a British "Foreign Secretary"."""
    for m in registry.before(p.end):
        entity = registry.entities[m.entity]
        if not entity.personal:
            continue
        if entity.office and EQUIVALENT.get((entity.owner or "", office)) == entity.office:
            return entity.id
        for term in terms_of(entity.id):
            if term.holds(registry.month) and term.office in (office, EQUIVALENT.get((term.owner, office))):
                return entity.id
    return None
