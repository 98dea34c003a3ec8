"""Writing SVG: elements with escaped attributes and text.

Looks are presentation attributes, not styles: a page's content security policy lets them through, a file needs no
style sheet, and a page's own style sheet may still change them (light and dark) by class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

INK, SOFT, LINE, PAPER = "#1d2126", "#5b636d", "#dedad1", "#ffffff"
FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
_WATCHED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff&<>\"']")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def element(name: str, *inside: Markup | str, **attributes: object) -> Markup:
    """Return an element; attributes are as in ``text_anchor="end"``, None leaves one out, ``class_`` is ``class``."""
    written = "".join(
        [f' {_name(key)}="{_escaped(str(value))}"' for key, value in attributes.items() if value is not None]
    )
    # Joined by a plain string: a `Markup` would look at each part again.
    body = "".join([str.__str__(each) if isinstance(each, Markup) else _escaped(each) for each in inside])
    return Markup(f"<{name}{written}>{body}</{name}>")


def text(x: float, y: float, words: str, *, size: int = 12, **attributes: object) -> Markup:
    """Return a line of text that begins at a point (or ends, by ``text_anchor``)."""
    given = {"class_": "ink", "fill": INK, "font_family": FONT, "font_size": size, **attributes}
    return element("text", words, x=number(x), y=number(y), **given)


def picture(width: float, height: float, title: str, parts: Iterable[Markup]) -> str:
    """Return a whole SVG document, which names itself to those who cannot see it."""
    inside = Markup("").join((element("title", title), *parts))
    # What holds links is no single image to who cannot see it.
    role = "group" if "<a " in inside else "img"
    return str(
        element(
            "svg",
            inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(width)} {number(height)}",
            width=number(width),
            height=number(height),
            role=role,
            aria_label=title,
        )
    )


def linked(part: Markup, href: str | None) -> Markup:
    """Return the part as a link, where there is somewhere to lead to."""
    return element("a", part, href=href) if href else part


def number(value: float) -> str:
    """Return a coordinate in few digits, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def shortened(words: str, most: int) -> str:
    """Return words that fit into so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _escaped(words: str) -> str:
    # Most are numbers and colours, in which nothing is to be escaped.
    if not _WATCHED.search(words):
        return words
    return str(escape(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", words)))
