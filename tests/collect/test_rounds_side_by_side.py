"""Feeds are asked side by side: a slow or broken one is its own failure, and delays and ends no other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

import communique.ingest.feed_entries as ingested
from communique.cli.app import app
from communique.collect.feeds import MOST_FAILURES, PATIENCE, Web, poll
from communique.collect.intake import Kept, Outcome
from communique.collect.rounds import side_by_side
from communique.ingest.fetch import Limits
from communique.record import Record
from communique.record.database import tables as t
from web_servers import Asked, Page, Server, serving

WORDS = "The harbour office of Oslo said on Tuesday that the ferry would sail again only if the storm had passed."

_LONG = 300.0  # seconds: an end for what would wait for ever


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def feed(name: str, link: str = "", words: str = WORDS) -> Page:
    told = f"<link>{link}</link><title>{name}</title><description>{words}</description>"
    item = f"<item><guid isPermaLink='false'>{name}</guid>{told}</item>"
    body = f"<rss version='2.0'><channel><title>Desk</title>{item}</channel></rss>"
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml"})


def test_the_quick_are_done_while_the_slow_wait() -> None:
    release = threading.Event()

    def ask(name: str) -> str:
        if name.startswith("slow"):
            release.wait()
        return name

    names = [f"slow{n}" for n in range(3)] + [f"quick{n}" for n in range(20)]
    found = side_by_side(names, ask, at_once=4)
    quick = [next(found)[0] for _ in range(20)]
    assert set(quick) == set(names[3:])
    release.set()
    assert {name for name, _ in found} == set(names[:3])


def test_fifty_quick_feeds_are_in_while_thirty_entries_wait_for_their_pages(tmp_path: Path) -> None:
    """The slow pages are asked for first, and answered only when all that is quick has been told as kept."""
    all_asked, all_in = threading.Event(), threading.Event()
    waiting: set[str] = set()
    kept: list[str] = []

    def slow_page(asked: Asked) -> Page:
        waiting.add(asked.path)
        if len(waiting) == 30:
            all_asked.set()
        all_in.wait(_LONG)
        return Page(f"<article><p>{WORDS} That was told by {asked.path[1:]}.</p></article>".encode())

    def quick_feed(asked: Asked) -> Page:
        all_asked.wait(_LONG)
        return feed(asked.path[1:], words=f"{WORDS} That was told by {asked.path[1:]}. " * 8)

    def told(outcome: Outcome) -> None:
        assert isinstance(outcome, Kept)
        kept.append(outcome.arrival.report.title or "")
        if len(kept) == 50:
            all_in.set()

    with serving() as slow, serving() as quick, Record.open(str(tmp_path / "r.db"), create=True) as record:
        for n in range(30):
            quick.pages[f"/slow{n}"] = feed(f"slow{n}", link=f"{slow.url}/slow{n}", words="Soon.")
            slow.pages[f"/slow{n}"] = slow_page
        quick.pages |= {f"/quick{n}": quick_feed for n in range(50)}
        web = Web(limits=Limits(seconds=_LONG), allow_loopback=True, pause=0)
        urls = [f"{quick.url}/slow{n}" for n in range(30)] + [f"{quick.url}/quick{n}" for n in range(50)]
        done = dict(side_by_side(urls, lambda url: poll(record, url, told, web=web)))
    assert {getattr(each, "failed", each) for each in done.values()} == {0}
    assert sorted(kept[:50]) == sorted(f"quick{n}" for n in range(50))
    assert sorted(kept[50:]) == sorted(f"slow{n}" for n in range(30))


def test_what_one_raises_is_its_own_and_all_are_told() -> None:
    def ask(number: int) -> int:
        if number == 1:
            raise ValueError(number)
        return number

    found = dict(side_by_side([0, 1, 2], ask))
    assert (found[0], found[2], type(found[1])) == (0, 2, ValueError)


def test_a_feed_on_which_something_breaks_ends_no_round(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ingested.parse_feed

    def parse(data: bytes, where: str, **known: object) -> object:
        if where.endswith("/bad"):
            raise RuntimeError("nobody foresaw this")
        return real(data, where, **known)  # type: ignore[arg-type]

    monkeypatch.setattr("communique.collect.feeds.parse_feed", parse)
    server.pages |= {"/bad": feed("bad"), "/good": feed("good")}
    urls = "".join(f'[[feed]]\nurl = "{server.url}{path}"\n' for path in ("/bad", "/good"))
    (tmp_path / "dossier.toml").write_text(f'communique = 1\nname = "Ferry"\n{urls}')
    place = tmp_path / "record.db"
    done = CliRunner().invoke(app, ["watch", str(tmp_path), "--once", "--allow-loopback", "--record", str(place)])
    assert done.exit_code == 1
    assert "nobody foresaw this" in done.stderr
    with Record.open(str(place)) as record:
        assert [row.title for row in record.reports()] == ["good"]


def test_a_feed_that_keeps_failing_is_left_alone_for_longer_then_disabled_and_said_to_be(
    record: Record, server: Server
) -> None:
    told: list[Outcome] = []
    noted: list[str] = []
    web = Web(allow_loopback=True, pause=0)
    url = f"{server.url}/gone"
    for number in range(1, MOST_FAILURES + 1):
        assert poll(record, url, told.append, web=web, noted=noted.append).failed == 1
        if PATIENCE < number < MOST_FAILURES:
            assert "left alone after it failed" in poll(record, url, told.append, web=web).said
            with record.writing() as connection:  # the pause goes by
                state = connection.execute(t.source.select()).one().state
                connection.execute(update(t.source).values(state=state.replace('"retry_at"', '"then"')))
    assert "disabled" in noted[-1]
    assert "disabled" in poll(record, url, told.append, web=web).said
    server.pages["/gone"] = feed("back")
    poll(record, url, told.append, web=web, answer=web.get(url))
    assert poll(record, url, told.append, web=web).said.startswith("0 new")


def test_a_host_that_gave_no_answer_in_time_is_asked_nothing_more_in_that_round(record: Record, server: Server) -> None:
    release = threading.Event()

    def never(_: Asked) -> Page:
        release.wait()
        return Page()

    with serving({"/robots.txt": Page(), "/a": never, "/b": never}) as slow:
        body = "".join(
            f"<item><guid isPermaLink='false'>{n}</guid><link>{slow.url}/{n}</link><title>{n}</title></item>"
            for n in "ab"
        )
        server.pages["/rss"] = Page(
            f"<rss version='2.0'><channel><title>Desk</title>{body}</channel></rss>".encode(),
            headers={"Content-Type": "application/rss+xml"},
        )
        web = Web(limits=Limits(seconds=1.0), allow_loopback=True, pause=0)
        told: list[Outcome] = []
        poll(record, f"{server.url}/rss", told.append, web=web)
        release.set()
        assert [each.path for each in slow.asked] == ["/robots.txt", "/b"]
        assert "left alone until the next round" in str(told[1])
        web.new_round()
        assert not web.silent
