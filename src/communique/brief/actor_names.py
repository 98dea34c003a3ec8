"""How actors of several reports are named on one page, so that one body has one line."""

from __future__ import annotations

from functools import cache

from communique.lexicon import load

_OF = ("'s ", "’s ", "' ", "’ ")


def body_name(name: str, country: str) -> str:
    """Return a body's name with its state's adjective before it: "Russian Foreign Ministry".

    ``country`` is an ISO 3166 alpha-3 code, or "". A name of one capitalised word ("Diet") or of a body whose state is
    not known stays as it is.
    """
    adjective, prefixes = _state(country.lower())
    if not adjective:
        return name
    folded = name.casefold()
    start = next((len(prefix) for prefix in prefixes if folded.startswith(prefix)), 0)
    core = name[start:].strip()
    if not core or (not start and " " not in core and not core.islower()):
        return name
    if core.islower() and " " in core:
        core = core.title()
    return f"{adjective} {core}"


@cache
def _state(code: str) -> tuple[str, tuple[str, ...]]:
    """Return a state's adjective and the beginnings that say that a body is its own."""
    row = load("states")["states"].get(code)
    if row is None or not row.get("people"):
        return "", ()
    owners = [row["name"], *row.get("aliases", ())]
    starts = [f"{owner}{mark}" for owner in owners for mark in _OF] + [f"{people} " for people in row["people"]]
    return row["people"][0], tuple(sorted((start.casefold() for start in starts), key=len, reverse=True))
