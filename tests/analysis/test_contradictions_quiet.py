"""Where nobody contradicts anybody, nothing is shown at the confidence from which commands show it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.analysis.contradictions import contradictions
from communique.model import Report
from communique.reading.pipeline import read
from communique.record import Record
from gold_reports import load_part

DISPUTES = sorted((Path(__file__).parents[1] / "data" / "disputes").glob("*.jsonl"))


@pytest.mark.parametrize("dispute", DISPUTES, ids=lambda path: path.stem)
def test_a_dispute_without_a_contradiction_shows_none(dispute: Path, tmp_path: Path) -> None:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        for line in dispute.read_text("utf-8").splitlines():
            report = Report(**json.loads(line))
            assert record.add(record.place(report), read(report))
        with record.reading() as connection:
            assert [item.judged.explanation for item in contradictions(connection, least=0.4)] == []


def test_reports_of_many_disputes_in_one_record_show_none(tmp_path: Path) -> None:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        for gold in load_part("seen"):
            report = Report(gold.id, gold.text, outlet=gold.outlet, published=gold.published)
            assert record.add(record.place(report), read(report))
        with record.reading() as connection:
            found = [item for item in contradictions(connection, least=0.4) if item.kind != "disagreement"]
    assert [item.judged.explanation for item in found] == []
