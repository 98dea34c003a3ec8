"""Those who could meet a condition and whom the entities do not know yet: "applicants", "foreign producers"."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from communique.lexicon.officeholders import slug
from communique.model import Actor, ActorKind, Condition
from communique.reading.annotations import Entities
from communique.reading.attribution.relays import group_of, joined_actors
from communique.reading.attribution.unnamed_sources import name_phrase
from communique.reading.conditions.cues import find_cues, words
from communique.reading.conditions.ownership import with_owners
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT
from communique.reading.grammar.subjects import is_active_subject
from communique.reading.tokens import Tokens


def with_parties(tokens: Tokens, entities: Entities) -> Entities:
    """Return the entities, with an actor for each acting noun and joint subject in a sentence with a condition's cue.

    ``only_named`` leaves out those whom no condition names in the end.
    """
    actors = {actor.id: actor for actor in entities.actors}
    grown = Entities(entities.actors, dict(entities.actor_of), dict(entities.heads))
    for token in _subjects(tokens):
        joined = joined_actors(tokens, grown, token)
        if len(joined) > 1:
            group_of(joined, actors)
        elif not joined and (_bears_name(tokens, token) or _acts_unnamed(tokens, token)):
            _add(tokens, token, actors, grown)
    with_owners(tokens, actors, grown, {tokens.sentence[match.start] for match in tokens.once(find_cues)})
    if len(actors) == len(entities.actors):
        return entities
    return Entities(tuple(actors.values()), grown.actor_of, grown.heads)


def only_named(entities: Entities, grown: Entities, conditions: Iterable[Condition]) -> Entities:
    """Return the grown cast less the added actors whom no condition names."""
    if grown is entities:
        return entities
    known = {actor.id for actor in entities.actors}
    named = {key for c in conditions for key in (c.holder, c.must_act) if key is not None}
    kept = [a for a in grown.actors if a.id in known or a.id in named]
    if len(kept) == len(known):
        return entities
    ids = {a.id for a in kept}
    tables = [{token: key for token, key in table.items() if key in ids} for table in (grown.actor_of, grown.heads)]
    return Entities(tuple(sorted(kept, key=lambda a: (a.mentions[:1], a.id))), *tables)


def _subjects(tokens: Tokens) -> Iterator[int]:
    for sentence in sorted({tokens.sentence[match.start] for match in tokens.once(find_cues)}):
        for token in range(*tokens.sentences[sentence]):
            subject = tokens.dep[token] in (ACTIVE_SUBJECT, CLAUSAL_SUBJECT)
            thing = tokens.dep[token] == "dobj" and tokens.head[token] < token
            if subject or thing or _approves(tokens, token):
                yield token


def _acts_unnamed(tokens: Tokens, token: int) -> bool:
    return tokens.pos[token] == "NOUN" and tokens.lemma[token].lower() in words("parties")


def _bears_name(tokens: Tokens, token: int) -> bool:
    """Tell whether a subject is a name that no list has: "the West"."""
    named = is_active_subject(tokens, token) or _approves(tokens, token)
    return tokens.pos[token] == "PROPN" and named and tokens.text[token][0].isupper()


def _approves(tokens: Tokens, token: int) -> bool:
    """As in "subject to approval by the Council of Elders": an organisation whose act it is."""
    by = tokens.head[token]
    if tokens.dep[token] != "pobj" or tokens.entity[token] != "ORG" or tokens.lower[by] != "by":
        return False
    return tokens.lemma[tokens.head[by]].lower() in words("sanctioning")


def _add(tokens: Tokens, token: int, actors: dict[str, Actor], grown: Entities) -> None:
    if tokens.dep[token] == "dobj":
        return
    piece = name_phrase(tokens, token)
    name = " ".join(tokens.surface(piece).split())
    several = tokens.tag[token] == "NNS" or tokens.entity[token] == "LOC"
    kind = ActorKind.GROUP if several else ActorKind.UNNAMED
    if tokens.pos[token] == "PROPN" and not several:
        kind = ActorKind.ORGANISATION
    own = f"{kind.value}:{slug(name) or token}"
    span = tokens.span(piece)
    known = actors.get(own)
    if known is None:
        actors[own] = Actor(id=own, name=name, kind=kind, mentions=(span,))
    elif span not in known.mentions:
        actors[own] = dataclasses.replace(known, mentions=tuple(sorted((*known.mentions, span))))
    grown.heads[token] = own
    for i in range(*piece):
        grown.actor_of.setdefault(i, own)
