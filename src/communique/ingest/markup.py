"""Mark-up in what should be plain text: HTML as lines of text, and the characters that stray references stand for."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from communique.ingest import page_tree

MAX_DEPTH = 1_000
"""Pages made by people stay under 100; a parser's work and stack may grow with the depth."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
# Elements without an end, and those whose end may be left out: they do not nest for want of one.
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
_UNENDED = ("body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td")
_ENDLESS = frozenset((*_VOID, *_UNENDED, "tfoot", "th", "thead", "tr"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "td", "th", "tr", "ul"),
    )
)
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKED_UP = re.compile(r"</(?:p|div|b|i|em|strong|span|a|li|ul|ol|h[1-6]|blockquote)\s*>|<br\s*/?>", re.IGNORECASE)


def unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the mark-up that it came with, and a note where it had any.

    References ("&#39;", "&amp;") become the characters that they stand for; HTML becomes its paragraphs. Other uses of
    "&" and "<" stay.
    """
    if _MARKED_UP.search(text):
        plain = plain_text(text)
        return (plain, ("the text held HTML: its words were taken",)) if plain.strip() else (text, ())
    found = unmarked_line(text) or ""
    if _MARKED_UP.search(found):  # escaped once too often
        plain = plain_text(found)
        return (plain, ("the text held HTML: its words were taken",)) if plain.strip() else (text, ())
    return found, (("the text held HTML's references: what they stand for was taken",) if found != text else ())


def unmarked_line(value: str | None) -> str | None:
    """Return a title or name without HTML's references, those that are escaped twice too; other mark-up stays."""
    return value and _REFERENCE.sub(_character, _REFERENCE.sub(_character, value))


def _character(found: re.Match[str]) -> str:
    name = found[0][1:]
    return entities.unescape(found[0]) if name.startswith("#") or name in html5 else found[0]


def depth(page: str) -> int:
    """Return how deep the page's elements nest, counted over its tags without parsing it."""
    now = deepest = 0
    for end, name, empty in _TAG.findall(page):
        if empty or name.lower() in _ENDLESS:
            continue
        now = max(0, now - 1) if end else now + 1
        deepest = max(deepest, now)
    return deepest


def plain_text(content: str, kind: str | None = "text/html") -> str:
    """Return HTML, or text of another kind, as lines of plain text: a line for each block, empty ones left out.

    What is struck out, hidden or a note is not read, as on pages.
    """
    if kind == "text/plain" or "<" not in content and "&" not in content:
        return "\n\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in content.split("\n"))))
    if depth(content) > MAX_DEPTH:
        return ""
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(content, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    page_tree.prepare(tree)
    return "\n\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in _lines(tree))))


def _lines(tree: Any) -> Iterator[str]:
    line: list[str] = []
    skipped = None
    from lxml import etree

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if skipped is not None:
            if event == "end" and node is skipped:
                skipped = None
                line.append(node.tail or "")
            continue
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and (not name or name in ("script", "style", "iframe", "object", "svg")):
            skipped = node
            continue
        if name in _BLOCKS:
            yield "".join(line).replace("\n", " ")
            line = []
        line.append((node.text if event == "start" else node.tail) or "")
    yield "".join(line).replace("\n", " ")
