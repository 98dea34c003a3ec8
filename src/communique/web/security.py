"""Who may ask, and what a page may do: headers, names, sign-in, and writes that no other site can make.

Pages take nothing from outside and run no script but our own (content security policy). A write must come from a page
of ours: browsers say where it comes from (``Origin``, ``Sec-Fetch-Site``), and programs, which do not, must send JSON,
which no form of another site can.
"""

from __future__ import annotations

import hmac
import logging
import math
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from starlette.requests import Request

from communique.record.database.values import odd_character
from communique.web.desk_access import DeskSettings
from communique.web.sessions import Brake, Sessions, peer_of

COOKIE = "communique"
LONGEST_BODY = 1_000_000
"""Bytes of a request's body."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READS = frozenset(("GET", "HEAD", "OPTIONS"))
_SIGNING = ("/sign-in", "/sign-out")
"""What is posted there changes nothing of the record."""
_OPEN = ("/sign-in", "/static/")
_ONCE = ("authorization", "x-communique-user", "origin", "content-length", "content-type")
"""Headers that are given once: of two, the one that a proxy looks at may not be the one that is looked at here."""

_LONGEST_NAME = 200
_log = logging.getLogger("communique.web")


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """A request that is turned away."""

    status: HTTPStatus
    reason: str
    retry_after: int | None = None
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Who is signed in at a desk, and who has guessed wrongly."""

    sessions: Sessions = field(default_factory=Sessions)
    brake: Brake = field(default_factory=Brake)


def check(request: Request, settings: DeskSettings, keys: Keys) -> str | None:
    """Return who asks, None where that is not known; raise Refused where a request may not be answered."""
    if _host(request.headers.get("host", "")) not in settings.hosts:
        raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this desk does not answer to that name; see --host")
    for name in (*_ONCE, *((settings.user_header,) if settings.user_header else ())):
        if len(request.headers.getlist(name)) > 1:
            raise Refused(HTTPStatus.BAD_REQUEST, f"the header {name} is there more than once")
    if "transfer-encoding" in request.headers and "content-length" in request.headers:
        raise Refused(HTTPStatus.BAD_REQUEST, "a request says in one way how long it is: content-length or chunked")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request has up to {LONGEST_BODY:,} bytes")
    _check_address(request)
    path = request.url.path
    user = _user(request, settings, keys)
    if settings.token and not path.startswith(_OPEN) and user is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "sign in first")
    if settings.user_header and not path.startswith("/static/") and user is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "the proxy in front does not say who asks")
    if request.method not in _READS:
        _check_write(request, settings)
    return user


def _check_address(request: Request) -> None:
    """Refuse what no key, name, date or search of a record has, before it is taken for one."""
    for where, raw in (("the path", request.scope["raw_path"]), ("the query", request.scope["query_string"])):
        try:
            words = unquote_to_bytes(bytes(raw).replace(b"+", b" ")).decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8") from None
        if odd := odd_character(words):
            raise Refused(HTTPStatus.BAD_REQUEST, f"{where} holds {odd}, which no key, name, date or word has")


def _check_write(request: Request, settings: DeskSettings) -> None:
    if settings.read_only and request.url.path not in _SIGNING:
        raise Refused(HTTPStatus.FORBIDDEN, "this desk is read-only")
    if "chunked" in request.headers.get("transfer-encoding", "").lower():
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "say how long the body is")
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        raise Refused(HTTPStatus.FORBIDDEN, "another site made this request")
    if origin is not None:
        try:
            place = urlsplit(origin).netloc
        except ValueError:
            place = ""
        if place != request.headers.get("host"):
            raise Refused(HTTPStatus.FORBIDDEN, "another site made this request")
    elif site is None and not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused(HTTPStatus.FORBIDDEN, "send JSON: nothing tells where this request comes from")


def _user(request: Request, settings: DeskSettings, keys: Keys) -> str | None:
    """Who asks, None where that is not known."""
    if settings.user_header:
        return name_of(request.headers.get(settings.user_header, ""))
    if settings.token:
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and bearer:
            opens(bearer.strip(), request, settings.token, keys.brake)
            return name_of(unquote(request.headers.get("x-communique-user", ""))) or "api"
        return keys.sessions.name_of(request.cookies.get(COOKIE, ""))
    return settings.user


def opens(given: str, request: Request, token: str, brake: Brake) -> None:
    """Raise Refused where this is not the desk's token, or where its peer has given too many wrong ones."""
    peer = peer_of(request.client.host if request.client else "")
    if (pause := brake.pause(peer)) > 0:
        seconds = math.ceil(pause)
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, f"too many wrong tokens: wait {seconds} s", seconds)
    if not same(given, token):
        _log.warning("a wrong token from %s, %d by now", peer, brake.wrong(peer))
        raise Refused(HTTPStatus.UNAUTHORIZED, "this is not the desk's token")
    brake.right(peer)


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def name_of(given: str) -> str | None:
    """Return a name as it may sign, None where nothing is left of it."""
    name = "".join(c for c in given if c.isprintable()).strip()
    return name[:_LONGEST_NAME] or None


def _host(header: str) -> str:
    """The host of a Host header, without its port."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""
