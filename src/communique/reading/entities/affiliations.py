"""To whom a phrase belongs, and what its words say of its bearer."""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.officeholders import fold, slug
from communique.model import ActorKind
from communique.reading.entities.gazetteer import PLACES, state_names
from communique.reading.entities.ner import Name
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.registry import Entity, EntityRegistry, Mention
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.grammar.possessives import is_possessive_s
from communique.reading.tokens import Tokens

_OWN_THINGS = listed("entities", "own_things_of_states")
_SENT = listed("entities", "sent")
_SPEAKING_THERE = listed("entities", "speaking_there")
_SPEAKING_TO = listed("entities", "speaking_to")
_HEADS_OF = listed("entities", "heads_of")
_TITLE_DETERMINERS = listed("entities", "title_determiners")
_SPOKESPERSONS = listed("entities", "spokespersons")
_BARE_DETERMINERS = listed("entities", "bare_determiners")
_SPOKEN_TO_PREPOSITIONS = listed("entities", "spoken_to_prepositions")

_OPPOSITE = listed("entities", "opposite")

_CITY_HEADS = listed("entities", "city_heads")

_RANKS = listed("entities", "ranks")

_DESCRIBED_VIEW = 12
"""Sentences back in which somebody has been described."""


def owner_of(registry: EntityRegistry, p: Phrase) -> tuple[str | None, str | None]:
    """Return the id of the state or organisation that a phrase belongs to, and the country code."""
    for match in reversed(p.owners):
        if p.place and match.start > p.head and (_sent(registry, p) or len(p.owners) > 1 or p.whose or p.possessor):
            continue
        if match.entry.sort == "city" and (match.end < p.end and registry.tokens.lower[p.head] in _CITY_HEADS):
            continue
        if match.entry.sort == "person":
            country = match.entry.country
            return (country.lower() if country else None), country
        return match.entry.id, match.entry.country
    if p.org is not None:
        entity = organisation(registry, p.org)
        return entity.id, entity.country
    if p.whose is not None:
        return owner_figure(registry, registry.actor_of.get(p.whose))
    if p.possessor is not None:
        return owner_figure(registry, registry.actor_of.get(p.possessor))
    return None, None


def _sent(registry: EntityRegistry, p: Phrase) -> bool:
    """As in "its ambassador in Belgrade": the place is the host's, not the sender's."""
    return registry.tokens.lower[p.head] in _SENT


def owner_figure(registry: EntityRegistry, key: str | None) -> tuple[str | None, str | None]:
    """Return what a figure lends to those it owns: the id of its state or organisation, and the country code."""
    entity = registry.entities.get(key) if key else None
    if entity is None:
        return None, None
    if entity.country and entity.kind in (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.BODY, ActorKind.UNNAMED):
        return entity.country.lower(), entity.country
    if entity.kind in (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.ORGANISATION):
        return entity.id, entity.country
    return None, entity.country


def organisation(registry: EntityRegistry, name: Name) -> Entity:
    """Return the organisation that a name of the model's stands for."""
    tokens = registry.tokens
    surface = tokens.surface((name.start, name.end))
    known = registry.called.get(fold(surface))
    if known:
        return registry.entities[next(reversed(known))]
    entity = registry.entity(Entity(f"org:{slug(surface)}", surface, ActorKind.ORGANISATION))
    registry.call([fold(surface)], entity.id)
    return entity


def nearest_state(registry: EntityRegistry, at: int, reach: int = 2) -> str | None:
    """Return the state most in view before a token: the latest subject's, else the latest named, within sentences.

    The subject of a subordinate clause ("if Damascus broke with the militias") is no more in view than others, nor is
    an organisation of a state's: "the government" is not that of a company.
    """
    here = registry.tokens.sentence[at] if registry.tokens.n else 0
    fallback: str | None = None
    for m in registry.before(at):
        if here - m.sentence > reach:
            break
        if m.start >= at:
            continue
        entity = registry.entities[m.entity]
        state = entity.country.lower() if entity.country and entity.kind is not ActorKind.OUTLET else None
        if state is None and entity.kind is ActorKind.TERRITORY:
            state = entity.id
        if state is None or state not in state_names():
            continue
        if _another_side(registry, m, at):
            continue
        subordinate = registry.tokens.dep[_verb_of(registry.tokens, m)] in ("advcl", "relcl", "acl")
        if m.subject and not subordinate and entity.kind is not ActorKind.ORGANISATION:
            return state
        fallback = fallback or state
    return fallback


