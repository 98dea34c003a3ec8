"""Reading in several processes: order, a dying worker, workers that cannot start."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

import parallel_workers
from communique.errors import ModelMissing, ReadingFailed
from communique.model import Reading, Report
from communique.reading import workers as parallel
from communique.reading.batches import MOST_REPORTS


def some(n: int, *deadly: int) -> list[Report]:
    return [Report(id=f"r{k}", text=f"Report {k}" + (" KILL" if k in deadly else "")) for k in range(n)]


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    yield lambda work: monkeypatch.setattr(parallel, "_work", work)
    assert multiprocessing.active_children() == []


def test_readings_come_in_the_order_of_the_reports(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.dies_on_kill)
    reports = some(300)
    outcomes = list(parallel.read_in_parallel(iter(reports), "any", 2))
    assert [o.report for o in outcomes if isinstance(o, Reading)] == reports


def test_no_more_is_taken_than_a_bounded_number_of_batches(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.dies_on_kill)
    taken = 0

    def endless() -> Iterator[Report]:
        nonlocal taken
        while True:
            taken += 1
            yield Report(id=str(taken), text="x")

    with closing(parallel.read_in_parallel(endless(), "any", 2)) as outcomes:
        for _ in range(100):
            next(outcomes)
    assert taken <= 100 + (2 * parallel.AHEAD + 3) * MOST_REPORTS


def test_a_report_that_kills_its_worker_is_named_and_the_rest_goes_on(
    workers: Callable[[object], None], caplog: pytest.LogCaptureFixture
) -> None:
    workers(parallel_workers.dies_on_kill)
    reports = some(100, 7, 8, 60)
    outcomes = list(parallel.read_in_parallel(iter(reports), "any", 2))
    lost = {k: outcome for k, outcome in enumerate(outcomes) if isinstance(outcome, ReadingFailed)}
    assert sorted(lost) == [7, 8, 60]
    assert str(lost[7]) == "report r7: its worker process died on it (signal 9, SIGKILL)"
    assert [o.report for o in outcomes if isinstance(o, Reading)] == [r for r in reports if "KILL" not in r.text]
    assert "read again one at a time: r0, r1, r2, r3, r4" in caplog.text


def test_a_worker_killed_from_without_costs_no_report(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.dies_on_kill)
    reports = some(400)
    outcomes = parallel.read_in_parallel(iter(reports), "any", 2)
    got = [next(outcomes)]
    for child in multiprocessing.active_children():
        child.kill()
    got += outcomes
    assert [o.report for o in got if isinstance(o, Reading)] == reports


def test_workers_that_cannot_start_end_the_run_with_the_reason(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.dies_at_once)
    with pytest.raises(ReadingFailed, match="they end before they are ready"):
        list(parallel.read_in_parallel(iter(some(3)), "any", 2))


def test_a_model_that_workers_cannot_load_is_named(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.has_no_model)
    with pytest.raises(ModelMissing, match="not installed"):
        list(parallel.read_in_parallel(iter(some(3)), "nonesuch", 2))


def test_nothing_to_read_starts_no_process(workers: Callable[[object], None]) -> None:
    workers(parallel_workers.dies_at_once)
    assert list(parallel.read_in_parallel(iter([]), "any", 2)) == []
