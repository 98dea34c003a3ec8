"""What a desk is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """One desk: the record's place, and who may do what.

    ``user`` signs the judgements where nobody signs in. ``token`` has everybody sign in with it; ``user_header`` names
    the header in which a reverse proxy says who is there (it must strip that header from what comes from outside).
    ``hosts`` are the names under which the desk answers; a request for another is refused, as one that a page elsewhere
    made by pointing its own name here would be. ``proxies`` are the addresses of reverse proxies in front: their word
    is taken for where a request comes from.
    """

    where: str
    read_only: bool = False
    user: str | None = None
    token: str | None = None
    user_header: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    proxies: tuple[str, ...] = ()
