"""HTML pages: one report a page, its main text and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from communique.errors import ReportTooLong, UnreadableReport
from communique.identity import report_id
from communique.ingest.arrivals import Arrival, Item, Source
from communique.ingest.credits import read_credit
from communique.ingest.decode import checked, decode
from communique.ingest.enrichment import completed
from communique.ingest.language import require_english
from communique.ingest.markup import MAX_DEPTH, depth
from communique.ingest.page_worker import BUDGET, PageBudget, extracted
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
    data: bytes,
    where: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    fetched: str | None = None,
    budget: PageBudget = BUDGET,
) -> Arrival:
    """Return the report that an HTML page holds.

    ``url`` is where the page was had, ``charset`` what HTTP says of its encoding, ``fetched`` when it was had
    (ISO 8601), each None where it is not known. ``budget`` is what taking it apart may take. Raises UnreadableReport
    where there is no report in it, or it is not had within the budget.
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
    found, text = extracted(_LONE.sub("\ufffd", page), where, url, budget)
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


source = Source("html", (".html", ".htm", ".xhtml"), read_html)
