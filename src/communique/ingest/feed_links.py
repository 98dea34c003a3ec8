"""The feeds that a page names in its head: <link rel="alternate" type="application/rss+xml" href="...">."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
MOST = 5

_HEAD = 200_000  # characters in which they are looked for
_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(rel|type|href)\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def feeds_named(page: str, url: str | None) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names, `MOST` at most; ``url`` is where the page was had."""
    found: dict[str, None] = {}
    for link in _LINK.findall(page, 0, _HEAD):
        given = {name.lower(): html.unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(link)}
        if "alternate" not in given.get("rel", "").lower().split() or given.get("type", "").lower() not in FEED_TYPES:
            continue
        try:
            address = urljoin(url or "", given.get("href", ""))
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and address.isprintable():
            found[address] = None
    return tuple(found)[:MOST]
