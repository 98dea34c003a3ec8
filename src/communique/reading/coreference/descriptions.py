"""Resolve definite descriptions: "the agency", "the bloc", "both sides", "the two leaders"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from communique.lexicon import listed, load
from communique.lexicon.officeholders import fold
from communique.model import ActorKind
from communique.reading.coreference.ordinals import is_ordinal
from communique.reading.coreference.pronouns import joined
from communique.reading.entities.gazetteer import state_names
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.entities.registry import SUBJECTS, EntityRegistry, Mention

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
        if other is not None and other != key and tokens.dep[above] in SUBJECTS:
            return [other, key]
    return []


def _two_in_view(registry: EntityRegistry, at: int, sort: str, noun: str) -> list[str]:
    tokens = registry.tokens
    here = tokens.sentence[at]
    scores: dict[str, float] = {}
    for m in registry.before(at):
        away = here - m.sentence
        if away > 20:
            break
        entity = registry.entities[m.entity]
        key: str | None = None
        if sort == "person":
            fitting = noun not in _LEADERS or entity.office in lexicon().leaders
            key = entity.id if entity.personal and entity.kind is not ActorKind.UNNAMED and fitting else None
        elif entity.kind is ActorKind.STATE or (
            entity.kind is ActorKind.TERRITORY
            or entity.kind is ActorKind.ORGANISATION
            and noun not in _OF_STATES
            and "org:" in entity.id
            and (entity.principal is None and away < 6)
        ):
            key = entity.id
        elif entity.country and entity.kind in (ActorKind.PERSON, ActorKind.BODY, ActorKind.GROUP):
            state = entity.country.lower()
            key = state if state in state_names() else None
        elif entity.members and away < 8:
            for member in entity.members:
                if registry.entities.get(member) is not None and registry.entities[member].kind is ActorKind.STATE:
                    scores[member] = scores.get(member, 0.0) + 0.5 * 0.9**away
        if key is None:
            continue
        place = tokens.dep[m.head] == "pobj" and tokens.lower[tokens.head[m.head]] in _AT_A_PLACE
        weight = 1.0 if m.subject else 0.25 if place else 0.6
        scores[key] = scores.get(key, 0.0) + weight * 0.9**away
    best = sorted(scores, key=lambda k: -scores[k])[:2]
    if sort != "person":
        for key in best:
            if key in state_names():
                registry.state(key)
    return [k for k in best if k in registry.entities]


def described_at(registry: EntityRegistry, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of "the agency", "the bloc", "the country" at head noun i."""
    tokens = registry.tokens
    start = i - 1
    match = registry.match_at.get(start)
    if match is not None and match.entry.sort == "people":
        start = match.start - 1
    if start >= 0 and tokens.lower[start] in _DESCRIBING_GROUPS:
        start -= 1
    if start < 0 or tokens.lower[start] not in _DESCRIPTION_DETERMINERS:
        return None
    after = tokens.lower[i + 1] if i + 1 < tokens.n else ""
    if i + 1 < tokens.n and (i + 1 in registry.match_at or tokens.pos[i + 1] == "PROPN") and after != "and":
        return None
    if (
        after in ("of", "-")
        or tokens.pos[i] not in ("NOUN", "PROPN")
        and not tokens.text[i][0].isupper()
        or tokens.dep[i] == "compound"
    ):
        return None
    nation = registry.match_at.get(start + 1)
    whose = tokens.lower[start]
    kinds, named = _nouns()[tokens.lower[i]]
    if whose not in ("the", "this"):
        if tokens.lower[i] not in _STATE_NOUNS:
            return None
        owner = registry.entities.get(registry.actor_of.get(start, ""))
        if owner is None or not owner.country or owner.country.lower() not in state_names():
            return None
        return start, i + 1, registry.state(owner.country.lower()).id
    if kinds == {ActorKind.STATE} and tokens.dep[i] not in SUBJECTS and after not in ("'s", "'"):
        return None
    country = nation.entry.country if nation is not None and nation.entry.sort == "people" else None
    key = _latest(registry, i, kinds, tokens.lower[i], named, country)
    return (start, i + 1, key) if key else None


def _latest(
    registry: EntityRegistry, i: int, kinds: frozenset[ActorKind], noun: str, named: bool, country: str | None
) -> str | None:
    tokens = registry.tokens
    here = tokens.sentence[i]
    second: str | None = None
    seen: set[str] = set()
    league = noun in load("coreference")["leagues"]["nouns"]
    for m in registry.before(i):
        if here - m.sentence > (3 if ActorKind.STATE in kinds else 8):
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
