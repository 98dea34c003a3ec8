"""Running a desk until it is stopped."""

from __future__ import annotations

import math
import socket
from collections.abc import Callable

import uvicorn

from communique.errors import RecordFailed
from communique.record import Record
from communique.web.app import create_app
from communique.web.connection_limits import ConnectionLimits, connections
from communique.web.desk_access import DeskSettings

_BACKLOG = 1024
"""Connections that wait to be taken."""

_LARGEST_HEAD = 64 * 1024
"""Bytes of a request's head."""

_GRACE_SECONDS = 10
"""How long answers that are under way at Ctrl-C are waited for."""


def serve_desk(settings: DeskSettings, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve a desk on an address until Ctrl-C; ``told`` gets where it is, once it can be reached.

    Raises what `Record.open` raises, before anything listens, and RecordFailed where the port cannot be had.
    """
    Record.open(settings.where, read_only=settings.read_only).close()
    listener = _listener(host, port)
    shown = f"[{host}]" if ":" in host else host
    told(f"the desk is at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
    try:
        server_of(settings).run(sockets=[listener])
    finally:
        listener.close()


def server_of(settings: DeskSettings, limits: ConnectionLimits | None = None) -> uvicorn.Server:
    """Return the server of a desk, its connections within limits; ``run`` it on a listening socket."""
    through_proxy = bool(settings.proxies or settings.user_header)
    limits = limits or (ConnectionLimits(of_peer=None) if through_proxy else ConnectionLimits())
    config = uvicorn.Config(
        create_app(settings),
        http=connections(limits),
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=math.ceil(limits.idle),
        timeout_graceful_shutdown=_GRACE_SECONDS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
    )
    return uvicorn.Server(config)


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(_BACKLOG)
    except OSError as error:
        reason = f"the desk cannot listen there ({(error.strerror or str(error)).lower()})"
        raise RecordFailed(f"{host}:{port}", reason) from error
    return listener
