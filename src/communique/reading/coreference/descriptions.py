"""Resolve definite descriptions: "the agency", "the bloc", "both sides", "the two leaders"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from communique.lexicon import listed, load
from communique.lexicon.officeholders import fold
from communique.model import ActorKind
from communique.reading.coreference.ordinals import is_ordinal
from communique.reading.coreference.pronouns import joined
from communique.reading.entities.gazetteer import state_names
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import Entity, EntityRegistry, Mention
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.grammar.possessives import is_possessive_mark

_OF_PAIRS = listed("coreference", "constructions", "of_pairs")
_SIDES = listed("coreference", "constructions", "sides")
_PAIR_DETERMINERS = listed("coreference", "constructions", "pair_determiners")
_DESCRIBING_GROUPS = listed("coreference", "constructions", "describing_groups")
_DESCRIPTION_DETERMINERS = listed("coreference", "constructions", "description_determiners")
_STATE_NOUNS = listed("coreference", "constructions", "state_nouns")
_AT_A_PLACE = listed("coreference", "constructions", "at_a_place")
_LEADERS = listed("coreference", "constructions", "leaders")

_TWO = {"both", "two"}
_JOINED_KINDS = (ActorKind.STATE, ActorKind.TERRITORY)
_OF_STATES = listed("coreference", "constructions", "of_states")

_VIEW_OF_TWO = 20
"""Sentences back in which two sides may have been named."""
_VIEW_OF_PAIR = 8
"""Sentences back in which two are named as one: "Moscow and Kyiv"."""
_VIEW_OF_BODY = 6
"""Sentences back in which an organisation is one of two sides."""
_VIEW_OF_STATE, _VIEW_OF_OTHERS = 3, 8
"""Sentences back in which a described state, or another who is described, has been named."""


@cache
def _pairs() -> Mapping[str, str]:
    return {noun: sort for sort, nouns in load("coreference")["pairs"].items() for noun in nouns}


@cache
def _nouns() -> Mapping[str, tuple[frozenset[ActorKind], bool]]:
    data = load("coreference")
    named = set(data["named"]["nouns"])
    return {
        noun: (frozenset(ActorKind(kind) for kind in kinds), noun in named)
        for noun, kinds in data["descriptions"].items()
    }


def is_description(word: str) -> bool:
    """Tell whether a noun can be a definite description of one actor."""
    return word in _nouns()


def pair_at(registry: EntityRegistry, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of a plural that joins two: "both sides", "the two leaders", "the sides"."""
    tokens = registry.tokens
    word = tokens.lower[i]
    sort = _pairs().get(word)
    if sort is None:
        return None
    k = i - 1
    while (
        k >= 0
        and i - k < 4
        and (tokens.pos[k] in ("ADJ", "NOUN") and tokens.lower[k] not in _TWO)
        and tokens.lower[k] in _OF_PAIRS
    ):
        k -= 1
    if k < 0:
        return None
    two = tokens.lower[k] in _TWO
    the = tokens.lower[k] == "the" and word in _SIDES
    if not two and not the:
        return None
    start = k
    if start and tokens.lower[start - 1] in _PAIR_DETERMINERS:
        start -= 1
    elif tokens.lower[k] == "two":
        return None  # "two officials" are any two
    if word == "capitals" and start and tokens.lower[start - 1] in ("in", "of"):
        return None
    if sort == "koreas":
        keys = [registry.state("kor").id, registry.state("prk").id]
    else:
        keys = _joined_here(registry, start, sort) or _two_in_view(registry, start, sort, word)
        if len(keys) < 2 and word == "leaders":
            keys = _two_in_view(registry, start, "state", word)
    if len(keys) < 2:
        return None
    return start, i + 1, joined(registry, keys)


def _joined_here(registry: EntityRegistry, at: int, sort: str) -> list[str]:
    """Return the two that the sentence itself joins: "Neither Oslo nor Bern would ..., both governments said"."""
    tokens = registry.tokens
    if sort == "person":
        return []
    near = [m for m in registry.before(at) if m.sentence == tokens.sentence[at]]
    states = {m.head: m.entity for m in near if registry.entities[m.entity].kind in _JOINED_KINDS}
    for head, key in states.items():
        above = tokens.head[head]
        other = states.get(above) if tokens.dep[head] == "conj" else None
        if other is not None and other != key and tokens.dep[above] in FULL_SUBJECTS:
            return [other, key]
    return []


def _two_in_view(registry: EntityRegistry, at: int, sort: str, noun: str) -> list[str]:
    here = registry.tokens.sentence[at]
    scores: dict[str, float] = {}
    for m in registry.before(at):
        away = here - m.sentence
        if away > _VIEW_OF_TWO:
            break
        for key, weight in _one_of_two(registry, m, sort, noun, away):
            scores[key] = scores.get(key, 0.0) + weight * 0.9**away
    best = sorted(scores, key=lambda k: -scores[k])[:2]
    if sort != "person":
        for key in best:
            if key in state_names():
                registry.state(key)
    return [k for k in best if k in registry.entities]


