#!/usr/bin/env python
"""Fifty quick feeds beside thirty slow hosts: how long is it until all the quick ones are in the record?

    benchmarks/slow_hosts.py [--quick 50] [--slow 30] [--entries 2] [--within 60]

Each feed is a host of its own on loopback (127.0.1.1, 127.0.1.2, ...; Linux alone lets one listen there). A third of
the slow ones takes connections and never says a word, a third gives a byte a second, a third gives its feed at once
and never the pages that it leads to. `communique watch --once` runs from scratch, with the model to load. Prints when
the last report of a quick feed was told as added, when the round ended, the seconds of the processor that it took, and
what became of the slow ones; exit status 1 where a quick one was not in within the bound. On a busy machine, see what
it takes without the slow ones (`--slow 0`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORT = 18_600
KINDS = ("silent", "dripping", "pages that do not come")


class Handler(BaseHTTPRequestHandler):
    """Answers as the host that was asked does."""

    def do_GET(self) -> None:
        """Answer as a quick or a slow host."""
        host = str(self.connection.getsockname()[0])
        number = int(host.rsplit(".", 1)[1])
        quick = host.startswith("127.0.1.")
        with contextlib.suppress(OSError):
            if self.path == "/robots.txt":
                self.send_error(404)
            elif quick:
                self._send(feed(host, number, self.server.entries, whole=True))  # type: ignore[attr-defined]
            elif number % len(KINDS) == 2 and self.path == "/rss":
                self._send(feed(host, number, self.server.entries, whole=False))  # type: ignore[attr-defined]
            else:
                self._wait(drip=number % len(KINDS) == 1)

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _wait(self, *, drip: bool) -> None:
        if drip:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(600):
            time.sleep(1)
            if drip:
                self.wfile.write(b" ")
                self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """One address of loopback."""

    daemon_threads = True
    request_queue_size = 64
    entries = 2


def feed(host: str, number: int, entries: int, *, whole: bool) -> bytes:
    """Return a feed of our own; what is not ``whole`` leads to pages."""
    items = ""
    for each in range(entries):
        words = (
            f"Russia said on Monday that offer {number}-{each} would stand only if Japan changed course. "
            f"The foreign minister of Japan said that Tokyo had read offer {number}-{each} of host {host}. "
        )
        description = f"<description>{words * 5}</description>" if whole else ""
        link = f"http://{host}:{PORT}/page/{each}"
        items += f"<item><guid>{link}</guid><link>{link}</link><title>Offer {number}-{each}</title>{description}</item>"
    return f"<rss version='2.0'><channel><title>Paper {host}</title>{items}</channel></rss>".encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", type=int, default=50)
    parser.add_argument("--slow", type=int, default=30)
    parser.add_argument("--entries", type=int, default=2, help="of each feed")
    parser.add_argument("--within", type=float, default=60.0, help="seconds within which the quick ones must be in")
    asked = parser.parse_args()
    Server.entries = asked.entries
    hosts = [f"127.0.1.{n}" for n in range(1, asked.quick + 1)] + [f"127.0.2.{n}" for n in range(1, asked.slow + 1)]
    for host in hosts:
        threading.Thread(target=Server((host, PORT), Handler).serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="communique-slow-") as made:
        folder = Path(made)
        # The slow ones come first: nobody is quick for standing at the head.
        feeds = "".join(f'[[feed]]\nurl = "http://{host}:{PORT}/rss"\n' for host in reversed(hosts))
        (folder / "dossier.toml").write_text(f'communique = 1\nname = "Offers"\n{feeds}', "utf-8")
        return watched(folder, asked)


def watched(folder: Path, asked: argparse.Namespace) -> int:
    """Run one round; tell when what came."""
    command = [sys.executable, "-m", "communique", "watch", ".", "--once", "--json", "--allow-loopback"]
    begun, last, count = time.monotonic(), 0.0, 0
    with (folder / "err").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=err, env={**os.environ})
        assert process.stdout is not None
        for line in process.stdout:
            if b"Paper 127.0.1." in line or json.loads(line).get("report"):
                count += 1
                last = time.monotonic() - begun
        _, status, used = os.wait4(process.pid, 0)
    wanted = asked.quick * asked.entries
    print(f"{count} of {wanted} reports of {asked.quick} quick feeds, the last after {last:.1f} s")
    spent = used.ru_utime + used.ru_stime
    ended = time.monotonic() - begun
    print(f"the round ended after {ended:.1f} s with status {os.waitstatus_to_exitcode(status)}, {spent:.1f} s of work")
    told = (folder / "err").read_text("utf-8").splitlines()
    for kind in sorted({_reason(line) for line in told if "127.0.2." in line}):
        print(f"  {sum(_reason(line) == kind for line in told if '127.0.2.' in line)} slow: {kind}")
    return int(count < wanted or last > asked.within)


def _reason(line: str) -> str:
    return line.rsplit(": ", 1)[-1][:100]


if __name__ == "__main__":
    sys.exit(main())
