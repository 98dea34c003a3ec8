"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from communique.model import Reading, Report
from communique.reading import pipeline

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def reader() -> Read:
    """Read one text with the default model, loaded once: ``reader(text, **report_fields) -> Reading``."""

    def read(text: str, **fields: Any) -> Reading:
        return pipeline.read(Report(text=text, **{"id": "r", **fields}))

    return read
