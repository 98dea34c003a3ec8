#!/usr/bin/env python3
"""Fill a record with made readings, then measure the first page of every kind of filter, and what adding costs.

    .venv/bin/python benchmarks/record_speed.py [--statements N] [--record FILE] [--rounds N]

A record that is there already is measured as it is. Prints what adding cost at each tenth with the resident memory,
the slowest first page of each kind of filter and of random combinations of two to four, and exits with 1 where a
figure is beyond bounds.toml. An eighth of the reports, and some at the end, are added one by one, the rest are copies
of those under other keys and days. A million statements take a quarter of an hour and 3 GB. Linux only: it reads
/proc.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select, text, update

from bounds import bound, verdict
from communique.errors import UnknownName
from communique.model import Act
from communique.record import Record
from communique.record.archive import write
from communique.record.database import tables as t
from communique.record.query.filter_options import FIELDS
from communique.record.query.filters import Filter
from communique.record.query.names import NameFilter
from communique.record.query.paging import SORTS_OF
from memory import resident_mib
from record_filling import STATEMENTS, Skewed, actors, readings, words
from record_growing import grow

_BATCH = 100
_GROWN = 8


@dataclass(frozen=True, slots=True)
class Tenth:
    """What adding cost, on average, while a tenth of the record was filled: processor and wall-clock time, memory."""

    cpu_ms: float
    wall_ms: float
    mib: float


def fill(record: Record, count: int, seed: int, first: int = 0) -> list[Tenth]:
    """Add readings by the steps of `Record.add`, a hundred to a transaction; judge some, have some told by several.

    ``first`` numbers the first report.
    """
    rng = random.Random(seed)
    reports = -(-count // STATEMENTS)
    source = readings(count, seed, first)
    tenths: list[Tenth] = []
    step = max(_BATCH, reports // 10)
    cpu = wall = 0.0
    done = marked = 0
    while batch := list(islice(source, _BATCH)):
        began = time.process_time(), time.perf_counter()
        with record.writing() as connection:
            for reading in batch:
                placed = write.place(connection, reading.report, True)
                write.add(connection, placed, reading, "benchmark")
        cpu, wall = cpu + time.process_time() - began[0], wall + time.perf_counter() - began[1]
        mark(record, rng, len(batch) * STATEMENTS)
        done += len(batch)
        if done // step > marked // step:
            n = done - marked
            tenths.append(Tenth(cpu / n * 1000, wall / n * 1000, resident_mib()))
            each = f"{tenths[-1].cpu_ms:6.1f} ms of processor, {tenths[-1].wall_ms:6.1f} ms in all, a report"
            print(f"{done * STATEMENTS:>9} statements  {each}  {tenths[-1].mib:7.1f} MiB", flush=True)
            cpu, wall, marked = 0.0, 0.0, done
    return tenths


def mark(record: Record, rng: random.Random, count: int) -> None:
    """Judge some of the newest statements, and have some told by several voices."""
    with record.writing() as connection:
        query = select(t.statement.c.id).order_by(t.statement.c.id.desc()).limit(count)
        for number in connection.scalars(query).all():
            changed: dict[str, object] = {}
            if rng.random() < 0.01:
                changed["verdict"] = rng.choice(["accept", "accept", "reject", "disputed"])
            if rng.random() < 0.1:
                changed["voices"] = 1 + int(rng.paretovariate(1.2))
            if changed:
                connection.execute(update(t.statement).where(t.statement.c.id == number).values(changed))


def single(vocabulary: list[str]) -> Iterator[tuple[str, Filter]]:
    """Yield every kind of filter, each with what is common and what is rare."""
    each: dict[str, list[object]] = {
        "actor": ["Russia", "Japan", "person:rus-200", ("usa", "chn", "ukr")],
        "addressee": ["Russia", "usa"],
        "relayer": ["TASS"],
        "party": ["Russia", "Japan"],
        "country": ["RUS", "Japan", "alb"],
        "issue": ["issue-0", "issue-7", "issue-399", ("issue-1", "issue-2")],
        "outlet": ["Outlet 0", "outlet 79"],
        "act": ["assert", "praise", ("deny", "refuse")],
        "since": ["2024-12-30", "2006"],
        "until": ["2005-01-02", "2020-06"],
        "said_since": ["2024-12"],
        "said_until": ["1994", "2012-03"],
        "text": [
            *("the", f"the {vocabulary[9000]}", vocabulary[29_000], vocabulary[300], '"the of"', '"of the treaty"'),
            *(f"{vocabulary[500]} {vocabulary[600]}", f"{vocabulary[100]} OR {vocabulary[29_500]}", "tre*", "trea*"),
            *("kar*", "-the", "-the -of -to", f"treaty japan -{vocabulary[40]}", "the of to and"),
            f'"{vocabulary[60]} {vocabulary[70]}"',
        ],
        "judged": ["any", "none", "reject"],
        "confidence": [0.5, 0.95, 0.985],
        "voices": [2, 5, 40, 400],
        "copies": [True, False],
        "report": ["made-100"],
    }
    for name, values in each.items():
        for value in values:
            yield name, Filter(**{name: value})  # type: ignore[arg-type]
    yield "none", Filter()


def combined(rng: random.Random, vocabulary: list[str]) -> dict[str, object]:
    """Return two to four filters, of values both common and rare."""
    skewed = Skewed(range(1, 30_000))
    cast = actors()

    def rank(most: int) -> int:
        return int(most ** rng.random()) - 1

    def words() -> str:
        some = [vocabulary[int(str(n))] for n in skewed.some(rng, rng.randint(1, 3))]
        return f'"{" ".join(some)}"' if rng.random() < 0.2 else " ".join(some)

    year = rng.randrange(2005, 2025)
    kinds: dict[str, Callable[[], object]] = {
        "actor": lambda: cast[rank(len(cast))].id,
        "issue": lambda: f"issue-{rank(400)}",
        "act": lambda: rng.choice(list(Act)).value,
        "country": lambda: cast[rank(100)].country,
        "outlet": lambda: f"Outlet {rank(80)}",
        "text": words,
        "since": lambda: f"{year}-{rng.randrange(1, 13):02}",
        "until": lambda: f"{year + rng.randrange(3)}-12-31",
        "said_until": lambda: f"{rng.randrange(1990, 2025)}",
        "judged": lambda: rng.choice(["any", "none", "reject"]),
        "confidence": lambda: rng.choice([0.5, 0.7, 0.9, 0.98]),
        "voices": lambda: rng.choice([2, 3, 10, 100]),
        "relayer": lambda: "outlet:tass",
        "copies": lambda: rng.random() < 0.5,
        "party": lambda: cast[rank(100)].id,
        "addressee": lambda: cast[rank(100)].id,
    }
    return {name: kinds[name]() for name in rng.sample(list(kinds), rng.randint(2, 4))}


def first_page(record: Record, kind: str, asked: Filter | NameFilter, **sort: str) -> tuple[float, int]:
    """Return the milliseconds that a first page of fifty took, the better of two, and its rows."""
    best, rows = float("inf"), 0
    for _ in range(2):
        started = time.perf_counter()
        try:
            rows = len(getattr(record, kind)(asked, limit=50, **sort).page().rows)
        except UnknownName:
            return 0.0, 0
        best = min(best, (time.perf_counter() - started) * 1000)
    return best, rows


def measure(record: Record, rounds: int, seed: int) -> float:
    """Print how long first pages take, and return the longest in milliseconds."""
    rng = random.Random(seed)
    vocabulary = [str(word) for word in words(random.Random(7))]
    taken: dict[str, list[tuple[float, str]]] = {}

    def note(group: str, kind: str, asked: Filter, sort: str) -> None:
        spent, rows = first_page(record, kind, asked, sort=sort)
        told = {name: getattr(asked, name) for name in asked.given()}
        taken.setdefault(group, []).append((spent, f"{kind} by {sort} {told}: {rows} rows"))

    for name, asked in single(vocabulary):
        for kind, fields in FIELDS.items():
            if set(asked.given()) <= set(fields):
                for sort in SORTS_OF[kind]:
                    note(f"{kind} {name}", kind, asked, sort)
    for name, values in (("must_act", ["Russia", "alb"]), ("kind", ["necessary", "waived"])):
        for value in values:
            for sort in SORTS_OF["conditions"]:
                note(f"conditions {name}", "conditions", Filter(**{name: value}), sort)  # type: ignore[arg-type]
    for names in (NameFilter(), NameFilter(name="number 2000"), NameFilter(country="rus"), NameFilter(kind="state")):
        spent, rows = first_page(record, "actors", names)
        taken.setdefault("actors", []).append((spent, f"actors {names}: {rows} rows"))
    for names in (NameFilter(), NameFilter(name="matter of")):
        spent, rows = first_page(record, "issues", names)
        taken.setdefault("issues", []).append((spent, f"issues {names}: {rows} rows"))
    for _ in range(rounds):
        given = combined(rng, vocabulary)
        for kind in FIELDS:
            fitting = {name: value for name, value in given.items() if name in FIELDS[kind]}
            if len(fitting) > 1:
                note(f"{kind} two to four", kind, Filter(**fitting), rng.choice(SORTS_OF[kind]))  # type: ignore[arg-type]
    for group, found in taken.items():
        times = sorted(spent for spent, _ in found)
        print(f"{group:<24} {len(times):>5} pages  median {times[len(times) // 2]:6.1f} ms  p100 {times[-1]:6.1f} ms")
    everything = sorted((each for found in taken.values() for each in found), reverse=True)
    print("the slowest:")
    for spent, told in everything[:12]:
        print(f"  {spent:6.1f} ms  {told}")
    times = sorted(spent for spent, _ in everything)
    print(
        f"{len(times)} first pages: median {times[len(times) // 2]:.1f} ms, p99 {times[len(times) * 99 // 100]:.1f} ms"
    )
    return times[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--record", type=Path, default=Path("speed.db"), metavar="FILE")
    parser.add_argument("--rounds", type=int, default=200, metavar="N", help="random combinations of filters")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    fresh = not options.record.exists()
    tenths: list[Tenth] = []
    with Record.open(options.record, create=True) as record:
        if fresh:
            tenths = fill(record, options.statements // _GROWN, options.seed)
            started = time.perf_counter()
            grow(record, options.statements, 1.0)
            print(f"copied up to {options.statements} statements in {time.perf_counter() - started:.0f} s", flush=True)
            tenths += fill(record, options.statements // _GROWN // 10, options.seed + 1, first=options.statements)
            with record.reading() as connection:
                connection.execute(text("PRAGMA wal_checkpoint"))
        with record.reading() as connection:
            held = connection.scalar(select(func.max(t.statement.c.id)))
        print(f"{held} statements, {options.record.stat().st_size / 2**20:.0f} MiB")
        slowest = measure(record, options.rounds, options.seed)
    checks = [("slowest first page, ms", slowest, "first_page_at_most_ms")]
    if tenths:
        last, first = tenths[-1], tenths[0]
        checks.append(
            ("adding at the end, times that at the start", last.cpu_ms / first.cpu_ms, "adding_at_most_times")
        )
        # Copying takes memory of its own; what adding takes shows within each stretch of it.
        half = len(tenths) // 2
        grown = max(tenths[half - 1].mib - first.mib, last.mib - tenths[half].mib)
        checks.append(("memory grown while adding, MiB", grown, "adding_grows_at_most_mib"))
    broken = 0
    for told, figure, name in checks:
        most = bound("record_speed", name)
        print(f"{told}: {figure:.1f}; at most {most:g}: {verdict(figure <= most)}")
        broken += figure > most
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
