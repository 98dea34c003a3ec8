"""One web address fetched: only from the public internet, within limits of time and size, redirects followed by us."""

from __future__ import annotations

import http.client
import io
import re
import ssl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, LocationParseError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import parse_url

from communique.errors import AnswerTooLarge, FetchFailed, FetchRefused
from communique.ingest.addresses import odd_host
from communique.ingest.charsets import usable_charset
from communique.ingest.gzip_stream import Gunzip
from communique.ingest.http_codings import CODINGS, HttpCoding
from communique.ingest.public_connections import Budget, NotPublic, TooMuch, connection

MAX_ADDRESS = 4_000
"""Characters that an address may have."""
MOST_RETRY_AFTER = 7 * 24 * 3600
"""Seconds: a server that asks to be left alone for longer is asked again after these."""

_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_CHUNK = 1 << 16
_FRAMING = 1 << 16  # bytes that chunks and what is read ahead may add
_MOST_CODINGS = 2
_ACCEPTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
)
_ODD = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")
_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*:)?(//)?[^/?#]*@", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_VALIDATOR = re.compile(r"[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]{0,1000}[\x21-\x7e\x80-\xff])?")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes of the body unpacked, bytes of headers, seconds in all, redirects."""

    size: int = 8_000_000
    headers: int = 65_536
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address was answered with.

    ``url`` is where the answer came from in the end, ``moved_to`` where the address has moved for good (redirects 301
    and 308 from the first one on) or None. ``data`` is the body unpacked, empty unless ``ok``. ``content_type`` is in
    lower case without parameters, ``charset`` an encoding that Python knows. ``retry_after`` is in seconds, ``fetched``
    the time in ISO 8601, UTC. ``notes`` say what was odd: a body that is cut off, damaged or not packed as it says.
    """

    url: str
    status: int
    data: bytes
    fetched: str
    moved_to: str | None = None
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    retry_after: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether there is a body that is what was asked for."""
        return self.status in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION)

    @property
    def answer(self) -> str:
        """The status in words: "404 Not Found"."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class _Place(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str
    url: str


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    allow_loopback: bool = False,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched:
    """Fetch a web address and return what it was answered with, whatever the status.

    ``etag`` and ``last_modified`` are those of an answer that is had already: ``not_modified`` then tells that it still
    stands. ``allow_loopback`` lets this machine itself be asked, for tests and local servers.

    Raises FetchRefused where the address, one that it leads to, or what a host's name resolves to, is not of the public
    internet, has credentials in it, or leads from https back to http; AnswerTooLarge; FetchFailed.
    """
    asked = {"ETag": etag, "Last-Modified": last_modified}
    headers = _headers(asked)
    conditional = len(headers) > len(_headers({}))
    budget = Budget(limits.seconds, allow_loopback)
    place = checked_address(url, allow_loopback=allow_loopback)
    moved: str | None = None
    permanent = True
    for _ in range(limits.redirects + 1):
        with _told(url, place, limits), _answer(place, headers, budget, limits) as answer:
            target = answer.headers.get("location") if answer.status in _REDIRECTS else None
            if target is None:
                return _fetched(answer, place, moved, budget, limits, conditional)
            following = _next(url, place, target, allow_loopback)
            permanent = permanent and answer.status in _PERMANENT
            moved = following.url if permanent else moved
            place = following
    raise FetchFailed(shown(url), f"over {limits.redirects} redirects, the last to {shown(place.url)}")


def shown(url: str) -> str:
    """Return the address as it may be shown: without credentials and control characters, and not too long."""
    url = _ODD.sub("\ufffd", url[: MAX_ADDRESS + 1])
    bare = _USERINFO.sub(lambda found: f"{found[1] or ''}{found[2] or ''}", url)
    return bare if len(bare) <= 300 else f"{bare[:299]}…"


def checked_address(url: str, *, allow_loopback: bool = False) -> _Place:
    """Return the parts of a web address. Raises FetchRefused where nothing is fetched from such a one."""
    url = url.strip(" \t\r\n")
    where = shown(url)
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[0].lower() not in ("http", "https"):
        found = f" ({scheme[0]})" if scheme else ""
        raise FetchRefused(where, f"not a web address{found}: only http and https are fetched")
    if len(url) > MAX_ADDRESS:
        raise FetchRefused(where, f"an address of {len(url):,} characters; it may have {MAX_ADDRESS:,}")
    if _ODD.search(url):
        raise FetchRefused(where, "an address with a space, a control character or a backslash in it")
    if _USERINFO.match(url):
        raise FetchRefused(where, "an address with credentials in it")
    try:
        parts = parse_url(url)
    except (LocationParseError, ValueError) as error:
        raise FetchRefused(where, "no address that can be understood") from error
    host = (parts.host or "").lower()
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    why = odd_host(host, allow_loopback=allow_loopback)
    if why:
        raise FetchRefused(where, f"its host is {why}")
    secure = parts.scheme == "https"
    port = parts.port if parts.port is not None else 443 if secure else 80
    if port not in (80, 443) and port < 1024:
        raise FetchRefused(where, f"port {port} is another service's: below 1024 only 80 and 443 are asked")
    return _Place(str(parts.scheme), host, port, parts.request_uri, parts._replace(fragment=None).url)


@cache
def _version() -> str:
    return version("communique")


def _headers(asked: dict[str, str | None]) -> dict[str, str]:
    headers = {
        "User-Agent": f"communique/{_version()} (reads the news for a diplomatic record)",
        "Accept": _ACCEPTED,
        "Accept-Encoding": "gzip, deflate, br, zstd",
        "Connection": "close",
    }
    for known, header in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        value = asked.get(known)
        if value and _VALIDATOR.fullmatch(value):
            headers[header] = value
    return headers


def _next(url: str, place: _Place, target: str, allow_loopback: bool) -> _Place:
    # http.client reads headers as Latin-1; addresses beyond ASCII are sent as UTF-8.
    target = target.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    where = f"redirected to {shown(target)}"
    try:
        following = checked_address(urljoin(place.url, target), allow_loopback=allow_loopback)
    except FetchRefused as error:
        raise FetchRefused(shown(url), f"{where}: {error.reason}") from error
    except ValueError as error:
        raise FetchRefused(shown(url), f"{where}: no address that can be understood") from error
    if place.scheme == "https" and following.scheme == "http":
        raise FetchRefused(shown(url), f"{where}: that leads from https back to http")
    return following


@contextmanager
def _answer(place: _Place, headers: dict[str, str], budget: Budget, limits: Limits) -> Iterator[BaseHTTPResponse]:
    """The answer without its body, its connection closed behind it."""
    opened = connection(place.scheme, place.host, place.port, budget)
    try:
        budget.allow(limits.headers + opened.blocksize)  # so much may be read ahead of the body
        opened.request("GET", place.path, headers=headers, preload_content=False, decode_content=False)
        try:
            answer = opened.getresponse()
        except (TooMuch, http.client.LineTooLong) as error:
            raise TooMuch(f"over {limits.headers:,} bytes of headers") from error
        with answer:
            yield answer
    finally:
        opened.close()


@contextmanager
def _told(url: str, place: _Place, limits: Limits) -> Iterator[None]:
    """Say of what goes wrong which address it was, and why."""
    where = shown(url)
    at = "" if shown(place.url) in (where, f"{where}/") else f", redirected to {shown(place.url)}"
    try:
        yield
    except (FetchRefused, FetchFailed):
        raise
    except NotPublic as error:
        raise FetchRefused(where, f"its host {place.host} is {error}{at}") from error
    except TooMuch as error:
        raise AnswerTooLarge(where, f"too large: {error}{at}") from error
    except (TimeoutError, ReadTimeoutError) as error:
        raise FetchFailed(where, f"no whole answer within {limits.seconds:g} seconds{at}") from error
    except ssl.SSLCertVerificationError as error:
        raise FetchFailed(where, f"its certificate cannot be trusted: {error.verify_message}{at}") from error
    except (http.client.HTTPException, HTTPError, UnicodeError, ValueError) as error:
        raise FetchFailed(where, f"its answer is broken ({_words(error)}){at}") from error
    except OSError as error:
        raise FetchFailed(where, f"cannot be reached ({error.strerror or _words(error)}){at}") from error


def _words(error: Exception) -> str:
    name = "" if type(error) is ValueError else f"{type(error).__name__}: "
    return " ".join(f"{name}{error}".split())[:200]


def _fetched(
    answer: BaseHTTPResponse, place: _Place, moved: str | None, budget: Budget, limits: Limits, conditional: bool
) -> Fetched:
    headers = answer.headers
    kind, _, parameters = headers.get("content-type", "").partition(",")[0].partition(";")
    charset = next((p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset=")), "")
    not_modified = answer.status == HTTPStatus.NOT_MODIFIED
    if not_modified and not conditional:
        raise FetchFailed(shown(place.url), "its answer is broken: unchanged (304), with nothing to compare")
    made = Fetched(
        url=place.url,
        status=answer.status,
        data=b"",
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        moved_to=moved,
        content_type=kind.strip().lower()[:100] or None,
        charset=usable_charset(charset),
        etag=_validator(headers.get("etag")),
        last_modified=_validator(headers.get("last-modified")),
        not_modified=not_modified,
        retry_after=_retry_after(headers.get("retry-after")),
    )
    if not made.ok:
        return made
    data, notes = _body(answer, budget, limits)
    return Fetched(**{**{name: getattr(made, name) for name in made.__slots__}, "data": data, "notes": notes})


def _validator(value: str | None) -> str | None:
    return value if value and _VALIDATOR.fullmatch(value) else None


def _retry_after(value: str | None) -> int | None:
    """Seconds to wait, from a number of them or a date (RFC 9110, 10.2.3)."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:12]), MOST_RETRY_AFTER)
    try:
        when = parsedate_to_datetime(value)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return min(max(0, round((when - datetime.now(UTC)).total_seconds())), MOST_RETRY_AFTER)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Raw(io.RawIOBase):
    """The body as it is sent, without its chunks; ``cut`` tells that it ended too early."""

    def __init__(self, answer: BaseHTTPResponse, budget: Budget) -> None:
        self._answer = answer
        self._budget = budget
        self.cut = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._budget.seconds()
        if self.cut:
            return 0
        try:
            made = self._answer.read(len(buffer), decode_content=False)
        except (TimeoutError, ReadTimeoutError):
            raise
        except (HTTPError, http.client.HTTPException, OSError):
            self.cut = True
            return 0
        buffer[: len(made)] = made
        return len(made)


