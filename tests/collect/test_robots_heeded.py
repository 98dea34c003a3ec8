"""Pages that a host's robots.txt keeps from programs are named and left alone, unless the dossier says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.collect.feeds import Web, add_address, poll
from communique.collect.intake import Kept, Outcome
from communique.ingest.robots import MAX_BYTES
from communique.record import Record
from web_servers import Page, Server, serving

WORDS = "The harbour office of Oslo said on Tuesday that the ferry would sail again only if the storm had passed."
FORBIDDEN = "its host's robots.txt does not allow it to be fetched"


def page(words: str) -> Page:
    return Page(f"<html><body><article><p>{words}</p></article></body></html>".encode())


def rules(text: str) -> Page:
    return Page(text.encode(), headers={"Content-Type": "text/plain"})


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        items = "".join(
            f"<item><guid isPermaLink='false'>{name}</guid><title>{name}</title>"
            f"<link>{running.url}/{name}</link></item>"
            for name in ("open", "shut")
        )
        body = f"<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"
        running.pages |= {
            "/robots.txt": rules("User-agent: *\nDisallow: /shut\n"),
            "/rss": Page(body.encode(), headers={"Content-Type": "application/rss+xml"}),
            "/open": page(f"{WORDS} That was all."),
            "/shut": page(f"{WORDS} That was not all."),
        }
        yield running


def asked(server: Server) -> list[str]:
    return sorted(each.path for each in server.asked)


def polled(record: Record, server: Server) -> list[Outcome]:
    told: list[Outcome] = []
    poll(record, f"{server.url}/rss", told.append, web=Web(allow_loopback=True, pause=0))
    return told


def test_what_robots_txt_forbids_is_named_and_not_fetched(record: Record, server: Server) -> None:
    told = polled(record, server)
    assert [str(each) for each in told if not isinstance(each, Kept)] == [f"{server.url}/shut: {FORBIDDEN}"]
    assert asked(server) == ["/open", "/robots.txt", "/rss"]


def test_it_is_asked_for_once(record: Record, server: Server) -> None:
    web = Web(allow_loopback=True, pause=0)
    for _ in range(2):
        web.get_page(f"{server.url}/open")
    assert asked(server) == ["/open", "/open", "/robots.txt"]


def test_what_the_feed_gives_of_a_forbidden_page_is_kept(record: Record, server: Server) -> None:
    item = f"<item><guid>1</guid><link>{server.url}/shut</link><description>{WORDS}</description></item>"
    rss = f"<rss version='2.0'><channel><title>Desk</title>{item}</channel></rss>"
    server.pages["/rss"] = Page(rss.encode(), headers={"Content-Type": "application/rss+xml"})
    noted: list[str] = []
    told: list[Outcome] = []
    poll(record, f"{server.url}/rss", told.append, web=Web(allow_loopback=True, pause=0), noted=noted.append)
    (kept,) = told
    assert isinstance(kept, Kept)
    assert kept.arrival.report.text == WORDS
    assert FORBIDDEN in noted[0]


@pytest.mark.parametrize("status", [401, 403])
def test_a_file_that_is_kept_from_us_keeps_all_pages(record: Record, server: Server, status: int) -> None:
    server.pages["/robots.txt"] = Page(status=status)
    assert [FORBIDDEN in str(each) for each in polled(record, server)] == [True, True]
    assert asked(server) == ["/robots.txt", "/rss"]


@pytest.mark.parametrize(
    "answer",
    [
        Page(status=404),
        Page(status=500),
        Page(b"User-agent: *\nDisallow: /\n" + b"#" * MAX_BYTES),
        Page(status=302, headers={"Location": "http://10.0.0.1/robots.txt"}),
    ],
)
def test_one_that_cannot_be_had_keeps_none(record: Record, server: Server, answer: Page) -> None:
    server.pages["/robots.txt"] = answer
    assert all(isinstance(each, Kept) for each in polled(record, server))


def test_an_address_named_by_hand_is_fetched(record: Record, server: Server) -> None:
    told: list[Outcome] = []
    add_address(record, f"{server.url}/shut", told.append, web=Web(allow_loopback=True, pause=0))
    assert [type(each) for each in told] == [Kept]
    assert asked(server) == ["/shut"]


@pytest.mark.parametrize(("says", "titles"), [("", ["open"]), ('robots = "ignore"\n', ["open", "shut"])])
def test_a_dossier_may_say_otherwise(tmp_path: Path, server: Server, says: str, titles: list[str]) -> None:
    dossier = f'communique = 1\nname = "Ferry"\n{says}[[feed]]\nurl = "{server.url}/rss"\n'
    (tmp_path / "dossier.toml").write_text(dossier)
    place = tmp_path / "record.db"
    done = CliRunner().invoke(app, ["watch", str(tmp_path), "--once", "--allow-loopback", "--record", str(place)])
    assert (FORBIDDEN in done.stderr) is (titles == ["open"])
    with Record.open(str(place)) as record:
        assert sorted(row.title or "" for row in record.reports()) == titles
