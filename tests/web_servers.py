"""Web servers on loopback that answer as a test says: well-behaved ones, and ones that speak raw bytes."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Page:
    """What a path is answered with."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Page | Callable[["Asked"], Page]


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    path: str
    headers: Mapping[str, str]


class Server:
    """A server's address, what it answers with (to be changed at will), and what it was asked."""

    def __init__(self, address: str) -> None:
        self.url = address
        self.pages: dict[str, Answer] = {}
        self.asked: list[Asked] = []


@contextmanager
def serving(pages: Mapping[str, Answer] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve these pages by path on 127.0.0.1, anything else with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            server.asked.append(asked)
            found = server.pages.get(self.path, Page(b"there is no such page", 404))
            page = found if isinstance(found, Page) else found(asked)
            self.send_response(page.status)
            headers = {"Content-Type": "text/html", **page.headers}
            if page.status != 304:
                headers.setdefault("Content-Length", str(len(page.body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(page.body)

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            pass

    listener = Quiet(("127.0.0.1", 0), Handler)
    if tls:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True)
    server = Server(f"{'https' if tls else 'http'}://127.0.0.1:{listener.server_address[1]}")
    server.pages.update(pages or {})
    with _running(listener):
        yield server


@contextmanager
def speaking(talk: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve a conversation: ``talk`` gets each connection once its request is in. Yields the server's address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            got = b""
            while b"\r\n\r\n" not in got and (more := self.request.recv(65536)):
                got += more
            with suppress(OSError):
                talk(self.request)

    class Listener(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    listener = Listener(("127.0.0.1", 0), Handler)
    if tls:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True)
    with _running(listener):
        yield f"{'https' if tls else 'http'}://127.0.0.1:{listener.server_address[1]}"


def dripping(start: bytes) -> Callable[[socket.socket], None]:
    """A conversation that begins so and goes on with a byte at a time, for ever."""

    def talk(to: socket.socket) -> None:
        to.sendall(start)
        while True:
            to.sendall(b"a")
            time.sleep(0.05)

    return talk


@contextmanager
def _running(listener: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
