"""What a page's JSON-LD says of the article it holds: schema.org's terms, however deep or broken it is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

MAX_CHARACTERS = 1_000_000
_MAX_NODES = 20_000
_NAMES = 50

_ARTICLE = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting|CreativeWork)")
_PREFERRED = (
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
)
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")


def parsed(script: str) -> Any:
    """Return what the script's JSON holds, or None where it is none: broken, over a million characters, too deep.

    Line breaks inside strings, which many sites leave in, do no harm.
    """
    if len(script) > MAX_CHARACTERS:
        return None
    try:
        return json.loads(_WRAPPING.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def article(blocks: list[Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the node that tells of the page's article, {} where there is none, and all nodes by their ``@id``."""
    best: dict[str, Any] = {}
    by_id: dict[str, dict[str, Any]] = {}
    rank = 9
    for node in _nodes(blocks):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            by_id.setdefault(name, node)
        types = [kind.rsplit("/", 1)[-1] for kind in _strings(node.get("@type"))]
        its = min((_rank(kind, node) for kind in types), default=9)
        if its < rank:
            best, rank = node, its
    return best, by_id


def names(value: Any, by_id: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Return ``(name, type)`` of the persons or organisations that a property holds, however it is written."""
    found: list[tuple[str, str]] = []
    for item in (value if isinstance(value, list) else [value])[:_NAMES]:
        kind = ""
        if isinstance(item, dict):
            if "name" not in item and isinstance(item.get("@id"), str):
                item = by_id.get(item["@id"], item)
            kind = next(iter(_strings(item.get("@type"))), "")
            item = item.get("name")
        found += [(text(name), kind) for name in _strings(item) if name.strip()]
    return found


def first(node: dict[str, Any], *properties: str) -> str | None:
    """Return the first of these properties that holds words, as text."""
    for name in properties:
        for value in _strings(node.get(name)):
            if value.strip():
                return text(value)
    return None


def address(node: dict[str, Any], *properties: str) -> str | None:
    """Return the first of these properties that holds an address, itself or as the ``@id`` or ``url`` of a node."""
    for name in properties:
        value = node.get(name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                item = item.get("@id") or item.get("url")
            if isinstance(item, str) and item.startswith(("http://", "https://", "/")):
                return item
    return None


def text(value: str) -> str:
    """Return the words of a JSON-LD string: sites write HTML's entities into it. Tags stay as text."""
    return html.unescape(value)


def _rank(kind: str, node: dict[str, Any]) -> int:
    if kind in _PREFERRED:
        return 0 if "headline" in node else 2
    if _ARTICLE.fullmatch(kind):
        return 1 if "headline" in node else 3
    if kind in ("WebPage", "VideoObject") and ("datePublished" in node or "author" in node):
        return 4
    return 9


def _nodes(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    """All objects, those further up first; a bound on them, none on their depth."""
    waiting: list[Any] = list(blocks)
    for place in range(_MAX_NODES):
        if place >= len(waiting):
            return
        item = waiting[place]
        if isinstance(item, dict):
            yield item
            waiting.extend(value for value in item.values() if isinstance(value, dict | list))
        elif isinstance(item, list):
            waiting.extend(value for value in item if isinstance(value, dict | list))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [item for item in value[:_NAMES] if isinstance(item, str)]
    return []
