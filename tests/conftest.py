"""Fixtures that every test may use."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stores
from communique.analysis.networks import counts
from communique.model import Reading, Report
from communique.reading import pipeline
from communique.record import Record

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def reader() -> Read:
    """Read one text with the default model, loaded once: ``reader(text, **report_fields) -> Reading``."""

    def read(text: str, **fields: Any) -> Reading:
        return pipeline.read(Report(text=text, **{"id": "r", **fields}))

    return read


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[stores.PostgreSQL]:
    """A PostgreSQL server of the tests' own."""
    with stores.postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty record, to be copied: to lay one out takes longer than most tests do."""
    place = tmp_path_factory.mktemp("laid-out") / "communique.db"
    Record.open(place, create=True).close()
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new record can be, and is for a test that asks for it too: on SQLite, then on PostgreSQL."""
    with_record = "record" in request.fixturenames
    if request.param == "sqlite":
        place = str(tmp_path / "communique.db")
        return shutil.copy(request.getfixturevalue("laid_out"), place) if with_record else place
    server: stores.PostgreSQL = request.getfixturevalue("postgresql_server")
    return server.make_record() if with_record else server.make()


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """An empty record, on SQLite, then on PostgreSQL."""
    with Record.open(where, create=True) as opened:
        yield opened


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """What the test starts heeds Ctrl-C: a job in the background ignores it, and so does what that starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(params=["whole", "sparse"], scope="module")
def held(request: pytest.FixtureRequest) -> Iterator[None]:
    """Matrices of networks with all their zeros, as small ones are held; then sparse, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "SMALL", (10**6, 10**6) if request.param == "whole" else (-1, -1))
        yield
