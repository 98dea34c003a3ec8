"""Of which state a city is: some 34,000 places of 15,000 people or more, as GeoNames has them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from communique.lexicon import load
from communique.lexicon.officeholders import fold

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['’ʼ‘]")
_SURE = "*"


def states_of_city(name: str) -> frozenset[str]:
    """Return the states, by their ids, that have a city of a name; none where it is unknown."""
    return frozenset(_cities().get(plain(name), {}))


def state_of_city(name: str) -> str | None:
    """Return the state, by its id, that a city's name alone means; None where it is unknown or of several states."""
    return next((state for state, sure in _cities().get(plain(name), {}).items() if sure), None)


def plain(name: str) -> str:
    """Return a name's words in small letters, without accents and apostrophes, as the list has them."""
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", fold(name))))


@cache
def _cities() -> dict[str, dict[str, bool]]:
    """The states of each name, and whether the name alone means it; see ``benchmarks/make_cities.py``."""
    found: dict[str, dict[str, bool]] = {}
    states = load("states")["states"]
    for line in files("communique.lexicon").joinpath("cities.tsv").read_text("utf-8").splitlines():
        country, _, names = line.partition("\t")
        state = country.lower()
        if state in states:
            for name in names.split("|"):
                found.setdefault(name.removesuffix(_SURE), {})[state] = name.endswith(_SURE)
    return found
