"""The networks that Discourse Network Analyzer itself makes of its sample."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communique.analysis.networks import (
    Aggregation,
    Coded,
    CodedStatement,
    Duplicates,
    NetworkMode,
    Normalization,
    Settings,
    coded,
    network,
)

pytestmark = pytest.mark.usefixtures("held")

SAMPLE = Path(__file__).resolve().parents[4] / "shared/gold/discourse_network/dna_sample.json"
MODES = {"onemode": NetworkMode.ONE, "twomode": NetworkMode.TWO}


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    data: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return data


def statements(sample: dict[str, Any]) -> Coded:
    days = {each["id"]: datetime.fromtimestamp(each["date_epoch"], UTC) for each in sample["documents"]}
    return coded(
        CodedStatement(
            each["organization"],
            each["concept"],
            each["agreement"],
            str(each["document_id"]),
            days[each["document_id"]],
            {"person": each["person"]},
        )
        for each in sample["statements"]
    )


@pytest.mark.parametrize("number", range(17))
def test_each_network_is_reproduced(sample: dict[str, Any], number: int) -> None:
    asked = sample["networks"][number]
    settings = Settings(
        MODES[asked["network"]],
        Aggregation(asked["aggregation"]),
        Normalization("none" if asked["normalization"] == "no" else asked["normalization"]),
        Duplicates(asked["duplicates"]),
    )
    made = network(statements(sample), settings)
    assert list(made.rows) == asked["rows"]
    assert list(made.cols) == asked["cols"]
    assert made.statements == asked["n_statements"]
    assert np.abs(made.matrix - np.array(asked["matrix"])).max() <= 1e-9


def test_no_network_of_the_sample_is_left_out(sample: dict[str, Any]) -> None:
    assert len(sample["networks"]) == 17
