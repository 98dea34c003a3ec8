#!/usr/bin/env python3
"""Watch this process's memory while it reads 10,000 reports that go on bringing new words.

    .venv/bin/python benchmarks/memory.py [--input FILE.jsonl] [--reports N]

Prints resident memory at each tenth. Exits with 1 where it grows by more than bounds.toml allows from the end of the
first tenth, when the model and its caches are in place, to the end of the last. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import gc
import sys
from itertools import islice
from pathlib import Path

from bounds import bound, verdict
from communique.reading.pipeline import DEFAULT_MODEL, outcomes
from texts import reports


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, metavar="FILE.jsonl", help="texts to read (default: the bundled dossier)")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--reports", type=int, default=10_000)
    options = parser.parse_args()
    step = max(1, options.reports // 10)
    marks = []
    for n, _ in enumerate(outcomes(islice(reports(options.input), options.reports), options.model), start=1):
        if n % step == 0:
            gc.collect()
            marks.append(resident_mib())
            print(f"{n:>7} reports  {marks[-1]:>7.1f} MiB", flush=True)
    growth = marks[-1] - marks[0]
    most = bound("memory", "growth_at_most_mib")
    print(f"grown by {growth:.1f} MiB; at most {most:.0f}: {verdict(growth <= most)}")
    return 0 if growth <= most else 1


def resident_mib() -> float:
    """Return this process's resident memory in MiB. Raises OSError where /proc does not tell it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status does not say VmRSS")


if __name__ == "__main__":
    sys.exit(main())
