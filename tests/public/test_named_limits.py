"""Windows and limits have names: no bare number of five or more stands in what a function of reading does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import communique

READING = Path(communique.__file__).parent / "reading"
LARGEST = 4
"""A number up to which what it counts can be seen at sight: the next words, two sides."""

NO_LIMIT = {
    "attribution/dates.py": ("a day's letters; days of a week", {10, 7}),
    "attribution/learned/tagger_decoding.py": ("log odds that change nothing more; hundredths", {30, 100}),
    "attribution/learned/tagger_features.py": ("steps of features that the weights were fitted to", {7, 8, 11, 16}),
    "attribution/learned/tagger_model.py": ("log odds that change nothing more", {30.0}),
    "attribution/learned/tagger_network.py": ("parts of the fitted network's input", {5}),
    "entities/registry.py": ("letters of a year and a month", {7}),
    "issues/issue_words.py": ("letters of an ending", {7}),
    "tokens.py": ("bits of a number", {63, 64}),
}
"""Numbers that are no windows, with what they are."""


def bare(source: str) -> Iterator[int | float]:
    """Yield the numbers over the bound in what functions do, those of decorators and bases of powers left out."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            parts = [function.args, *function.body]
            for node in (each for part in parts for each in ast.walk(part)):
                if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > LARGEST:
                    yield node.value


@pytest.mark.parametrize("code", ["range(i, i + 12)", "tokens[:60]", "here - at > 8", "min(30.0, x)"])
def test_a_bare_number_is_seen(code: str) -> None:
    assert list(bare(f"def f():\n    return {code}"))


def test_a_named_number_is_none() -> None:
    assert not list(bare("REACH = 12\n\n@lru_cache(maxsize=64)\ndef f(i):\n    return range(i, i + REACH), i + 2"))


@pytest.mark.parametrize("path", sorted(READING.rglob("*.py")), ids=lambda path: path.relative_to(READING).as_posix())
def test_windows_and_limits_are_named(path: Path) -> None:
    _, known = NO_LIMIT.get(path.relative_to(READING).as_posix(), ("", set()))
    assert set(bare(path.read_text(encoding="utf-8"))) == known
