"""What a host's robots.txt lets be fetched (RFC 9309): the most specific rule decides, also one with wildcards.

`urllib.robotparser` takes the first rule that fits and knows no wildcards, so that it reads many of today's otherwise
than they are meant. The work here grows with the length of the file and of the address alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from communique.ingest.fetch import Fetched

MAX_BYTES = 512_000
"""Of a robots.txt; the standard has at least 500 KiB read."""

AGENT = "communique"
"""The name by which rules may be meant for us, as the User-Agent header begins."""

_MOST_RULES = 5_000
_UNRESERVED = "/?&=+,;:@!$'()*~%"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us: each a path's pattern and whether what fits it may be fetched. Without any, all may."""

    rules: tuple[tuple[str, bool], ...] = ()

    def allows(self, url: str) -> bool:
        """Tell whether the address may be fetched; of rules that are equally long, the one that allows decides."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


ALL = Robots()
NOTHING = Robots((("/", False),))


def robots_of(answer: Fetched) -> Robots:
    """Return what a host's answer for its robots.txt lets be fetched.

    Nothing where it keeps the file from us (401, 403); all where there is none, or it fails.
    """
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return NOTHING
    return parse_robots(answer.data.decode("utf-8", "replace")) if answer.ok else ALL


def parse_robots(text: str, agent: str = AGENT) -> Robots:
    """Return the rules for an agent: those of the groups that name it, else those for all."""
    own: list[tuple[str, bool]] = []
    general: list[tuple[str, bool]] = []
    named = False
    agents: set[str] = set()
    naming = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = {*(agents if naming else ()), value.partition("/")[0].strip().lower()}
            naming = True
            named = named or agent in agents
        elif key in ("allow", "disallow"):
            naming = False
            rule = (_normal(value), key == "allow")
            if value and agent in agents and len(own) < _MOST_RULES:
                own.append(rule)
            if value and "*" in agents and len(general) < _MOST_RULES:
                general.append(rule)
    return Robots(tuple(own if named else general))


def _normal(path: str) -> str:
    """The path with the same characters in percent signs, whichever way it is written."""
    return quote(unquote(path, errors="surrogateescape"), safe=_UNRESERVED, errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Tell whether a path begins as the pattern says: "*" stands for anything, "$" for its end."""
    to_end = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if parts and to_end else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return len(path) - at >= len(last) and path.endswith(last)
    return not to_end or at == len(path)
