"""Feeds: RSS, Atom and JSON Feed, from bytes that were fetched; what each entry holds, or where its page is.

feedparser does the parsing. It is given bytes alone, which `communique.ingest.feed_xml` made well-formed: it never
opens a file or an address, and is never kept busy by what is no feed.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from communique.errors import NotAFeed, UnreadableReport
from communique.identity import digest, report_id
from communique.ingest.arrivals import Arrival
from communique.ingest.credits import read_credit, split_byline
from communique.ingest.decode import checked, decode
from communique.ingest.enrichment import completed
from communique.ingest.feed_links import feeds_named
from communique.ingest.feed_xml import Tidied, declared_encoding, junk_before, tidy
from communique.ingest.language import require_english
from communique.ingest.markup import plain_text
from communique.ingest.metadata import outlet_of
from communique.ingest.publication_dates import implausible, read_date
from communique.ingest.text import fitting
from communique.model import Report

MOST_ENTRIES = 2_000
"""Entries of a feed that are looked at, in the feed's order."""

WHOLE_WORDS = 120
"""Words from which on what a feed gives of an entry is taken for the whole report, not for its teaser."""

_DATES = ("published", "updated", "created")
_LONGEST_NAME = 500
_LONGEST_ADDRESS = 4_000
_MOST_AUTHORS = 20
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_LONE = re.compile("[\x00\ud800-\udfff]")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    ``id`` is what the feed calls it, else its address, else a digest of its words. ``link`` is its page's address or
    None, ``text`` what the feed itself gives of the report as plain text, "" where it gives none, ``whole`` whether
    that is the report rather than its teaser. ``published`` is ISO 8601; ``dated_by_change`` tells that it is when the
    entry was last changed, since nothing says when it was published. ``digest`` changes when the entry was edited.
    ``outlet`` is whose the entry is where an aggregator names its source. ``notes`` say what was odd.
    """

    id: str
    link: str | None
    title: str | None
    author: str | None
    published: str | None
    text: str
    whole: bool
    digest: str
    notes: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    dated_by_change: bool = False


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's own title and its entries; ``notes`` say what of it could not be read.

    ``cut_off`` tells that entries may be missing at its end.
    """

    title: str | None
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    cut_off: bool = False


def looks_like_feed(data: bytes, content_type: str | None) -> bool:
    """Tell whether an answer is a feed, from its type and its first bytes."""
    if content_type in _TYPES:
        return True
    head = data[:2048]
    if junk_before(head.replace(b"\0", b"").decode("utf-8", "replace")) is not None:
        return True
    return content_type == "application/json" and b"jsonfeed.org/version" in head


def parse_feed(
    data: bytes,
    where: str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    charset: str | None = None,
    now: datetime | None = None,
) -> ParsedFeed:
    """Return what a feed's bytes hold; a damaged one as far as it can be read, with a note.

    ``url`` is where it was had, against which relative addresses are read; ``now`` decides which dates are of the
    future. Raises NotAFeed where it is none.
    """
    if not data.strip():
        raise NotAFeed(where, "empty")
    if content_type in ("application/feed+json", "application/json") or data.lstrip()[:1] == b"{":
        return _json_feed(data, where, url, now)
    return _xml_feed(data, where, url, charset, now)


def arrival_of(entry: Entry, where: str, outlet: str | None, fetched: str) -> Arrival:
    """Return the report that an entry itself gives. Raises UnreadableReport where there is none in it."""
    if not entry.text.strip():
        raise UnreadableReport(where, "the feed gives no text of it, and no address of a page")
    text = checked(fitting(entry.text, where), where)
    require_english(text, where)
    report = Report(
        id=report_id(text, ""),
        text=text,
        title=entry.title,
        url=entry.link,
        outlet=outlet,
        author=entry.author,
        agency=read_credit(text).agency or entry.agency,
        published=entry.published,
    )
    return Arrival(completed(report), where, entry.notes, fetched=fetched)


