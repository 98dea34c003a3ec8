"""One name for one thing: no two classes share a name, and no two files but the same thing of another room."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import communique

ROOT = Path(communique.__file__).parent

SAME_THING_OF_ANOTHER_ROOM = {
    "__init__.py": "the face of each package",
    "actors.py": "the command's and the desk's: actors",
    "app.py": "what is put together: all commands, the whole desk",
    "candidates.py": "what an extractor rates, of attribution and of issues",
    "changes.py": "the command and the analysis that it prints",
    "contradictions.py": "the command and the analysis that it prints",
    "cues.py": "cue words: as the lexicon holds them, as conditions match them",
    "extractor.py": "the door of each task of reading",
    "intake.py": "taking reports in, and how the command line tells of it",
    "issues.py": "the command's and the desk's: issues",
    "judge.py": "the command and the judging that it calls",
    "lists.py": "the lists of the record, as commands and as pages",
    "network.py": "the command and the picture that it draws",
    "positions.py": "the command and the analysis that it prints",
    "reports.py": "the command's and the desk's: reports",
    "resolver.py": "the door of each task of reading",
    "scorer.py": "the door of each task of reading",
    "series.py": "the command and the analysis that it prints",
}
"""File names that several rooms have, and why they stand for one thing."""


def classes_of(source: str) -> list[str]:
    """Return the names of all classes of a module, those inside others too."""
    return [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]


def repeated(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the names that stand for several of the (name, place) given, with their places."""
    places = defaultdict(list)
    for name, place in named:
        places[name].append(place)
    return {name: several for name, several in places.items() if len(several) > 1}


def modules() -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def test_a_class_is_seen_wherever_it_stands() -> None:
    assert classes_of("class A:\n class _B: ...\ndef f():\n class C: ...") == ["A", "_B", "C"]


def test_what_stands_once_is_not_repeated() -> None:
    assert repeated([("A", "x.py"), ("B", "x.py"), ("A", "y.py")]) == {"A": ["x.py", "y.py"]}


def test_no_two_classes_share_a_name() -> None:
    named = ((name, str(path)) for path in modules() for name in classes_of((ROOT / path).read_text(encoding="utf-8")))
    found = repeated(named)
    assert found == {}


def test_no_two_files_share_a_name_but_the_same_thing_of_another_room() -> None:
    found = repeated((path.name, str(path)) for path in modules())
    assert {name: places for name, places in found.items() if name not in SAME_THING_OF_ANOTHER_ROOM} == {}
    assert set(SAME_THING_OF_ANOTHER_ROOM) == set(found), "what stands once needs no reason"
