"""HTML pages: one report a page, its main text and what the page says about itself, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from communique.errors import UnreadableReport
from communique.identity import report_id
from communique.ingest.arrivals import Arrival, Item, Source
from communique.ingest.decode import checked, decode
from communique.ingest.language import require_english
from communique.ingest.text import at_most, fitting
from communique.model import Report

MAX_BYTES = 8_000_000
MAX_DEPTH = 1_000
"""Pages made by people stay under 100; a parser's work and stack may grow with the depth."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
# Elements without an end, and those whose end may be left out: they do not nest for want of one.
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
_UNENDED = ("body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt", "tbody", "td")
_ENDLESS = frozenset((*_VOID, *_UNENDED, "tfoot", "th", "thead", "tr"))
_LONE = re.compile("[\ud800-\udfff]")


def read_html(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield the report that the page holds, or what is wrong with it."""
    try:
        yield _report(stream, where)
    except UnreadableReport as error:
        yield error


def depth(page: str) -> int:
    """Return how deep the page's elements nest, counted over its tags without parsing it."""
    now = deepest = 0
    for end, name, empty in _TAG.findall(page):
        if empty or name.lower() in _ENDLESS:
            continue
        now = max(0, now - 1) if end else now + 1
        deepest = max(deepest, now)
    return deepest


def _report(stream: BinaryIO, where: str) -> Arrival:
    data = at_most(stream, MAX_BYTES, where)
    if not data.strip():
        raise UnreadableReport(where, "empty")
    declared = _CHARSET.search(data[:4096])
    page, notes = decode(data, where, declared.group(1).decode("ascii", "replace") if declared else None)
    nested = depth(page)
    if nested > MAX_DEPTH:
        raise UnreadableReport(where, f"its HTML is nested {nested:,} deep; at most {MAX_DEPTH:,} are read")
    found = _extract(_LONE.sub("\ufffd", page), where)
    if found is None or not found.text:
        raise UnreadableReport(where, "no text is to be found in its HTML")
    text = checked(fitting(found.text, where), where)
    require_english(text, where)
    stem = "" if where == "-" else PurePath(where).stem
    report = Report(
        id=report_id(text, stem),
        text=text,
        title=found.title or None,
        url=found.url or None,
        outlet=found.sitename or found.hostname or None,
        published=found.date or None,
    )
    return Arrival(report, where, notes)


def _extract(page: str, where: str) -> Any:
    import trafilatura  # a second to import, and needed for pages only

    try:
        return trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # Only dates that the page gives as its own: the extensive search takes any date in the text for it.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    # A page on which the extractor breaks is a bad page, whichever way it breaks.
    except Exception as error:
        raise UnreadableReport(where, f"no text can be had from its HTML ({type(error).__name__}: {error})") from error


source = Source("html", (".html", ".htm", ".xhtml"), read_html)
