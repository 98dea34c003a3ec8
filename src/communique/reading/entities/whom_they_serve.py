"""Whom somebody is told to serve, beside a title: "who heads the office of the ministry", "Delshad of the company".

What a relative clause says that somebody leads, represents or works in, and the organisation that a name is "of", are
as good as a title. So is the nation in the name of a national company: it is of that state.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import partial

from communique.lexicon import listed
from communique.lexicon.officeholders import terms_of
from communique.model import Actor, ActorKind
from communique.reading.annotations import Entities
from communique.reading.entities.gazetteer import matches_in, state_names
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.tokens import Tokens

_words = partial(listed, "entities", "service")
_PEOPLE = (ActorKind.PERSON, ActorKind.UNNAMED, ActorKind.GROUP)
_OFFICERS = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)
_SERVED = (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.BODY, ActorKind.ORGANISATION)
_DEEPEST = 3


def with_those_served(tokens: Tokens, entities: Entities) -> Entities:
    """Return the entities with the principals of those whom nothing else places."""
    entities = _of_nations(entities)
    served: dict[str, set[str]] = {}
    for head, name in entities.heads.items():
        actor = entities.known[name]
        if actor.kind in _PEOPLE and not (actor.country or actor.principal or actor.members or terms_of(actor.id)):
            served.setdefault(name, set()).update(_served(tokens, entities, head))
    placed: dict[str, Actor] = {}
    for name, found in served.items():
        if len(found) == 1:
            whom = entities.known[found.pop()]
            placed[name] = dataclasses.replace(entities.known[name], principal=whom.id, country=whom.country)
    return _with(entities, placed)


def with_officers_of(tokens: Tokens, entities: Entities) -> Entities:
    """Return the entities with the states of those who are told by what they are to somebody.

    As in "an aide to the energy minister", "an adviser in the ports authority", "a source at the president's office".
    """
    made: dict[str, Actor] = {}
    for head, name in entities.heads.items():
        actor = entities.known.get(name)
        if actor is None or name in made or actor.kind not in _OFFICERS:
            continue
        if actor.country or actor.principal or actor.members or tokens.lemma[head].lower() not in _words("officers"):
            continue
        state = _state_served(tokens, entities, made, head)
        if state is not None:
            made[name] = dataclasses.replace(actor, country=state, principal=state.lower())
    return _with(entities, made)


def _state_served(tokens: Tokens, entities: Entities, made: Mapping[str, Actor], head: int) -> str | None:
    """The one state of those whom a noun is told to be an officer of, by its code."""
    states: set[str] = set()
    for child in tokens.children[head]:
        if tokens.dep[child] != "prep" or tokens.lower[child] not in _words("officers_of"):
            continue
        for t in tokens.children[child]:
            owner = tokens.child(t, "poss")
            key = entities.heads.get(t) or (None if owner is None else entities.heads.get(owner)) or ""
            actor = made.get(key) or entities.known.get(key)
            if actor is not None and actor.country and actor.kind in (*_OFFICERS, ActorKind.BODY):
                states.add(actor.country)
    return states.pop() if len(states) == 1 else None


def _with(entities: Entities, made: Mapping[str, Actor]) -> Entities:
    """Return the entities with some actors, given by their ids, made anew."""
    return dataclasses.replace(entities, actors=tuple(made.get(a.id, a) for a in entities.actors)) if made else entities


def _of_nations(entities: Entities) -> Entities:
    """As in "the National Iranian Gas Company": of the state whose people its name has, where it says so."""
    made: dict[str, Actor] = {}
    for actor in entities.actors:
        words = actor.name.split()
        if actor.kind is not ActorKind.ORGANISATION or actor.country or actor.principal:
            continue
        if len(words) > 2 and {word.lower() for word in words} & _words("national"):
            nations = {match.entry.id for match in matches_in(words) if match.entry.sort == "people"}
            nations &= state_names().keys()
            if len(nations) == 1:
                state = nations.pop()
                made[actor.id] = dataclasses.replace(actor, country=state.upper(), principal=state)
    return _with(entities, made)


def _served(tokens: Tokens, entities: Entities, head: int) -> Iterator[str]:
    for child in tokens.children[head]:
        if tokens.dep[child] == "relcl":
            yield from _by_clause(tokens, entities, child)
        elif tokens.dep[child] == "prep" and tokens.lower[child] in _words("of") and tokens.pos[head] == "PROPN":
            for t in tokens.children[child]:
                actor = entities.known.get(entities.heads.get(t, ""))
                if actor is not None and actor.kind in (ActorKind.ORGANISATION, ActorKind.BODY):
                    yield actor.id
        elif tokens.dep[child] == "appos" and tokens.lower[child] in _words("members"):
            yield from _under(tokens, entities, child, _DEEPEST)


def _by_clause(tokens: Tokens, entities: Entities, verb: int) -> Iterator[str]:
    """As in "who sits on the secretariat of the front", "who led the government's team"."""
    subject = nominal_subject(tokens, verb)
    if subject is None or tokens.lower[subject] != "who" or is_denied(tokens, verb):
        return
    lemma = tokens.lemma[verb]
    for child in tokens.children[verb]:
        if tokens.dep[child] == "dobj" and lemma in _words("leading"):
            yield from _under(tokens, entities, child, _DEEPEST)
        elif tokens.dep[child] == "prep" and f"{lemma}_{tokens.lower[child]}" in _words("serving"):
            for t in tokens.children[child]:
                yield from _under(tokens, entities, t, _DEEPEST)


def _under(tokens: Tokens, entities: Entities, noun: int, deep: int) -> Iterator[str]:
    """The first whom a noun names, or is of: "the debt office of the ministry", "the government's team"."""
    actor = entities.known.get(entities.heads.get(noun, ""))
    if actor is not None and actor.kind in _SERVED:
        yield actor.id
        return
    if not deep:
        return
    for child in tokens.children[noun]:
        if tokens.dep[child] in ("poss", "compound"):
            yield from _under(tokens, entities, child, deep - 1)
        elif tokens.dep[child] == "prep" and tokens.lower[child] in _words("of"):
            for t in tokens.children[child]:
                yield from _under(tokens, entities, t, deep - 1)