def _one_of_two(registry: EntityRegistry, m: Mention, sort: str, noun: str, away: int) -> Iterator[tuple[str, float]]:
    """Yield whom a mention speaks for as one of two, with its weight: a person, a party, somebody's state, members."""
    entity = registry.entities[m.entity]
    if sort == "person":
        if _can_be_one_of(noun, entity):
            yield entity.id, _prominence(registry, m)
    elif _is_party(entity, noun, away):
        yield entity.id, _prominence(registry, m)
    elif entity.country and entity.kind in (ActorKind.PERSON, ActorKind.BODY, ActorKind.GROUP):
        state = entity.country.lower()
        if state in state_names():
            yield state, _prominence(registry, m)
    elif away < _VIEW_OF_PAIR:
        for member in entity.members:
            known = registry.entities.get(member)
            if known is not None and known.kind is ActorKind.STATE:
                yield member, 0.5


def _can_be_one_of(noun: str, entity: Entity) -> bool:
    """Whether a person who has a name or an office can be one of two; of "leaders", only who leads."""
    if not entity.personal or entity.kind is ActorKind.UNNAMED:
        return False
    return noun not in _LEADERS or entity.office in lexicon().leaders


def _is_party(entity: Entity, noun: str, away: int) -> bool:
    """Whether it can itself be one of two sides: a state, a territory, or a free organisation not far back."""
    if entity.kind in (ActorKind.STATE, ActorKind.TERRITORY):
        return True
    free = entity.kind is ActorKind.ORGANISATION and "org:" in entity.id and entity.principal is None
    return free and noun not in _OF_STATES and away < _VIEW_OF_BODY


def _prominence(registry: EntityRegistry, m: Mention) -> float:
    tokens = registry.tokens
    place = tokens.dep[m.head] == "pobj" and tokens.lower[tokens.head[m.head]] in _AT_A_PLACE
    return 1.0 if m.subject else 0.25 if place else 0.6


def described_at(registry: EntityRegistry, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of "the agency", "the bloc", "the country" at head noun i."""
    tokens = registry.tokens
    word, after = tokens.lower[i], tokens.lower[i + 1] if i + 1 < tokens.n else ""
    start = _determiner_of(registry, i)
    if start is None or _within_longer(registry, i, after):
        return None
    if tokens.lower[start] not in ("the", "this"):
        key = _state_of(registry, start) if word in _STATE_NOUNS else None
        return (start, i + 1, key) if key is not None else None
    kinds, named = _nouns()[word]
    if kinds == {ActorKind.STATE} and tokens.dep[i] not in FULL_SUBJECTS and not is_possessive_mark(tokens, i + 1):
        return None
    nation = registry.match_at.get(start + 1)
    country = nation.entry.country if nation is not None and nation.entry.sort == "people" else None
    key = _latest(registry, i, kinds, word, named, country)
    return (start, i + 1, key) if key else None


def _determiner_of(registry: EntityRegistry, i: int) -> int | None:
    """Return where "the", "this" or "its" stands before a noun, over a people's name and "group" or the like."""
    lower = registry.tokens.lower
    start = i - 1
    match = registry.match_at.get(start)
    if match is not None and match.entry.sort == "people":
        start = match.start - 1
    if start >= 0 and lower[start] in _DESCRIBING_GROUPS:
        start -= 1
    return start if start >= 0 and lower[start] in _DESCRIPTION_DETERMINERS else None


def _within_longer(registry: EntityRegistry, i: int, after: str) -> bool:
    """As in "the agency of", "the Agency Reuters", "the agency head": a noun that is not the whole description."""
    tokens = registry.tokens
    if after in ("of", "-") or tokens.dep[i] == "compound":
        return True
    if tokens.pos[i] not in ("NOUN", "PROPN") and not tokens.text[i][0].isupper():
        return True
    nxt = i + 1
    return nxt < tokens.n and (nxt in registry.match_at or tokens.pos[nxt] == "PROPN") and after != "and"


def _state_of(registry: EntityRegistry, owner: int) -> str | None:
    """As in "his country": the state of whoever a possessive pronoun stands for."""
    whose = registry.entities.get(registry.actor_of.get(owner, ""))
    if whose is None or not whose.country or whose.country.lower() not in state_names():
        return None
    return registry.state(whose.country.lower()).id


def _latest(
    registry: EntityRegistry, i: int, kinds: frozenset[ActorKind], noun: str, named: bool, country: str | None
) -> str | None:
    tokens = registry.tokens
    here = tokens.sentence[i]
    second: str | None = None
    seen: set[str] = set()
    league = noun in load("coreference")["leagues"]["nouns"]
    for m in registry.before(i):
        if here - m.sentence > (_VIEW_OF_STATE if ActorKind.STATE in kinds else _VIEW_OF_OTHERS):
            break
        entity = registry.entities[m.entity]
        if ActorKind.STATE in kinds and not _seen(registry, m, i, noun):
            continue
        if league and entity.id.removeprefix("org:") not in load("organisations")["international"]:
            continue
        if entity.kind not in kinds or entity.plural or m.entity in seen or country not in (None, entity.country):
            continue
        seen.add(m.entity)
        if noun in fold(entity.name).split() or noun in entity.tokens:
            return entity.id
        if second is None and (m.subject or not named):
            second = entity.id
    if not named or noun in ("agency",):
        return second
    return None


def _seen(registry: EntityRegistry, m: Mention, i: int, noun: str) -> bool:
    """Tell whether a state can be meant: not one named in words quoted elsewhere, nor a republic by "the kingdom"."""
    country = registry.entities[m.entity].country
    forms = load("coreference")["forms_of_state"].get(noun)
    return (m.quote < 0 or m.quote == registry.quote[i]) and (forms is None or country in forms)


def may_describe(word: str) -> bool:
    """Tell whether a noun can be a definite description or a pair."""
    return word in _nouns() or word in _pairs() or is_ordinal(word)
