"""A web address is fetched, its redirects followed, and what the server says of the answer is kept."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli  # type: ignore[import-untyped]
import pytest

import communique
from communique.errors import FetchFailed
from communique.ingest.fetch import Fetched, fetch
from communique.ingest.http_codings import zstd
from web_servers import Asked, Page, Server, serving

TEXT = b"Tokyo said on Monday that talks would resume only if Moscow lifted the ban.\n" * 40


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def had(server: Server, path: str = "/a", etag: str | None = None, last_modified: str | None = None) -> Fetched:
    return fetch(server.url + path, allow_loopback=True, etag=etag, last_modified=last_modified)


def test_a_page_comes_with_what_its_server_says_of_it(server: Server) -> None:
    server.pages["/a"] = Page(
        TEXT, headers={"Content-Type": 'Text/HTML; Charset="UTF-8"', "ETag": '"v1"', "Last-Modified": "Mon, 2 Oct 2023"}
    )
    found = had(server)
    assert (found.data, found.status, found.ok) == (TEXT, 200, True)
    assert found.url == f"{server.url}/a"
    assert (found.content_type, found.charset) == ("text/html", "utf-8")
    assert (found.etag, found.last_modified) == ('"v1"', "Mon, 2 Oct 2023")
    assert (found.moved_to, found.not_modified, found.retry_after, found.notes) == (None, False, None, ())
    assert datetime.fromisoformat(found.fetched).utcoffset() == timedelta(0)


def test_it_says_who_asks(server: Server) -> None:
    had(server)
    assert server.asked[0].headers["user-agent"].startswith(f"communique/{communique.__version__} ")
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "coding", ["gzip", "x-gzip", "deflate", "gzip, gzip", "deflate, gzip", "raw deflate", "identity"]
)
def test_a_packed_body_is_unpacked(server: Server, coding: str) -> None:
    body = TEXT
    for step in coding.removeprefix("raw ").split(", "):
        if "gzip" in step:
            body = gzip.compress(body)
        elif step == "deflate":
            body = zlib.compress(body)
    if coding == "raw deflate":
        packer = zlib.compressobj(wbits=-15)
        body = packer.compress(TEXT) + packer.flush()
    server.pages["/a"] = Page(body, headers={"Content-Encoding": coding.removeprefix("raw ")})
    assert had(server).data == TEXT
    assert had(server).notes == ()


def test_nothing_is_asked_for_that_cannot_be_unpacked(server: Server) -> None:
    server.pages["/a"] = Page(TEXT, headers={"Content-Encoding": "compress"})
    with pytest.raises(FetchFailed, match="packed in a way that was not asked for: 'compress'"):
        had(server)
    assert server.asked[0].headers["accept-encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_a_body_packed_with_brotli_or_zstandard_is_unpacked(server: Server, coding: str) -> None:
    long = TEXT * 1500
    body = brotli.compress(long) if coding == "br" else zstd.compress(long[:9000]) + zstd.compress(long[9000:])
    server.pages["/a"] = Page(body, headers={"Content-Encoding": coding})
    assert (had(server).data, had(server).notes) == (long, ())
    server.pages["/a"] = Page(gzip.compress(body), headers={"Content-Encoding": f"{coding}, gzip"})
    assert (had(server).data, had(server).notes) == (long, ())


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_of_one_that_is_cut_off_what_came_is_had_and_said(server: Server, coding: str) -> None:
    long = random.Random(1).randbytes(300_000)
    body = brotli.compress(long) if coding == "br" else zstd.compress(long)
    server.pages["/a"] = Page(body[:250_000], headers={"Content-Encoding": coding})
    fetched = had(server)
    assert 0 < len(fetched.data) < len(long)
    assert long.startswith(fetched.data)
    assert fetched.notes == ("its packed body is bad: it is cut off",)


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_of_one_that_is_not_packed_so_the_answer_is_broken(server: Server, coding: str) -> None:
    server.pages["/a"] = Page(b"\xff\xfe" * 200, headers={"Content-Encoding": coding})
    with pytest.raises(FetchFailed, match="its packed body is bad: it is damaged"):
        had(server)


def test_a_body_that_is_not_packed_as_it_says_is_taken_as_it_is(server: Server) -> None:
    server.pages["/a"] = Page(TEXT, headers={"Content-Encoding": "gzip"})
    assert had(server).data == TEXT
    assert had(server).notes == ("not packed with gzip, as its headers say",)


@pytest.mark.parametrize(("coding", "packed"), [("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT))])
def test_of_a_packed_body_that_is_cut_off_what_came_is_had_and_a_note_says_so(
    server: Server, coding: str, packed: bytes
) -> None:
    server.pages["/a"] = Page(packed[:-12], headers={"Content-Encoding": coding})
    found = had(server)
    assert TEXT.startswith(found.data[:70])
    assert found.data
    assert found.notes == ("its packed body is bad: it is cut off",)


def test_of_a_body_shorter_than_it_says_what_came_is_had_and_a_note_says_so(server: Server) -> None:
    server.pages["/a"] = Page(TEXT, headers={"Content-Length": str(len(TEXT) + 1000)})
    found = had(server)
    assert found.data == TEXT
    assert found.notes == (f"cut off by its server after {len(TEXT):,} bytes",)


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "base64", "no-such", "../etc", "utf-7", "'"])
def test_an_encoding_that_no_page_is_written_in_is_not_believed(server: Server, charset: str) -> None:
    server.pages["/a"] = Page(TEXT, headers={"Content-Type": f"text/html; charset={charset}"})
    assert had(server).charset is None


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    def answer(asked: Asked) -> Page:
        known = asked.headers.get("if-none-match") == '"v1"' and "if-modified-since" in asked.headers
        return Page(status=304) if known else Page(TEXT)

    server.pages["/a"] = answer
    again = had(server, etag='"v1"', last_modified="Mon, 02 Oct 2023 10:00:00 GMT")
    assert (again.not_modified, again.ok, again.data) == (True, False, b"")
    assert not had(server).not_modified


def test_unchanged_is_no_answer_where_nothing_is_known(server: Server) -> None:
    server.pages["/a"] = Page(status=304)
    with pytest.raises(FetchFailed, match="nothing to compare"):
        had(server)


@pytest.mark.parametrize("etag", ['"a"\r\nX-Evil: 1', "", " ", '"\u2603"', "a" * 5000])
def test_what_is_no_validator_is_not_sent(server: Server, etag: str) -> None:
    server.pages["/a"] = Page(TEXT)
    had(server, etag=etag)
    assert "if-none-match" not in server.asked[0].headers
    assert "x-evil" not in server.asked[0].headers


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_another_status_is_told_without_its_body(server: Server, status: int) -> None:
    server.pages["/a"] = Page(b"oh no", status, {"Retry-After": "120"})
    found = had(server)
    assert (found.status, found.ok, found.data, found.retry_after) == (status, False, b"", 120)
    assert found.answer.startswith(f"{status} ")


def test_when_to_come_again_may_be_a_date_and_is_never_longer_than_a_week(server: Server) -> None:
    def after(value: str) -> int | None:
        server.pages["/a"] = Page(b"", 503, {"Retry-After": value})
        return had(server).retry_after

    week = 7 * 24 * 3600
    soon = after(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert soon is not None
    assert 3000 < soon <= 3600
    assert after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert after("9" * 40) == week
    assert after("Fri, 31 Dec 9999 23:59:59 GMT") == week
    assert [after(value) for value in ("soon", "-5", "1.5", "")] == [None] * 4


def test_redirects_are_followed_and_only_lasting_ones_from_the_start_move_the_address(server: Server) -> None:
    def leads(path: str, to: str, status: int) -> None:
        server.pages[path] = Page(b"", status, {"Location": to})

    server.pages["/end"] = Page(TEXT)
    leads("/now", "/end", 302)
    leads("/see", "end", 303)
    leads("/same", f"{server.url}/end#part", 307)
    leads("/moved", "/end", 301)
    leads("/moved-twice", "/moved", 308)
    leads("/moved-then-now", "/now", 301)
    leads("/now-then-moved", "/moved", 302)
    end = f"{server.url}/end"
    for path, moved in {
        "/now": None,
        "/see": None,
        "/same": None,
        "/moved": end,
        "/moved-twice": end,
        "/moved-then-now": f"{server.url}/now",
        "/now-then-moved": None,
    }.items():
        found = had(server, path)
        assert (found.url, found.data, found.moved_to) == (end, TEXT, moved), path


def test_redirects_have_an_end(server: Server) -> None:
    server.pages["/a"] = Page(b"", 302, {"Location": "/a"})
    with pytest.raises(FetchFailed, match="over 5 redirects"):
        had(server)
    assert len(server.asked) == 6


def test_a_redirect_to_nowhere_is_told_as_it_is(server: Server) -> None:
    server.pages["/a"] = Page(b"", 302)
    assert had(server).answer == "302 Found"


def test_an_address_beyond_ascii_is_asked_for_in_percent_signs(server: Server) -> None:
    server.pages["/caf%C3%A9?q=%E3%82%A2"] = Page(TEXT)
    assert had(server, "/café?q=ア#part").data == TEXT
    server.pages["/to"] = Page(b"", 302, {"Location": "/café?q=ア".encode().decode("latin-1")})
    assert had(server, "/to").data == TEXT
