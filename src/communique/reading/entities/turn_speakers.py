"""Actors for the labels of a transcript: whoever has the floor, by name, office and country as the label gives them."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from communique.lexicon import listed, load
from communique.lexicon.officeholders import fold, slug
from communique.model import Actor, ActorKind, Span
from communique.reading.annotations import Entities, Part, Turn
from communique.reading.entities.gazetteer import state_names
from communique.reading.entities.home_states import state_of_body
from communique.reading.entities.issuers import NameReader
from communique.reading.segmentation.headings import heading_names, surname_of
from communique.reading.segmentation.turns import key_of
from communique.reading.tokens import Tokens

_COUNCIL = "org:un-security-council"
_MOST_NAMES = 4  # words of a name
_OF = "of"
_JOINING = listed("closed_classes", "linking_prepositions") | listed("closed_classes", "articles") | {"and"}
_MARKS = ".,;:()[]–—-"
_ANSWER = ""
"""What an answer without a name is known by."""


def with_turn_speakers(
    tokens: Tokens, entities: Entities, turns: tuple[Turn, ...], read: NameReader | None = None, title: str = ""
) -> Entities:
    """Return the entities with every label's tokens those of the one who has the floor.

    A questioner without a name is nobody; an answer, an office or a family name is the person whom the heading names,
    in the ``title`` or above the first label, ``read`` as a name alone. Whom only a label named wrongly is dropped.
    """
    if not turns:
        return entities
    actors = {actor.id: actor for actor in entities.actors}
    actor_of, heads = dict(entities.actor_of), dict(entities.heads)
    known: dict[str, str] = {}
    if read is not None:
        known = _headed(f"{title}\n{tokens.doc_text[: turns[0].label.start]}", turns, actors, read)
    marked: dict[str, list[Span]] = {}
    inside = [t.label for t in turns]
    alone = len({key_of(t.name) for t in turns if t.part is Part.SPEAKER}) == 1
    for turn in turns:
        held = _tokens_of(tokens, turn)
        key = _speaker(turn, known, actors, {actor_of[i] for i in held if i in actor_of}, read)
        if alone and key is not None and turn.part is Part.SPEAKER and _ANSWER not in known:
            known[_ANSWER] = key  # the one who has opened a briefing answers there
            _give_state(f"{title}\n{tokens.doc_text[: turns[0].label.start]}", key, actors)
        for i in held:
            actor_of.pop(i, None)
            heads.pop(i, None)
            if key is not None:
                actor_of[i] = key
        if key is not None and held:
            heads[held[-1]] = key
            marked.setdefault(key, []).append(turn.label)
    councils = _council(tokens, turns, actors, actor_of)
    for i in councils:
        actor_of[i - 1] = actor_of[i] = heads[i] = _COUNCIL
        marked.setdefault(_COUNCIL, []).append(tokens.span((i - 1, i + 1)))
    kept = []
    for actor in actors.values():
        others = [m for m in actor.mentions if not any(a <= m.start < b for a, b in inside)]
        mentions = tuple(sorted({*others, *marked.get(actor.id, ())}))
        if mentions or not actor.mentions:
            kept.append(dataclasses.replace(actor, mentions=mentions))
    return Entities(tuple(kept), actor_of, heads)


def with_issuers_state(entities: Entities, turns: tuple[Turn, ...], title: str, outlet: str) -> Entities:
    """Return the entities with those who answer in a briefing that a state's body publishes as that state's.

    Not in what several hold together, and not those whom the record gives a state of their own.
    """
    state = state_of_body(outlet) if turns else None
    together = listed("issued_documents", "turns", "held_together")
    if state is None or any(word in together for word in fold(title).split()):
        return entities
    asked = {turn.label.start for before, turn in pairwise(turns) if before.part is Part.QUESTIONER}
    labels = {turn.label for turn in turns if turn.part in (Part.SPEAKER, Part.ANSWER)}
    code = state.upper()
    actors = {actor.id: actor for actor in entities.actors}
    for actor in entities.actors:
        answers = any(m in labels and m.start in asked for m in actor.mentions)
        if answers and actor.country is None and actor.kind in (ActorKind.PERSON, ActorKind.UNNAMED):
            actors[actor.id] = dataclasses.replace(actor, country=code, principal=actor.principal or state)
            actors.setdefault(state, Actor(state, state_names()[state], ActorKind.STATE, code))
    return Entities(tuple(actors.values()), entities.actor_of, entities.heads)


def _names_after_of(heading: str) -> Iterator[str]:
    """Yield the names that "of" leads to: "the Republic of Moldova" of "Spokesperson of the Republic of Moldova"."""
    words = heading.split()
    for at, word in enumerate(words):
        if word != _OF:
            continue
        end = named = at + 1
        while end < len(words) and (words[end][:1].isupper() or words[end] in _JOINING):
            end += 1
            if words[end - 1][:1].isupper():
                named = end
            if words[end - 1][-1] in _MARKS:
                break
        if named > at + 1:
            yield " ".join(words[at + 1 : named]).rstrip(_MARKS)


def _give_state(heading: str, key: str, actors: dict[str, Actor]) -> None:
    """As in "Briefing by the Government Spokesperson of the Republic of Moldova": the state of the one who speaks."""
    states = {code for name in _names_after_of(heading) if (code := country_of(name)) is not None}
    actor = actors[key]
    if actor.country is not None or len(states) != 1 or not _is_office(heading):
        return
    code = states.pop()
    state = code.lower()
    actors[key] = dataclasses.replace(actor, country=code, principal=state if state in actors else actor.principal)


def _council(tokens: Tokens, turns: tuple[Turn, ...], actors: dict[str, Actor], actor_of: dict[int, str]) -> list[int]:
    """Return where a record of the United Nations says "the Council" and names no other: the Security Council."""
    if not any(_country(t) for t in turns) or any(
        "council" in fold(a.name) and a.id != _COUNCIL for a in actors.values()
    ):
        return []
    found = [
        i
        for i in range(1, tokens.n)
        if tokens.text[i] == "Council" and tokens.lower[i - 1] == "the" and i not in actor_of
        if tokens.lower[i + 1 : i + 2] != ["of"]
    ]
    if found and _COUNCIL not in actors:
        actors[_COUNCIL] = Actor(_COUNCIL, "UN Security Council", ActorKind.ORGANISATION)
    return found


def _headed(heading: str, turns: tuple[Turn, ...], actors: dict[str, Actor], read: NameReader) -> dict[str, str]:
    """Return, by the short forms of labels, the ids of those whom the heading names; they are added to ``actors``.

    An office is the one person whom the heading gives it, an answer the one person whom it names at all.
    """
    named = heading_names(heading)
    labels = {fold(w) for t in turns for w in t.name.split()}
    wanted = any(t.part is Part.ANSWER for t in turns)
    found: dict[str, list[str]] = {}
    for office, words in named:
        surname = fold(surname_of(words))
        if not wanted and surname not in labels and office not in labels:
            continue
        people, those = read(words)
        person = next((a for a in people if a.id in those and a.kind is ActorKind.PERSON), None)
        if person is None:
            continue
        for actor in people:
            # What the text itself made of the heading went by the states around it.
            if actor.id == person.id or actor.id not in actors:
                before = actors[actor.id].mentions if actor.id in actors else ()
                actors[actor.id] = dataclasses.replace(actor, mentions=before)
        for form in (_ANSWER, surname, office):
            found.setdefault(form, []).append(person.id)
    return {form: ids[0] for form, ids in found.items() if len(set(ids)) == 1}


def _tokens_of(tokens: Tokens, turn: Turn) -> list[int]:
    """Return a label's tokens, without the one that holds its mark: "):" is no part of a name."""
    first = bisect_left(tokens.start, turn.label.start)
    last = bisect_right(tokens.start, turn.mark.start) - 1
    return [i for i in range(first, max(last, first + 1)) if tokens.pos[i] != "SPACE"]