def _xml_feed(data: bytes, where: str, url: str | None, charset: str | None, now: datetime | None) -> ParsedFeed:
    try:
        text, decoding = decode(data, where, charset or declared_encoding(data))
    except UnreadableReport as error:
        raise NotAFeed(where, error.reason) from error
    try:
        tidied = tidy(text, where, MOST_ENTRIES)
    except NotAFeed as error:
        named = feeds_named(text, url)
        more = f"; the page names {'a feed' if len(named) == 1 else 'feeds'}: {', '.join(named)}" if named else ""
        raise NotAFeed(where, f"{error.reason}{more}") from error
    title, authors, several, failed = _from_feedparser(tidied)
    notes = [*decoding, *tidied.notes, *failed, *_too_many(len(several) + tidied.left_out)]
    entries = tuple(_xml_entry(each, url, now, authors) for each in several)
    return ParsedFeed(_line(title), _told_apart(entries), tuple(notes), tidied.cut_off)


def _from_feedparser(tidied: Tidied) -> tuple[Any, list[str], list[Any], list[str]]:
    """The feed's title and authors, its entries, and notes on those that feedparser breaks on, however it breaks."""
    try:
        found = _parsed(tidied.data)
        feed = found.get("feed", {})
        return feed.get("title"), _named(feed), found.get("entries", []), []
    except Exception:
        several: list[Any] = []
        failed = []
        for number, alone in enumerate(tidied.apart(), 1):
            try:
                several += _parsed(alone).get("entries", [])
            except Exception as error:
                failed.append(f"its entry {number} cannot be read ({type(error).__name__}: {error})"[:200])
        return None, [], several, failed


def _parsed(data: bytes) -> Any:
    import feedparser

    # Addresses in it are read against the feed's own later: ids that hang on it would change when the feed moves. What
    # is HTML in it becomes plain text here, so that neither its cleaning nor its links are needed.
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _xml_entry(entry: dict[str, Any], base: str | None, now: datetime | None, authors: list[str]) -> Entry:
    contents = [part for part in entry.get("content", ()) if part.get("value")]
    full = max(contents, key=lambda part: len(part["value"]), default=None)
    summary = entry.get("summary_detail") or {"value": entry.get("summary", ""), "type": "text/html"}
    text = plain_text(full["value"], full.get("type")) if full else ""
    teaser = plain_text(summary.get("value") or "", summary.get("type"))
    given = text if len(text) >= len(teaser) else teaser
    # Past feedparser's own way of asking, which answers for a date that is not there with another, and warns of it.
    # Its words as they stand, not what feedparser makes of them: it fills what it cannot read from today's date.
    own = {field: dict.get(entry, field) for field in _DATES}
    date, notes = _first_date(own, now)
    link = entry.get("link")
    if not entry.get("links") and not _ABSOLUTE.match(link or ""):
        link = None  # feedparser takes any guid for an address
    source = entry.get("source") or {}
    return _entry(
        given_id=entry.get("id"),
        link=_address(link, base),
        title=_line(plain_text(entry.get("title", ""), entry.get("title_detail", {}).get("type"))),
        authors=_named(entry) or _named(source) or authors,
        date=date,
        text=given,
        changed=[own["updated"], teaser],
        notes=notes,
        outlet=outlet_of(source.get("href")) or _line(plain_text(source.get("title") or "")),
    )


