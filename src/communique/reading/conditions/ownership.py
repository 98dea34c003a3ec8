"""Whose move it is where a condition names no agent: whoever has the thing that is to change, or is the other side."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from communique.lexicon import listed
from communique.model import Actor, ActorKind
from communique.reading.annotations import Entities
from communique.reading.conditions.context import ConditionMatch
from communique.reading.conditions.cues import words
from communique.reading.entities.gazetteer import GazetteerMatch, find_matches
from communique.reading.grammar.labels import SUBJECTS
from communique.reading.grammar.verbs import VERBAL
from communique.reading.tokens import Tokens, TokenSpan

_OF_A_THING = listed("conditions", "constructions", "of_a_thing")
_OPPOSING = listed("conditions", "constructions", "opposing")
_OTHER_PARTIES = listed("conditions", "constructions", "other_parties")
_CONDITION_NOUNS = listed("conditions", "constructions", "nouns_of_conditions")
_GIVEN = listed("conditions", "constructions", "given_nouns")
_ENDING = listed("conditions", "constructions", "ending_acts")
_OWNERS = ("poss", "amod", "compound", "nmod")
_SORTS = frozenset(("state", "people", "city", "territory", "seat"))
_REACH = 6
_STATES = (ActorKind.STATE, ActorKind.TERRITORY)
_BOTH = 2


def owner_of_thing(tokens: Tokens, entities: Entities, found: ConditionMatch) -> str | None:
    """Return who has what an antecedent without an agent says is to change or to stay.

    As in "if the Bolivian lawsuit remains", "without withdrawing its claim", "a change of the Armenian constitution".
    """
    if found.head is None:
        return None
    owners = {
        owner
        for thing in _things(tokens, found.head, found.antecedent)
        if (owner := _owner(tokens, entities, thing, found.antecedent)) is not None
    }
    return owners.pop() if len(owners) == 1 else None


def _things(tokens: Tokens, head: int, pieces: tuple[TokenSpan, ...]) -> list[int]:
    """Return the own things that are the antecedent's subject, its object, or what its act is done to."""
    near = [head]
    if tokens.pos[head] in VERBAL:
        near = [c for c in tokens.children[head] if tokens.dep[c] in (*SUBJECTS, "dobj")]
    near += [
        inner
        for noun in near
        for c in tokens.children[noun]
        if tokens.dep[c] == "prep" and tokens.lower[c] in _OF_A_THING and c > noun
        if (inner := tokens.child(c, "pobj")) is not None
    ]
    return [t for t in near if _is_owned(tokens, t, head) and any(a <= t < b for a, b in pieces)]


def _is_owned(tokens: Tokens, thing: int, head: int) -> bool:
    """Tell whether who has a thing is the one to act: by its kind, or as what is to end."""
    lemma = tokens.lemma[thing].lower()
    if lemma in words("own_things") or (lemma in _GIVEN and thing == head):
        return True
    above = tokens.head[thing]
    return tokens.dep[thing] == "pobj" and tokens.lemma[tokens.head[above]].lower() in _ENDING


def _owner(tokens: Tokens, entities: Entities, thing: int, pieces: tuple[TokenSpan, ...]) -> str | None:
    for c in tokens.children[thing]:
        if (
            tokens.dep[c] in _OWNERS
            and c < thing
            and (owner := entities.actor_of.get(c) or _nation(tokens, entities, c))
        ):
            return owner
    for c in tokens.children[thing]:
        if tokens.dep[c] == "prep" and tokens.lower[c] in ("of", "by") and c > thing:
            inner = tokens.child(c, "pobj")
            if inner is not None and inner in entities.actor_of and any(a <= inner < b for a, b in pieces):
                return entities.actor_of[inner]
    return None


def _nation(tokens: Tokens, entities: Entities, i: int) -> str | None:
    """The nation that an adjective names, where the text has it as an actor: "an Albanian pardon"."""
    return next(
        (
            match.entry.id
            for match in tokens.once(find_matches)
            if match.start <= i < match.end and match.entry.sort in _SORTS and match.entry.id in entities.known
        ),
        None,
    )


