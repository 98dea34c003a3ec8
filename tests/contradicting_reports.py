"""Reports of our own that are put into a record, and what they contradict each other in."""

from __future__ import annotations

from communique.analysis.contradictions import Contradiction, contradictions
from communique.model import Frame, Reading, Report
from communique.reading.pipeline import outcomes
from communique.record import Record


def contradicting(frame: Frame, record: Record, *reports: tuple[str, str]) -> list[Contradiction]:
    """What reports, each with its day and text, contradict each other in, read in a frame that the record follows."""
    record.follow("dispute", frame)
    texts = [Report(f"r{at}", text, outlet=f"Outlet {at}", published=day) for at, (day, text) in enumerate(reports)]
    for reading in outcomes(texts, frame=frame):
        assert isinstance(reading, Reading)
        record.add(record.place(reading.report), reading)
    with record.reading() as connection:
        return contradictions(connection, disagreements=False)
