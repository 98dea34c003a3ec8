"""Of which state a paper, broadcaster or agency is."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from communique.lexicon import listed, load
from communique.lexicon.cities import state_of_city
from communique.lexicon.officeholders import fold

_WORD = re.compile(r"[^\W_]+")
_LONGEST_CITY = 3
"""Words of a city's name at most."""

_SHORTEST_CITY = 4
"""Letters of a city's name at least where a paper's name is looked through for one."""


@lru_cache(maxsize=1024)
def outlet_states(outlet: str) -> frozenset[str]:
    """Return the states, by their ids, that an outlet may be of: by the place in its name, else by the lexicon.

    As in "El Pais (Montevideo)", "Clarin". None where it is unknown, or read everywhere.
    """
    words = _plain(outlet).split()
    places = {state for at in range(len(words)) if (state := _place_at(words, at)) is not None}
    known = _listed_states().get(_plain(outlet)) or _listed_states().get(_plain(outlet.split("(")[0]))
    found = places or known or _cities_in(words)
    return frozenset(found or ()) - frozenset(load("outlets")["read_everywhere"]["states"])


def _place_at(words: list[str], at: int) -> str | None:
    for name, state in _places().get(words[at], ()):
        if tuple(words[at : at + len(name)]) == name:
            return state
    return None


def _cities_in(words: list[str]) -> set[str]:
    """The states of the cities in a name: "Oran Evening News", "El Faro de Ipiales"."""
    names = (words[at : at + many] for many in range(_LONGEST_CITY, 0, -1) for at in range(len(words) - many + 1))
    other = listed("outlets", "words", "no_cities")
    found = (
        state_of_city(" ".join(name))
        for name in names
        if len("".join(name)) >= _SHORTEST_CITY and other.isdisjoint(name)
    )
    return {state for state in found if state is not None}


@cache
def _places() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The names of states, their people and capitals, in plain words, by the first one, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for state, row in load("states")["states"].items():
        for name in (row["name"], *row.get("aliases", ()), *row.get("people", ()), *row.get("capital", ())):
            words = tuple(_plain(name).split())
            if len("".join(words)) > 3:  # "US" and the like are words of other names too
                found.setdefault(words[0], []).append((words, state))
    return {first: sorted(names, key=lambda each: -len(each[0])) for first, names in found.items()}


@cache
def _listed_states() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    data, states = load("outlets"), load("states")["states"]
    for table in ("outlets", "read_at_home"):
        for country, rows in data[table].items():
            if country.lower() in states:
                for name in (name for row in rows for name in row.split("|")):
                    found.setdefault(_plain(name), set()).add(country.lower())
    return {name: frozenset(states) for name, states in found.items()}


def _plain(name: str) -> str:
    """Return a name's words in small letters, without accents, marks and article."""
    return " ".join(_WORD.findall(fold(name))).removeprefix("the ")