class _Inflate(io.RawIOBase):
    """The bytes of a deflate stream, with zlib's wrapping or, as some servers send it, without."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._object = zlib.decompressobj()
        self._packed = b""
        self._begun = False
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._object.eof and self.damage is None:
            self._packed = self._packed or self._stream.read(_CHUNK)
            if not self._packed:
                self.damage = "it is cut off"
                break
            try:
                made = self._step(len(buffer))
            except zlib.error as error:
                self.damage = f"it is damaged ({error})"
                break
            if made:
                buffer[: len(made)] = made
                return len(made)
        return 0

    def _step(self, most: int) -> bytes:
        try:
            made = self._object.decompress(self._packed, most)
        except zlib.error:
            if self._begun:
                raise
            self._object = zlib.decompressobj(-zlib.MAX_WBITS)
            made = self._object.decompress(self._packed, most)
        self._begun = True
        self._packed = self._object.unconsumed_tail
        return made


def _body(answer: BaseHTTPResponse, budget: Budget, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """The body unpacked, and what is wrong with it. Raises TooMuch, TimeoutError, ValueError for an unknown coding."""
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.size:
        raise TooMuch(f"{int(length[:20]):,} bytes; at most {limits.size:,} are read")
    budget.allow(2 * limits.size + _FRAMING)
    raw = _Raw(answer, budget)
    codings = [word.strip().lower() for word in answer.headers.get("content-encoding", "").split(",")]
    codings = [word for word in codings if word not in ("", "identity", "none")]
    if len(codings) > _MOST_CODINGS:
        raise ValueError(f"packed {len(codings)} times over")
    stream: io.RawIOBase = raw
    packed: list[Gunzip | HttpCoding | _Inflate] = []
    notes: list[str] = []
    for coding in reversed(codings):
        source = io.BufferedReader(stream, _CHUNK)
        if coding in ("gzip", "x-gzip") and source.peek(2)[:2] in (b"\x1f\x8b", b""):
            packed.append(Gunzip(cast(BinaryIO, source)))
        elif coding in CODINGS:
            packed.append(HttpCoding(coding, cast(BinaryIO, source)))
        elif coding == "deflate":
            packed.append(_Inflate(cast(BinaryIO, source)))
        elif coding in ("gzip", "x-gzip"):
            notes.append("not packed with gzip, as its headers say")
            stream = cast(io.RawIOBase, source)
            continue
        else:
            raise ValueError(f"packed in a way that was not asked for: {coding[:40]!r}")
        stream = packed[-1]
    data = _all(stream, budget, limits)
    if raw.cut:
        notes.append(f"cut off by its server after {len(data):,} bytes")
    notes += [f"its packed body is bad: {layer.damage}" for layer in packed if layer.damage and not raw.cut]
    if not data and (raw.cut or notes):
        raise ValueError("; ".join(notes))
    return data, tuple(notes)


def _all(stream: io.RawIOBase, budget: Budget, limits: Limits) -> bytes:
    data = bytearray()
    try:
        while chunk := stream.read(_CHUNK):
            budget.seconds()
            data += chunk
            if len(data) > limits.size:
                raise TooMuch(f"over {limits.size:,} bytes when unpacked")
    except TooMuch as error:
        raise TooMuch(str(error) or f"over {2 * limits.size:,} bytes as it is sent") from error
    return bytes(data)
