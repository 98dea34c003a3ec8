"""What a page says about itself: title, outlet, author, date, address, language and the agency it credits.

JSON-LD comes first, then meta elements (OpenGraph, Dublin Core and the like), then what is marked up for readers:
<time>, bylines, headings. Nothing is guessed: a value that is not clear is left out, and a note says so where there
was one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from communique.ingest import linked_data
from communique.ingest.credits import byline, read_credit, split_byline
from communique.ingest.publication_dates import date_in_address, implausible, read_date
from communique.lexicon import alternatives, load
from communique.lexicon.agencies import is_agency

_TITLE = 500
_NAME = 120
_ADDRESS = 2_000
_ELEMENTS = 200
_LINES = 3_000
_SENTENCE = 12  # words beside a date: a line about the article has fewer

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_SITE_BEHIND = re.compile(r"\s+(?:[|·»«–—-]|::)\s+")
_DATES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date"),
    *("sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "pdate", "date"),
    *("article.published", "published-date", "cxenseparse:recs:publishtime", "article_date_original", "citation_date"),
)
_AUTHORS = (
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "citation_author",
    "og:article:author",
)
_SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
    "apple-mobile-web-app-title",
    "cre",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "headline")
_SOURCES = (
    "source",
    "article:source",
    "dc.source",
    "dcterms.source",
    "news_source",
    "provider",
    "copyright",
    "syndication-source",
    "original-source",
    "agency",
)
_AUTHOR_MARKS = re.compile(
    r"(?:^|[\s_-])(?:byline|author(?:s|-?name|_name)?|byl|article-?author|post-author|story-?author|contributor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_MARKS = re.compile(
    r"(?:^|[\s_-])(?:date|time|timestamp|pub-?date|published|publish-?date|posted|post-?date|dateline|datetime|article-?date|articleinfo|story-?date)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SOURCE_MARKS = re.compile(r"(?:^|[\s_-])(?:source|credit|agency|provider)(?:$|[\s_-])", re.IGNORECASE)
_STEPS = 40
_HOLDERS = 500
_APART = re.compile(
    r"(?:^|\s)(?:related|recommended|comments?|sidebar|footer|most-?read|latest|more-news|bio|newsletter|promo|teaser|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(r"publish|publication|pub_?-?date|pub_?-?time", re.IGNORECASE)
_PERHAPS_DATE = re.compile(r"date|publish|posted|info|meta", re.IGNORECASE)
_CHANGE_MARKS = re.compile(r"updat|modif|(?<!cr)edited|expir", re.IGNORECASE)
_CREDITING = re.compile(rf"^\W*(?:news\s+)?(?:{alternatives('bylines', 'crediting')})\W+", re.IGNORECASE)
_BARS = re.compile(r"\s*[|·•]\s*")
_BEFORE_DATE = re.compile(
    rf"^(?:first\s+)?(?:{alternatives('pages', 'before_dates')})?(?:\s+(?:on|at))?\s*:?\s*", re.IGNORECASE
)
_CHANGED = re.compile(alternatives("pages", "changed"), re.IGNORECASE)
_CHANGED_PART = re.compile(rf"\s*[|·,;(–—-]?\s*(?:last\s+)?(?:{alternatives('pages', 'changing')})\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says; None where it does not. ``notes`` name what was there and could not be taken.

    ``walled`` are the classes (".wall") and ids ("#wall") of its parts that are not free to read.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    agency: str | None = None
    notes: tuple[str, ...] = ()
    walled: tuple[str, ...] = ()


def page_metadata(tree: Any, url: str | None = None, now: datetime | None = None) -> PageMetadata:
    """Return what an lxml tree of a page says about it.

    ``url`` is where the page was had, if known: a canonical address on another host is not taken for its own.
    ``now`` is the moment beyond which a date lies in the future. The tree loses those JSON-LD scripts that cannot be
    read, so that no later parser breaks on them.
    """
    return _Page(tree, url, now).metadata()


def outlet_of(url: str | None) -> str | None:
    """Return the outlet that the lexicon knows the address's host to be of, else None."""
    host = host_of(url)
    domains = load("domains")["domains"]
    while host:
        if host in domains:
            return str(domains[host])
        host = host.partition(".")[2]
    return None


