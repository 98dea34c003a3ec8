"""A page is taken apart within a budget of time and memory; one that is over it is named, and the next is read."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from communique.collect.feeds import Web, add_address, poll
from communique.collect.intake import Kept, Outcome
from communique.errors import UnreadableReport
from communique.ingest.html import read_page
from communique.ingest.page_worker import SHORT, PageBudget
from communique.record import Record
from parallel_workers import words_of_page
from web_servers import Page, serving

SAID = "The harbour office said on Monday that the ferry would sail again."
NO_TIME = PageBudget(seconds=0.01)


def page(paragraphs: int) -> bytes:
    body = "".join(f"<p>{SAID} It was notice {n}.</p>" for n in range(paragraphs))
    return f"<html><head><title>Ferry</title></head><body><article>{body}</article></body></html>".encode()


LONG = page(2_000)


def notices(data: bytes) -> int:
    return read_page(data, "here").report.text.count("It was notice")


@pytest.mark.parametrize(
    ("budget", "reason"),
    [
        (NO_TIME, "page took more than 0.01 seconds to extract"),
        (PageBudget(megabytes=1), "page took more than 1 MB of memory to extract"),
    ],
)
def test_a_page_over_its_budget_is_named_and_the_next_is_read(budget: PageBudget, reason: str) -> None:
    if budget != NO_TIME and not sys.platform.startswith("linux"):
        pytest.skip("memory is bounded on Linux")
    with pytest.raises(UnreadableReport) as refused:
        read_page(page(12_000), "ferry.html", budget=budget)
    assert str(refused.value) == f"ferry.html: {reason}"
    assert notices(LONG) == 2_000


def test_the_same_is_had_of_a_page_with_a_process_and_without() -> None:
    at_hand = page(100)
    afar = at_hand + b"<!--" + b" " * SHORT + b"-->"
    assert len(at_hand) < SHORT < len(afar)
    assert read_page(at_hand, "here") == read_page(afar, "here")


def test_a_page_on_which_the_process_dies_is_named_and_the_next_is_read() -> None:
    assert notices(LONG) == 2_000
    from communique.ingest import page_worker

    (worker,) = page_worker._crew.idle
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    with pytest.raises(UnreadableReport, match="the process that took it apart ended"):
        read_page(LONG, "here")
    assert notices(LONG) == 2_000


def test_a_table_of_ten_thousand_rows_is_done_within_the_budget() -> None:
    rows = "<tr>" + "<td>12 tons</td>" * 5 + "</tr>"
    data = f"<html><body><table>{rows * 10_000}</table><p>{SAID}</p></body></html>".encode()
    assert read_page(data, "here").report.text == SAID


@pytest.mark.parametrize(("elements", "attributes"), [(1, 40_000), (200, 200)])
def test_elements_of_very_many_attributes_are_read_or_named(elements: int, attributes: int) -> None:
    given = " ".join(f'a{n}="v"' for n in range(attributes))
    part = f"<p {given}>{SAID}</p>"
    data = f"<html><body><article>{part * elements}</article></body></html>".encode()
    try:
        told = read_page(data, "here", budget=PageBudget(seconds=2)).report.text
    except UnreadableReport as named:
        told = named.reason
    assert SAID in told or told == "page took more than 2 seconds to extract"
    assert notices(LONG) == 2_000


@pytest.mark.parametrize(
    "part",
    [
        "it was the ferry<sup>7</sup> ",
        "<time>Monday</time> it was, ",
        "so they said<br>\n",
        "and <del>not</del> so, ",
        "to <i hidden>x</i> them, ",
    ],
)
def test_many_small_things_in_one_paragraph_are_done_within_the_budget(part: str) -> None:
    data = f"<html><body><article><p>{SAID}</p><p>{part * 15_000}</p><p>{SAID}</p></article></body></html>".encode()
    assert read_page(data, "here").report.text.endswith(SAID)


def test_threads_share_the_processes_and_each_gets_its_own_page() -> None:
    sizes = [300, 400, 500, 600] * 3
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(notices, map(page, sizes))) == sizes


def test_workers_of_a_pool_read_pages_too() -> None:
    # Its workers are daemons, which may have no processes of multiprocessing themselves.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply_async(words_of_page, [LONG]).get(timeout=120) == 2_000 * len(
            f"{SAID} It was notice 1.".split()
        )


def test_the_process_ends_with_the_one_that_it_works_for(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_bytes(LONG)
    script = (
        "import os, sys\n"
        "from communique.ingest import gather, page_worker\n"
        "list(gather([sys.argv[1]]))\n"
        "print(page_worker._crew.idle[0].process.pid, flush=True)\n"
        "os._exit(0)\n"  # without any farewell
    )
    asked = [sys.executable, "-c", script, str(tmp_path / "ferry.html")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)  # it ends when both ends of its pipes do
    assert done.stdout.strip().isdigit()
    assert done.stderr == ""


def test_a_script_needs_no_guard_at_its_entry(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_bytes(LONG)
    script = tmp_path / "script.py"
    script.write_text(
        "from communique.ingest import gather\n"
        f"(item,) = gather([{str(tmp_path / 'ferry.html')!r}])\n"
        "print(item.report.text.count('It was notice'))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("2000\n", "")


def test_a_feeds_page_over_its_budget_leaves_what_the_feed_gives(record: Record) -> None:
    told: list[Outcome] = []
    noted: list[str] = []
    with serving({"/long": Page(LONG)}) as server:
        item = f"<item><guid>1</guid><link>{server.url}/long</link><description>{SAID}</description></item>"
        rss = f"<rss version='2.0'><channel><title>Desk</title>{item}</channel></rss>"
        server.pages["/rss"] = Page(rss.encode(), headers={"Content-Type": "application/rss+xml"})
        web = Web(allow_loopback=True, pause=0, budget=NO_TIME)
        poll(record, f"{server.url}/rss", told.append, web=web, noted=noted.append)
        add_address(record, f"{server.url}/long", told.append, web=web)
    kept, refused = told
    assert isinstance(kept, Kept)
    assert kept.arrival.report.text == SAID
    assert "page took more than 0.01 seconds to extract" in noted[0]
    assert "page took more than 0.01 seconds to extract" in str(refused)


def test_a_slow_page_is_not_in_the_way_of_all_others() -> None:
    done = threading.Event()

    def slow() -> None:
        with pytest.raises(UnreadableReport):
            read_page(page(9_000), "here", budget=PageBudget(seconds=0.3))
        done.set()

    thread = threading.Thread(target=slow)
    thread.start()
    assert notices(page(300)) == 300
    thread.join()
    assert done.is_set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no forking here")
def test_a_forked_process_has_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_bytes(LONG)
    script = (
        "import os, sys\n"
        "from communique.ingest import gather\n"
        "words = lambda: len(list(gather([sys.argv[1]]))[0].report.text.split())\n"
        "found = [words()]\n"
        "child = os.fork()\n"
        "found += [words(), words()]\n"
        "print(found, flush=True)\n"
        "sys.exit(os.waitpid(child, 0)[1] if child else 0)\n"
    )
    asked = [sys.executable, "-X", "dev", "-c", script, str(tmp_path / "ferry.html")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[32000, 32000, 32000]"] * 2
    assert done.stderr == ""
