"""Fifty clients at a desk at once, over a record of a hundred thousand statements: answers, times, memory.

    .venv/bin/python benchmarks/desk_rush.py [--record FILE|ADDRESS] [--postgresql] [--seconds N] [--source FOLDER]...
                                             [--all-different]

Starts `communique serve` on loopback with the code of each folder (src by default; give another checkout's too to have
both side by side), asks each page once, then lets the clients ask page after page over kept connections. With
``--all-different`` no address is asked twice, and most show something else each time: other reports, issues and days.
With ``--postgresql`` the record is on a server of its own, started for this. Exits with 1 where a bound of bounds.toml
is broken by the first. The record is made where it is not there yet (ten minutes).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bounds import bound, verdict
from communique.errors import MissingInput
from communique.record import Record
from record_filling import readings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import stores

PAGES = (
    *("/", "/statements", "/statements?actor=jpn", "/statements?text=treaty", "/statements?issue=issue-1&act=demand"),
    *("/conditions", "/reports", "/actors", "/issues", "/reports/made-8000", "/reports/made-100", "/reports/made-4000"),
    *("/actors/rus", "/issues/issue-5", "/api/v1/statements", "/api/v1/statements?country=USA", "/statements.json"),
    "/api/v1/facets",
)
CLIENTS = 50


@dataclass
class Served:
    """A running desk, and what it answered: seconds each, and statuses that are no success."""

    process: subprocess.Popen[str]
    port: int
    taken: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def memory(self) -> float:
        """Return the resident memory in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        assert found
        return int(found[1]) / 1024

    def processor(self) -> float:
        """Return the seconds of processor spent."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def served(source: Path, record: str) -> Served:
    """Start a desk with the code of a folder."""
    command = [sys.executable, "-m", "communique", "serve", "--record", record, "--port", "0", "--by", "bench"]
    environment = {**os.environ, "PYTHONPATH": str(source.resolve())}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    line = process.stderr.readline()
    found = re.search(r":(\d+)/", line)
    if found is None:
        raise RuntimeError(line + process.stderr.read())
    return Served(process, int(found[1]))


def another(path: str, number: int) -> str:
    """Return a page of the same kind that shows something else: other reports, actors, issues, days."""
    if path.startswith("/reports/"):
        return f"/reports/made-{number * 37 % 8000}?unique={number}"
    if path.startswith("/issues/"):
        return f"/issues/issue-{number % 400}?unique={number}"
    sign = "&" if "?" in path else "?"
    if path == "/" or path.startswith("/actors") or path == "/issues":
        return f"{path}{sign}unique={number}"
    year, day = 2006 + number * 7 % 17, number * 11 % 28 + 1
    return f"{path}{sign}until={year}-{number % 12 + 1:02}-{day:02}&unique={number}"


def rush(desk: Served, seconds: float, different: bool) -> None:
    """Have the clients ask until the time is up."""
    ends, numbers = time.monotonic() + seconds, itertools.count()

    def client(at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=120)
        while time.monotonic() < ends:
            path = PAGES[at % len(PAGES)]
            if different:
                path = another(path, next(numbers))
            began = time.perf_counter()
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                desk.failed.append(repr(error))
            else:
                if answer.status == 200:
                    desk.taken.append(time.perf_counter() - began)
                else:
                    desk.failed.append(f"{path}: {answer.status}")
            at += 7

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measured(source: Path, record: str, seconds: float, different: bool) -> tuple[float, bool]:
    """Print the figures of one build; return its memory after the rush and whether all was answered."""
    desk = served(source, record)
    try:
        rush(Served(desk.process, desk.port), 2, different)
        spent, began = desk.processor(), time.monotonic()
        rush(desk, seconds, different)
        wall, spent = time.monotonic() - began, desk.processor() - spent
        memory, times = desk.memory(), sorted(desk.taken)
        print(f"{source}: {len(times) / wall:.1f} answers/s, {spent / len(times) * 1000:.1f} ms of processor each")
        print(
            f"  median {times[len(times) // 2] * 1000:.0f} ms, 99 in 100 {times[len(times) * 99 // 100] * 1000:.0f} ms"
        )
        print(f"  memory after the rush {memory:.0f} MB; {len(desk.failed)} failed {desk.failed[:3]}")
        return memory, not desk.failed
    finally:
        desk.process.terminate()
        desk.process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", default="desk.db", metavar="FILE|ADDRESS")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--statements", type=int, default=100_000, metavar="N")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="N")
    parser.add_argument("--source", type=Path, action="append", metavar="FOLDER")
    parser.add_argument("--all-different", action="store_true")
    options = parser.parse_args()
    sources = options.source or [Path(__file__).parents[1] / "src"]
    with ExitStack() as stack:
        place = stack.enter_context(stores.postgresql()).make() if options.postgresql else options.record
        try:
            Record.open(place, read_only=True).close()
        except MissingInput:
            with Record.open(place, create=True) as record:
                for reading in readings(options.statements):
                    record.add(record.place(reading.report), reading)
        results = [measured(source, place, options.seconds, options.all_different) for source in sources]
    memory, whole = results[0]
    most = bound("desk_rush", "memory_at_most_mb")
    print(f"memory after the rush, MB: {memory:.0f}; at most {most:g}: {verdict(memory <= most)}")
    return int(memory > most or not whole)


if __name__ == "__main__":
    sys.exit(main())
