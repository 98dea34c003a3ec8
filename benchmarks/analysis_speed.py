#!/usr/bin/env python3
"""Fill a record with made readings, then time positions, changes, contradictions and the series on it.

    benchmarks/analysis_speed.py [--statements N] [--record FILE] [--rounds N]

A record that is there already is measured as it is. Each question is asked as the command asks it: of all, of one
issue, of one party, as of a day long past. Printed are the better of the rounds, inside the library and as a command
from start to end, in milliseconds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from communique.analysis.changes import changes
from communique.analysis.contradictions import contradictions
from communique.analysis.positions import positions
from communique.analysis.series import series
from communique.record import Record
from communique.record.archive import write
from communique.record.database import tables as t
from communique.record.query.lookup import find_actor, find_issue
from record_filling import readings

_BATCH = 100
_PAST = "2012-06-30"
ISSUE, PARTY = "issue-0", "rus"
"""Of the made readings, the issue and the party that are heard most."""


def fill(where: Path, count: int) -> None:
    """Make a record of so many statements."""
    source = readings(count)
    with Record.open(where, create=True) as record:
        done = 0
        while batch := list(islice(source, _BATCH)):
            with record.writing() as connection:
                for reading in batch:
                    write.add(connection, write.place(connection, reading.report, True), reading, "benchmark")
            done += len(batch)
            if done % 1000 == 0:
                print(f"{done} reports", file=sys.stderr, flush=True)


def questions(connection: Connection) -> dict[str, tuple[Callable[[], object], list[str]]]:
    """Return what is asked, in the library and as arguments of the command."""
    issue, party = find_issue(connection, ISSUE), find_actor(connection, PARTY)
    choices: dict[str, tuple[dict[str, Any], list[str]]] = {
        "": ({}, []),
        ", an issue": ({"issues": [issue]}, ["--issue", ISSUE]),
        ", a party": ({"parties": [party]}, ["--actor", PARTY]),
        f", {_PAST}": ({"as_of": _PAST}, ["--as-of", _PAST]),
    }
    asked: dict[str, tuple[Callable[[], object], list[str]]] = {}
    for name, find in (("positions", positions), ("changes", changes), ("contradictions", contradictions)):
        for of, (given, arguments) in choices.items():
            asked[name + of] = partial(find, connection, **given), [name, *arguments]
    asked["series"] = partial(series, connection, issue), ["series", ISSUE]
    return asked


def best(ask: Callable[[], object], rounds: int) -> float:
    """Return the milliseconds that the quickest of the rounds took."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


def measure(where: Path, rounds: int) -> None:
    """Print how long each question takes."""
    program = shutil.which("communique", path=str(Path(sys.executable).parent)) or "communique"
    with Record.open(where, read_only=True) as record, record.reading() as connection:
        held = connection.scalar(select(func.count()).select_from(t.statement)) or 0
        print(f"{held} statements{'':<15}  library ms  command ms")
        for name, (ask, arguments) in questions(connection).items():
            command = [program, *arguments, "--record", str(where), "--json"]

            def run(command: list[str] = command) -> None:
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

            print(f"{name:<30}  {best(ask, rounds):10.0f}  {best(run, rounds):10.0f}", flush=True)


def main() -> None:
    """Fill the record unless it is there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=100_000, metavar="N", help="how many to make (100000)")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep the record here, or measure the one here")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of so many the quickest counts (3)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = asked.record or Path(folder, "speed.db")
        if not where.exists():
            fill(where, asked.statements)
        measure(where, asked.rounds)


if __name__ == "__main__":
    main()
