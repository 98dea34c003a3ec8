"""Connections to the public internet only, with an end to their time and size.

The address that is checked is the address that is connected to: names are resolved here, once for each connection, so
that no second answer of a name server can lead elsewhere. No proxy is used, whatever the environment says.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from communique.ingest.addresses import is_loopback, not_public

_CONNECT = 10.0
"""Seconds that one of several addresses may take to answer."""


class NotPublic(Exception):
    """A host none of whose addresses is public; the text says what they are."""


class TooMuch(Exception):
    """More bytes came than were allowed."""


class Budget:
    """What is left of the time and bytes of one fetch, and whether this machine itself may be asked.

    ``spend`` counts the bytes that come in, as they are sent; ``allow`` sets how many more may.
    """

    def __init__(self, seconds: float, allow_loopback: bool) -> None:
        """Start the time, in seconds."""
        self._ends = time.monotonic() + seconds
        self._bytes = 0
        self.allow_loopback = allow_loopback

    def seconds(self) -> float:
        """Return what is left of the time. Raises TimeoutError where nothing is."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        return left

    def allow(self, size: int) -> None:
        """Let so many more bytes come."""
        self._bytes = size

    def spend(self, size: int) -> None:
        """Count bytes that came. Raises TooMuch where they are more than were allowed."""
        self._bytes -= size
        if self._bytes < 0:
            raise TooMuch


class _BudgetSocket(socket.socket):
    budget: Budget | None = None

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        # 0 means all of the buffer to a plain socket and nothing to one of TLS, where None does: said outright.
        most = nbytes or memoryview(buffer).nbytes
        if self.budget is None:
            return super().recv_into(buffer, most, flags)
        self.settimeout(self.budget.seconds())
        size = super().recv_into(buffer, most, flags)
        self.budget.spend(size)
        return size


class _BudgetTLS(_BudgetSocket, ssl.SSLSocket):
    """The same over TLS."""


class _PublicHTTP(HTTPConnection):
    def __init__(self, host: str, port: int, budget: Budget) -> None:
        super().__init__(host, port, timeout=budget.seconds())
        self._budget = budget

    def _new_conn(self) -> socket.socket:
        return _connected(self._dns_host, self.port, self._budget)


class _PublicHTTPS(HTTPSConnection):
    def __init__(self, host: str, port: int, budget: Budget) -> None:
        super().__init__(host, port, timeout=budget.seconds(), ssl_context=_tls())
        self._budget = budget

    def _new_conn(self) -> socket.socket:
        return _connected(self._dns_host, self.port, self._budget)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _BudgetTLS):
            self.sock.budget = self._budget


def connection(scheme: str, host: str, port: int, budget: Budget) -> HTTPConnection:
    """Return a connection, not opened yet, to a host (a name, or an address without brackets).

    Opening it raises NotPublic, TimeoutError or another OSError; reading from it TooMuch and TimeoutError as well.
    """
    return (_PublicHTTPS if scheme == "https" else _PublicHTTP)(host, port, budget)


def _connected(host: str, port: int, budget: Budget) -> socket.socket:
    refused: list[str] = []
    failed: OSError | None = None
    for family, kind, protocol, _, address in _resolved(host, port, budget.seconds()):
        found = ip_address(address[0])
        why = None if budget.allow_loopback and is_loopback(found) else not_public(found)
        if why:
            refused.append(f"{why} ({found})")
            continue
        sock = _BudgetSocket(family, kind, protocol)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(min(budget.seconds(), _CONNECT))
            sock.connect(address)
            sock.settimeout(budget.seconds())
        except OSError as error:
            sock.close()
            failed = error
            continue
        sock.budget = budget
        return sock
    if failed is not None:
        raise failed
    raise NotPublic(refused[0] if refused else "a host without an address")


def _resolved(host: str, port: int, seconds: float) -> Sequence[tuple[Any, ...]]:
    """The host's addresses. A name server may be slow, and its answer cannot be waited for with an end but so."""
    found: list[Sequence[tuple[Any, ...]]] = []
    failed: list[Exception] = []

    def resolve() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=resolve, name=f"resolving {host}", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError("the name server does not answer")
    return found[0]


def _tls() -> ssl.SSLContext:
    return _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=4)
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Trust the system's authorities, or those that OpenSSL's own variables name: they are read when it is made."""
    context = ssl.create_default_context()
    context.sslsocket_class = _BudgetTLS
    return context
