"""Time the desk's pages over a record of a hundred thousand statements, made for the purpose.

    .venv/bin/python benchmarks/desk_speed.py [--record FILE] [--statements N]

Each page is asked for over loopback, once unmeasured and then `--times` times; the figure is the median time to the
first byte. Exits with 1 where a bound of bounds.toml is broken. The record is made where the file is not there yet.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import sys
import threading
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote

import uvicorn

from bounds import bound, verdict
from communique.record import Record
from communique.web.app import create_app
from communique.web.desk_access import DeskSettings
from record_filling import readings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, default=Path("desk.db"), metavar="FILE")
    parser.add_argument("--statements", type=int, default=100_000, metavar="N")
    parser.add_argument("--times", type=int, default=9, metavar="N")
    options = parser.parse_args()
    if not options.record.exists():
        with Record.open(options.record, create=True) as record:
            for reading in readings(options.statements):
                record.add(record.place(reading.report), reading)
    slowest = 0.0
    for path, taken in timed(str(options.record), options.times):
        slowest = max(slowest, taken)
        print(f"{taken:7.1f} ms  {path}")
    most = bound("desk_speed", "first_byte_at_most_ms")
    print(f"slowest first byte, ms: {slowest:.1f}; at most {most:g}: {verdict(slowest <= most)}")
    return int(slowest > most)


def pages(where: str) -> list[str]:
    """The pages, of what most is said of: the heaviest."""
    with Record.open(where, read_only=True) as record:
        issues = [row.issue for row in record.issues(limit=2).page().rows]
        actors = [row.actor for row in record.actors(limit=2).page().rows]
        report = record.reports(limit=1).page().rows[0].report
    return [
        *("/", "/statements", "/conditions", "/reports", "/actors", "/issues", "/judge", "/agreement", "/network"),
        *("/statements?text=treaty", "/statements?sort=voices&act=demand", "/statements?judged=none&sort=confidence"),
        *(f"/issues/{quote(issue)}" for issue in issues),
        *(f"/standoff/{quote(issue)}" for issue in issues),
        *(f"/actors/{quote(actor)}" for actor in actors),
        f"/reports/{quote(report)}",
        "/statements.json",
        "/api/v1/facets",
    ]


def timed(where: str, times: int) -> list[tuple[str, float]]:
    """Return each page with its median time to the first byte, in milliseconds."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(DeskSettings(where, user="bench")), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    found = []
    try:
        for path in pages(where):
            spent = [_first_byte(listener.getsockname()[1], path) for _ in range(times + 1)][1:]
            found.append((path, median(spent)))
    finally:
        server.should_exit = True
        thread.join(20)
    return found


def _first_byte(port: int, path: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read(1)
    spent = (time.perf_counter() - started) * 1000
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: status {answer.status}")
    return spent


if __name__ == "__main__":
    sys.exit(main())
