"""HTML pages: one report a page, its main text by trafilatura, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from communique.errors import ReportTooLong, UnreadableReport
from communique.identity import report_id
from communique.ingest import page_tree
from communique.ingest.arrivals import Arrival, Item, Source
from communique.ingest.credits import read_credit
from communique.ingest.decode import checked, decode
from communique.ingest.enrichment import completed
from communique.ingest.language import require_english
from communique.ingest.markup import MAX_DEPTH, depth
from communique.ingest.metadata import PageMetadata, page_metadata
from communique.ingest.text import at_most, fitting
from communique.model import Report

MAX_BYTES = 8_000_000

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_LONE = re.compile("[\ud800-\udfff]")


def read_html(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield the report that the page holds, or what is wrong with it."""
    try:
        yield read_page(at_most(stream, MAX_BYTES, where), where)
    except UnreadableReport as error:
        yield error


def read_page(
    data: bytes, where: str, *, url: str | None = None, charset: str | None = None, fetched: str | None = None
) -> Arrival:
    """Return the report that an HTML page holds.

    ``url`` is where the page was had, ``charset`` what HTTP says of its encoding, ``fetched`` when it was had
    (ISO 8601), each None where it is not known. Raises UnreadableReport where there is no report in it.
    """
    if not data.strip():
        raise UnreadableReport(where, "empty")
    if len(data) > MAX_BYTES:
        raise ReportTooLong(where, f"too long: {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    declared = _CHARSET.search(data[:4096])
    page, notes = decode(data, where, charset or (declared.group(1).decode("ascii", "replace") if declared else None))
    nested = depth(page)
    if nested > MAX_DEPTH:
        raise UnreadableReport(where, f"its HTML is nested {nested:,} deep; at most {MAX_DEPTH:,} are read")
    found, text = _extract(_LONE.sub("\ufffd", page), where, url)
    if not text:
        raise UnreadableReport(where, "no text is to be found in its HTML")
    text = checked(fitting(text, where), where)
    require_english(text, where)
    report = Report(
        id=report_id(text, "" if where == "-" or url else PurePath(where).stem),
        text=text,
        title=found.title,
        url=found.url,
        outlet=found.outlet,
        published=found.published,
        author=found.author,
        agency=read_credit(text).agency or found.agency,
    )
    return Arrival(completed(report), where, notes + found.notes, fetched=fetched)


def _extract(page: str, where: str, url: str | None) -> tuple[PageMetadata, str]:
    import trafilatura  # a second to import, and needed for pages only

    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return PageMetadata(), ""
        found = page_metadata(tree, url)
        page_tree.prepare(tree)
        page_tree.drop_offers(tree, found.walled)
        document = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False)
    # A page on which the extractor breaks is a bad page, whichever way it breaks.
    except Exception as error:
        raise UnreadableReport(where, f"no text can be had from its HTML ({type(error).__name__}: {error})") from error
    lines = [line for line in (getattr(document, "text", None) or "").split("\n") if line.strip()]
    if len(lines) == 1:
        # Of a short page the extractor makes one line, where the page has several.
        own = list(page_tree.blocks(tree))
        lines = own if len(own) > 1 and _letters("".join(own)) == _letters(lines[0]) else lines
    # A line is a paragraph here: an empty one after it says so, as no guess at plain text has to.
    return found, "\n\n".join(lines)


def _letters(text: str) -> str:
    return "".join(text.split())


source = Source("html", (".html", ".htm", ".xhtml"), read_html)
