"""Whoever trains the learned reader anew gets one that reads: on our own reports alone, so that no corpus is needed."""

from __future__ import annotations

import argparse

from communique.reading.attribution.selection import THRESHOLD
from fit_reader import figures, own_reports, trained_on

EPOCHS = 6
FLOOR = {"content": 35.0, "statement": 25.0}
"""What a reader must reach on every fourth report, trained for some seconds on the others; PolNeAR gives the rest."""


def test_a_reader_trained_for_seconds_reaches_a_floor_on_reports_that_it_has_not_seen() -> None:
    reports = own_reports()
    held = reports[::4]
    options = argparse.Namespace(epochs=EPOCHS, seed=1, cache=None, name="test")
    lessons = [row for k, row in enumerate(reports) if k % 4] * 2
    made = figures(trained_on(lessons, [], [], options), held, THRESHOLD)
    assert {name: made[name] for name, floor in FLOOR.items() if made[name] < floor} == {}
