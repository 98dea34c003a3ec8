#!/usr/bin/env python3
"""Time commands that read the record, from start to exit.

    .venv/bin/python benchmarks/commands.py [--statements N] [--record FILE] [--runs N]

Fills a record with made readings where there is none, runs each command in a process of its own, and prints the median
wall-clock time. Exits with 1 where one takes longer than bounds.toml allows.
"""

from __future__ import annotations

import argparse
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
)


def seconds(command: tuple[str, ...], record: Path, runs: int) -> float:
    """Return the median wall-clock time of a command. Raises CalledProcessError where it fails."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        arguments = [sys.executable, "-m", "communique", *command, "--record", str(record)]
        subprocess.run(arguments, check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000, metavar="N")
    parser.add_argument("--record", type=Path, default=Path("commands.db"), metavar="FILE")
    parser.add_argument("--runs", type=int, default=10, metavar="N")
    options = parser.parse_args()
    if not options.record.exists():
        with Record.open(options.record, create=True) as record:
            fill(record, options.statements // 4, seed=7)
            grow(record, options.statements, 1.0)
    most = bound("commands", "answer_at_most_ms")
    slowest = 0.0
    for command in (("--version",), *COMMANDS):
        if command[0] == "--version":
            started = time.perf_counter()
            subprocess.run([sys.executable, "-m", "communique", *command], check=True, capture_output=True)
            spent = time.perf_counter() - started
        else:
            spent = seconds(command, options.record, options.runs)
            slowest = max(slowest, spent)
        print(f"{spent * 1000:7.0f} ms  communique {' '.join(command)}", flush=True)
    print(f"slowest {slowest * 1000:.0f} ms; at most {most:g}: {verdict(slowest * 1000 <= most)}")
    return 0 if slowest * 1000 <= most else 1


if __name__ == "__main__":
    sys.exit(main())
