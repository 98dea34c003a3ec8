"""Find the person whom a name means: by the report first, by the dated lexicon second."""

from __future__ import annotations

from communique.lexicon.officeholders import Term, by_family_name, fold, person_called, slug, terms_of
from communique.model import ActorKind
from communique.reading.entities.gazetteer import GazetteerEntry
from communique.reading.entities.namesakes import initials_differ, spelt_alike
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import Entity, EntityRegistry
from communique.reading.grammar.possessives import is_possessive_mark


def name_text(registry: EntityRegistry, piece: tuple[int, int]) -> str:
    """Return a name without the form of address before it."""
    tokens = registry.tokens
    start = piece[0]
    while start < piece[1] - 1 and tokens.lower[start] in lexicon().courtesy:
        start += 1
    return tokens.surface((start, piece[1]))


def find_person(registry: EntityRegistry, name: str, country: str | None = None, gender: str = "") -> Entity:
    """Return the figure of a person's name, full or short, by the report first and the lexicon second.

    ``country`` and ``gender`` ("m", "f"), where told, tell bearers of one family name apart.
    """
    parts = name.split()
    folded = fold(name).replace("\u2019", "'")
    if len(parts) == 1 or folded in registry.called:
        bearer = _called_so(registry, folded, country, gender)
        if bearer is not None:
            return bearer
    if len(parts) == 1 and folded in registry.coming:
        name = registry.coming[folded]
        parts = name.split()
    known = registry.entities.get(person_called(fold(name)) or f"person:{slug(name)}")
    if known is not None:
        return known
    match = _lexicon_person(registry, name, country)
    if match is not None:
        entity = from_terms(registry, match)
        registry.rename(entity, name if len(parts) > 1 else entity.name)
        return entity
    return _fuller_or_shorter(registry, name) or registry.person(name, country)


def _called_so(registry: EntityRegistry, folded: str, country: str | None, gender: str) -> Entity | None:
    """Return the latest bearer of a name whom nation and form of address fit."""
    untold: Entity | None = None
    other: Entity | None = None
    for key in reversed(registry.called.get(folded, {})):
        bearer = registry.entities[key]
        if country is not None and bearer.country not in (None, country):
            continue
        if not gender or bearer.gender == gender:
            return bearer
        if bearer.gender:
            other = other or bearer
        else:
            untold = untold or bearer
    return untold or other


def _fuller_or_shorter(registry: EntityRegistry, name: str) -> Entity | None:
    """Return the person whom the report has named more fully, more shortly, or in another spelling."""
    parts = name.split()
    if len(parts) < 2:
        return None
    last = registry.called.get(fold(parts[-1]))
    bearer = registry.entities[next(reversed(last))] if last else registry.alike(name)
    if bearer is None or bearer.kind is not ActorKind.PERSON:
        return None
    if spelt_alike(bearer.name, name):
        return bearer
    mine, theirs = {fold(x) for x in parts}, {fold(x) for x in bearer.name.replace("-", " ").split()}
    return bearer if not initials_differ(bearer.name, name) and (mine <= theirs or theirs <= mine) else None


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
        registry.rename(known, surface if " " in surface else known.name)
    return known


def gender_by(registry: EntityRegistry, start: int, end: int) -> str:
    """Return "m" or "f" by the form of address with which tokens ``[start, end)`` open, else ""."""
    for word in registry.tokens.lower[start : max(start, end - 1)]:
        if word in lexicon().female:
            return "f"
        if word in lexicon().male:
            return "m"
    return ""


def nation_beside(registry: EntityRegistry, start: int, end: int) -> str | None:
    """Return the country code that tells a bearer of a name from another: "Ivanov, the Russian,", "Russia's Ivanov".

    A record of a meeting has it in brackets: "Mira Khan (Pakistan)".
    """
    tokens, match_at = registry.tokens, registry.match_at
    bracketed = match_at.get(end + 1) if tokens.text[end : end + 1] == ["("] else None
    if (
        bracketed is not None
        and bracketed.entry.sort == "state"
        and tokens.text[bracketed.end : bracketed.end + 1] == [")"]
    ):
        return bracketed.entry.country
    after = match_at.get(end + 2) if end + 2 < tokens.n and tokens.text[end] == "," else None
    if after is not None and tokens.lower[end + 1] == "the" and after.entry.sort == "people" and tokens.n > after.end:
        return after.entry.country if tokens.text[after.end] in (",", ".") else None
    before = match_at.get(start - 2) if start > 1 and is_possessive_mark(tokens, start - 1) else match_at.get(start - 1)
    if before is not None and before.entry.sort in ("state", "people"):
        return before.entry.country
    return None
