"""Each list of words of the lexicon is asked for, and names a word once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import communique
from communique.lexicon import load

SOURCE = Path(communique.__file__).parent
NAMES = ("organisations", "outlets", "officeholders", "groups", "states", "country_codes", "domains", "metonymy")
"""Files of names, which may have a word twice and are gone through as a whole."""

ASKED_FOR = ("closed_classes", "conditions", "issued_documents", "entities", "stances")
"""Files whose lists are each asked for by name."""

NOT_BY_NAME = {"issued_documents": ("short_forms",)}
"""Tables that are looked up by what a text has."""


def files() -> list[str]:
    return sorted(file.stem for file in (SOURCE / "lexicon").glob("*.toml"))


def lists(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, (*path, key))
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield (*path, key), value
        elif isinstance(value, str) and not set(value) & set(";\\()|"):
            yield (*path, key), value.split()


@cache
def asked() -> frozenset[str]:
    """The strings of the code of reading, less those that only lead to another one in the same call."""
    found: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        leading = {
            id(each)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            for each in [a for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)][:-1]
        }
        texts = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        found |= {str(text.value) for text in texts if id(text) not in leading}
    return frozenset(found)


@pytest.mark.parametrize("name", [name for name in files() if name not in NAMES])
def test_no_list_names_a_word_twice(name: str) -> None:
    twice = {".".join(path): {each for each in words if words.count(each) > 1} for path, words in lists(load(name))}
    assert {path: words for path, words in twice.items() if words} == {}


@pytest.mark.parametrize("name", ASKED_FOR)
def test_each_list_is_asked_for(name: str) -> None:
    paths = (path for path, _ in lists(load(name)) if path[0] not in NOT_BY_NAME.get(name, ()))
    assert [".".join(path) for path in paths if path[-1] not in asked()] == []