def _verb_of(tokens: Tokens, m: Mention) -> int:
    """Return the word whose subject a mention is: over "by" in "a plan backed by Egypt"."""
    above = tokens.head[m.head]
    return tokens.head[above] if tokens.dep[above] == "agent" else above


def _another_side(registry: EntityRegistry, m: Mention, at: int) -> bool:
    """As in "talks with Iran", "Santos said Beijing must pay": a state dealt with or spoken of is not the speaker's.

    So it is with a state named inside words that are quoted, seen from outside them.
    """
    tokens = registry.tokens
    if m.quote >= 0 and m.quote != registry.quote[at]:
        return True
    above = tokens.head[m.head]
    if tokens.dep[m.head] == "pobj":
        return tokens.lower[above] in _OPPOSITE
    if not m.subject or tokens.dep[above] != "ccomp" or m.sentence == tokens.sentence[at]:
        return False
    saying = tokens.head[above]
    subject = tokens.child(saying, *FULL_SUBJECTS)
    speaker = registry.entities.get(registry.heads.get(subject, "")) if subject is not None else None
    return speaker is not None and (speaker.personal or speaker.kind is ActorKind.STATE)


def coming_state(registry: EntityRegistry, at: int) -> str | None:
    """Return the state that the report names first within the two sentences after a token, in the same paragraph."""
    tokens = registry.tokens
    last = tokens.sentence[at - 1] + 2 if at else 2
    for i in range(at, tokens.n):
        if tokens.sentence[i] > last or "\n" in tokens.text[i]:
            return None
        match = registry.match_at.get(i)
        if (
            match is not None
            and match.entry.sort in ("state", "people", "city", "seat")
            and match.entry.id in state_names()
        ):
            return match.entry.id
    return None


def latest_described(
    registry: EntityRegistry, at: int, nouns: set[str], kind: ActorKind | None = None, reach: int = _DESCRIBED_VIEW
) -> str | None:
    """Return the latest figure that the report describes, or whose name ends, with one of these nouns."""
    here = registry.tokens.sentence[at]
    for m in registry.before(at):
        if here - m.sentence > reach:
            return None
        entity = registry.entities[m.entity]
        if (kind is None or entity.kind is kind) and (
            entity.tokens & nouns or any(fold(entity.name).endswith(noun) or noun in entity.id for noun in nouns)
        ):
            return entity.id
    return None


def bare(surface: str) -> str:
    """Return a phrase without its article."""
    first, _, rest = surface.partition(" ")
    return rest if first.lower() in _BARE_DETERMINERS and rest else surface


def speaks(registry: EntityRegistry, head: int) -> bool:
    """Whether a noun stands where somebody speaks or acts, or is spoken to."""
    tokens = registry.tokens
    dep, above = tokens.dep[head], tokens.head[head]
    for _ in range(4):
        if dep != "conj":
            break
        dep, above = tokens.dep[above], tokens.head[above]
    if dep in FULL_SUBJECTS:
        return tokens.pos[above] in ("VERB", "AUX")
    if dep == "pobj":
        return (
            tokens.dep[above] == "agent"
            or tokens.lower[above] in _SPOKEN_TO_PREPOSITIONS
            or (tokens.lower[above - 1 if above else 0] == "according")
        )
    return dep in ("dobj", "dative") and tokens.lemma[above] in _SPEAKING_TO


