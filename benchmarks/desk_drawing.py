#!/usr/bin/env python3
"""Time until Chromium has drawn an issue's page, its matrix and its timeline, over a record of made readings.

    .venv/bin/python benchmarks/desk_drawing.py --record FILE [--issue KEY] [--times N]

A desk is served on loopback; the page is opened once to warm up, then so many times in a fresh tab. What counts is from
asking for the page until its load event is over and a frame was painted after it. Exits with 1 where the median takes
longer than bounds.toml allows. Needs Chromium and the development packages.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bounds import bound, verdict

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browsers import chromium
from desks import desk

_PAINTED = """() => new Promise((done) => {
  const end = () => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0));
  document.readyState === "complete" ? end() : addEventListener("load", end);
})"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, required=True, metavar="FILE")
    parser.add_argument("--issue", default="issue-0", metavar="KEY", help="(default: %(default)s, the largest made)")
    parser.add_argument("--times", type=int, default=9, metavar="N")
    options = parser.parse_args()
    with desk(str(options.record)) as running, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        taken = []
        for _ in range(options.times + 1):
            page = browser.new_page()
            page.goto(f"{running.base}/issues/{options.issue}", wait_until="commit")
            taken.append(float(page.evaluate(_PAINTED)))
            assert page.locator("#positions table").count()
            assert page.locator("#timeline svg").count()
            page.close()
        browser.close()
    median = statistics.median(taken[1:])
    most = bound("desk_drawing", "drawn_at_most_ms")
    print(f"drawn within, ms: median {median:.0f}, slowest {max(taken[1:]):.0f}; at most {most:g}: ", end="")
    print(verdict(median <= most))
    return int(median > most)


if __name__ == "__main__":
    sys.exit(main())
