"""The lexicon: cue words, offices, metonyms and the like, as data files."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the data file ``<name>.toml``, read once. Treat it as read-only.

    Raises FileNotFoundError where there is no such file.
    """
    return tomllib.loads(files("communique.lexicon").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def listed(name: str, *keys: str) -> frozenset[str]:
    """Return one list of words of ``<name>.toml`` for look-ups; ``keys`` lead to it through the file's tables.

    A list is an array, or one string with a blank between its words. Raises KeyError where the file has no such list.
    """
    found = _found(name, keys)
    return frozenset(found.split() if isinstance(found, str) else found)


@cache
def endings(name: str, *keys: str) -> tuple[str, ...]:
    """Return one list of ``<name>.toml`` as `str.endswith` takes it. Raises KeyError where there is no such list."""
    return tuple(sorted(listed(name, *keys)))


@cache
def phrases(name: str, *keys: str) -> tuple[tuple[str, ...], ...]:
    """Return a list of phrases of ``<name>.toml``, each as its words, in the file's order.

    Raises KeyError where the file has no such list.
    """
    return tuple(tuple(phrase.split()) for phrase in _found(name, keys))


@cache
def alternatives(name: str, *keys: str) -> str:
    """Return one list of ``<name>.toml`` as the inside of a regular expression's group, the longest first.

    Raises KeyError where the file has no such list.
    """
    return "|".join(re.escape(each) for each in sorted(listed(name, *keys), key=lambda each: (-len(each), each)))


def _found(name: str, keys: tuple[str, ...]) -> Any:
    found: Any = load(name)
    for key in keys:
        found = found[key]
    return found
