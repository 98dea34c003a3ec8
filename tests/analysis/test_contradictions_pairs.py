"""How often the analyses are right on pairs of reports does not get worse."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from relation_pairs import CLASSES, PARTS, figures, judge_all, load

FLOORS: dict[str, dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks" / "floors.toml").read_text(encoding="utf-8")
)["relation_pairs"]


@pytest.fixture(scope="module", params=PARTS)
def measured(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    pairs = load(request.param)
    return request.param, figures(pairs, judge_all(pairs))


def test_every_class_stays_above_its_floors(measured: tuple[str, dict[str, Any]]) -> None:
    part, table = measured
    below = {
        (name, figure): table[name][figure]
        for name, floors in FLOORS[part].items()
        for figure, floor in floors.items()
        if table[name][figure] < floor
    }
    assert below == {}


def test_every_class_has_floors() -> None:
    for part in PARTS:
        assert set(FLOORS[part]) == {*CLASSES, "all"}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_at_least_sixty_pairs_of_five_classes(part: str) -> None:
    counts = Counter(pair.relation for pair in load(part))
    assert set(counts) == set(CLASSES)
    assert counts.total() >= 60
    assert min(counts.values()) >= 10


def test_no_text_is_in_both_parts_or_twice() -> None:
    texts = [report.text for part in PARTS for pair in load(part) for report in (pair.first, pair.second)]
    assert len(set(texts)) == len(texts)
