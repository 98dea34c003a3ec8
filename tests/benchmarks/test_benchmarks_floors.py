"""Reading does not get worse on the seen reports."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gold_reports import load_part
from score_reports import read_part, score

FLOORS: dict[str, float] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks" / "floors.toml").read_text(encoding="utf-8")
)["seen"]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    gold = load_part("seen")
    return score(gold, read_part(gold))


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_stays_above_its_floor(figures: dict[str, Any], name: str) -> None:
    row = figures[name]
    assert row.get("F1", row.get("right")) >= FLOORS[name]
