"""The brief in a real browser: its script runs, and nothing leaves the machine.

Runs in Chromium where it is installed. Under CI it must: the set-up installs it, and fails the tests where it cannot.
"""

from __future__ import annotations

import dataclasses
import http.server
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from brief_samples import sample
from browsers import chromium
from communique.brief.page import render

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--virtual-time-budget=3000",
    "--enable-logging=stderr",
)


@pytest.fixture(scope="module")
def browser() -> str:
    """Return Chromium's path."""
    return chromium()


class Site:
    """A local server that hands out pages and remembers what was asked of it."""

    def __init__(self) -> None:
        """Start serving on a free port."""
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                site.asked.append(path)
                body = site.pages.get(path, "").encode()
                self.send_response(200 if path in site.pages else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Stay quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def visit(browser: str, tmp_path: Path) -> Callable[..., tuple[str, str]]:
    """Return a function from an address to the page as the browser holds it, and what its console said."""

    def run(address: str, *more: str) -> tuple[str, str]:
        command = [browser, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", *more, "--dump-dom", address]
        done = subprocess.run(command, capture_output=True, timeout=120, check=True)
        errors = done.stderr.decode(errors="replace")
        return done.stdout.decode(), "\n".join(line for line in errors.splitlines() if "CONSOLE" in line)

    return run


def test_the_script_runs_under_the_pages_own_policy(visit: Callable[..., tuple[str, str]], tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_text(render([sample()], "T"), encoding="utf-8")
    dom, console = visit(file.as_uri())
    assert console == ""
    assert "3 statements</output>" in dom
    assert re.search(r'<form id="filters"[^>]*hidden', dom) is None


def test_a_link_into_the_text_shows_that_statements_marks(
    visit: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    file = tmp_path / "brief.html"
    file.write_text(render([sample()], "T"), encoding="utf-8")
    dom, _ = visit(file.as_uri() + "#r1-s2")
    article = dom[dom.index('<article id="r1"') :]
    assert 'class="lit"' in article[:200]
    lit = re.findall(r'<mark class="([^"]*) on"[^>]*>([^<]*)<', article)
    assert ("content source", "President Ilse Maren") in lit
    assert "reported" not in [words for _, words in lit]


def test_filters_narrow_the_statements(visit: Callable[..., tuple[str, str]], site: Site) -> None:
    site.pages["/brief"] = render([sample()], "T")
    site.pages["/drive"] = """<!DOCTYPE html><link rel="icon" href="data:,">
<iframe id="f" src="/brief"></iframe><pre id="out"></pre><script>
document.getElementById("f").onload = function () {
  var page = this.contentDocument, form = page.getElementById("filters"), out = [];
  var seen = function () {
    out.push(page.getElementById("shown").textContent + ":" + Array.prototype.filter.call(
      page.querySelectorAll("table.statements tbody tr"), function (r) { return !r.hidden; }).map(
      function (r) { return r.id; }).join(","));
  };
  var set = function (name, value) {
    form.elements[name].value = value;
    form.dispatchEvent(new Event("input", {bubbles: true}));
    seen();
  };
  set("speaker", "Ilse Maren"); set("act", "assert"); set("speaker", ""); set("act", ""); set("find", "1921");
  set("find", "part of its"); document.getElementById("out").textContent = out.join("\\n");
};</script>"""
    dom, _ = visit(site.base + "/drive")
    out = dom[dom.index('<pre id="out">') + 14 : dom.index("</pre>")].split("\n")
    assert out == [
        "1 of 3 statements:s1-2",
        "0 of 3 statements:",
        "2 of 3 statements:s1-1,s1-3",
        "3 statements:s1-1,s1-2,s1-3",
        "1 of 3 statements:s1-3",
        "1 of 3 statements:s1-3",
    ]


def test_nothing_that_a_report_says_makes_the_browser_ask_for_anything(
    visit: Callable[..., tuple[str, str]], site: Site, tmp_path: Path
) -> None:
    lure = (
        f'"><img src="{site.base}/img"><script src="{site.base}/js"></script><link rel=stylesheet href={site.base}/css>'
        f'<iframe src="{site.base}/frame"></iframe><meta http-equiv=refresh content="0;url={site.base}/go">'
    )
    reading = sample(title=lure, outlet=lure, url=site.base + "/report")
    actors = tuple(dataclasses.replace(actor, name=lure, role=lure) for actor in reading.actors)
    report = dataclasses.replace(reading.report, text=lure + reading.report.text)
    file = tmp_path / "brief.html"
    file.write_text(render([dataclasses.replace(reading, actors=actors, report=report)], lure), encoding="utf-8")
    _, console = visit(file.as_uri())
    assert site.asked == []
    assert console == ""


def test_the_page_is_drawn_on_a_phone_and_in_the_dark(browser: str, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_text(render([sample()], "T"), encoding="utf-8")
    shots = []
    for name, more in (("light", []), ("dark", ["--blink-settings=preferredColorScheme=0"])):
        picture = tmp_path / f"{name}.png"
        command = [browser, *QUIET, f"--user-data-dir={tmp_path / name}", "--window-size=500,1200", *more]
        subprocess.run(
            [*command, f"--screenshot={picture}", file.as_uri()], capture_output=True, timeout=120, check=True
        )
        shots.append(picture.read_bytes())
    assert all(len(shot) > 10_000 for shot in shots)
    assert shots[0] != shots[1]
