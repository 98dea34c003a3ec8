#!/usr/bin/env python3
"""Measure discourse networks: weekly windows over ten years of made statements, and the whole as one network.

    .venv/bin/python benchmarks/networks.py [--statements N] [--actors N] [--concepts N] [--size N] [--kernel NAME]

Prints how long the networks take and the peak resident memory, and exits with 1 where either is over its bound in
bounds.toml; the bounds are for the sizes that are the defaults. Actors and concepts are skewed as in news: a few make
up most of what is said. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from bounds import bound
from communique.analysis.networks import (
    Aggregation,
    Duplicates,
    Kernel,
    Network,
    NetworkMode,
    Normalization,
    Settings,
    Unit,
    Windows,
    communities,
    network,
    polarisation,
    series,
)
from communique.analysis.networks.coded_statements import Coded, Factor

_DAYS = 3652
_FIRST = np.datetime64("2014-01-01", "s")


def made(count: int, actors: int, concepts: int, seed: int) -> Coded:
    """Return made statements over ten years; each actor has a side, which it leaves in one statement of five."""
    rng = np.random.default_rng(seed)
    actor = _skewed(rng, actors, count)
    concept = _skewed(rng, concepts, count)
    side = (actor + concept) % 2
    agreement = np.where(rng.random(count) < 0.2, 1 - side, side)
    when = np.sort(rng.integers(0, _DAYS * 86_400, count)).astype("timedelta64[s]") + _FIRST
    return Coded(
        actor=Factor(tuple(f"Actor {n:05}" for n in range(actors)), actor),
        concept=Factor(tuple(f"Concept {n:04}" for n in range(concepts)), concept),
        document=Factor(tuple(f"d{n:06}" for n in range(count // 4 + 1)), np.arange(count) // 4),
        qualifier=agreement,
        qualified=np.ones(count, bool),
        levels=(0, 1),
        binary=True,
        when=when,
    )


def _skewed(rng: np.random.Generator, size: int, count: int) -> np.ndarray:
    weights = 1.0 / np.arange(1, size + 1) ** 0.7
    drawn = rng.choice(size, count, p=weights / weights.sum())
    drawn[:size] = np.arange(min(size, count))  # everybody speaks
    return drawn.astype(np.int64)


def peak_mib() -> float:
    """Return the most memory that the process has held, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000, help="statements (default: %(default)s)")
    parser.add_argument("--actors", type=int, default=2_000, help="actors (default: %(default)s)")
    parser.add_argument("--concepts", type=int, default=500, help="concepts (default: %(default)s)")
    parser.add_argument("--size", type=int, default=1, help="weeks that a window is long (default: %(default)s)")
    parser.add_argument("--kernel", choices=[*Kernel], default="none", help="the kernel (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="for other statements (default: %(default)s)")
    asked = parser.parse_args()
    statements = made(asked.statements, asked.actors, asked.concepts, asked.seed)
    windows = Windows(Unit.WEEKS, asked.size, 1, Kernel(asked.kernel))
    timed: list[float] = []
    for settings in (
        Settings(aggregation=Aggregation.SUBTRACT, normalization=Normalization.AVERAGE, duplicates=Duplicates.WEEK),
        Settings(aggregation=Aggregation.CONGRUENCE, normalization=Normalization.JACCARD),
        Settings(aggregation=Aggregation.CONGRUENCE, normalization=Normalization.COSINE),
        Settings(NetworkMode.TWO, Aggregation.SUBTRACT, Normalization.ACTIVITY),
    ):
        started = time.perf_counter()
        count, ties = 0, 0
        for each in series(statements, settings, windows):
            count += 1
            ties += len(each.entries)
        timed.append(_tell(f"{count} windows, {_named(settings)}, {ties:,} cells", started))
    agree, differ = (Settings(aggregation=kind) for kind in (Aggregation.CONGRUENCE, Aggregation.CONFLICT))
    started = time.perf_counter()
    scores = [polarisation(*pair).score for pair in _pairs(statements, windows, agree, differ)]
    timed.append(_tell(f"{len(scores)} windows, polarisation, mean {np.mean(scores):.3f}", started))
    started = time.perf_counter()
    whole = network(statements, agree)
    _tell(f"all in one, {len(whole.rows):,} actors, {len(whole.entries):,} cells", started)
    started = time.perf_counter()
    _tell(f"its polarisation {polarisation(whole, network(statements, differ)).score:.3f}", started)
    started = time.perf_counter()
    _tell(f"its communities: {len(communities(whole).groups)}", started)
    slowest, peak = max(timed), peak_mib()
    print(f"slowest series {slowest:.1f} s; peak {peak:.0f} MiB")
    seconds, mib = bound("networks", "series_at_most_s"), bound("networks", "peak_at_most_mib")
    return int(slowest > seconds or peak > mib)


def _pairs(statements: Coded, windows: Windows, one: Settings, other: Settings) -> list[tuple[Network, Network]]:
    return list(zip(series(statements, one, windows), series(statements, other, windows), strict=True))


def _named(settings: Settings) -> str:
    return f"{settings.mode}-mode {settings.aggregation} {settings.normalization} {settings.duplicates}"


def _tell(words: str, started: float) -> float:
    spent = time.perf_counter() - started
    print(f"{spent:7.2f} s  {words}", flush=True)
    return spent


if __name__ == "__main__":
    sys.exit(main())
