"""To whom a phrase belongs, and what its words say of its bearer."""

from __future__ import annotations

from communique.lexicon.officeholders import fold, slug
from communique.model import ActorKind
from communique.reading.entities.gazetteer import state_names
from communique.reading.entities.ner import Name
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.registry import SUBJECTS, Figure, Scene

_CITY_HEADS = {"mayor", "governor", "police", "court", "correspondent", "resident", "residents", "chief", "bishop"}

_RANKS = {
    "acting",
    "interim",
    "former",
    "then",
    "current",
    "outgoing",
    "incoming",
    "new",
    "newly",
    "late",
    "ex",
    "senior",
    "the",
    "a",
    "an",
    "top",
    "veteran",
    "longtime",
    "ousted",
    "exiled",
    "retired",
    "elect",
    "-",
    "caretaker",
    "embattled",
    "visiting",
}


def owner_of(scene: Scene, p: Phrase) -> tuple[str | None, str | None]:
    """Return the id of the state or organisation that a phrase belongs to, and the country code."""
    for hit in reversed(p.owners):
        if p.place and hit.start > p.head and (_sent(scene, p) or len(p.owners) > 1 or p.whose or p.possessor):
            continue
        if hit.entry.sort == "city" and (hit.end < p.end and scene.words.lower[p.head] in _CITY_HEADS):
            continue
        if hit.entry.sort == "person":
            country = hit.entry.country
            return (country.lower() if country else None), country
        return hit.entry.id, hit.entry.country
    if p.org is not None:
        figure = organisation(scene, p.org)
        return figure.id, figure.country
    if p.whose is not None:
        return owner_figure(scene, scene.actor_of.get(p.whose))
    if p.possessor is not None:
        return owner_figure(scene, scene.actor_of.get(p.possessor))
    return None, None


def _sent(scene: Scene, p: Phrase) -> bool:
    """As in "its ambassador in Belgrade": the place is the host's, not the sender's."""
    return scene.words.lower[p.head] in ("ambassador", "envoy", "representative")


def owner_figure(scene: Scene, key: str | None) -> tuple[str | None, str | None]:
    """Return what a figure lends to those it owns: the id of its state or organisation, and the country code."""
    figure = scene.figures.get(key) if key else None
    if figure is None:
        return None, None
    if figure.country and figure.kind in (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.BODY, ActorKind.UNNAMED):
        return figure.country.lower(), figure.country
    if figure.kind in (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.ORGANISATION):
        return figure.id, figure.country
    return None, figure.country


def organisation(scene: Scene, name: Name) -> Figure:
    """Return the organisation that a name of the model's stands for."""
    words = scene.words
    surface = words.surface((name.start, name.end))
    known = scene.called.get(fold(surface))
    if known:
        return scene.figures[known[-1]]
    figure = scene.figure(Figure(f"org:{slug(surface)}", surface, ActorKind.ORGANISATION))
    scene.call([fold(surface)], figure.id)
    return figure


def nearest_state(scene: Scene, at: int, reach: int = 2) -> str | None:
    """Return the state most in view before a token: the latest subject's, else the latest named, within sentences.

    The subject of a subordinate clause ("if Damascus broke with the militias") is no more in view than others, nor is
    an organisation of a state's: "the government" is not that of a company.
    """
    here = scene.words.sentence[at] if scene.words.n else 0
    fallback: str | None = None
    for m in scene.before(at):
        if here - m.sentence > reach:
            break
        if m.start >= at:
            continue
        figure = scene.figures[m.figure]
        state = figure.country.lower() if figure.country and figure.kind is not ActorKind.OUTLET else None
        if state is None and figure.kind is ActorKind.TERRITORY:
            state = figure.id
        if state is None or state not in state_names():
            continue
        subordinate = scene.words.dep[scene.words.head[m.head]] in ("advcl", "relcl", "acl")
        if m.subject and not subordinate and figure.kind is not ActorKind.ORGANISATION:
            return state
        fallback = fallback or state
    return fallback


