"""Desks on loopback for tests: a real server over a real record."""

from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute

from communique.web.app import create_app
from communique.web.connection_limits import ConnectionLimits
from communique.web.desk_access import DeskSettings
from communique.web.serving import server_of


@dataclass(frozen=True)
class Answer:
    """What a desk answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Desk:
    """A running desk."""

    base: str

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        return self.ask("POST", path, json.dumps(body).encode(), {"content_type": "application/json", **headers})

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Ask for a path; a header is as in ``content_type="..."``. Redirects are not followed."""
        asked = urllib.request.Request(self.base + path, body, method=method)
        for name, value in headers.items():
            asked.add_header(name.replace("_", "-"), value)
        try:
            with _OPENER.open(asked, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())


def routes() -> list[APIRoute]:
    """Return every route of a desk, with its path, its methods and what it may be asked with."""
    found: list[APIRoute] = []
    for each in create_app(DeskSettings("nowhere.db")).routes:
        inside = getattr(getattr(each, "original_router", None), "routes", [each])
        found += [route for route in inside if isinstance(route, APIRoute)]
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)


@contextmanager
def desk(where: str, limits: ConnectionLimits | None = None, **settings: Any) -> Iterator[Desk]:
    """Serve a record on a free port of loopback until the block ends, as `communique serve` does."""
    listener = socket.create_server(("127.0.0.1", 0))
    given = {"user": None if settings.get("read_only") else "Aiko", **settings}
    server = server_of(DeskSettings(where, **given), limits)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield Desk(f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
