"""Whose a minister or a ministry is that the report names without a state.

A report from home does not say whose "the foreign minister" is: a paper of one country means its own, an agency that of
the place from which it reports, unless the words just before are of another state's people.
"""

from __future__ import annotations

import re
from functools import lru_cache

from communique.lexicon import listed, load
from communique.lexicon.agencies import is_agency
from communique.lexicon.cues import cues
from communique.lexicon.outlets import outlet_states
from communique.model import ActorKind
from communique.reading.entities.affiliations import nearest_state
from communique.reading.entities.gazetteer import OF_STATES, matches_in, state_names
from communique.reading.entities.registry import EntityRegistry
from communique.reading.entities.whereabouts import (
    dateline_state,
    fronted_state,
    headed_state,
    opening_state,
    visited_states,
    wills_of,
)
from communique.reading.grammar.labels import FULL_SUBJECTS, MODAL, PAST_TENSE, THIRD_PERSON
from communique.reading.segmentation.documents import is_official
from communique.reading.tokens import Tokens

_AS_PARTIES = frozenset(("state", "people", "seat", "territory"))
_PEOPLE_OF_STATES = listed("entities", "people_of_states")

_AFTER_LEADING = (THIRD_PERSON, PAST_TENSE, MODAL, "POS")
_DEEPEST = 20
_BACK = 60
"""Tokens before a sentence in which its people are looked for."""
_WORD = re.compile(r"[^\W_]+?(?=['’]s\b)|['’]s\b|[^\W_]+|[^\w\s]")


def state_at_home(registry: EntityRegistry, at: int, reach: int, *, somebodys: bool = False) -> str | None:
    """Return whose a ministry or minister without a country is: of the state in view, else of the report's home.

    ``somebodys`` tells that a pronoun says whose it is ("their embassy"): then it is of nobody who is not in view.

    A state that only acts in the report ("Ecuador has moved troops") does not make a minister of another home its own;
    one that speaks, or one whose people do, does, unless he travels there or tells what the home's will do.
    """
    there = place_told_at(registry, at) or opening_state(registry, at) or headed_state(registry, at)
    if there is not None:
        return there
    home, outlets = _home(registry)
    if home is not None and not somebodys and home == issuing_state(registry):
        return home
    near = nearest_state(registry, at, reach)
    if near is not None and near in visited_states(registry, at):
        near = None
    if somebodys:
        return near
    if home is None or near is None or near == home:
        return near or home
    if wills_of(registry, at, home):
        return home
    if home == outlets:
        return near if _has_spoken(registry, near, at, 1, by_itself=True) else home
    abroad = home in load("outlets")["read_everywhere"]["hosts"] and home not in _parties(registry)
    return near if abroad or _has_spoken(registry, near, at, reach) else home


def place_told_at(registry: EntityRegistry, at: int) -> str | None:
    """Return the state in whose capital a sentence opens its scene, or whose people the sentence before is of."""
    return fronted_state(registry, at) or _state_of_people_before(registry, at)


def first_subject(registry: EntityRegistry, at: int) -> str | None:
    """As in "Sofia will not let Skopje join, President Radev said": the state that will act, or whose it is."""
    tokens = registry.tokens
    if tokens.lower[at - 1 if at else 0] != ",":
        return None
    first: str | None = None
    highest = tokens.n
    begins = tokens.sentences[tokens.sentence[at]][0]
    for m in registry.before(at):
        if m.sentence != tokens.sentence[at]:
            break
        leads = m.subject or m.start == begins and m.end < at and tokens.tag[m.end] in _AFTER_LEADING
        # "If Skopje gives way, Sofia will let it join": what is supposed of another is no will of one's own.
        supposed = tokens.dep[tokens.head[m.head]] == "advcl"
        if leads and not supposed and registry.entities[m.entity].kind is ActorKind.STATE:
            depth = _depth(tokens, m.head)
            if depth <= highest:
                first, highest = m.entity, depth
    return first


