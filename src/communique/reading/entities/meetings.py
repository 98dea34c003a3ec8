"""Readouts: two sides who met or called each other, as one of them tells it; what is said there is said to the other.

A readout tells the meeting in its first sentence and what was said there without a reporter's "said" and "told".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from communique.lexicon import listed
from communique.model import Actor, ActorKind
from communique.reading.annotations import Entities, Meeting
from communique.reading.grammar.subjects import active_subject, is_active_subject
from communique.reading.segmentation.own_words import reports_nobody
from communique.reading.tokens import Tokens

_LONGEST = 6_000  # characters
_FIRST = 3  # sentences among which the meeting is told
_STATES = (ActorKind.STATE, ActorKind.TERRITORY)
_PEOPLE = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)


def find_meeting(tokens: Tokens, entities: Entities) -> Meeting | None:
    """Return the two sides of the meeting or call that a readout tells of; None where the text is no readout."""
    if not tokens.n or len(tokens.doc_text) > _LONGEST or not reports_nobody(tokens.doc_text):
        return None
    for first, last in tokens.sentences[:_FIRST]:
        verb = next((i for i in range(first, last) if tokens.head[i] == i and tokens.pos[i] == "VERB"), None)
        sides = None if verb is None else _sides(tokens, entities, verb)
        if sides is not None:
            return Meeting(*sides, last, _sides_by_name(tokens, entities))
    return None


def _sides_by_name(tokens: Tokens, entities: Entities) -> tuple[str, ...]:
    """As in "the Chinese side": the two states that are called a side of it."""
    kinds = {a.id: a.kind for a in entities.actors}
    named = (entities.heads.get(i) for i in range(tokens.n) if tokens.lower[i] == "side")
    found = tuple(dict.fromkeys(k for k in named if k is not None and kinds.get(k) in _STATES))
    return found if len(found) == 2 else ()


def _sides(tokens: Tokens, entities: Entities, verb: int) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """As in "A spoke with B", "A met his counterpart, B", "A had a call with B"."""
    subject = active_subject(tokens, verb)
    goal = tokens.child(verb, "dobj")
    lemma = tokens.lemma[verb]
    others: list[int] = []
    talks = goal is not None and tokens.lemma[goal].lower() in listed("issued_documents", "meetings", "talks")
    if (
        lemma in listed("issued_documents", "meetings", "verbs")
        or lemma in listed("issued_documents", "meetings", "holding")
        and talks
    ):
        others = list(_after(tokens, verb))[:1]
    if goal is not None and not talks and lemma in listed("issued_documents", "meetings", "meeting"):
        others.append(goal)
    if subject is None or not others:
        return None
    one = _actors(tokens, entities, subject)
    two = tuple(k for other in others for k in _actors(tokens, entities, other) if k not in one)
    return (one, two) if one and two else None


def _after(tokens: Tokens, verb: int) -> Iterator[int]:
    """Yield whom "with" and "to" name after a verb, up to the next one: the parse may hang them on a place."""
    for i in range(verb + 1, tokens.sentences[tokens.sentence[verb]][1]):
        if tokens.pos[i] == "VERB":
            return
        if tokens.dep[i] == "prep" and tokens.lower[i] in listed("issued_documents", "meetings", "with"):
            goal = tokens.child(i, "pobj")
            if goal is not None:
                yield goal


def _actors(tokens: Tokens, entities: Entities, token: int) -> tuple[str, ...]:
    """Return the people and states that a phrase joins; "his counterpart, B" is B."""
    kinds = {a.id: a.kind for a in entities.actors}
    found: list[str] = []
    node: int | None = token
    while node is not None:
        apposed = [c for c in range(node + 1, tokens.right[node] + 1) if tokens.dep[c] == "appos"]
        spots = [node, *apposed]
        key = next((entities.heads[i] for i in spots if i in entities.heads), entities.actor_of.get(node))
        if key is not None and key not in found and kinds.get(key) in (*_PEOPLE, *_STATES):
            found.append(key)
        node = tokens.child(node, "conj")
    return tuple(found)


def with_meeting(tokens: Tokens, entities: Entities, meeting: Meeting) -> Entities:
    """Return the entities with "they", "the leaders" and the like, where a later sentence is about them, both sides."""
    both = (*meeting.first, *meeting.second)
    known = {a.id: a for a in entities.actors}
    key = "group:" + "+".join(sorted(both))
    actor_of, heads = dict(entities.actor_of), dict(entities.heads)
    spots = list(_of_both(tokens, entities, known, meeting.after))
    if not spots:
        return entities
    if key not in known:
        names = [known[k].name for k in both]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        known[key] = Actor(key, name, ActorKind.GROUP, members=both)
    taken = {tokens.span(s) for s in spots}
    for first, last in spots:
        for i in range(first, last):
            actor_of[i] = key
        heads[last - 1] = key
    kept = []
    for actor in known.values():
        mentions = {m for m in actor.mentions if m not in taken} | (taken if actor.id == key else set())
        if mentions or not actor.mentions:
            kept.append(dataclasses.replace(actor, mentions=tuple(sorted(mentions))))
    return Entities(tuple(kept), actor_of, heads)


def _of_both(tokens: Tokens, entities: Entities, known: dict[str, Actor], after: int) -> Iterator[tuple[int, int]]:
    """Yield the tokens of plural subjects of main verbs that name nobody of their own."""
    for i in range(after, tokens.n):
        verb = tokens.head[i]
        if not is_active_subject(tokens, i) or tokens.head[verb] != verb:
            continue
        actor = known.get(entities.heads.get(i, ""))
        if tokens.lower[i] == "they":
            yield i, i + 1
            last = tokens.sentences[tokens.sentence[i]][1]
            yield from ((k, k + 1) for k in range(i, last) if tokens.lower[k] == "their" and _same(entities, i, k))
        elif tokens.lower[i] in listed("issued_documents", "meetings", "both") and (
            actor is None or not actor.members or actor.id.startswith("group:")
        ):
            first = tokens.left[i]
            plain = all(
                tokens.lower[k] in listed("issued_documents", "meetings", "before_both") for k in range(first, i)
            )
            if plain and first < i and tokens.right[i] == i:
                yield first, i + 1


def _same(entities: Entities, one: int, other: int) -> bool:
    return entities.actor_of.get(one) == entities.actor_of.get(other)


def other_side(meeting: Meeting, entities: Entities, speaker: str | None) -> tuple[str, ...]:
    """Return those to whom somebody spoke at a meeting: the other side; nobody where both or a third speak.

    A state that speaks at the meeting of two persons speaks to the other state.
    """
    actors = {a.id: a for a in entities.actors}
    if speaker is None or speaker not in actors:
        return ()
    for own, other in ((meeting.first, meeting.second), (meeting.second, meeting.first)):
        if speaker in own or _states(actors, own) & _states(actors, (speaker,)):
            return other if speaker not in other else ()
    if actors[speaker].kind not in _STATES:
        return ()
    for own, other in ((meeting.first, meeting.second), (meeting.second, meeting.first)):
        states = _states(actors, other)
        if states and speaker not in states and not _states(actors, own):
            return other
    return tuple(k for k in meeting.states if k != speaker) if speaker in meeting.states else ()


def _states(actors: dict[str, Actor], keys: tuple[str, ...]) -> set[str]:
    found = {actors[k].country.lower() for k in keys if actors[k].country}  # type: ignore[union-attr]
    return found | {k for k in keys if actors[k].kind in _STATES}
