"""Find the person whom a name means: by the report first, by the dated lexicon second."""

from __future__ import annotations

from communique.lexicon.officeholders import Term, by_family_name, fold, person_called, slug, terms_of
from communique.model import ActorKind
from communique.reading.entities.gazetteer import Entry
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import Figure, Scene


def name_text(scene: Scene, piece: tuple[int, int]) -> str:
    """Return a name without the form of address before it."""
    words = scene.words
    start = piece[0]
    while start < piece[1] - 1 and words.lower[start] in lexicon().courtesy:
        start += 1
    return words.surface((start, piece[1]))


def find_person(scene: Scene, name: str, country: str | None = None) -> Figure:
    """Return the figure of a person's name, full or short, by the report first and the lexicon second."""
    parts = name.split()
    folded = fold(name)
    if len(parts) == 1 or folded in scene.called:
        for key in reversed(scene.called.get(folded, ())):
            figure = scene.figures[key]
            if country is None or figure.country in (None, country):
                return figure
    if len(parts) == 1 and folded in scene.coming:
        name = scene.coming[folded]
        parts = name.split()
    known = scene.figures.get(person_called(fold(name)) or f"person:{slug(name)}")
    if known is not None:
        return known
    hit = _lexicon_person(scene, name, country)
    if hit is not None:
        figure = from_terms(scene, hit)
        figure.name = name if len(parts) > 1 else figure.name
        return figure
    last = scene.called.get(fold(parts[-1]))
    if len(parts) > 1 and last:
        bearer = scene.figures[last[-1]]
        theirs = {fold(x) for x in bearer.name.replace("-", " ").split()}
        if bearer.kind is ActorKind.PERSON and (
            {fold(x) for x in parts} <= theirs or theirs <= {fold(x) for x in parts}
        ):
            return bearer
    return scene.person(name, country)


def _lexicon_person(scene: Scene, name: str, country: str | None) -> tuple[Term, ...] | None:
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
    rows = [t for t in by_family_name().get(fold(name), ()) if t.holds(scene.month, slack=1)]
    if country:
        rows = [t for t in rows if t.owner == country.lower()]
    people = {t.person for t in rows}
    if len(people) > 1:
        rows = [t for t in rows if t.office in lexicon().leaders]
        people = {t.person for t in rows}
    return tuple(rows) if len(people) == 1 else None


def from_terms(scene: Scene, terms: tuple[Term, ...]) -> Figure:
    """Return the figure of a person of the lexicon, with the office held when the report was published."""
    every = terms_of(terms[0].person)
    holding = [t for t in every if t.holds(scene.month)] or (
        [t for t in every if t.holds(scene.month, 2)] or list(every)
    )
    term = max(reversed(holding), key=lambda t: t.since)
    country = None if term.owner.startswith("org:") else term.owner.upper()
    figure = scene.person(term.name, country, term.person)
    figure.gender = figure.gender or term.gender
    if figure.office is None:
        figure.office, figure.owner = term.office, term.owner
        figure.principal = figure.principal or term.owner
        if scene.month is None or term.holds(scene.month):
            _take_office(scene, figure, term)
    return figure


def _take_office(scene: Scene, figure: Figure, term: Term) -> None:
    """Let a holder stand for the office, also where the report has mentioned it without a name."""
    holder = scene.offices.setdefault((term.owner, term.office), figure.id)
    office = f"{term.owner}/{term.office}"
    if holder in (figure.id, office) and office in scene.figures:
        scene.merge(office, figure.id)


def known_person(scene: Scene, entry: Entry, surface: str = "") -> Figure:
    """Return the figure of an office holder whom a full name of the lexicon names; the report's spelling is kept."""
    known = scene.figures.get(entry.id)
    if known is None:
        known = from_terms(scene, terms_of(entry.id))
        known.name = surface if " " in surface else known.name
    return known
