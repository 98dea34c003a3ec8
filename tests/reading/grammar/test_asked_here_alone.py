"""Subjects, auxiliaries, tenses, denials and possessives are told by the parse's labels in one room, asked by all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import communique
from communique.reading.grammar import labels

READING = Path(communique.__file__).parent / "reading"

OWNED = {value for name, value in vars(labels).items() if name.isupper() and isinstance(value, str)}
"""The labels that the room of grammar names."""

POSSESSIVES = {"'s", "\u2019s", "POS"}

ELSEWHERE = {
    "misread_verbs.py": "mends the labels before anybody asks for them",
    "attribute_rules.py": "names the attributes that a rule of the model may ask for",
    "attribution/scorer.py": "names features that weights were fitted to",
    "entities/home_states.py": "asks for what may follow a name, a verb or a possessive",
}


def named(source: str) -> Iterator[str]:
    """Yield the labels that code names itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in OWNED | POSSESSIVES:
            yield node.value


def places() -> list[Path]:
    return sorted(path for path in READING.rglob("*.py") if path.parent.name != "grammar")


@pytest.mark.parametrize("code", ['tokens.dep[i] == "nsubj"', 'tokens.tag[i] in {"MD", "VB"}', 'low in ("\'s", "x")'])
def test_a_label_is_seen(code: str) -> None:
    assert list(named(code))


def test_what_the_room_names_are_the_labels_of_subjects_auxiliaries_tenses_and_denials() -> None:
    assert {"nsubj", "nsubjpass", "csubj", "expl", "aux", "auxpass", "neg", "MD", "VBD", "VBZ", "VBP"} == OWNED


def test_no_other_room_of_reading_names_them() -> None:
    found = {path.relative_to(READING).as_posix() for path in places() if any(named(path.read_text("utf-8")))}
    assert found == set(ELSEWHERE)
