"""For whom a voice speaks, and how much it commits them.

The party is the state or organisation at the top of the speaker's principals: a spokesman speaks for his ministry, the
ministry for its state. The rank orders voices of one party: a head of state outranks a spokesman, an official text an
anonymous source (ranks.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from communique.lexicon import alternatives, load
from communique.model import Actor, ActorKind

ANONYMOUS = 0

LEAST_LIKELY = 0.5
"""The probability of a speaker below which no party is taken from it: ``docs/party-confidence.md`` says why."""

_FORMER = re.compile(alternatives("ranks", "outside", "former"), re.IGNORECASE)


def party_of(actor: Actor, actors: Mapping[str, Actor]) -> str:
    """Return the id of the actor for whom this one speaks in the end: its own where it speaks for itself.

    A principal that is not among ``actors`` stands for its state, where that is. Several who speak as one speak for
    their party, where they have one in common.
    """
    if speakers := _members(actor, actors):
        parties = {party_of(each, actors) for each in speakers}
        return parties.pop() if len(parties) == 1 else actor.id
    seen = {actor.id}
    while actor.principal and not _outside(actor):
        name = actor.principal if actor.principal in actors else owner_of(actor.principal)
        if name in seen or name not in actors:
            break
        actor = actors[name]
        seen.add(name)
    return actor.id


def states_behind(actors: Iterable[Actor]) -> dict[str, Actor]:
    """Return, by id, the states for which some of these actors speak and that are not among them.

    A report may name an "Iranian Foreign Minister", or a minister whom everybody knows, and Iran nowhere. Such a state
    has no mention: it is the record's knowledge, not the report's words.
    """
    known = {actor.id: actor for actor in actors}
    states = load("states")["states"]
    found = {}
    for actor in known.values():
        name = owner_of(actor.principal or "")
        if name in states and name not in known and actor.principal not in known:
            row = states[name]
            kind = ActorKind.TERRITORY if row.get("kind") == "territory" else ActorKind.STATE
            found[name] = Actor(name, row.get("short", row["name"]), kind, name.upper())
    return found


def owner_of(name: str) -> str:
    """Return the state of a body: "irn" of "irn/foreign-ministry"; any other id as it is."""
    return name.partition("/")[0]


def rank_of(actor: Actor, actors: Mapping[str, Actor] | None = None) -> int:
    """Return how much the actor's word commits its party, 0 (an anonymous source) to 6 (a head of state).

    Several who speak as one have the rank of the highest among them, where ``actors`` holds them.
    """
    if speakers := _members(actor, actors or {}):
        return max(map(rank_of, speakers))
    if actor.kind in (ActorKind.PERSON, ActorKind.OFFICE) and not _outside(actor):
        role = _role(actor).lower()
        for pattern, value in _ranks():
            if role and pattern.search(role):
                return value
    return int(load("ranks")["kinds"][actor.kind.value])


def rank_name(rank: int) -> str:
    """Return a rank in words."""
    return {int(entry["value"]): str(entry["name"]) for entry in load("ranks")["rank"]}.get(rank, "")


def _members(actor: Actor, actors: Mapping[str, Actor]) -> list[Actor]:
    """Return the persons and bodies that speak as one; none where one of them is not known or a group itself."""
    found = [actors[name] for name in actor.members if name in actors and not actors[name].members]
    return found if len(found) == len(actor.members) and not actor.principal else []


def _role(actor: Actor) -> str:
    """The office in words, "" where none is known; an office is called by its own."""
    return actor.role or (actor.name if actor.kind is ActorKind.OFFICE else "")


def _outside(actor: Actor) -> bool:
    """Those who live or work in a country and do not speak for it; who held an office once is one of them."""
    if actor.kind in (ActorKind.PERSON, ActorKind.OFFICE):
        return _former(actor) or bool(_no_voice("groups", "persons").search(_role(actor)))
    return actor.kind in (ActorKind.GROUP, ActorKind.UNNAMED) and bool(_no_voice("groups").search(actor.name))


def is_outsider(role: str) -> bool:
    """Tell whether who goes by such a role does not speak for the state: held once, in opposition, a candidate."""
    return bool(_FORMER.match(role) or _no_voice("groups", "persons").search(role))


@cache
def _no_voice(*names: str) -> re.Pattern[str]:
    words = (word for name in names for word in load("ranks")["outside"][name].split())
    return re.compile(rf"(?i)\b(?:{'|'.join(words)})s?\b")


def _former(actor: Actor) -> bool:
    return bool(_FORMER.match(actor.role or ""))


@cache
def _ranks() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (re.compile(r"\b(?:" + "|".join(map(re.escape, entry["words"])) + r")"), int(entry["value"]))
        for entry in load("ranks")["rank"]
        if "words" in entry
    )
