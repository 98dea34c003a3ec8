#!/usr/bin/env python3
"""Time commands that read the record, from start to exit.

    .venv/bin/python benchmarks/commands.py [--statements N] [--record FILE] [--runs N]

Fills a record with made readings where there is none, runs each command in a process of its own, and prints the median
wall-clock and processor time. Exits with 1 where one takes more of the processor than bounds.toml allows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bounds import bound, verdict
from communique.record import Record
from record_growing import grow
from record_speed import fill

COMMANDS = (
    ("statements",),
    ("statements", "--actor", "Japan", "--text", "treaty", "--sort", "confidence"),
    ("conditions", "--json"),
    ("actors",),
    ("positions",),
    ("positions", "--actor", "Japan", "--issue", "issue-0"),
    ("changes",),
    ("contradictions",),
    ("series", "issue-0"),
    ("network",),
)
LISTS = ("statements", "conditions", "actors")


def taken(command: tuple[str, ...], record: Path, runs: int) -> tuple[float, float]:
    """Return a command's median wall-clock and processor time in ms. Raises CalledProcessError where it fails."""
    wall, cpu = [], []
    # A second thread of OpenBLAS waits in a busy loop: that is no work of the command's.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    for _ in range(runs):
        began, used = time.perf_counter(), os.times()
        arguments = [sys.executable, "-m", "communique", *command, "--record", str(record)]
        subprocess.run(arguments, check=True, capture_output=True, env=environment)
        now = os.times()
        wall.append(time.perf_counter() - began)
        cpu.append(now.children_user + now.children_system - used.children_user - used.children_system)
    return statistics.median(wall) * 1000, statistics.median(cpu) * 1000


def main() -> int:
    if sys.dont_write_bytecode:
        print("Python is told to keep no compiled modules: each start compiles all of ours anew", file=sys.stderr)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000, metavar="N")
    parser.add_argument("--record", type=Path, default=Path("commands.db"), metavar="FILE")
    parser.add_argument("--runs", type=int, default=10, metavar="N")
    options = parser.parse_args()
    if not options.record.exists():
        with Record.open(options.record, create=True) as record:
            fill(record, options.statements // 4, seed=7)
            grow(record, options.statements, 1.0)
    broken = 0
    for command in COMMANDS:
        wall, cpu = taken(command, options.record, options.runs)
        kind = "lists" if command[0] in LISTS else "analyses"
        most = bound("commands", f"{kind}_at_most_ms")
        broken += cpu > most
        told = f"{wall:7.0f} ms, {cpu:6.0f} ms of processor"
        print(f"{told}  communique {' '.join(command)}  (at most {most:g}: {verdict(cpu <= most)})", flush=True)
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
