#!/usr/bin/env python3
"""Time reading against the language model's own pass over the same texts, and two processes against one.

Reading (every stage, from text to finished reading) and the bare spaCy model (``nlp.pipe`` without our components) take
turns on the same batches in one process on one thread; the ratio is the median over the pairs, in processor time, so
that another program on the machine does not count. Two processes against one is in elapsed time, the best of three runs
each: what many reports take more than a third of them, so that loading the model does not count. Run it on an idle
machine with two cores.

    .venv/bin/python benchmarks/speed.py [--input FILE.jsonl] [--words N] [--pairs N] [--no-processes]

Exits with 1 where a bound of bounds.toml is broken.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

# Before NumPy is imported, which looks once.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import spacy

from bounds import bound, verdict
from communique.model import Report
from communique.reading.batches import MOST_REPORTS, batches
from communique.reading.pipeline import DEFAULT_MODEL, load, read_batch
from communique.reading.workers import read_each
from texts import reports


def main() -> int:
    options = _options()
    batch = _batch(options.input, options.words)
    words = sum(len(report.text.split()) for report in batch)
    print(f"{len(batch)} reports of {words} words; model {options.model}; processor time, one thread")
    ratio = _ratio(batch, words, options.model, options.pairs)
    limit = bound("speed", "ratio_at_most")
    holds = ratio <= limit
    print(f"reading takes {ratio:.3f} times the model's own pass; at most {limit}: {verdict(holds)}")
    if options.processes:
        one, two = (_rate(options.input, options.model, jobs, options.many) for jobs in (1, 2))
        least = bound("speed", "two_processes_at_least")
        faster = two / one
        print(f"one process {one:,.0f} words/s, two {two:,.0f} words/s: {faster:.2f} times; at least {least}: ", end="")
        print(verdict(faster >= least))
        holds = holds and faster >= least
    return 0 if holds else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, metavar="FILE.jsonl", help="texts to read (default: the bundled dossier)")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--words", type=int, default=15_000, help="words of a pass (default: %(default)s)")
    parser.add_argument("--pairs", type=int, default=7, help="pairs of passes (default: %(default)s)")
    parser.add_argument("--many", type=int, default=600, help="reports for the processes (default: %(default)s)")
    parser.add_argument("--no-processes", dest="processes", action="store_false", help="leave two processes out")
    return parser.parse_args()


def _batch(source: Path | None, words: int) -> list[Report]:
    batch: list[Report] = []
    for report in reports(source):
        batch.append(report)
        words -= len(report.text.split())
        if words <= 0:
            return batch
    return batch


def _ratio(batch: list[Report], words: int, model: str, pairs: int) -> float:
    reader = load(model)
    bare = spacy.load(model)

    def own_pass() -> None:
        with bare.memory_zone():
            for _ in bare.pipe([report.text for report in batch], batch_size=MOST_REPORTS):
                pass

    def reading() -> None:
        for some in batches(batch):
            read_batch(reader, some)

    own_pass()
    reading()
    ratios, own_times, reading_times = [], [], []
    for _ in range(pairs):
        own_times.append(_seconds(own_pass))
        reading_times.append(_seconds(reading))
        ratios.append(reading_times[-1] / own_times[-1])
        print(
            f"  model {words / own_times[-1]:>8,.0f} words/s   reading {words / reading_times[-1]:>8,.0f} words/s",
            end="",
        )
        print(f"   ratio {ratios[-1]:.3f}")
    print(
        f"  median: model {words / statistics.median(own_times):,.0f} words/s, "
        f"reading {words / statistics.median(reading_times):,.0f} words/s"
    )
    return statistics.median(ratios)


def _seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _rate(source: Path | None, model: str, jobs: int, many: int) -> float:
    """Words a second, from what ``many`` reports take more than a few: the start of the processes does not count."""
    few = many // 3
    words = sum(len(report.text.split()) for report in islice(reports(source), few, many))
    taken = [[_elapsed(source, model, jobs, count) for count in (few, many)] for _ in range(3)]
    quickest = [min(runs) for runs in zip(*taken, strict=True)]
    return float(words / (quickest[1] - quickest[0]))


def _elapsed(source: Path | None, model: str, jobs: int, many: int) -> float:
    start = time.perf_counter()
    for _ in read_each(islice(reports(source), many), model, jobs):
        pass
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