def host_of(url: str | None) -> str | None:
    """Return the address's host without "www." and the like, or None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)", "", host) if host else None


def line(value: str | None, most: int) -> str | None:
    """Return the words on one line without control characters, cut to ``most`` characters; None where none are left."""
    words = " ".join(_CONTROL.sub(" ", (value or "")[: 4 * most]).split())
    return words[:most].rstrip() or None


class _Page:
    def __init__(self, tree: Any, url: str | None, now: datetime | None) -> None:
        self.tree = tree
        self.given = _web_address(url)
        self.now = now
        self.notes: list[str] = []
        self.others = self._others()
        self.meta = self._meta()
        self.node, self.by_id, others = linked_data.article(self._blocks(), self._names())
        if others:
            self.notes.append("its JSON-LD tells of other articles alone: left out")

    def metadata(self) -> PageMetadata:
        url = self._url()
        outlet = self._outlet(url)
        author, agency = self._author(outlet)
        return PageMetadata(
            title=self._title(outlet),
            outlet=outlet,
            author=author,
            published=self._published(url),
            url=url,
            agency=agency or self._agency(),
            notes=tuple(dict.fromkeys(self.notes)),
            walled=tuple(linked_data.walled(self.node)),
        )

    def _blocks(self) -> list[Any]:
        blocks = []
        for script in self.tree.xpath("//script[contains(@type, 'ld+json')]"):
            block = linked_data.parsed(script.text_content())
            if isinstance(block, dict | list):
                blocks.append(block)
            else:
                self.notes.append("its JSON-LD cannot be read: left out")
                script.getparent().remove(script) if not script.tail else script.clear(keep_tail=True)
        return blocks

    def _names(self) -> linked_data.PageNames:
        addresses = (self.given, *self._canonical(), *self.meta.get("og:url", ())[:1])
        titles = [e.text_content() for e in self.tree.xpath("//h1")[:3] + self.tree.xpath("//head/title")[:1]]
        return linked_data.PageNames(
            tuple(each for each in addresses if each),
            tuple(words for each in (*titles, *self._metas(_TITLES)) if (words := line(each, _TITLE))),
        )

    def _canonical(self) -> list[str]:
        links = self.tree.xpath("//link[@href]")
        return [e.get("href") for e in links if "canonical" in (e.get("rel") or "").lower().split()][:1]

    def _meta(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for element in self.tree.xpath("//meta[@content]")[: 10 * _ELEMENTS]:
            for key in ("property", "name", "itemprop"):
                name = (element.get(key) or "").strip().lower()
                if name and element.get("content").strip():
                    found.setdefault(name, []).append(element.get("content"))
        return found

    def _metas(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.meta.get(name, ())

    def _title(self, outlet: str | None) -> str | None:
        headline = line(linked_data.first(self.node, "headline", "alternativeHeadline"), _TITLE)
        if headline:
            return headline
        headings = [words for h1 in self.tree.xpath("//h1")[:3] if (words := line(h1.text_content(), _TITLE))]
        for value in self._metas(_TITLES):
            if title := line(value, _TITLE):
                return _without_site(title, outlet, headings)
        if len(headings) == 1:
            return headings[0]
        for element in self.tree.xpath("//head/title")[:1]:
            if title := line(element.text_content(), _TITLE):
                return _without_site(title, outlet, headings)
        return None

    def _outlet(self, url: str | None) -> str | None:
        publisher = [name for name, _ in linked_data.names(self.node.get("publisher"), self.by_id)]
        marked = self._marked("//*[@itemprop='publisher']", None)
        for value in (*self.meta.get("og:site_name", ()), *publisher, *marked, *self._metas(_SITES)):
            name = line(value, _NAME)
            if name and not _address_like(name):
                return re.sub(r"^@", "", name)
        return outlet_of(url) or host_of(url)

    def _author(self, outlet: str | None) -> tuple[str | None, str | None]:
        """The persons who wrote it and the agency named beside them, from the first place that names either."""
        for values in self._bylines():
            persons: list[str] = []
            agency = None
            for value in values:
                words = line(value, 4 * _NAME)
                if not words or _address_like(words):
                    continue
                author, credited = split_byline(words)
                persons += [name for name in (author or "").split("; ") if name and name not in persons]
                agency = agency or credited
            persons = [name for name in persons if name.casefold() != (outlet or "").casefold()]
            if persons or agency:
                return "; ".join(persons)[: 4 * _NAME] or None, agency
        return None, None

    def _bylines(self) -> Iterator[list[str]]:
        yield [name for name, _ in linked_data.names(self.node.get("author"), self.by_id)]
        yield [name for name, _ in linked_data.names(self.node.get("creator"), self.by_id)]
        for name in _AUTHORS:
            yield self.meta.get(name, [])
        yield self._marked("//*[@itemprop='author' or @rel='author']", None)
        yield self._marked("//*[@class or @id]", _AUTHOR_MARKS)[:3]
        # What is not marked at all, but says "By ..." and nothing more.
        lines = (
            _words(e, _NAME)
            for e in self.tree.xpath("//*[self::p or self::span or self::div or self::li]")[:_LINES]
            if not self._elsewhere(e)
        )
        yield next(([part] for words in lines for part in re.split(_BARS, words)[:1] if byline(part)), [])

    def _marked(self, path: str, marks: re.Pattern[str] | None) -> list[str]:
        """The words of elements that are marked up as something, short ones, those beside the article left out."""
        found: list[str] = []
        tried = 0
        for element in self.tree.xpath(path):
            label = f"{element.get('class') or ''} {element.get('id') or ''}"
            if (
                (marks is not None and not marks.search(label))
                or _CHANGE_MARKS.search(label)
                or self._elsewhere(element)
            ):
                continue
            tried += 1
            if tried > _ELEMENTS:
                break
            named = next((e for e in islice(element.iter(), _ELEMENTS) if e.get("itemprop") == "name"), element)
            words = named.get("content") or _words(named, 2 * _NAME)
            if words and words not in found:
                found.append(words)
        return found

    def _elsewhere(self, element: Any) -> bool:
        """Tell whether the element stands beside the article: in a sidebar or another article with its heading."""
        return _apart(element) or any(each in self.others for each in islice(element.iterancestors(), _STEPS))

    def _others(self) -> set[Any]:
        """The elements of another article or a comment: by the headline they mark, or beside the article of <h1>."""
        headings = self.tree.xpath("//h1")[:_STEPS]
        own = {each for heading in headings for each in heading.iterancestors()}
        path = "//article | //*[@itemscope][contains(@itemtype, 'Article') or contains(@itemtype, 'Comment')]"
        holders = self.tree.xpath(path)[:_HOLDERS]
        titles = [line(each.text_content(), _TITLE) or "" for each in headings]
        within = any(each in own for each in holders)
        return {each for each in holders if each not in own and _is_other(each, titles, within)}

    def _published(self, url: str | None) -> str | None:
        days = {iso[:10] for value in linked_data.posted(self.node) if (iso := read_date(value))}
        if len(days) > 1:
            self.notes.append(f"a live blog with posts of {len(days)} days: none is the day of all that it says")
            return None
        for value in self._dates():
            iso = read_date(value)
            if iso is None:
                self.notes.append(f"its date {line(value, 40)!r} tells no one day: left out")
                continue
            reason = implausible(iso, self.now)
            if reason is None:
                return iso
            self.notes.append(f"its date {iso} is left out: {reason}")
        known = date_in_address(url)
        if known and known.iso and not implausible(known.iso, self.now):
            return known.iso
        return None

    def _dates(self) -> Iterator[str]:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            value = linked_data.first(self.node, name)
            if value:
                yield value
        yield from self._metas(_DATES)
        marked = "//*[@itemprop='datePublished']"
        yield from (
            element.get("datetime") or element.get("content") or _words(element, 100)
            for element in self.tree.xpath(marked)[:_ELEMENTS]
            if not self._elsewhere(element)
        )
        named = [name for name in self.meta if _DATE_NAME.search(name) and not _CHANGE_MARKS.search(name)]
        yield from filter(read_date, self._metas(named))
        own = self.tree.xpath("(//article | //main)//time") or self.tree.xpath("//time")
        times = [e for e in own[:_ELEMENTS] if not self._elsewhere(e) and not _changed(e) and not _in_sentence(e)]
        first = [e for e in times if e.get("pubdate") is not None] or times[:1]
        for element in first:
            words = element.get("datetime") or _bare_date(_words(element, 200))
            if words:
                yield words
        yield from (
            e.get("title") for e in self.tree.xpath("//abbr[@title][@class]")[:3] if _DATE_MARKS.search(e.get("class"))
        )
        for marks in (_DATE_MARKS, _SOURCE_MARKS, _AUTHOR_MARKS, _PERHAPS_DATE):
            for words in self._marked("//*[@class or @id]", marks):
                yield from filter(read_date, _bare_dates(words))

    def _url(self) -> str | None:
        base = self.given or ""
        offered = (
            *self._canonical(),
            *self.meta.get("og:url", ())[:1],
            linked_data.address(self.node, "mainEntityOfPage", "url"),
        )
        for value in offered:
            address = _web_address(value, base) if value else None
            if address is None or (urlsplit(address).path in ("", "/") and not urlsplit(address).query):
                continue
            if self.given and host_of(address) != host_of(self.given):
                self.notes.append(f"the address that it gives is another site's: {address[:200]}")
                continue
            return address
        return self.given

    def _agency(self) -> str | None:
        named = [
            name
            for key in ("provider", "sourceOrganization", "isBasedOn", "copyrightHolder", "creditText")
            for name, _ in linked_data.names(self.node.get(key), self.by_id)
        ]
        marked = [_CREDITING.sub("", words) for words in self._marked("//*[@class or @id]", _SOURCE_MARKS)]
        for value in (*named, *self._metas(_SOURCES), *marked):
            name = line(value, _NAME)
            if name and _address_like(name):
                name = outlet_of(name)
            name = re.sub(r"^(?:©|\(c\)|copyright)\W*(?:\d{4}\W*)?|\W*\d{4}\W*$", "", name or "", flags=re.IGNORECASE)
            if name and (agency := name if is_agency(name) else read_credit(name).agency):
                return agency
        return None


def _words(element: Any, most: int) -> str:
    """The element's words on one line, or "" where they are more than ``most`` characters: then it is no mark."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        if size > most:
            return ""
    return " ".join(" ".join(parts).split())


