"""A desk stays open, whoever connects to it: silent, slow and greedy connections, hanging up, and odd requests."""

from __future__ import annotations

import http.client
import json
import logging
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest

from communique.record import Record
from communique.web.connection_limits import ConnectionLimits
from desks import Desk, desk
from record_samples import put, reading

TOKEN = "a-token-that-nobody-guesses"
HOST = "Host: 127.0.0.1"
SHORT = ConnectionLimits(idle=0.3, head=0.3, body=0.3, taking=0.3)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("desk") / "communique.db")
    with Record.open(place, create=True) as record:
        put(record, reading())
    return place


def connected(running: Desk, *, source: str = "127.0.0.1") -> socket.socket:
    at = urlsplit(running.base)
    assert at.hostname
    assert at.port
    return socket.create_connection((at.hostname, at.port), timeout=20, source_address=(source, 0))


@contextmanager
def siege(running: Desk, number: int, *, says: bytes = b"", source: str = "127.0.0.1") -> Iterator[list[socket.socket]]:
    """Hold as many connections, each of which says this and no more."""
    with ExitStack() as held:
        several = [held.enter_context(connected(running, source=source)) for _ in range(number)]
        for each in several:
            each.sendall(says)
        yield several


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    got = b""
    try:
        while more := connection.recv(65536):
            got += more
    except ConnectionResetError:
        pass
    return got


def status_of(connection: socket.socket) -> int:
    """The status of one whole answer on a connection that stays open."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


def closes_on(connection: socket.socket, says: bytes) -> bool:
    """Whether the other side closes on somebody who goes on saying this and takes nothing."""
    for _ in range(600):
        try:
            connection.sendall(says)
        except OSError:
            return True
        time.sleep(0.02)
    return False


def problem(answer: bytes) -> tuple[int, str]:
    """The status and the reason of an answer that is no success, in the one shape that they have."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-security-policy: default-src 'none'" in head.lower()
    told = json.loads(body)
    assert set(told) == {"error"}
    assert set(told["error"]) == {"status", "where", "reason"}
    assert head.startswith(f"HTTP/1.1 {told['error']['status']} ".encode())
    return told["error"]["status"], told["error"]["reason"]


def seconds_for(running: Desk, path: str) -> float:
    """How long a page that is answered takes."""
    began = time.monotonic()
    assert running.get(path).status == 200
    return time.monotonic() - began


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Never",
        f"POST /api/v1/judgements HTTP/1.1\r\n{HOST}\r\nContent-Type: application/json\r\n"
        "Content-Length: 999\r\n\r\n{".encode(),
    ],
    ids=["silent", "half a head", "half a body"],
)
def test_under_a_siege_of_200_a_request_is_answered_within_two_seconds(where: str, says: bytes) -> None:
    patient = ConnectionLimits(idle=600, head=600, body=600, of_peer=None)
    with desk(where, limits=patient) as running:
        usual = seconds_for(running, "/statements?sort=oldest")
        with siege(running, 200, says=says):
            # On a machine on which an answer takes long as it is, no more than thrice that.
            assert seconds_for(running, "/statements") < max(2, 3 * usual)
            assert seconds_for(running, "/api/v1/statements") < max(2, 3 * usual)


def test_one_address_takes_no_more_than_its_share_of_places(where: str) -> None:
    limits = ConnectionLimits(idle=600, head=600, places=20, of_peer=5)
    with (
        desk(where, limits=limits) as running,
        siege(running, 3, source="127.0.0.3") as others,
        siege(running, 40, source="127.0.0.2"),
    ):
        for other in others:
            other.sendall(f"GET /sign-in HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n".encode())
            assert all_of(other).startswith(b"HTTP/1.1 200")


def test_strangers_do_not_take_the_place_of_who_is_signed_in(where: str) -> None:
    limits = ConnectionLimits(idle=600, head=600, places=10, of_peer=None)
    with desk(where, limits=limits, token=TOKEN, user=None) as running, connected(running) as known:
        asked = f"GET /api/v1/reports HTTP/1.1\r\n{HOST}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode()
        known.sendall(asked)
        assert status_of(known) == 200
        with siege(running, 40):
            known.sendall(asked)
            assert status_of(known) == 200


def test_strangers_whose_requests_are_being_answered_leave_places_too(where: str) -> None:
    limits = ConnectionLimits(strangers=0)
    with desk(where, limits=limits, token=TOKEN, user=None) as running:
        assert running.get("/api/v1/reports", authorization=f"Bearer {TOKEN}").status == 200
        refused = running.get("/sign-in", accept="application/json")
        assert (refused.status, refused.headers["retry-after"]) == (503, "1")


