"""Actors for the labels of a transcript: whoever has the floor, by name, office and country as the label gives them."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right

from communique.lexicon import listed
from communique.lexicon.officeholders import fold, slug
from communique.model import Actor, ActorKind, Span
from communique.reading.annotations import Entities, Part, Turn
from communique.reading.entities.gazetteer import state_names
from communique.reading.segmentation.turns import key_of
from communique.reading.tokens import Tokens


def with_turn_speakers(tokens: Tokens, entities: Entities, turns: tuple[Turn, ...]) -> Entities:
    """Return the entities with every label's tokens those of the one who has the floor.

    A questioner without a name is nobody, and so is an answer; whom only a label named wrongly is dropped.
    """
    if not turns:
        return entities
    actors = {actor.id: actor for actor in entities.actors}
    actor_of, heads = dict(entities.actor_of), dict(entities.heads)
    known: dict[str, str] = {}
    marked: dict[str, list[Span]] = {}
    inside = [t.label for t in turns]
    for turn in turns:
        held = _tokens_of(tokens, turn)
        key = _speaker(turn, known, actors, {actor_of[i] for i in held if i in actor_of})
        for i in held:
            actor_of.pop(i, None)
            heads.pop(i, None)
            if key is not None:
                actor_of[i] = key
        if key is not None and held:
            heads[held[-1]] = key
            marked.setdefault(key, []).append(turn.label)
    kept = []
    for actor in actors.values():
        others = [m for m in actor.mentions if not any(a <= m.start < b for a, b in inside)]
        mentions = tuple(sorted({*others, *marked.get(actor.id, ())}))
        if mentions or not actor.mentions:
            kept.append(dataclasses.replace(actor, mentions=mentions))
    return Entities(tuple(kept), actor_of, heads)


def _tokens_of(tokens: Tokens, turn: Turn) -> list[int]:
    """Return a label's tokens, without the one that holds its mark: "):" is no part of a name."""
    first = bisect_left(tokens.start, turn.label.start)
    last = bisect_right(tokens.start, turn.mark.start) - 1
    return [i for i in range(first, max(last, first + 1)) if tokens.pos[i] != "SPACE"]


def _speaker(turn: Turn, known: dict[str, str], actors: dict[str, Actor], named: set[str]) -> str | None:
    generic = listed("documents", "turns", "questioners") | listed("documents", "turns", "answers")
    if key_of(turn.name) in generic:
        return None
    office, name = parted(turn)
    short = fold(name.split()[-1]) if name else key_of(office)
    if short in known:
        return known[short]
    person = next((actors[k] for k in sorted(named) if actors[k].kind is ActorKind.PERSON), None)
    if person is not None and name and fold(name.split()[-1]) in fold(person.name).split():
        key = person.id
    else:
        key = f"person:{slug(name)}" if name else f"unnamed:{slug(office)}"
    asks = turn.part is not Part.SPEAKER
    country = None if asks else _country(turn) or (person.country if person and person.id == key else None)
    made = actors.get(key) or Actor(key, name or office, ActorKind.PERSON if name else ActorKind.UNNAMED)
    state = country.lower() if country else None
    actors[key] = dataclasses.replace(
        made,
        country=None if asks else country or made.country,
        role=made.role or (office if name and office else None),
        principal=None if asks else made.principal or (state if state in actors else None),
    )
    known[short] = key
    return key


def parted(turn: Turn) -> tuple[str, str]:
    """Return the office and the name that a label gives, either of them "" where it gives none."""
    courtesy = listed("documents", "turns", "courtesy")
    noted = next((n for n in turn.notes if n.split()[0].lower() in courtesy and len(n.split()) > 1), None)
    if noted is not None:
        return turn.name, " ".join(w for w in noted.split() if w.lower() not in courtesy)
    before, _, after = turn.name.partition(",")
    words = [w for w in before.split() if w.lower() not in courtesy]
    if turn.part is Part.PRESIDING:
        return turn.name, ""
    titles = listed("documents", "turns", "titles")
    last = max((k for k, w in enumerate(words) if w.lower() in titles), default=-1)
    front = words[: last + 1]
    if front and all(w.lower() in titles | listed("documents", "turns", "before_titles") for w in front):
        return " ".join(front), " ".join(words[last + 1 :])
    if last >= 0:
        return before, ""
    return after.strip(), " ".join(words)


def _country(turn: Turn) -> str | None:
    for note in turn.notes:
        key = fold(re.sub(r"^(?:the|republic of)\s+", "", note.strip(), flags=re.IGNORECASE))
        code = _codes().get(key)
        if code is not None:
            return code
    return None


def _codes() -> dict[str, str]:
    return {fold(name): key.upper() for key, name in state_names().items() if len(key) == 3}


__all__ = ["parted", "with_turn_speakers"]
