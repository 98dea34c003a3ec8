"""Whose a minister or a ministry is that the report names without a state.

A report from home does not say whose "the foreign minister" is: a paper of one country means its own, an agency that of
the place from which it reports, unless the words just before are of another state's people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from communique.lexicon import listed, load
from communique.lexicon.agencies import is_agency
from communique.lexicon.cues import cues
from communique.model import ActorKind
from communique.reading.entities.affiliations import nearest_state
from communique.reading.entities.gazetteer import coded_states, matches_in, state_names
from communique.reading.entities.registry import SUBJECTS, EntityRegistry
from communique.reading.segmentation.paragraphs import dateline_end
from communique.reading.tokens import Tokens

_PLACES = frozenset(("city", "seat", "state"))
_OF_STATES = frozenset(("state", "people", "seat", "city", "territory"))
_AS_PARTIES = frozenset(("state", "people", "seat", "territory"))
_OPENING = listed("entities", "opening_a_scene")
_PEOPLE_OF_STATES = listed("entities", "people_of_states")

_PARAGRAPHS = 3
"""A dateline stands before one of so many paragraphs: a heading or two may come first."""

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_PARAGRAPH = re.compile(r"\n\s*\n\s*")


def state_at_home(registry: EntityRegistry, at: int, reach: int) -> str | None:
    """Return whose a ministry or minister without a country is: of the state in view, else of the report's home.

    A state that only acts in the report ("Ecuador has moved troops") does not make a minister of another home its own;
    one that speaks, or one whose people do, does.
    """
    there = place_told_at(registry, at)
    if there is not None:
        return there
    outlets, home = _outlet_state(registry), home_state(registry)
    near = nearest_state(registry, at, reach)
    if home is None or near is None or near == home:
        return near or home
    if home == outlets:
        return near if _has_spoken(registry, near, at, 1, by_itself=True) else home
    abroad = home in load("outlets")["read_everywhere"]["hosts"] and home not in _parties(registry)
    return near if abroad or _has_spoken(registry, near, at, reach) else home


def place_told_at(registry: EntityRegistry, at: int) -> str | None:
    """Return the state in whose capital a sentence opens its scene, or whose people the sentence before is of."""
    return _opening_state(registry, at) or _state_of_people_before(registry, at)


def home_state(registry: EntityRegistry) -> str | None:
    """Return the state whose "the minister" a report means: that of its outlet, else of its dateline, where told.

    An outlet tells its state only where the report names that state, where no other of its name is meant, and where it
    writes for its own country: an agency, or a paper that is read everywhere, tells it by the dateline first.
    """
    there, own = _dateline_state(registry), _outlet_state(registry)
    report = registry.report
    if report is not None and report.outlet and is_agency(report.outlet):
        return there or own
    return own or there


def _outlet_state(registry: EntityRegistry) -> str | None:
    """Return the one state of the report's outlet that the report names."""
    report = registry.report
    own = outlet_states(report.outlet) if report is not None and report.outlet else frozenset()
    meant = own & _named_states(registry) if own else own
    return next(iter(meant)) if len(meant) == 1 else None


def _named_states(registry: EntityRegistry) -> set[str]:
    """Return the states that the report, or its title, names in any way."""
    title = registry.report.title if registry.report is not None else None
    matches = [*registry.match_at.values(), *(matches_in(_WORD.findall(title)) if title else ())]
    return {match.entry.id for match in matches if match.entry.sort in _OF_STATES}


@lru_cache(maxsize=1024)
def outlet_states(outlet: str) -> frozenset[str]:
    """Return the states that an outlet may be of, by the place in its name, else by the lexicon; none where unknown.

    As in "El Pais (Montevideo)", "Clarin". Those of which outlets are read everywhere are none.
    """
    matches = matches_in(_WORD.findall(outlet))
    places = {m.entry.id for m in matches if m.entry.sort in _OF_STATES and m.entry.id in state_names()}
    found = places or _listed_states().get(_plain(outlet)) or _listed_states().get(_plain(outlet.split("(")[0]))
    return frozenset(found or ()) - frozenset(load("outlets")["read_everywhere"]["states"])


@cache
def _listed_states() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    data = load("outlets")
    for table in ("outlets", "read_at_home"):
        for country, rows in data[table].items():
            if country.lower() not in coded_states():
                continue
            for name in (name for row in rows for name in row.split("|")):
                found.setdefault(_plain(name), set()).add(country.lower())
    return {name: frozenset(states) for name, states in found.items()}


def _plain(name: str) -> str:
    """Return a name in small letters, without accents and article."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().removeprefix("the ").split())


def _dateline_state(registry: EntityRegistry) -> str | None:
    """Return the state of the place that the dateline names, None where there is none."""
    tokens = registry.tokens
    found = next(_datelines(tokens.doc_text), None)
    if found is None:
        return None
    start, end = found
    for i in range(tokens.n):
        if tokens.start[i] >= end:
            return None
        match = registry.match_at.get(i) if tokens.start[i] >= start else None
        if match is not None and match.entry.sort in _PLACES and match.entry.id in state_names():
            return match.entry.id
    return None


def _datelines(text: str) -> Iterator[tuple[int, int]]:
    starts = [0, *(m.end() for _, m in zip(range(_PARAGRAPHS - 1), _PARAGRAPH.finditer(text), strict=False))]
    for start in starts:
        end = dateline_end(text[start:], 0) if start else dateline_end(text, 0)
        if end is not None:
            yield start, start + end


def _opening_state(registry: EntityRegistry, at: int) -> str | None:
    """As in "In Dakar, Foreign Minister Lo summoned the ambassador": the scene is the capital of a state in dispute."""
    tokens = registry.tokens
    first = _first_word(tokens, at)
    if first is None or tokens.lower[first] not in _OPENING:
        return None
    match = registry.match_at.get(first + 1)
    if match is None or match.start != first + 1 or match.entry.sort not in ("city", "seat") or match.end > at:
        return None
    if tokens.text[match.end] != "," or match.end + 1 < at and tokens.lower[match.end + 1] != "the":
        return None
    return match.entry.id if match.entry.id in _parties(registry) else None


def _first_word(tokens: Tokens, at: int) -> int | None:
    begins = tokens.sentences[tokens.sentence[at]][0] if at < tokens.n else at
    return next((i for i in range(begins, at) if tokens.pos[i] not in ("SPACE", "PUNCT")), None)


def _parties(registry: EntityRegistry) -> set[str]:
    """Return the states that the report names by more than a city."""
    found = {m.entry.id for m in registry.match_at.values() if m.entry.sort in _AS_PARTIES}
    return found & state_names().keys()


def _state_of_people_before(registry: EntityRegistry, at: int) -> str | None:
    """As in "The Uruguayan hosts were careful. Foreign Minister Bonilla ...": whose the sentence before is."""
    tokens = registry.tokens
    here = tokens.sentence[at] if at < tokens.n else -1
    if here < 1 or tokens.dep[at] == "":
        return None
    begins, ends = tokens.sentences[here - 1]
    for i in range(begins, ends):
        match = registry.match_at.get(i)
        if match is None or match.start != i or match.entry.sort != "people" or match.entry.id not in state_names():
            continue
        last = match.end - 1
        noun = tokens.head[last]
        if tokens.dep[last] not in ("amod", "compound", "nmod") or tokens.dep[noun] not in SUBJECTS:
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