def test_where_all_are_being_answered_a_newcomer_is_told_so(where: str) -> None:
    with desk(where, limits=ConnectionLimits(places=0)) as running, connected(running) as newcomer:
        assert problem(all_of(newcomer)) == (503, "the desk is busy; try again in a moment")


def test_silence_is_not_waited_for(where: str) -> None:
    with desk(where, limits=SHORT) as running, connected(running) as silent:
        assert problem(all_of(silent)) == (408, "the request took too long to come")


def test_a_byte_at_a_time_buys_no_time(where: str) -> None:
    with desk(where, limits=SHORT) as running, connected(running) as slow:
        assert closes_on(slow, b"G")


def test_a_body_that_does_not_come_is_not_waited_for(where: str) -> None:
    head = (
        f"POST /api/v1/judgements HTTP/1.1\r\n{HOST}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{{"
    )
    with desk(where, limits=SHORT) as running, connected(running) as slow:
        slow.sendall(head.encode())
        assert problem(all_of(slow)) == (408, "the request took too long to come")


def test_a_connection_that_asks_no_more_is_closed(where: str) -> None:
    with desk(where, limits=SHORT) as running, connected(running) as idle:
        idle.sendall(f"GET /api/v1/reports HTTP/1.1\r\n{HOST}\r\n\r\n".encode())
        assert all_of(idle).startswith(b"HTTP/1.1 200")


def test_an_answer_that_is_not_taken_is_dropped(where: str) -> None:
    with desk(where, limits=SHORT) as running, connected(running) as greedy:
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        greedy.sendall(f"GET /static/vendor/htmx.min.js HTTP/1.1\r\n{HOST}\r\n\r\n".encode() * 400)
        assert closes_on(greedy, b"G")


def test_who_takes_longer_over_an_answer_than_over_a_pause_has_all_of_it(where: str) -> None:
    with desk(where, limits=SHORT) as running, connected(running) as slow:
        slow.sendall(f"GET /static/vendor/htmx.min.js HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n".encode())
        time.sleep(0.5)
        head, _, body = all_of(slow).partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head.lower()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (f"GET /api/v1/nothing HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n".encode(), 404),
        (f"DELETE /api/v1/reports HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n".encode(), 403),
        (f"GET /api/v1/reports?limit=x HTTP/1.1\r\n{HOST}\r\nConnection: close\r\n\r\n".encode(), 400),
        (f"GET /static/no HTTP/1.1\r\n{HOST}\r\nAccept: application/json\r\nConnection: close\r\n\r\n".encode(), 404),
        (f"GET / HTTP/1.1\r\n{HOST}\r\nX: {'x' * 70_000}".encode(), 400),
        (
            f"GET /api/v1/reports HTTP/1.1\r\n{HOST}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
            "Connection: close\r\n\r\n0\r\n\r\n".encode(),
            400,
        ),
        (b"GET /api/v1/reports HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n", 421),
    ],
)
def test_whatever_is_wrong_is_told_in_one_shape(where: str, asked: bytes, status: int) -> None:
    with desk(where) as running, connected(running) as odd:
        odd.sendall(asked)
        assert problem(all_of(odd))[0] == status


@pytest.mark.parametrize(
    "asked",
    [
        f"GET /statements HTTP/1.1\r\n{HOST}\r\n\r\n",
        f"GET /statements.csv HTTP/1.1\r\n{HOST}\r\n\r\n",
        f"GET /standoff/peace-treaty HTTP/1.1\r\n{HOST}\r\n\r\n",
        f"GET /static/vendor/htmx.min.js HTTP/1.1\r\n{HOST}\r\n\r\n",
        f"POST /sign-in HTTP/1.1\r\n{HOST}\r\nOrigin: http://127.0.0.1\r\nContent-Length: 99\r\n\r\nname",
        f"POST /judge HTTP/1.1\r\n{HOST}\r\nOrigin: http://127.0.0.1\r\nContent-Length: 99\r\n\r\nname",
        f"POST /api/v1/judgements HTTP/1.1\r\n{HOST}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{{",
        "GET /stat",
    ],
)
def test_who_hangs_up_leaves_no_traceback(where: str, asked: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with desk(where) as running:
        for logger in ("uvicorn", "uvicorn.error"):
            logging.getLogger(logger).propagate = True
        for _ in range(3):
            with connected(running) as hasty:
                hasty.sendall(asked.encode())
                # Closed with a reset, as by a browser that is ended.
                hasty.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert running.get("/api/v1/reports").status == 200
    assert [record.getMessage() for record in caplog.records] == []