def _speaker(
    turn: Turn, known: dict[str, str], actors: dict[str, Actor], named: set[str], read: NameReader | None
) -> str | None:
    if turn.part is Part.ANSWER and not parted(turn)[1]:
        return known.get(_ANSWER)
    if any(
        key_of(turn.name) in listed("issued_documents", "turns", names) for names in ("questioners", "question_words")
    ):
        return None
    office, name = parted(turn)
    short = fold(name.split()[-1]) if name else key_of(office)
    last = short.split()[-1] if short and not name and turn.part is Part.SPEAKER else short
    if short in known or last in known:
        return known[short if short in known else last]
    person = _named_person(turn, name, actors, named, read)
    known[short] = _add(turn, office, name, person, actors)
    return known[short]


def _named_person(
    turn: Turn, name: str, actors: dict[str, Actor], named: set[str], read: NameReader | None
) -> Actor | None:
    """Return the person whom the text itself took a label's name for, without a state that only stands near."""
    person = next((actors[k] for k in sorted(named) if actors[k].kind is ActorKind.PERSON), None)
    if person is not None and not (name and fold(name.split()[-1]) in fold(person.name).split()):
        person = None
    if person is not None and _is_delegate(turn) and len(name.split()) < len(person.name.split()):
        # A family name is no proof that he is the one of that name who holds an office.
        person = None
    if person is not None and person.country and read is not None and _country(turn) is None:
        # A state that only stands near is none of his.
        alone, _ = read(turn.name)
        own = next((a for a in alone if a.id == person.id), None)
        guess = own is None or own.country is None
        person = dataclasses.replace(person, country=None, principal=None) if guess else person
        actors[person.id] = person
    return person


