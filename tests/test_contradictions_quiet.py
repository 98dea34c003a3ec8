"""Where nobody contradicts anybody, nothing is shown at the confidence from which commands show it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from communique.analysis.contradictions import contradictions
from communique.model import Report
from communique.reading.pipeline import read
from communique.record import Record

DISPUTES = tomllib.loads((Path(__file__).parent / "data" / "quiet_disputes.toml").read_text("utf-8"))


@pytest.mark.parametrize("dispute", DISPUTES)
def test_a_dispute_without_a_contradiction_shows_none(dispute: str, tmp_path: Path) -> None:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        for number, fields in enumerate(DISPUTES[dispute]):
            report = Report(f"{dispute}-{number}", **fields)
            assert record.add(record.place(report), read(report))
        with record.reading() as connection:
            assert [item.judged.explanation for item in contradictions(connection, least=0.4)] == []
