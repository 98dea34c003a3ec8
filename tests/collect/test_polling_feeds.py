"""Feeds polled from real servers into real records: only what is new, nothing twice, nothing lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.collect.feeds import Polled, Web, add_address, poll
from communique.collect.intake import Kept, Outcome
from communique.record import Record
from web_servers import Page, Server, serving

BODY = (
    "The foreign ministry of Norway said on Tuesday that talks on the fishing quota could resume only if Russia "
    "withdrew its patrol boats from the disputed zone. A spokesman said the two delegations had met three times "
    "this year without a result, and that the next round had been put off until the autumn. Fishermen on both "
    "sides of the border have asked their governments for an early end to the quarrel over the quota."
)


def feed(*entries: tuple[str, str, str], base: str = "") -> Page:
    items = "".join(
        f"<item><guid>{name}</guid><link>{base}/{name}</link><title>{title}</title>"
        f"<pubDate>Wed, 05 Jun 2024 10:30:00 GMT</pubDate><description>{teaser}</description></item>"
        for name, title, teaser in entries
    )
    body = f"<rss version='2.0'><channel><title>Fjord Post</title>{items}</channel></rss>"
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": '"1"'})


def page(title: str, words: str) -> Page:
    paragraphs = f"<p>{words}</p><p>{BODY}</p>"
    return Page(
        f"<html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>".encode()
    )


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.pages["/rss"] = feed(
            ("one", "First talks", "Soon."), ("two", "Second talks", "Later."), base=running.url
        )
        running.pages["/one"] = page("First talks", "Norway said the first round was short.")
        running.pages["/two"] = page("Second talks", "Norway said the second round was long.")
        yield running


@pytest.fixture
def web() -> Web:
    return Web(allow_loopback=True, pause=0)


class Told(list[Outcome]):
    """What became of each."""

    def fates(self) -> list[str]:
        return [each.fate.value if isinstance(each, Kept) else each.reason for each in self]


def polled(record: Record, server: Server, web: Web, path: str = "/rss") -> tuple[Polled, Told, list[str]]:
    told, noted = Told(), list[str]()
    found = poll(record, server.url + path, told.append, web=web, noted=noted.append)
    return found, told, noted


def texts(record: Record) -> dict[str, int]:
    return {row.title or "": row.versions for row in record.reports()}


def test_new_entries_are_kept_and_known_ones_not_even_fetched(record: Record, server: Server, web: Web) -> None:
    _, told, _ = polled(record, server, web)
    assert told.fates() == ["new", "new"]
    assert {row.outlet for row in record.reports()} == {"Fjord Post"}
    assert {row.published for row in record.reports()} == {"2024-06-05T10:30:00+00:00"}
    server.asked.clear()
    again, told, _ = polled(record, server, web)
    assert (again.looked_at, told) == (0, [])
    assert [asked.path for asked in server.asked] == ["/rss"]


def test_it_is_asked_only_for_what_changed(record: Record, server: Server, web: Web) -> None:
    polled(record, server, web)
    server.pages["/rss"] = lambda asked: Page(b"", 304 if asked.headers.get("if-none-match") == '"1"' else 500)
    found, told, _ = polled(record, server, web)
    assert (found.said, told) == ("unchanged", [])


def test_an_edited_entry_is_a_new_version_of_its_report(record: Record, server: Server, web: Web) -> None:
    polled(record, server, web)
    server.pages["/rss"] = feed(
        ("one", "First talks", "Soon. Corrected."), ("two", "Second talks", "Later."), base=server.url
    )
    server.pages["/one"] = page("First talks", "Norway said the first round was long, not short.")
    _, told, _ = polled(record, server, web)
    assert told.fates() == ["version"]
    assert texts(record) == {"First talks": 2, "Second talks": 1}


def test_what_failed_comes_again_and_the_rest_is_kept(record: Record, server: Server, web: Web) -> None:
    server.pages["/two"] = Page(b"busy", 503)
    _, told, _ = polled(record, server, web)
    assert sorted(told.fates()) == ["it was answered with 503 Service Unavailable", "new"]
    server.pages["/two"] = page("Second talks", "Norway said the second round was long.")
    server.asked.clear()
    _, told, _ = polled(record, server, web)
    assert told.fates() == ["new"]
    assert "if-none-match" not in server.asked[0].headers


def test_a_feed_that_moved_for_good_is_asked_there_from_then_on(record: Record, server: Server, web: Web) -> None:
    server.pages["/new"], server.pages["/rss"] = server.pages["/rss"], Page(b"", 301, {"Location": "/new"})
    _, told, noted = polled(record, server, web)
    assert len(told) == 2
    assert any("moved to" in note for note in noted)
    server.asked.clear()
    polled(record, server, web)
    assert [asked.path for asked in server.asked] == ["/new"]


def test_a_feed_that_is_elsewhere_for_now_is_asked_at_its_address_again(
    record: Record, server: Server, web: Web
) -> None:
    server.pages["/new"], server.pages["/rss"] = server.pages["/rss"], Page(b"", 302, {"Location": "/new"})
    polled(record, server, web)
    server.asked.clear()
    polled(record, server, web)
    assert [asked.path for asked in server.asked] == ["/rss", "/new"]


def test_a_feed_that_is_gone_is_told_once_and_left_alone(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = Page(b"", 410)
    first, told, _ = polled(record, server, web)
    assert first.failed
    assert "410" in told.fates()[0]
    server.asked.clear()
    again, told, _ = polled(record, server, web)
    assert (again.failed, told, server.asked) == (0, [], [])


def test_one_that_asks_to_be_left_alone_is(record: Record, server: Server, web: Web) -> None:
    server.pages["/rss"] = Page(b"", 429, {"Retry-After": "3600"})
    polled(record, server, web)
    server.asked.clear()
    again, _, _ = polled(record, server, web)
    assert "left alone" in again.said
    assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Page(b"<html><p>a page</p></html>"), "neither RSS nor Atom"),
        (Page(b"no", 404), "404"),
        (Page(b"", 302, {"Location": "http://10.0.0.1/"}), "private"),
        (Page(b"", 302, {"Location": "file:///etc/passwd"}), "not a web address"),
    ],
)
def test_a_feed_that_cannot_be_had_is_named(
    record: Record, server: Server, web: Web, answer: Page, reason: str
) -> None:
    server.pages["/rss"] = answer
    found, told, _ = polled(record, server, web)
    assert found.failed == 1
    assert reason in told.fates()[0]


def test_a_feed_that_is_cut_off_loses_nothing_that_came(record: Record, server: Server, web: Web) -> None:
    whole = server.pages["/rss"]
    assert isinstance(whole, Page)
    packed = gzip.compress(whole.body)
    server.pages["/rss"] = Page(packed[: len(packed) - 12], headers={**whole.headers, "Content-Encoding": "gzip"})
    _, told, noted = polled(record, server, web)
    assert "new" in told.fates()
    assert noted


def test_an_address_of_a_page_is_added_as_one_report(record: Record, server: Server, web: Web) -> None:
    told = Told()
    for _ in range(2):
        add_address(record, f"{server.url}/one", told.append, web=web)
    assert told.fates() == ["new", "held"]


def test_an_address_of_a_feed_is_added_entry_by_entry(record: Record, server: Server, web: Web) -> None:
    told = Told()
    add_address(record, f"{server.url}/rss", told.append, web=web)
    assert told.fates() == ["new", "new"]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "https://user:word@a.example/"])
def test_what_is_not_public_is_refused(tmp_path: Path, url: str) -> None:
    done = CliRunner().invoke(app, ["add", url, "--record", str(tmp_path / "c.db")])
    assert done.exit_code == 1
    assert "communique:" in done.output


def dossier(folder: Path, *feeds: str) -> str:
    written = "\n".join(f'[[feed]]\nurl = "{url}"\n' for url in feeds)
    (folder / "dossier.toml").write_text(f'communique = 1\nname = "Quota"\n\n{written}', encoding="utf-8")
    return str(folder)


def test_watching_a_dossier_keeps_what_is_new_and_names_what_failed(tmp_path: Path, server: Server) -> None:
    place = str(tmp_path / "c.db")
    folder = dossier(tmp_path, f"{server.url}/nothing", f"{server.url}/rss")
    arguments = ["watch", folder, "--record", place, "--once", "--allow-loopback"]
    first = CliRunner().invoke(app, [*arguments, "--json"])
    assert first.exit_code == 1
    assert "404" in first.stderr
    assert [json.loads(line)["fate"] for line in first.stdout.splitlines()] == ["new", "new"]
    second = CliRunner().invoke(app, arguments)
    assert second.stdout == ""
    with Record.open(place) as record:
        assert len(list(record.reports())) == 2


@pytest.mark.parametrize("text", ["communique = 1\nname = 'x'\n", "nonsense ="])
def test_a_dossier_without_feeds_or_sense_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "dossier.toml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["watch", str(tmp_path), "--once", "--record", str(tmp_path / "c.db")])
    assert done.exit_code == 1
    assert "dossier.toml" in done.output


def test_a_feed_that_was_cut_off_is_asked_for_whole_the_next_time(record: Record, server: Server, web: Web) -> None:
    whole = server.pages["/rss"]
    assert isinstance(whole, Page)
    server.pages["/rss"] = Page(whole.body[: whole.body.index(b"Second talks")], headers=whole.headers)
    _, told, _ = polled(record, server, web)
    assert told.fates() == ["new"]
    server.pages["/rss"] = lambda asked: Page(b"", 304) if "if-none-match" in asked.headers else whole
    _, told, _ = polled(record, server, web)
    assert told.fates() == ["new"]