def _json_feed(data: bytes, where: str, base: str | None, now: datetime | None) -> ParsedFeed:
    try:
        text, notes = decode(data, where, "utf-8")
        found = json.loads(text)
    except UnreadableReport as error:
        raise NotAFeed(where, error.reason) from error
    except (ValueError, RecursionError) as error:
        raise NotAFeed(where, f"not JSON ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise NotAFeed(where, "JSON, but no JSON Feed: it has no items")
    items = [item for item in found["items"] if isinstance(item, dict)]
    if len(items) < len(found["items"]):
        notes += (f"{len(found['items']) - len(items)} items are no objects and were left out",)
    own = _json_authors(found)
    entries = tuple(_json_entry(item, base, now, own) for item in items[:MOST_ENTRIES])
    return ParsedFeed(_line(found.get("title")), _told_apart(entries), (*notes, *_too_many(len(items))))


def _json_authors(item: Mapping[str, Any]) -> list[str]:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    named = [author.get("name") for author in authors or () if isinstance(author, dict)]
    return [name for name in named if isinstance(name, str)]


def _json_entry(item: Mapping[str, Any], base: str | None, now: datetime | None, own: list[str]) -> Entry:
    html, plain = item.get("content_html"), item.get("content_text")
    text = plain_text(html, "text/html") if isinstance(html, str) else plain if isinstance(plain, str) else ""
    summary = item.get("summary") if isinstance(item.get("summary"), str) else ""
    date, notes = _first_date({"published": item.get("date_published"), "updated": item.get("date_modified")}, now)
    return _entry(
        given_id=item.get("id"),
        link=_address(item.get("url") or item.get("external_url"), base),
        title=_line(item.get("title")),
        authors=_json_authors(item) or own,
        date=date,
        text=text or summary or "",
        changed=[item.get("date_modified"), summary],
        notes=notes,
    )


def _named(node: Mapping[str, Any]) -> list[str]:
    """What an entry, its source or a feed names as authors."""
    given = [author.get("name") or "" for author in node.get("authors") or () if isinstance(author, dict)]
    if not any(given):
        given = [node.get("author") or ""]
    return [name for name in dict.fromkeys(given[:_MOST_AUTHORS]) if isinstance(name, str) and name.strip()]


def _credited(authors: Iterable[str]) -> tuple[str | None, str | None]:
    """The persons among the authors, as one line, and the agency, as a page's bylines are read."""
    persons: list[str] = []
    agency = None
    for author in authors:
        person, credited = split_byline(_line(author) or "")
        persons += [name for name in (person or "").split("; ") if name and name not in persons]
        agency = agency or credited
    return _line("; ".join(persons)), agency


def _entry(
    *,
    given_id: Any,
    link: str | None,
    title: str | None,
    authors: list[str],
    date: tuple[str | None, bool],
    text: str,
    changed: list[Any],
    notes: tuple[str, ...],
    outlet: str | None = None,
) -> Entry:
    text = _LONE.sub("\ufffd", text)
    named = str(given_id) if isinstance(given_id, str | int) and str(given_id).strip() else None
    if named is None:
        notes += ("the entry has no id; its address or its words stand for one",)
    author, agency = _credited(authors)
    return Entry(
        id=_LONE.sub("\ufffd", named or link or digest(title or "", text, size=16))[:_LONGEST_ADDRESS],
        link=link,
        title=title,
        author=author,
        published=date[0],
        text=text,
        whole=len(text.split()) >= WHOLE_WORDS,
        digest=digest(title or "", text, *(str(each or "") for each in changed), size=16),
        notes=notes,
        agency=agency,
        outlet=outlet,
        dated_by_change=date[1],
    )


def _told_apart(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Each id once. Two entries of one id and one title are one, the first, which is the newest.

    Of another title they are others, whatever a careless feed calls them: the title goes into their ids.
    """
    once: dict[tuple[str, str | None], Entry] = {}
    for entry in entries:
        once.setdefault((entry.id, entry.title), entry)
    count = Counter(name for name, _ in once)
    return tuple(
        entry if count[entry.id] == 1 else dataclasses.replace(entry, id=f"{entry.id}#{digest(entry.title or '')}")
        for entry in once.values()
    )


def _first_date(values: Mapping[str, Any], now: datetime | None) -> tuple[tuple[str | None, bool], tuple[str, ...]]:
    """Return the first date that a report can have, and whether it is that of a change; a note on each that it cannot.

    ``values`` are the dates' words by what they are of, the surest first.
    """
    notes: list[str] = []
    for name, value in values.items():
        if not isinstance(value, str) or not value.strip():
            continue
        iso = read_date(value)
        if iso is None:
            notes.append(f"its date {_line(value[:40])!r} tells no one day: left out")
            continue
        why = implausible(iso, now)
        if why is None:
            return (iso, name == "updated"), tuple(notes)
        notes.append(f"its date {iso} is not taken: {why}")
    return (None, False), tuple(dict.fromkeys(notes))


def _address(value: Any, base: str | None) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_ADDRESS:
        return None
    try:
        whole = urljoin(base or "", value.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else None
    except ValueError:
        return None


def _line(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return _LONE.sub("\ufffd", " ".join(value.split()))[:_LONGEST_NAME] or None


def _too_many(count: int) -> list[str]:
    return [f"it has {count:,} entries; the first {MOST_ENTRIES:,} were looked at"] if count > MOST_ENTRIES else []
