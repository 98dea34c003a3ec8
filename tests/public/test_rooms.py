"""Tests lie in folders that mirror the rooms, and SQL stays in the rooms that know the store."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import communique

SOURCE = Path(communique.__file__).parent
TESTS = Path(__file__).resolve().parents[1]

OF_NO_ROOM = {"benchmarks": "the scripts beside the package", "data": "what tests read", "public": "the whole package"}
"""Folders of tests that mirror no room, with what they are about."""

_SQL = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|WITH|CREATE|DROP)\s+\w")


def rooms(root: Path) -> set[str]:
    """Return the folders below a place that hold code, but for those of scripts that only Alembic loads."""
    found = {path.parent.relative_to(root).as_posix() for path in root.rglob("*.py")}
    return {room for room in found if room not in (".", "record/migrations/versions")}


def folders_of_tests() -> set[str]:
    found = {path.parent.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py")}
    return {folder for folder in found if folder.split("/")[0] not in OF_NO_ROOM}


def questions(source: str) -> Iterator[str]:
    """Yield the texts in code that are SQL."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value):
            yield node.value


def test_each_room_has_its_folder_of_tests_and_each_folder_its_room() -> None:
    tested = folders_of_tests()
    whole = tested | {parent.as_posix() for folder in tested for parent in Path(folder).parents} - {"."}
    assert rooms(SOURCE) == whole


def test_sql_is_seen() -> None:
    assert list(questions('ask(f"SELECT {name} FROM t")')) == ["SELECT "] or list(questions('ask("SELECT a FROM t")'))


@pytest.mark.parametrize("room", ["web", "brief", "cli"])
def test_no_sql_stands_above_the_record(room: str) -> None:
    places = sorted((SOURCE / room).rglob("*.py"))
    assert {path.name: found for path in places if (found := list(questions(path.read_text(encoding="utf-8"))))} == {}