def _is_other(holder: Any, titles: list[str], within: bool) -> bool:
    """Tell whether what may hold an article holds another: ``titles`` are the page's, in such a one if ``within``."""
    if "Comment" in (holder.get("itemtype") or ""):
        return True
    marked = holder.xpath(".//*[@itemprop='headline']")[:1]
    if marked and titles:
        words = marked[0].get("content") or _words(marked[0], _TITLE)
        return not any(linked_data.alike(words, title) for title in titles)
    return within and bool(holder.xpath(".//h2 | .//h3 | .//h4"))


def _apart(element: Any) -> bool:
    """Tell whether the element stands in a part of the page that is not about its article."""
    steps = 0
    while element is not None and element.tag != "body" and steps < 40:
        if element.tag in ("aside", "footer", "nav"):
            return True
        if _APART.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
        steps += 1
    return False


def _in_sentence(element: Any) -> bool:
    """Tell whether a <time> stands in what the article tells, rather than in a line about the article."""
    block = next((each for each in element.iterancestors("p", "li", "blockquote", "td", "dd")), None)
    if block is None:
        return False
    after = (element.tail or "").lstrip()
    beside = len(block.text_content().split()) - len(element.text_content().split())
    return beside >= _SENTENCE or after[:1].islower() or after[:1] == "."


