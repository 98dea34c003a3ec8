"""Find the person whom a name means: by the report first, by the dated lexicon second."""

from __future__ import annotations

from communique.lexicon.officeholders import Term, by_family_name, fold, person_called, slug, terms_of
from communique.model import ActorKind
from communique.reading.entities.gazetteer import GazetteerEntry
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import Entity, EntityRegistry


def name_text(registry: EntityRegistry, piece: tuple[int, int]) -> str:
    """Return a name without the form of address before it."""
    tokens = registry.tokens
    start = piece[0]
    while start < piece[1] - 1 and tokens.lower[start] in lexicon().courtesy:
        start += 1
    return tokens.surface((start, piece[1]))


def find_person(registry: EntityRegistry, name: str, country: str | None = None) -> Entity:
    """Return the figure of a person's name, full or short, by the report first and the lexicon second."""
    parts = name.split()
    folded = fold(name)
    if len(parts) == 1 or folded in registry.called:
        for key in reversed(registry.called.get(folded, ())):
            entity = registry.entities[key]
            if country is None or entity.country in (None, country):
                return entity
    if len(parts) == 1 and folded in registry.coming:
        name = registry.coming[folded]
        parts = name.split()
    known = registry.entities.get(person_called(fold(name)) or f"person:{slug(name)}")
    if known is not None:
        return known
    match = _lexicon_person(registry, name, country)
    if match is not None:
        entity = from_terms(registry, match)
        entity.name = name if len(parts) > 1 else entity.name
        return entity
    last = registry.called.get(fold(parts[-1]))
    if len(parts) > 1 and last:
        bearer = registry.entities[last[-1]]
        theirs = {fold(x) for x in bearer.name.replace("-", " ").split()}
        if bearer.kind is ActorKind.PERSON and (
            {fold(x) for x in parts} <= theirs or theirs <= {fold(x) for x in parts}
        ):
            return bearer
    return registry.person(name, country)


def _lexicon_person(registry: EntityRegistry, name: str, country: str | None) -> tuple[Term, ...] | None:
    parts = name.split()
    terms = terms_of(person_called(fold(name)) or f"person:{slug(name)}")
    if terms:
        return (
            terms
            if country is None or any(t.owner == country.lower() or t.owner.startswith("org:") for t in terms)
            else None
        )
    if len(parts) > 1:
        return None
    rows = [t for t in by_family_name().get(fold(name), ()) if t.holds(registry.month, slack=1)]
    if country:
        rows = [t for t in rows if t.owner == country.lower()]
    people = {t.person for t in rows}
    if len(people) > 1:
        rows = [t for t in rows if t.office in lexicon().leaders]
        people = {t.person for t in rows}
    return tuple(rows) if len(people) == 1 else None


def from_terms(registry: EntityRegistry, terms: tuple[Term, ...]) -> Entity:
    """Return the figure of a person of the lexicon, with the office held when the report was published."""
    every = terms_of(terms[0].person)
    holding = [t for t in every if t.holds(registry.month)] or (
        [t for t in every if t.holds(registry.month, 2)] or list(every)
    )
    term = max(reversed(holding), key=lambda t: t.since)
    country = None if term.owner.startswith("org:") else term.owner.upper()
    entity = registry.person(term.name, country, term.person)
    entity.gender = entity.gender or term.gender
    if entity.office is None:
        entity.office, entity.owner = term.office, term.owner
        entity.principal = entity.principal or term.owner
        if registry.month is None or term.holds(registry.month):
            _take_office(registry, entity, term)
    return entity


def _take_office(registry: EntityRegistry, entity: Entity, term: Term) -> None:
    """Let a holder stand for the office, also where the report has mentioned it without a name."""
    holder = registry.offices.setdefault((term.owner, term.office), entity.id)
    office = f"{term.owner}/{term.office}"
    if holder in (entity.id, office) and office in registry.entities:
        registry.merge(office, entity.id)


def known_person(registry: EntityRegistry, entry: GazetteerEntry, surface: str = "") -> Entity:
    """Return the figure of an office holder whom a full name of the lexicon names; the report's spelling is kept."""
    known = registry.entities.get(entry.id)
    if known is None:
        known = from_terms(registry, terms_of(entry.id))
        known.name = surface if " " in surface else known.name
    return known
