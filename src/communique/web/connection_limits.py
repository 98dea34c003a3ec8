"""Connections to a desk: how many there are, and how long each may keep it waiting.

Whoever connects and says nothing, or says it a byte at a time, holds one of a bounded number of places. So each has
a time for its request's head, for its body and for taking its answer; and where all places are taken, a newcomer gets
that of the one who has kept the desk waiting longest. A place is kept for those who are signed in: strangers cannot
take theirs, however many come.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from communique.web.problems import Problem, body_of
from communique.web.security import HEADERS
from communique.web.sessions import peer_of

CONNECTION = "communique_connection"
"""Under which name a request's ``scope["state"]`` has its `Connection`."""

SLOWEST = 1000
"""Bytes a second at which an answer must be taken."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Bounds on connections. Times are in seconds.

    ``idle``: until the next request begins; ``head``: until a request's head is there, from its first byte or from the
    connection's start; ``body``: until its body is; ``taking``: how long an answer may wait to be
    taken, at `SLOWEST`. ``places`` are
    all connections, ``strangers`` those requests of people not signed in that are answered at once, ``of_peer`` the
    connections of one address (None: no such limit, as where all come through one proxy).
    """

    idle: float = 15.0
    head: float = 10.0
    body: float = 30.0
    taking: float = 30.0
    places: int = 200
    strangers: int = 150
    of_peer: int | None = 100


class ConnectionState(Enum):
    """What a connection is at; all but ANSWERED keep the desk waiting."""

    IDLE = "idle"
    HEAD = "head"
    BODY = "body"
    TAKING = "taking"
    ANSWERED = "answered"


class Door:
    """The connections of one desk."""

    def __init__(self, limits: ConnectionLimits) -> None:
        """Hold none yet."""
        self.limits = limits
        self._here: dict[Connection, None] = {}
        self._peers: Counter[str] = Counter()

    def enter(self, connection: Connection) -> bool:
        """Give a newcomer a place, if need be another's. False where all are being answered."""
        most = self.limits.of_peer
        if most is not None and self._peers[connection.peer] >= most and not self._make_room(connection.peer):
            return False
        if len(self._here) >= self.limits.places and not self._make_room(None):
            return False
        self._here[connection] = None
        self._peers[connection.peer] += 1
        return True

    def leave(self, connection: Connection) -> None:
        """Take back a place. One who has none has left already."""
        if connection in self._here:
            del self._here[connection]
            self._peers[connection.peer] -= 1
            if not self._peers[connection.peer]:
                del self._peers[connection.peer]

    def strangers_answered(self) -> int:
        """Return how many requests of people who are not signed in are being answered."""
        return sum(each.waits is ConnectionState.ANSWERED and not each.known for each in self._here)

    def _make_room(self, peer: str | None) -> bool:
        """Close the connection that has kept the desk waiting longest: strangers' before those of people signed in."""
        waiting = [
            each
            for each in self._here
            if each.waits is not ConnectionState.ANSWERED and (peer is None or each.peer == peer)
        ]
        if not waiting:
            return False
        oldest = min(waiting, key=lambda each: (each.known, each.since))
        self.leave(oldest)
        oldest.end()
        return True


class Connection(H11Protocol):
    """One connection, with a clock on whatever the desk waits for. ``known`` is who signed in on it once."""

    door: Door

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn gives; the application finds the connection in its state."""
        super().__init__(config, server_state, {**app_state, CONNECTION: self}, _loop)
        self.peer = ""
        self.known = False
        self.waits = ConnectionState.HEAD
        self.since = self.loop.time()
        self._left = 0
        self._clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let it in, or tell it that there is no place."""
        super().connection_made(transport)
        self.peer = peer_of(self.client[0] if self.client else "")
        if not self.door.enter(self):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "the desk is busy; try again in a moment")
            return
        self._wait(ConnectionState.HEAD)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give its place back."""
        self.door.leave(self)
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came. A byte of a request does not buy time for the rest of it."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        self._look(True)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._look(False)

    def pause_writing(self) -> None:
        """The answer is not being taken: wait for that, not for ever."""
        super().pause_writing()
        self._look(False)

    def resume_writing(self) -> None:
        """The answer is being taken again."""
        super().resume_writing()
        self._look(False)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the shape of every error."""
        del msg  # what the parser says of it is of no use to who asks
        self._refuse(HTTPStatus.BAD_REQUEST, "this is no HTTP request that the desk understands")

    def end(self) -> None:
        """Close it now, whatever it is at."""
        self._stop()
        if not self.transport.is_closing():
            self.transport.abort()

    def _look(self, came: bool) -> None:
        """See what the connection is at now; ``came`` where bytes have just come."""
        if self.transport.is_closing():
            self._stop()
            return
        if self.flow.write_paused:
            now = ConnectionState.TAKING
        elif self.conn.their_state is h11.SEND_BODY:
            now = ConnectionState.BODY
        elif self.cycle is not None and not self.cycle.response_complete:
            now = ConnectionState.ANSWERED
        elif came or (self.waits is ConnectionState.HEAD and self.cycle is None):
            now = ConnectionState.HEAD
        else:
            now = ConnectionState.IDLE
        if now is not self.waits:
            self._wait(now)

    def _wait(self, now: ConnectionState) -> None:
        self._stop()
        self.waits, self.since = now, self.loop.time()
        self._left = self.transport.get_write_buffer_size()
        if now is not ConnectionState.ANSWERED:
            self._clock = self.loop.call_later(getattr(self.door.limits, now.value), self._late)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _late(self) -> None:
        """Close what has kept the desk waiting too long; who has begun a request is told so."""
        self._clock = None
        taken = self._left - self.transport.get_write_buffer_size()
        if self.waits is ConnectionState.TAKING and taken >= SLOWEST * self.door.limits.taking:
            self._wait(ConnectionState.TAKING)
        elif self.waits in (ConnectionState.HEAD, ConnectionState.BODY) and self.conn.our_state in (
            h11.IDLE,
            h11.SEND_RESPONSE,
        ):
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to come")
        else:
            self.end()

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        """Answer without the application, and close."""
        self._stop()
        body = json.dumps(body_of(Problem(status, "", reason))).encode()
        told: Mapping[str, str] = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Connection": "close",
            "Cache-Control": "no-store",
            **HEADERS,
        }
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in told.items())]
        # Written past h11, which may be in any state: nothing of an answer has been sent.
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
        # Who does not take even that is not waited for.
        self._clock = self.loop.call_later(self.door.limits.head, self.transport.abort)


def connections(limits: ConnectionLimits) -> type[Connection]:
    """Return the kind of connection that uvicorn is to make, all through one door."""
    return type("DeskConnection", (Connection,), {"door": Door(limits)})
