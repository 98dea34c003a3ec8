"""Who may ask, and what a page may do: headers, names, sign-in, and writes that no other site can make.

Pages take nothing from outside and run no script but our own (content security policy). A write must come from a page
of ours: browsers say where it comes from (``Origin``, ``Sec-Fetch-Site``), and programs, which do not, must send JSON,
which no form of another site can.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request

from communique.web.settings import Settings

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
_OPEN = ("/sign-in", "/static/")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """A request that is turned away."""

    status: HTTPStatus
    reason: str


def check(request: Request, settings: Settings) -> None:
    """Raise Refused where a request may not be answered, whatever it asks."""
    if _host(request.headers.get("host", "")) not in settings.hosts:
        raise Refused(HTTPStatus.MISDIRECTED_REQUEST, "this desk does not answer to that name; see --host")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request has up to {LONGEST_BODY:,} bytes")
    path = request.url.path
    if settings.token and not path.startswith(_OPEN) and user_of(request, settings) is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "sign in first")
    if settings.user_header and not path.startswith("/static/") and user_of(request, settings) is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "the proxy in front does not say who asks")
    if request.method not in _READS:
        _check_write(request, settings)


def _check_write(request: Request, settings: Settings) -> None:
    if settings.read_only and request.url.path != "/sign-in":
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


def user_of(request: Request, settings: Settings) -> str | None:
    """Return who asks, None where that is not known."""
    if settings.user_header:
        return _name(request.headers.get(settings.user_header, ""))
    if settings.token:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer and same(bearer, settings.token):
            return _name(unquote(request.headers.get("x-communique-user", ""))) or "api"
        return _signed_in(request.cookies.get(COOKIE, ""), settings.token)
    return settings.user


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def ticket(name: str, token: str) -> str:
    """Return the cookie of somebody who signed in; only who knows the token can make one."""
    return f"{quote(name, safe='')}.{_signature(name, token)}"


def _signed_in(cookie: str, token: str) -> str | None:
    written, _, signature = cookie.rpartition(".")
    name = _name(unquote(written))
    return name if name is not None and same(signature, _signature(name, token)) else None


def _signature(name: str, token: str) -> str:
    return hmac.new(token.encode(), name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _name(given: str) -> str | None:
    name = "".join(c for c in given if c.isprintable()).strip()
    return name[:_LONGEST_NAME] or None


def _host(header: str) -> str:
    """The host of a Host header, without its port."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""
