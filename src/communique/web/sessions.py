"""Who is signed in: sessions that the desk itself ends, and a brake on those who guess its token."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from threading import Lock

HOURS = 12
"""How long a session lasts that nobody uses."""

DAYS = 7
"""How long one lasts at most."""

_MOST = 10_000
"""Sessions, and peers remembered for wrong tokens: the oldest are forgotten first."""

FREE_TRIES = 5
"""Wrong tokens of one peer that cost nothing."""

_LONGEST_PAUSE = 300.0
"""Seconds."""

_FORGIVEN = 3600.0
"""Seconds without a wrong token after which a peer has its free tries again."""

_SECRET_BYTES = 32
_SECONDS_A_DAY = 86_400
_SECONDS_AN_HOUR = 3_600
LONGEST_SECONDS = DAYS * _SECONDS_A_DAY
"""How long one lasts at most, as cookies have it."""

Clock = Callable[[], float]


@dataclass(slots=True)
class _Session:
    name: str
    began: float
    used: float


class Sessions:
    """Who signed in, by the secret that their browser holds. They end with the desk, by signing out and by age.

    What is held is a digest of the secret. Any thread may ask.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Hold none yet."""
        self._clock = clock
        self._held: OrderedDict[bytes, _Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str) -> str:
        """Sign somebody in; return the secret."""
        secret, now = secrets.token_urlsafe(_SECRET_BYTES), self._clock()
        with self._lock:
            self._held[_digest(secret)] = _Session(name, now, now)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return secret

    def name_of(self, secret: str) -> str | None:
        """Return who holds the secret, None where nobody does or the session is over."""
        key, now = _digest(secret), self._clock()
        with self._lock:
            session = self._held.get(key)
            if session is None:
                return None
            if now - session.began > LONGEST_SECONDS or now - session.used > HOURS * _SECONDS_AN_HOUR:
                del self._held[key]
                return None
            session.used = now
            return session.name

    def end(self, secret: str) -> None:
        """Sign the holder out, wherever else the secret may have got to."""
        with self._lock:
            self._held.pop(_digest(secret), None)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


class Brake:
    """Counts wrong tokens by peer: from the `FREE_TRIES`-th on each has to wait, twice as long every time."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """Know of none yet."""
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def pause(self, peer: str) -> float:
        """Return for how many more seconds no token of a peer is looked at, 0.0 where the next one is."""
        with self._lock:
            tries, last = self._wrong.get(peer, (0, 0.0))
            return max(0.0, last + _pause_after(tries) - self._clock()) if tries else 0.0

    def wrong(self, peer: str) -> int:
        """Note a wrong token; return how many that makes."""
        now = self._clock()
        with self._lock:
            tries, last = self._wrong.pop(peer, (0, now))
            tries = 1 if now - last > _FORGIVEN else tries + 1
            self._wrong[peer] = (tries, now)
            while len(self._wrong) > _MOST:
                self._wrong.popitem(last=False)
            return tries

    def right(self, peer: str) -> None:
        """Forget the wrong tokens of a peer that has the right one."""
        with self._lock:
            self._wrong.pop(peer, None)


def _pause_after(tries: int) -> float:
    """Seconds to wait after so many wrong tokens."""
    return 0.0 if tries < FREE_TRIES else min(_LONGEST_PAUSE, 2.0 ** min(tries - FREE_TRIES, 20))


def peer_of(host: str) -> str:
    """Return whose connections are counted together: an IPv4 address, or the network of an IPv6 one (/64)."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return ":".join(address.exploded.split(":")[:4])
    return host