def _changed(element: Any) -> bool:
    """Tell whether a <time> is that of a change, by its name or the words before it."""
    label = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    before = element.getprevious()
    parent = element.getparent()
    words = (before.tail if before is not None else parent.text if parent is not None else None) or ""
    if before is not None and not words.strip():
        words = _words(before, 200) if isinstance(before.tag, str) else ""
    return bool(_CHANGED.search(label) or _CHANGED.search(words[-40:]) or _CHANGED.match(_words(element, 200)))


def _bare_date(words: str) -> str | None:
    """The date's own words: what says that it is a date, and a change's date behind it, left out."""
    words = " ".join(words.split())
    if _CHANGED.match(words):
        return None
    return _CHANGED_PART.sub("", _BEFORE_DATE.sub("", words)).strip(" |·,;") or None


def _bare_dates(words: str) -> Iterator[str]:
    """What may be a date in a line like "KYODO NEWS - Oct 4, 2023 - 18:30 | World"."""
    for part in re.split(_BARS, words):
        name, _, rest = part.partition(" - ")
        bare = _bare_date(rest if is_agency(name) else part)
        if bare:
            yield bare


def _without_site(title: str, outlet: str | None, headings: list[str]) -> str:
    """The title without the site's name behind or before it, where the page shows which part that is."""
    parts = _SITE_BEHIND.split(title)
    if len(parts) < 2:
        return title
    for heading in headings:
        if heading in (title, parts[0], parts[-1]) or (
            title.startswith(heading) and _SITE_BEHIND.match(title[len(heading) :])
        ):
            return heading
    own = re.sub(r"\W+", "", (outlet or "").casefold())
    for part, rest in ((parts[-1], _cut(title, -1)), (parts[0], _cut(title, 0))):
        if own and re.sub(r"\W+", "", part.casefold()) == own:
            return rest
    return title


def _cut(title: str, which: int) -> str:
    marks = list(_SITE_BEHIND.finditer(title))
    return title[: marks[-1].start()] if which else title[marks[0].end() :]


def _address_like(name: str) -> bool:
    return (
        bool(re.match(r"(?:https?:)?//|www\.|/|@?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|ru|jp|cn)$", name, re.IGNORECASE))
        and " " not in name
    )


def _web_address(value: str | None, base: str = "") -> str | None:
    """The address where it is one of the web, without credentials, control characters and fragment."""
    value = (value or "").strip()
    if not value or len(value) > _ADDRESS or _CONTROL.search(value) or " " in value:
        return None
    try:
        parts = urlsplit(urljoin(base, value))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            return None
        parts.port  # noqa: B018  raises where it is none
    except ValueError:
        return None
    return parts._replace(fragment="").geturl()
