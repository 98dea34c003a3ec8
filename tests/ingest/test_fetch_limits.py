"""No server can make a fetch take more time or memory than its limits say."""

from __future__ import annotations

import gzip
import itertools
import socket
import subprocess
import sys
import time
import tracemalloc
import zlib
from collections.abc import Iterable

import brotli  # type: ignore[import-untyped]
import pytest

from communique.errors import AnswerTooLarge, FetchFailed
from communique.ingest.fetch import Fetched, Limits, fetch
from communique.ingest.http_codings import zstd
from web_servers import Page, dripping, serving, speaking

SMALL = Limits(size=200_000, headers=8_000, seconds=20)
BRIEF = Limits(seconds=0.5)
LONG = 15.0
"""Seconds that a fetch of half a second may take on a machine that is very busy."""

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def had(url: str, limits: Limits = SMALL) -> Fetched:
    return fetch(url, limits=limits, allow_loopback=True)


def test_a_body_may_be_as_large_as_the_limit() -> None:
    with serving({"/a": Page(b"x" * SMALL.size), "/b": Page(b"x" * (SMALL.size + 1))}) as server:
        assert len(had(f"{server.url}/a").data) == SMALL.size
        with pytest.raises(AnswerTooLarge, match="200,001 bytes; at most 200,000"):
            had(f"{server.url}/b")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip", "gzip, deflate"])
def test_a_bomb_stops_at_the_limit_and_takes_little_memory(coding: str) -> None:
    body = b"\0" * 200_000_000
    for step in coding.split(", "):
        body = gzip.compress(body, 1) if step == "gzip" else zlib.compress(body, 1)
    with serving({"/a": Page(body, headers={"Content-Encoding": coding})}) as server:
        tracemalloc.start()
        try:
            with pytest.raises(AnswerTooLarge, match=r"over 200,000 bytes when unpacked|at most 200,000 are read"):
                had(f"{server.url}/a")
            assert tracemalloc.get_traced_memory()[1] < 8_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("coding", ["br", "zstd", "zstd of a wide window"])
def test_a_bomb_of_brotli_or_zstandard_stops_at_the_limit_and_takes_little_memory(coding: str) -> None:
    """In a process of its own, since what these libraries take is not counted by Python."""
    holds = b"\0" * 150_000_000
    if coding == "br":
        body = brotli.compress(holds, quality=2)
    else:
        wide: dict[int, int] = {
            zstd.CompressionParameter.window_log: 27,
            zstd.CompressionParameter.content_size_flag: 0,
        }
        body = zstd.compress(holds, options=wide if "wide" in coding else None)
    with serving({"/a": Page(body, headers={"Content-Encoding": coding.split()[0]})}) as server:
        ended = subprocess.run([sys.executable, "-c", _FETCHES, f"{server.url}/a"], capture_output=True, text=True)
    why, more = ended.stdout.splitlines()
    assert "Frame requires too much memory" in why if "wide" in coding else "over 200,000 bytes when unpacked" in why
    assert int(more) < 40_000


_FETCHES = """
import resource, sys
from communique.errors import CommuniqueError
from communique.ingest.fetch import Limits, fetch
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    fetch(sys.argv[1], limits=Limits(size=200_000), allow_loopback=True)
except CommuniqueError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("framing", [b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
def test_a_body_without_end_stops_at_the_limit(framing: bytes) -> None:
    def talk(to: socket.socket) -> None:
        to.sendall(HEAD + framing)
        piece = b"x" * 10_000
        while True:
            to.sendall(b"2710\r\n%b\r\n" % piece if b"chunked" in framing else piece)

    with speaking(talk) as url, pytest.raises(AnswerTooLarge, match="over 200,000 bytes when unpacked"):
        had(url)


def test_packed_bytes_that_hold_nothing_stop_at_the_limit() -> None:
    empty = gzip.compress(b"") * 500

    def talk(to: socket.socket) -> None:
        to.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n")
        while True:
            to.sendall(empty)

    with speaking(talk) as url, pytest.raises(AnswerTooLarge, match="over 400,000 bytes as it is sent"):
        had(url)


@pytest.mark.parametrize(
    "lines",
    [
        (b"X-%d: a\r\n" % n for n in itertools.count()),
        itertools.repeat(b"X-Long: " + b"a" * 10_000),
        itertools.chain([b"X-A: a"], itertools.repeat(b"\r\n " + b"a" * 100)),
    ],
    ids=["many", "long", "folded"],
)
def test_headers_have_a_limit(lines: Iterable[bytes]) -> None:
    def talk(to: socket.socket) -> None:
        to.sendall(b"HTTP/1.1 200 OK\r\n")
        for line in lines:
            to.sendall(line)

    with speaking(talk) as url, pytest.raises(FetchFailed, match=r"over 8,000 bytes of headers|more than 100 headers"):
        had(url)


def test_answers_that_only_say_go_on_have_a_limit() -> None:
    def talk(to: socket.socket) -> None:
        while True:
            to.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    with speaking(talk) as url, pytest.raises(AnswerTooLarge, match="over 8,000 bytes of headers"):
        had(url)


def test_a_trailer_without_end_has_a_limit() -> None:
    def talk(to: socket.socket) -> None:
        to.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
        while True:
            to.sendall(b"X-Trailer: a\r\n" * 100)

    with speaking(talk) as url, pytest.raises(AnswerTooLarge, match="over 400,000 bytes as it is sent"):
        had(url)


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-A: ", HEAD + b"\r\n", HEAD + b"Content-Length: 1000\r\n\r\n"]
)
def test_a_server_that_sends_a_byte_at_a_time_runs_out_of_time(start: bytes) -> None:
    began = time.monotonic()
    with speaking(dripping(start)) as url, pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 seconds"):
        had(url, BRIEF)
    assert time.monotonic() - began < LONG


def test_a_server_that_says_nothing_runs_out_of_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 seconds"):
            had(url, BRIEF)
        with pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 seconds"):
            had(url.replace("http:", "https:"), BRIEF)


def test_redirects_share_the_time_of_one_fetch() -> None:
    def talk(to: socket.socket) -> None:
        time.sleep(0.2)
        to.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    with speaking(talk) as url, pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 seconds"):
        had(url, Limits(seconds=0.5, redirects=1_000))


def test_a_name_server_that_does_not_answer_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))
    with pytest.raises(FetchFailed, match=r"no whole answer within 0\.5 seconds"):
        had("https://wire.example.org/", BRIEF)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.0\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00broken",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip\r\n\r\n" + gzip.compress(b"a"),
    ],
)
def test_an_answer_that_is_none_is_named(answer: bytes) -> None:
    with speaking(lambda to: to.sendall(answer)) as url, pytest.raises(FetchFailed, match="its answer is broken"):
        had(url)
