"""Feeds that change, die, come back or ask for patience: no report is doubled, nothing is asked in vain or for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from communique.cli.app import app
from communique.collect.feeds import Polled, Web, add_address, poll
from communique.collect.intake import Kept, Outcome
from communique.record import Record
from communique.record.database import tables as t
from web_servers import Page, Server, serving

WORDS = "Chad said on Monday that it would open the crossing only if Sudan withdrew its guards."
OTHER = "Chad said on Tuesday that the crossing would stay shut until Sudan withdrew its guards."


def feed(*entries: str, etag: str = '"1"') -> Page:
    body = f"<rss version='2.0'><channel><title>Lake Post</title>{''.join(entries)}</channel></rss>"
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": etag})


def entry(name: str, words: str = WORDS, link: str | None = None) -> str:
    to = f"<link>{name if link is None else link}</link>"
    return f"<item><guid>{name}</guid>{to}<title>Crossing</title><description>{words}</description></item>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def web() -> Web:
    return Web(allow_loopback=True, pause=0)


def polled(record: Record, server: Server, web: Web) -> tuple[Polled, list[str], list[str]]:
    """Poll the feed; return what became of it, of its entries, and the notes. What was asked before is forgotten."""
    told: list[Outcome] = []
    noted: list[str] = []
    server.asked.clear()
    found = poll(record, f"{server.url}/rss", told.append, web=web, noted=noted.append)
    return found, [each.fate.value if isinstance(each, Kept) else each.reason for each in told], noted


def asked(server: Server) -> list[str]:
    return [each.path for each in server.asked if each.path != "/robots.txt"]


def test_what_the_feed_gives_is_kept_where_the_page_is_not_to_be_had(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(entry("one"))
    _, fates, noted = polled(record, server, web)
    assert fates == ["new"]
    assert any("404 Not Found): what the feed gives of it is kept" in note for note in noted)
    assert [row.title for row in record.reports()] == ["Crossing"]
    polled(record, server, web)
    assert asked(server) == ["/rss"]
    assert server.asked[0].headers["if-none-match"] == '"1"'


def test_an_entry_that_holds_nothing_is_named_once(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(entry("one", words=""), entry("two", words="", link="http://10.0.0.1/"))
    found, fates, _ = polled(record, server, web)
    assert (found.failed, len(fates)) == (2, 2)
    assert {"404" in fate or "private" in fate for fate in fates} == {True}
    found, fates, _ = polled(record, server, web)
    assert (found.failed, fates, asked(server)) == (0, [], ["/rss"])


def test_an_edited_entry_with_another_address_is_a_version_and_no_other_report(
    record: Record, server: Server, web: Web
) -> None:
    server.pages["/rss"] = feed(entry("one"))
    polled(record, server, web)
    server.pages["/rss"] = feed(entry("one", OTHER, link="one-corrected"), etag='"2"')
    assert polled(record, server, web)[1] == ["version"]
    assert [row.versions for row in record.reports()] == [2]


def test_an_edited_entry_without_an_address_is_a_version_too(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(entry("one", link=""))
    polled(record, server, web)
    server.pages["/rss"] = feed(entry("one", OTHER, link=""), etag='"2"')
    assert polled(record, server, web)[1] == ["version"]


def test_entries_of_one_address_are_each_dealt_with(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(entry("one", link="live"), entry("two", OTHER, link="live"))
    assert len(polled(record, server, web)[1]) == 2
    assert polled(record, server, web)[0].looked_at == 0
    assert asked(server) == ["/rss"]


def test_a_move_to_what_is_no_feed_is_not_believed(record: Record, server: Server, web: Web) -> None:
    server.pages["/sale"] = Page(b"<html><body>This domain is for sale.</body></html>")
    for to in ("/sale", "/nothing"):
        server.pages["/rss"] = Page(b"", 301, {"Location": to})
        for _ in range(2):
            found, _, _ = polled(record, server, web)
            assert (found.failed, asked(server)) == (1, ["/rss", to])


@pytest.mark.parametrize("end", [Page(b"", 404), Page(b"", 302, {"Location": "http://10.0.0.1/"})])
def test_where_a_moved_feed_is_no_more_its_old_address_is_asked_again(
    record: Record, server: Server, web: Web, end: Page
) -> None:
    server.pages |= {"/rss": Page(b"", 308, {"Location": "/new"}), "/new": feed()}
    polled(record, server, web)
    server.pages["/new"] = end
    polled(record, server, web)
    assert asked(server) == ["/new"]
    server.pages["/rss"] = feed()
    assert polled(record, server, web)[0].failed == 0
    assert asked(server) == ["/rss"]


def test_a_feed_that_is_back_is_watched_again_once_it_is_added(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = Page(b"", 410)
    polled(record, server, web)
    server.pages["/rss"] = feed(entry("one"))
    assert "gone" in polled(record, server, web)[0].said
    told: list[Outcome] = []
    add_address(record, f"{server.url}/rss", told.append, web=web)
    assert len(told) == 1
    polled(record, server, web)
    assert asked(server) == ["/rss"]


def test_a_host_that_asks_for_patience_is_asked_nothing_more(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(entry("one"), entry("two", OTHER))
    server.pages["/two"] = Page(b"", 429, {"Retry-After": "600"})
    found, fates, _ = polled(record, server, web)
    assert (found.failed, asked(server)) == (2, ["/rss", "/two"])
    assert "left alone" in fates[1]
    server.pages["/two"] = Page(b"", 404)
    assert polled(record, server, Web(allow_loopback=True, pause=0))[1] == ["new", "new"]


@pytest.mark.parametrize(
    "state", ['{"etag":1,"moved_to":[],"gone":"no","retry_at":"soon"}', "[]", '{"retry_at":1e999}']
)
def test_a_state_that_came_from_elsewhere_does_no_harm(record: Record, server: Server, web: Web, state: str) -> None:
    server.pages["/rss"] = feed()
    polled(record, server, web)
    with record.writing() as connection:
        connection.execute(update(t.source).values(state=state))
    assert polled(record, server, web)[0].failed == 0
    assert asked(server) == ["/rss"]


@pytest.mark.parametrize("ahead", [10**7, 10**12])
def test_a_clock_that_was_set_back_keeps_no_feed_waiting(record: Record, server: Server, web: Web, ahead: int) -> None:
    server.pages["/rss"] = feed()
    polled(record, server, web)
    with record.writing() as connection:
        connection.execute(update(t.source).values(state=f'{{"retry_at":{time.time() + ahead}}}'))
    assert polled(record, server, web)[0].failed == 0
    assert asked(server) == ["/rss"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.example/news", "FILE:/etc/passwd", "gopher://a/"])
def test_other_kinds_of_address_are_refused_by_name(tmp_path: Path, address: str) -> None:
    done = CliRunner().invoke(app, ["add", address, "--record", str(tmp_path / "c.db")])
    assert done.exit_code == 1
    assert "only http and https are fetched" in done.stderr


def dossier(folder: Path, url: str) -> None:
    text = f'communique = 1\nname = "Crossing"\n\n[[feed]]\nurl = "{url}"\n'
    (folder / "dossier.toml").write_text(text, encoding="utf-8")


def test_a_dossier_that_breaks_while_it_is_watched_is_named_and_tried_again(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages["/rss"] = feed()
    dossier(tmp_path, f"{server.url}/rss")
    waits = iter(["nonsense =", None, KeyboardInterrupt()])

    def wait(seconds: float) -> None:
        if seconds < 60:  # between two requests to one host
            return
        match next(waits):
            case str(text):
                (tmp_path / "dossier.toml").write_text(text, encoding="utf-8")
            case None:
                dossier(tmp_path, f"{server.url}/rss")
            case stopped:
                raise stopped

    monkeypatch.setattr("communique.cli.watch.time.sleep", wait)
    done = CliRunner().invoke(app, ["watch", str(tmp_path), "--record", str(tmp_path / "c.db"), "--allow-loopback"])
    assert done.exit_code == 130
    assert "not TOML" in done.stderr
    assert asked(server) == ["/rss", "/rss"]


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_a_watch_with_all_that_was_kept(tmp_path: Path, server: Server) -> None:
    server.pages["/rss"] = feed(entry("one"))
    dossier(tmp_path, f"{server.url}/rss")
    command = [sys.executable, "-m", "communique", "watch", ".", "--allow-loopback"]
    environment = {name: value for name, value in os.environ.items() if name != "COMMUNIQUE_RECORD"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment
    ) as run:
        assert run.stdout
        assert "Crossing" in run.stdout.readline()
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in told
    with Record.open(tmp_path / "communique.db") as record:
        assert len(list(record.reports())) == 1


def item(name: str, title: str, words: str, link: str) -> str:
    return (
        f"<item><guid isPermaLink='false'>{name}</guid><link>{link}</link><title>{title}</title>"
        f"<description>{words}</description></item>"
    )


def test_articles_that_share_an_address_are_reports_of_their_own(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = feed(item("a", "Ferry", WORDS, "news#a"), item("b", "Bridge", OTHER, "news#b"))
    assert polled(record, server, web)[1] == ["new", "new"]
    assert {row.title: row.versions for row in record.reports()} == {"Ferry": 1, "Bridge": 1}
    edited = f"{WORDS} It added that tickets would be free."
    server.pages["/rss"] = feed(item("a", "Ferry", edited, "news#a"), item("b", "Bridge", OTHER, "news#b"), etag='"2"')
    assert polled(record, server, web)[1] == ["version"]
    assert {row.title: row.versions for row in record.reports()} == {"Ferry": 2, "Bridge": 1}


def atom(words: str, updated: str, etag: str) -> Page:
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Lake Post</title><entry><id>urn:1</id><title>Ferry</title>"
        f"<updated>{updated}</updated><content type='text'>{words}</content></entry></feed>"
    )
    return Page(body.encode(), headers={"Content-Type": "application/atom+xml", "ETag": etag})


def test_an_edit_does_not_date_anew_what_tells_its_changes_alone(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = atom(WORDS, "2024-06-05T10:00:00Z", '"1"')
    polled(record, server, web)
    server.pages["/rss"] = atom(f"{WORDS} A correction was made.", "2024-06-09T10:00:00Z", '"2"')
    assert polled(record, server, web)[1] == ["version"]
    assert [(row.published or "")[:10] for row in record.reports()] == ["2024-06-05"]
