"""Where a report's people are: the place that its dateline or a paragraph opens with, and whither somebody travels."""

from __future__ import annotations

import re
from bisect import bisect_left

from communique.lexicon import listed, load
from communique.lexicon.cities import state_of_city, states_of_city
from communique.reading.entities.gazetteer import OF_STATES, PLACES, state_names
from communique.reading.entities.registry import EntityRegistry
from communique.reading.grammar.subjects import is_active_subject
from communique.reading.segmentation.paragraphs import dateline_end
from communique.reading.tokens import Tokens

_NAMES = frozenset(("state", "people"))
_IN_A_PLACE = listed("entities", "in_a_place")
_MEETING_PLACES = frozenset(load("entities")["meeting_places"])
_TRAVELLING = listed("entities", "travelling")
_CITY = re.compile(r"\s*[^\W\d_][^\d,(.–—]*?(?=\s*(?:[,(.–—]|-{1,2}\s|\s-|\d|$))")
_REACH = 4
_LINES = 4
_AHEAD = 40
_AFTER_HEADS = (".", ":")


def dateline_state(registry: EntityRegistry) -> str | None:
    """Return the state of the place that the dateline names, None where there is none.

    It opens the text, or one of the first lines, where a title and its like stand above.
    """
    text, at = registry.tokens.doc_text, 0
    for _ in range(_LINES):
        end = dateline_end(text, at)
        if end is not None:
            return _first_place(registry, at, end) or _city(registry, text[at:end])
        at = text.find("\n", at) + 1
        while at and text[at : at + 1].isspace():
            at += 1
        if not at:
            return None
    return None


def _first_place(registry: EntityRegistry, start: int, end: int) -> str | None:
    tokens = registry.tokens
    for i in range(bisect_left(tokens.start, start), tokens.n):
        if tokens.start[i] >= end:
            return None
        match = registry.match_at.get(i)
        if match is not None and match.entry.sort in PLACES and match.entry.id in state_names():
            return match.entry.id
    return None


def _city(registry: EntityRegistry, dateline: str) -> str | None:
    """Return the state of the city that a dateline opens with."""
    opening = _CITY.match(dateline)
    return None if opening is None else state_of_town(registry, opening[0])


def state_of_town(registry: EntityRegistry, name: str) -> str | None:
    """Return the state of a town: of those that have one of the name the one that the report names.

    Where it names none of them, or several, the one that the name alone means.
    """
    named = states_of_city(name) & registry.named(OF_STATES)
    return next(iter(named)) if len(named) == 1 else state_of_city(name)


def opening_state(registry: EntityRegistry, at: int) -> str | None:
    """Return the state of the place that a paragraph opens with before the sentence of a token: "In Oslo, ...".

    Only of a state that the report names as well: where others meet is nobody's home.
    """
    tokens = registry.tokens
    start = tokens.doc_text.rfind("\n", 0, tokens.start[at]) + 1
    first = bisect_left(tokens.start, start)
    while first < at and tokens.pos[first] == "SPACE":
        first += 1
    if tokens.sentence[first] == tokens.sentence[at] or tokens.lower[first] != "in" or first + 1 >= tokens.n:
        return None
    state = _place(registry, first + 1)
    return state if state in registry.named(_NAMES) else None


def headed_state(registry: EntityRegistry, at: int) -> str | None:
    """Return the state whose name alone heads the paragraph of a token: "RUSSIA. The foreign ministry said ..."."""
    tokens = registry.tokens
    start = tokens.doc_text.rfind("\n", 0, tokens.start[at]) + 1
    first = bisect_left(tokens.start, start)
    while first < at and tokens.pos[first] == "SPACE":
        first += 1
    match = registry.match_at.get(first)
    if match is None or match.start != first or match.end >= at or match.entry.sort != "state":
        return None
    apart = tokens.text[match.end] in _AFTER_HEADS and match.entry.id in state_names()
    return match.entry.id if apart and tokens.sentence[match.end + 1] != tokens.sentence[first] else None


def fronted_state(registry: EntityRegistry, at: int) -> str | None:
    """Return the state of the place that a sentence opens with: "In Asmara the ministry ruled it out"."""
    tokens = registry.tokens
    begins = tokens.sentences[tokens.sentence[min(at, tokens.n - 1)]][0] if tokens.n else 0
    if begins + 1 >= at or tokens.lower[begins] not in _IN_A_PLACE:
        return None
    # "In Port Sudan": the name may go on to the state's.
    first = begins + 2 if begins + 1 not in registry.match_at and tokens.dep[begins + 1] == "compound" else begins + 1
    state = _place(registry, first)
    if state is None or (end := registry.match_at[first].end) > at:
        return None
    return None if tokens.surface((first, end)).casefold() in _MEETING_PLACES else state


def visited_states(registry: EntityRegistry, at: int) -> set[str]:
    """Return the states of the places to or from which the sentence of a token says that somebody travels."""
    tokens = registry.tokens
    first, last = tokens.sentences[tokens.sentence[at]]
    found: set[str] = set()
    for i in range(max(first, at - _AHEAD), min(last, at + _AHEAD)):
        state = _place(registry, i)
        if state is not None and _travels(tokens, first, i):
            found.add(state)
    return found


def wills_of(registry: EntityRegistry, at: int, state: str) -> bool:
    """Tell whether the sentence of a token reports what a state itself will do: "Secretary X said Kenya would wait"."""
    tokens = registry.tokens
    _, last = tokens.sentences[tokens.sentence[at]]
    for i in range(at, min(last, at + _AHEAD)):
        verb = tokens.head[i]
        if _place(registry, i) != state or not is_active_subject(tokens, i) or tokens.dep[verb] != "ccomp":
            continue
        if any(tokens.lower[c] in listed("issued_documents", "own_states", "wills") for c in tokens.children[verb]):
            return True
    return False


def _place(registry: EntityRegistry, i: int) -> str | None:
    match = registry.match_at.get(i)
    if match is None or match.start != i or match.entry.sort not in PLACES or match.entry.id not in state_names():
        return None
    return match.entry.id


def _travels(tokens: Tokens, first: int, place: int) -> bool:
    """As in "who will travel to Santiago", "on a visit to Lima", "back from Tokyo", "arriving in Ankara"."""
    near = range(max(first, place - _REACH), place)
    return any({tokens.lemma[t].lower(), tokens.lower[t]} & _TRAVELLING for t in near)
