"""Those who could meet a condition and whom the cast does not know yet: "applicants", "foreign producers"."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from communique.lexicon.officeholders import slug
from communique.model import Actor, ActorKind, Condition
from communique.reading.annotations import Cast
from communique.reading.attribution.relays import group_of, joined_actors
from communique.reading.attribution.unnamed_sources import name_phrase
from communique.reading.conditions.cues import find_cues, listed
from communique.reading.tokens import Words


def with_parties(words: Words, cast: Cast) -> Cast:
    """Return the cast with an actor for each acting noun and each joint subject in a sentence with a condition's cue.

    ``only_named`` leaves out those whom no condition names in the end.
    """
    actors = {actor.id: actor for actor in cast.actors}
    grown = Cast(cast.actors, dict(cast.actor_of), dict(cast.heads))
    for token in _subjects(words):
        joined = joined_actors(words, grown, token)
        if len(joined) > 1:
            group_of(joined, actors)
        elif not joined and words.pos[token] == "NOUN" and words.lemma[token].lower() in listed("parties"):
            _add(words, token, actors, grown)
    if len(actors) == len(cast.actors):
        return cast
    return Cast(tuple(actors.values()), grown.actor_of, grown.heads)


def only_named(cast: Cast, grown: Cast, conditions: Iterable[Condition]) -> Cast:
    """Return the grown cast less the added actors whom no condition names."""
    if grown is cast:
        return cast
    known = {actor.id for actor in cast.actors}
    named = {key for c in conditions for key in (c.holder, c.must_act) if key is not None}
    kept = [a for a in grown.actors if a.id in known or a.id in named]
    if len(kept) == len(known):
        return cast
    ids = {a.id for a in kept}
    tables = [{token: key for token, key in table.items() if key in ids} for table in (grown.actor_of, grown.heads)]
    return Cast(tuple(sorted(kept, key=lambda a: (a.mentions[:1], a.id))), *tables)


def _subjects(words: Words) -> Iterator[int]:
    for sentence in sorted({words.sentence[hit.start] for hit in find_cues(words)}):
        for token in range(*words.sentences[sentence]):
            if words.dep[token] in ("nsubj", "csubj") or words.dep[token] == "dobj" and words.head[token] < token:
                yield token


def _add(words: Words, token: int, actors: dict[str, Actor], grown: Cast) -> None:
    if words.dep[token] == "dobj":
        return
    piece = name_phrase(words, token)
    name = " ".join(words.surface(piece).split())
    kind = ActorKind.GROUP if words.tag[token] == "NNS" else ActorKind.UNNAMED
    own = f"{kind.value}:{slug(name) or token}"
    span = words.span(piece)
    known = actors.get(own)
    if known is None:
        actors[own] = Actor(id=own, name=name, kind=kind, mentions=(span,))
    elif span not in known.mentions:
        actors[own] = dataclasses.replace(known, mentions=tuple(sorted((*known.mentions, span))))
    grown.heads[token] = own
    for i in range(*piece):
        grown.actor_of.setdefault(i, own)