def coming_state(scene: Scene, at: int) -> str | None:
    """Return the state that the report names first within the two sentences after a token."""
    words = scene.words
    last = words.sentence[at - 1] + 2 if at else 2
    for i in range(at, words.n):
        if words.sentence[i] > last:
            return None
        hit = scene.hit_at.get(i)
        if hit is not None and hit.entry.sort in ("state", "people", "city", "seat") and hit.entry.id in state_names():
            return hit.entry.id
    return None


def latest_described(
    scene: Scene, at: int, nouns: set[str], kind: ActorKind | None = None, reach: int = 12
) -> str | None:
    """Return the latest figure that the report describes, or whose name ends, with one of these nouns."""
    here = scene.words.sentence[at]
    for m in scene.before(at):
        if here - m.sentence > reach:
            return None
        figure = scene.figures[m.figure]
        if (kind is None or figure.kind is kind) and (
            figure.words & nouns or any(fold(figure.name).endswith(noun) or noun in figure.id for noun in nouns)
        ):
            return figure.id
    return None


def bare(surface: str) -> str:
    """Return a phrase without its article."""
    first, _, rest = surface.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "some", "several", "many", "its", "their") and rest else surface


def speaks(scene: Scene, head: int) -> bool:
    """Whether a noun stands where somebody speaks or acts, or is spoken to."""
    words = scene.words
    dep, above = words.dep[head], words.head[head]
    for _ in range(4):
        if dep != "conj":
            break
        dep, above = words.dep[above], words.head[above]
    if dep in SUBJECTS:
        return words.pos[above] in ("VERB", "AUX")
    if dep == "pobj":
        return (
            words.dep[above] == "agent"
            or words.lower[above] in ("to", "by", "from", "with")
            or (words.lower[above - 1 if above else 0] == "according")
        )
    return dep in ("dobj", "dative") and words.lemma[above] in (
        "tell",
        "ask",
        "urge",
        "warn",
        "inform",
        "quote",
        "cite",
    )


def title_of(scene: Scene, p: Phrase) -> str:
    """Return the title in the report's own words."""
    words = scene.words
    start, end = p.title
    if p.body is not None and p.body.end <= end:
        inner = p.body.title[0] if p.body.owners or p.body.org or p.body.determiner else p.body.start
        start = min(start, inner)
    for hit in p.owners:
        if hit.entry.sort in ("body", "body-default") and hit.end == start:
            start = hit.start
    if words.lower[end - 1] in ("head", "chief", "director", "chairman", "member") and p.name is None and p.end > end:
        end = p.end
    beyond = [h for h in p.owners if h.start > p.head and h.entry.kind is ActorKind.ORGANISATION]
    if (beyond or (p.body is not None and p.body.start > p.head)) and p.end > end and (p.name is None or p.beside):
        end = p.end
    while start < end and words.lower[start] in ("the", "a", "an", "'s", "'", "-", "his", "her", "its", "their"):
        start += 1
    return words.surface((start, end))


def office_of(scene: Scene, p: Phrase) -> str:
    """Return the id of the office that a title names."""
    words = scene.words
    parts = [words.lower[k] for k in range(*p.title) if words.lower[k] not in _RANKS]
    if p.body is not None and words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson"):
        return "spokesperson"
    text = " ".join(parts).replace(" - ", "-")
    known = lexicon().offices
    if text in known and (text not in ("chief", "head") or p.owners):
        return known[text]
    if parts and parts[-1] in ("spokesman", "spokeswoman"):
        parts[-1] = "spokesperson"
    return slug(" ".join(parts)) if parts else slug(words.lower[p.head])


def gender_of(p: Phrase, scene: Scene) -> str:
    """Return "f" or "m" where a title or form of address shows it, else ""."""
    word = scene.words.lower[p.head]
    lex = lexicon()
    first = scene.words.lower[p.name[0]] if p.name else ""
    if word in lex.female or first in lex.female:
        return "f"
    return "m" if word in lex.male or first in lex.male else ""