def _depth(tokens: Tokens, i: int) -> int:
    """How far a token is from the main word of its sentence."""
    steps = 0
    while tokens.head[i] != i and steps < _DEEPEST:
        i, steps = tokens.head[i], steps + 1
    return steps


def issuing_state(registry: EntityRegistry) -> str | None:
    """Return the one state whose office or body the outlet is: "Ministry of Trade of Malta"."""
    outlet = (registry.report.outlet if registry.report is not None else None) or ""
    return state_of_body(outlet)


@lru_cache(maxsize=256)
def state_of_body(name: str) -> str | None:
    """Return the one state that the name of an office or body tells, None where it is no such name, or tells none."""
    if not is_official(name):
        return None
    named = {match.entry.id for match in matches_in(_WORD.findall(name)) if match.entry.sort in OF_STATES}
    return next(iter(named)) if len(named) == 1 and named <= state_names().keys() else None


def home_state(registry: EntityRegistry) -> str | None:
    """Return the state whose "the minister" a report means: that of its outlet, else of its dateline, where told.

    An outlet tells its state only where the report names that state, where no other of its name is meant, and where it
    writes for its own country: an agency, or a paper that is read everywhere, tells it by the dateline first.
    """
    return _home(registry)[0]


def _home(registry: EntityRegistry) -> tuple[str | None, str | None]:
    """The report's home, and the one state of its outlet that it names; looked for once."""
    if registry.home is None:
        outlet = (registry.report.outlet if registry.report is not None else None) or ""
        own = outlet_states(outlet) if outlet else frozenset()
        meant = own & _named_states(registry) if own else own
        state = next(iter(meant)) if len(meant) == 1 else issuing_state(registry)
        there = dateline_state(registry)
        registry.home = ((there or state) if outlet and is_agency(outlet) else (state or there)), state
    return registry.home


def _named_states(registry: EntityRegistry) -> frozenset[str]:
    """Return the states that the report, or its title, names in any way."""
    title = registry.report.title if registry.report is not None else None
    matches = matches_in(_WORD.findall(title)) if title else ()
    return registry.named(OF_STATES) | {match.entry.id for match in matches if match.entry.sort in OF_STATES}


def _parties(registry: EntityRegistry) -> frozenset[str]:
    """Return the states that the report names by more than a city."""
    return registry.named(_AS_PARTIES) & state_names().keys()


def _state_of_people_before(registry: EntityRegistry, at: int) -> str | None:
    """As in "The Uruguayan hosts were careful. Foreign Minister Bonilla ...": whose the sentence before is."""
    tokens = registry.tokens
    here = tokens.sentence[at] if at < tokens.n else -1
    if here < 1 or tokens.dep[at] == "":
        return None
    begins, ends = tokens.sentences[here - 1]
    for i in range(max(begins, ends - _BACK), ends):
        match = registry.match_at.get(i)
        if match is None or match.start != i or match.entry.sort != "people" or match.entry.id not in state_names():
            continue
        last = match.end - 1
        noun = tokens.head[last]
        if tokens.dep[last] not in ("amod", "compound", "nmod") or tokens.dep[noun] not in FULL_SUBJECTS:
            continue
        leads = tokens.head[tokens.head[noun]] == tokens.head[noun] and registry.quote[i] < 0
        if leads and tokens.lemma[noun] in _PEOPLE_OF_STATES:
            return match.entry.id
    return None


def _has_spoken(registry: EntityRegistry, state: str, at: int, reach: int, *, by_itself: bool = False) -> bool:
    """Tell whether the state, or somebody of it, is the subject of a verb of saying, or is named by its office here.

    With ``by_itself`` the latter does not do.
    """
    tokens = registry.tokens
    here = tokens.sentence[at] if at < tokens.n else len(tokens.sentences)
    for m in registry.before(at):
        if here - m.sentence > reach:
            return False
        entity = registry.entities[m.entity]
        if entity.country is None or entity.country.lower() != state or m.start >= at:
            continue
        if entity.kind not in (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.OUTLET) and not by_itself:
            return True
        if m.subject and tokens.lemma[tokens.head[m.head]] in cues().verbs:
            return True
    return False