def title_of(registry: EntityRegistry, p: Phrase) -> str:
    """Return the title in the report's own words."""
    tokens = registry.tokens
    start, end = p.title
    if p.body is not None and p.body.end <= end:
        inner = p.body.title[0] if p.body.owners or p.body.org or p.body.determiner else p.body.start
        start = min(start, inner)
    for match in p.owners:
        if match.entry.sort in ("body", "body-default") and match.end == start:
            start = match.start
    if tokens.lower[end - 1] in _HEADS_OF and p.name is None and p.end > end:
        end = p.end
    beyond = [h for h in p.owners if h.start > p.head and h.entry.kind is ActorKind.ORGANISATION]
    if (beyond or (p.body is not None and p.body.start > p.head)) and p.end > end and (p.name is None or p.beside):
        end = p.end
    while start < end and tokens.lower[start] in _TITLE_DETERMINERS:
        start += 1
    return tokens.surface((start, end))


def office_of(registry: EntityRegistry, p: Phrase) -> str:
    """Return the id of the office that a title names."""
    tokens = registry.tokens
    parts = [tokens.lower[k] for k in range(*p.title) if tokens.lower[k] not in _RANKS]
    if p.body is not None and tokens.lower[p.head] in _SPOKESPERSONS:
        return "spokesperson"
    text = " ".join(parts).replace(" - ", "-")
    known = lexicon().offices
    if text in known and (text not in ("chief", "head") or p.owners):
        return known[text]
    if parts and parts[-1] in ("spokesman", "spokeswoman"):
        parts[-1] = "spokesperson"
    return slug(" ".join(parts)) if parts else slug(tokens.lower[p.head])


def gender_of(p: Phrase, registry: EntityRegistry) -> str:
    """Return "f" or "m" where a title or form of address shows it, else ""."""
    word = registry.tokens.lower[p.head]
    lex = lexicon()
    first = registry.tokens.lower[p.name[0]] if p.name else ""
    if word in lex.female or first in lex.female:
        return "f"
    return "m" if word in lex.male or first in lex.male else ""


def leading_state(registry: EntityRegistry, at: int) -> str | None:
    """Return the state of whoever a sentence opens with: "North Korea's leader ..., state media said"."""
    here = registry.tokens.sentence[at]
    first: str | None = None
    for m in registry.before(at):
        if m.sentence != here:
            break
        country = registry.entities[m.entity].country
        first = country.lower() if country else first
    return first if first in state_names() else None


def state_of_speech(registry: EntityRegistry, end: int) -> str | None:
    """Return the state of the place where somebody speaks, or whose border or army it is that he speaks of.

    As in "told the cabinet in Jerusalem that ...", "said Estonia's border would stay shut".
    """
    tokens = registry.tokens
    last = tokens.sentences[tokens.sentence[min(end, tokens.n - 1)]][1]
    for i in range(end, last):
        match = registry.match_at.get(i)
        if match is None or match.start != i or match.entry.id not in state_names():
            continue
        spoken_in = match.entry.sort in PLACES and tokens.lower[i - 1] == "in" and _before_content(tokens, end, i)
        owned = is_possessive_s(tokens, match.end) and match.end + 1 < last
        if spoken_in or (owned and tokens.lower[match.end + 1] in _OWN_THINGS):
            return match.entry.id
    return None


def _before_content(tokens: Tokens, start: int, end: int) -> bool:
    if start < end and tokens.text[start] == "," and tokens.lower[start + 1] in _SPEAKING_THERE:
        start += 1  # ", speaking in Oslo, said"
    return not any(tokens.lower[t] == "that" or tokens.text[t] in (",", '"') for t in range(start, end))


def interviewer_state(registry: EntityRegistry, at: int) -> str | None:
    """As in "Speaking to Iranian state TV, President Tavakoli said": where nothing else tells, the outlet's state."""
    here = registry.tokens.sentence[at]
    for m in registry.before(at):
        if m.sentence != here:
            return None
        entity = registry.entities[m.entity]
        if entity.kind is ActorKind.OUTLET and entity.principal in state_names():
            return entity.principal
    return None