def _add(turn: Turn, office: str, name: str, person: Actor | None, actors: dict[str, Actor]) -> str:
    """Add the one who has the floor to the actors, by his label and, where the text names him, his name; his id."""
    made = person or Actor(
        f"person:{slug(name)}" if name else f"unnamed:{slug(office)}",
        name or office,
        ActorKind.PERSON if name else ActorKind.UNNAMED,
    )
    made = actors.get(made.id) or made
    asks = turn.part not in (Part.SPEAKER, Part.ANSWER)
    country = None if asks else _country(turn) or (person.country if person else None)
    state = country.lower() if country else None
    actors[made.id] = dataclasses.replace(
        made,
        country=None if asks else country or made.country,
        role=made.role or (office if name and office else None),
        principal=None if asks else made.principal or (state if state in actors else None),
    )
    return made.id


def parted(turn: Turn) -> tuple[str, str]:
    """Return the office and the name that a label gives, either of them "" where it gives none."""
    courtesy = listed("issued_documents", "turns", "courtesy")
    noted = next((n for n in turn.notes if n.split()[0].lower() in courtesy and len(n.split()) > 1), None)
    if noted is None and turn.name.lower().startswith("the ") and _is_office(turn.name):
        noted = next((n for n in turn.notes if _may_be_person(n)), None)
    if noted is not None:
        return turn.name, " ".join(w for w in noted.split() if w.lower() not in courtesy)
    if turn.part is Part.ANSWER:
        return _parted(turn.notes[0].split()) or ("", "") if turn.notes else ("", "")
    before, _, after = turn.name.partition(",")
    words = [w for w in before.split() if w.lower() not in courtesy]
    if turn.part is Part.PRESIDING:
        return turn.name, ""
    named = _parted(words)
    if named is not None:
        return named
    return (before, "") if _is_office(" ".join(words)) else (after.strip(), " ".join(words))


def _parted(words: list[str]) -> tuple[str, str] | None:
    """Return the office and the name of "Foreign Minister Ann Lee"; None where other words stand there."""
    titles = listed("issued_documents", "turns", "titles")
    last = max((k for k, w in enumerate(words) if w.lower() in titles), default=-1)
    front = words[: last + 1]
    if front and all(w.lower() in titles | listed("issued_documents", "turns", "before_titles") for w in front):
        return " ".join(front), " ".join(words[last + 1 :])
    return None


def _is_office(words: str) -> bool:
    return any(w.lower() in listed("issued_documents", "turns", "titles") for w in words.split())


def _is_delegate(turn: Turn) -> bool:
    """As in "Mr. Okello (Uganda)", where no office is named."""
    first = turn.name.split()[0].lower()
    return first in listed("issued_documents", "turns", "courtesy") and _country(turn) is not None


def _may_be_person(note: str) -> bool:
    """As in "The Secretary of State (Helen Marlow)": a first name and a family name, no country."""
    words = note.split()
    named = 2 <= len(words) <= _MOST_NAMES and all(w[:1].isupper() for w in words)
    return named and country_of(note) is None and not _is_office(note)


def _country(turn: Turn) -> str | None:
    return next((code for code in map(country_of, turn.notes) if code is not None), None)


def country_of(note: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of the state that a bracket in a label names, by any of its names."""
    bare = re.sub(r"^the\s+", "", note.strip(), flags=re.IGNORECASE)
    shorter = re.sub(r"^(?:\w+\s+)?republic of\s+", "", bare, flags=re.IGNORECASE)
    return _codes().get(fold(bare)) or _codes().get(fold(shorter))


@cache
def _codes() -> dict[str, str]:
    rows = {key: row for key, row in load("states")["states"].items() if len(key) == 3}
    found = {fold(name): key.upper() for key, row in rows.items() for name in row.get("aliases", ())}
    return found | {
        fold(name): key.upper() for key, row in rows.items() for name in (row["name"], row.get("short")) if name
    }


__all__ = ["parted", "with_issuers_state", "with_turn_speakers"]
