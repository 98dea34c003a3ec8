"""Reading does not get worse on the development part of PolNeAR, where a copy of it is at hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from communique import Report, read_all
from communique.model import as_json

ROOT = Path(__file__).resolve().parents[2]
GOLD = Path(os.environ.get("COMMUNIQUE_GOLD", ROOT.parent / "shared" / "gold"))
FLOORS: dict[str, float] = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))["polnear"]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    articles, scorer = GOLD / "polnear-dev.jsonl", GOLD / "score_statements.py"
    if not articles.exists() or not scorer.exists():
        pytest.skip(f"PolNeAR may not be passed on, and there is no copy in {GOLD} (set COMMUNIQUE_GOLD)")
    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    out = tmp_path_factory.mktemp("polnear") / "out.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for reading in read_all(Report(id=row["doc_id"], text=row["text"]) for row in rows):
            lines.write(json.dumps(as_json(reading)) + "\n")
    done = subprocess.run(
        [sys.executable, str(scorer), str(articles), str(out), "--json"], check=True, capture_output=True, text=True
    )
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


@pytest.mark.parametrize("name", FLOORS)
def test_a_figure_stays_above_its_floor(figures: dict[str, Any], name: str) -> None:
    assert figures["documents_missing"] == 0
    assert figures[name]["F1"] >= FLOORS[name]
