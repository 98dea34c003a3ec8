"""Answers given again without being worked out again, as long as nobody has written to the record.

Only what is the same for the same question: a whole page, list or API answer that was asked for by GET. SQLite itself
says whether anything has been written since, by whichever process (``PRAGMA data_version``); on PostgreSQL nothing is
remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import UTC, datetime
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16_000_000
"""Of all the bodies that are remembered."""

_LARGEST = 1_000_000
"""Bytes of a body that is."""

_LONGEST_QUESTION = 2000
"""Characters of an address and of the headers that tell in what form an answer is wanted."""

_NOT_THESE = ("/static/", "/sign-in", "/judge", "/api/openapi.json")
_ASKED_WITH = frozenset((b"hx-request", b"accept"))
"""Headers by which answers differ."""


class Answers:
    """The answers last given, up to `MOST_BYTES`, of one state of the record. Any thread may ask."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Remember none yet."""
        self.most = most
        self.size = 0
        self._stamp: Hashable = None
        self._held: OrderedDict[Hashable, tuple[Message, bytes]] = OrderedDict()
        self._lock = Lock()

    def get(self, stamp: Hashable, asked: Hashable) -> tuple[Message, bytes] | None:
        """Return the head and the body of what was answered in this state of the record, None where nothing was."""
        with self._lock:
            if stamp != self._stamp:
                self._held.clear()
                self._stamp, self.size = stamp, 0
            found = self._held.get(asked)
            if found is not None:
                self._held.move_to_end(asked)
            return found

    def put(self, stamp: Hashable, asked: Hashable, head: Message, body: bytes) -> None:
        """Remember an answer to what was asked in this state; one to an older state is let go."""
        with self._lock:
            if stamp != self._stamp or asked in self._held or len(body) > _LARGEST:
                return
            self._held[asked] = (head, body)
            self.size += len(body)
            while self.size > self.most:
                _, (_, gone) = self._held.popitem(last=False)
                self.size -= len(gone)


class Remembered:
    """Stands before the application, behind the guard. The state of the record is ``scope["app"].state.written``."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app
        self.answers = Answers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is remembered, or have it answered."""
        written = getattr(scope["app"].state, "written", None) if scope["type"] == "http" else None
        if written is None or scope["method"] != "GET" or scope["path"].startswith(_NOT_THESE):
            await self.app(scope, receive, send)
            return
        # Before the answer is worked out: what is written meanwhile makes it one of an older state.
        stamp, asked = written.stamp(), _asked(scope)
        if stamp is None or asked is None:
            await self.app(scope, receive, send)
            return
        found = self.answers.get(stamp, asked)
        if found is not None:
            head, body = found
            await send({**head, "headers": list(head["headers"])})
            await send({"type": "http.response.body", "body": body})
            return
        begun: list[Message] = []

        async def remembering(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                begun.append({**message, "headers": list(message["headers"])})
            elif begun and not message.get("more_body"):
                # An answer in several parts is one that is better not held whole.
                self.answers.put(stamp, asked, begun.pop(), message.get("body", b""))
            else:
                begun.clear()
            await send(message)

        await self.app(scope, receive, remembering)


def _asked(scope: Scope) -> Hashable | None:
    """What an answer depends on but for the record: the address, who asks, in what form, and the day."""
    headers = tuple((name, value) for name, value in scope["headers"] if name in _ASKED_WITH)
    if len(scope["path"]) + len(scope["query_string"]) + sum(len(value) for _, value in headers) > _LONGEST_QUESTION:
        return None
    user = scope.get("state", {}).get("user")
    return (scope["path"], scope["query_string"], user, headers, datetime.now(UTC).date())