def owner_of_will(tokens: Tokens, entities: Entities, pieces: Sequence[TokenSpan]) -> str | None:
    """Return whose will it is that words name: "Peru's support for the fund", "its approval of it", "Peru's condition".

    None where the words name nobody's, or that of several.
    """
    owners = {
        entities.actor_of[c]
        for start, end in pieces
        for t in range(start, end)
        if tokens.pos[t] == "NOUN" and _is_will(tokens.lemma[t].lower())
        for c in tokens.children[t]
        if tokens.dep[c] in _OWNERS and c < t and c in entities.actor_of
    }
    return owners.pop() if len(owners) == 1 else None


def _is_will(lemma: str) -> bool:
    return (
        lemma in _CONDITION_NOUNS
        or lemma in listed("stances", "government", "favouring_nouns")
        or lemma in listed("stances", "government", "turning_nouns")
    )


def other_side(tokens: Tokens, entities: Entities, found: ConditionMatch, holder: str | None) -> str | None:
    """Return the state other than the holder's where an antecedent says "the other side" and only one other is near."""
    actors = entities.known
    own = actors.get(holder or "")
    home = own.country if own is not None else None
    for start, end in found.antecedent:
        for t in range(start + 2, min(end, start + _REACH)):
            if tokens.lower[t] not in _OTHER_PARTIES or tokens.lower[t - 1] not in _OPPOSING:
                continue
            first = tokens.sentences[tokens.sentence[start]][0]
            for since in (first, 0):
                others = {
                    key
                    for i in range(since, start)
                    if (key := entities.actor_of.get(i, "")) in actors
                    if actors[key].kind in (ActorKind.STATE, ActorKind.TERRITORY)
                    if home is not None and actors[key].country != home and key != holder
                }
                if others:
                    return others.pop() if len(others) == 1 else None
            return _only_other(tokens, entities, found, holder)
    return None


def _only_other(tokens: Tokens, entities: Entities, found: ConditionMatch, holder: str | None) -> str | None:
    """Return the one state beside the holder's that a condition's sentence names; None where none or several are."""
    actors = entities.known
    own = actors.get(holder or "")
    if own is None or own.country is None or not found.antecedent:
        return None
    others = {
        key
        for i in range(*tokens.sentences[tokens.sentence[found.antecedent[0][0]]])
        if (key := entities.actor_of.get(i, "")) in actors
        if actors[key].kind in (ActorKind.STATE, ActorKind.TERRITORY) and actors[key].country != own.country
    }
    return others.pop() if len(others) == 1 else None


def other_of_two(entities: Entities, holder: str | None) -> str | None:
    """Return the other state of a text that names two and no third: what nobody is named for falls to it.

    Where only an organ of it is named ("the State Department"), that organ.
    """
    own = entities.known.get(holder or "")
    states = [a for a in entities.actors if a.kind in _STATES and a.mentions]
    # "In Washington the State Department ...", where no state but the holder's is named.
    organs = [a for a in entities.actors if a.kind is ActorKind.BODY and a.mentions and a.country]
    parties = states if len(states) >= _BOTH else [*states, *organs]
    if own is None or own.country is None or len({a.country or a.id for a in parties}) != _BOTH:
        return None
    others = [a.id for a in parties if a.country != own.country and a.id != holder]
    # Several organs of one state are one side.
    return others[0] if len(others) == 1 or (others and parties is not states) else None


def with_owners(tokens: Tokens, actors: dict[str, Actor], grown: Entities, sentences: set[int]) -> None:
    """Add to a cast the nations that own a thing, in sentences with a condition: "the Bolivian lawsuit"."""
    agents = words("agents")
    things = {
        c
        for k in sentences
        for t in range(*tokens.sentences[k])
        for c in tokens.children[t]
        if c < t and tokens.dep[c] in _OWNERS and c not in grown.actor_of
        if tokens.lemma[t].lower() in agents or _is_owned(tokens, t, t)
    }
    if not things:
        return
    for match in tokens.once(find_matches):
        last = match.end - 1
        if last in things and match.entry.sort in _SORTS:
            _add(tokens, match, actors, grown)


def _add(tokens: Tokens, match: GazetteerMatch, actors: dict[str, Actor], grown: Entities) -> None:
    entry = match.entry
    span = tokens.span((match.start, match.end))
    known = actors.get(entry.id)
    if known is None:
        actors[entry.id] = Actor(id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, mentions=(span,))
    elif span not in known.mentions:
        actors[entry.id] = dataclasses.replace(known, mentions=tuple(sorted((*known.mentions, span))))
    for i in range(match.start, match.end):
        grown.actor_of.setdefault(i, entry.id)
