"""Every function can be read at one sitting: its lines, branches and boolean operators are counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import communique

ROOT = Path(communique.__file__).parent
MOST_LINES = 60
MOST_DECISIONS = 25
STILL_LARGER: dict[str, tuple[int, int]] = {}
"""What is left to split, with its lines and decisions: none may grow, none may join, what is split leaves the list."""

_BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case)


def decisions(function: ast.AST) -> int:
    """Count branches, loops, conditions of comprehensions, and each "and" and "or"; inner functions count too."""
    count = 0
    for node in ast.walk(function):
        count += isinstance(node, _BRANCHES)
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        if isinstance(node, ast.comprehension):
            count += len(node.ifs)
    return count


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def too_large(root: Path) -> dict[str, tuple[int, int]]:
    """Return "file:function" of each function over a bound, with its lines and decisions."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        for each in functions(path.read_text(encoding="utf-8")):
            lines, decided = (each.end_lineno or each.lineno) - each.lineno + 1, decisions(each)
            if lines > MOST_LINES or decided > MOST_DECISIONS:
                found[f"{path.relative_to(root).as_posix()}:{each.name}"] = (lines, decided)
    return found


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return a", 0),
        ("return a and b and c", 2),
        ("return [x for x in a if x if b]", 3),
        ("for x in a:\n  if x or b:\n   return x", 3),
        ("try:\n  a()\n except ValueError:\n  return b if c else d", 2),
    ],
)
def test_branches_and_operators_are_counted(body: str, count: int) -> None:
    (function,) = functions(f"def f(a, b, c, d):\n {body}")
    assert decisions(function) == count


def test_no_function_is_longer_or_decides_more_than_the_bounds_allow() -> None:
    assert sorted(too_large(ROOT)) == sorted(STILL_LARGER)


def test_none_of_those_still_to_be_split_grows() -> None:
    found = too_large(ROOT)
    for name, (lines, decided) in STILL_LARGER.items():
        assert found[name][0] <= max(lines, MOST_LINES), name
        assert found[name][1] <= max(decided, MOST_DECISIONS), name
