"""What a page's JSON-LD says of the article it holds: schema.org's terms, however deep or broken it is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_CHARACTERS = 1_000_000
_MAX_NODES = 20_000
_NAMES = 50
_ALIKE = 0.6
_PAGE_RANK = 4
_CAMPAIGN = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|ref|cmpid|src)=[^&#]*&?")
_WORD = re.compile(r"\w+")

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


@dataclass(frozen=True, slots=True)
class PageNames:
    """What a page calls itself: the addresses and the titles that it goes by."""

    addresses: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def article(blocks: list[Any], page: PageNames) -> tuple[dict[str, Any], dict[str, dict[str, Any]], bool]:
    """Return the node of the page's article, all nodes by their ``@id``, and whether only others were there.

    It is the node whose address or headline is the page's. {} where there is none: a page tells of other articles,
    too. A node with neither to compare counts where it is the only one.
    """
    by_id: dict[str, dict[str, Any]] = {}
    ranked: list[tuple[int, dict[str, Any]]] = []
    for node in _nodes(blocks):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            by_id.setdefault(name, node)
        types = [kind.rsplit("/", 1)[-1] for kind in _strings(node.get("@type"))]
        its = min((_rank(kind, node) for kind in types), default=9)
        if its < 9:
            ranked.append((its, node))
    fitting = [(-fit, rank, place) for place, (rank, node) in enumerate(ranked) if (fit := _fits(node, page))]
    if fitting:
        return ranked[min(fitting)[2]][1], by_id, False
    articles = [node for rank, node in ranked if rank < _PAGE_RANK] or [node for _, node in ranked]
    alone = len(articles) == 1 and _fits(articles[0], page) is None
    return (articles[0] if alone else {}), by_id, bool(ranked) and not alone


def _fits(node: dict[str, Any], page: PageNames) -> int | None:
    """2 where the node's address is the page's, 1 where its headline is, 0 where it is another's; None: no telling."""
    own = [_bare(value) for name in ("url", "mainEntityOfPage", "@id") if (value := address(node, name))]
    headline = first(node, "headline", "name", "alternativeHeadline")
    if own and page.addresses and any(mine == _bare(other) for mine in own for other in page.addresses):
        return 2
    # Where its address is another, to share the words of the shorter title is not enough: stories of one matter do.
    elsewhere = bool(own and page.addresses)
    if headline and any(alike(headline, title, whole=elsewhere) for title in page.titles):
        return 1
    told = (own and page.addresses) or (headline and page.titles)
    return 0 if told else None


def _bare(value: str) -> str:
    """An address without what differs from one mention to the next: scheme, "www.", fragment, campaigns, last slash."""
    value = _CAMPAIGN.sub("", value.partition("#")[0]).rstrip("?&")
    return re.sub(r"^https?://(?:www\.)?", "", value.partition("#")[0].casefold()).rstrip("/")


def alike(one: str, other: str, *, whole: bool = False) -> bool:
    """Tell whether two titles are one: most of the words of the shorter one (``whole``: of each) stand in the other."""
    few, many = sorted((set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))), key=len)
    return bool(few) and len(few & many) >= _ALIKE * len(many if whole else few)


def posted(node: dict[str, Any]) -> list[str]:
    """Return when each post of a live blog was published, as it is written; none for another article."""
    updates = node.get("liveBlogUpdate")
    found = (updates if isinstance(updates, list) else [updates])[:_MAX_NODES]
    return [when for each in found if isinstance(each, dict) and (when := first(each, "datePublished"))]


def walled(node: dict[str, Any]) -> list[str]:
    """Return the classes and ids of the parts that are not free to read, [] where the article is free."""
    if str(node.get("isAccessibleForFree", "true")).lower() not in ("false", "http://schema.org/false"):
        return []
    parts = node.get("hasPart")
    found = (parts if isinstance(parts, list) else [parts])[:_NAMES]
    marks = [mark for each in found if isinstance(each, dict) for mark in _strings(each.get("cssSelector"))]
    return [part for mark in marks for part in re.findall(r"[.#][\w-]+", mark)]


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
