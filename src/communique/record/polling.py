"""Feeds and pages from the web into the record.

A feed is asked only for what changed (`If-None-Match`, `If-Modified-Since`); one that moved for good is asked at its
new address from then on, one that is gone not at all. An entry that was edited makes a new version of its report. What
was dealt with is remembered entry by entry, each after its report is kept, so that whatever ends a run, nothing is lost
and nothing is done twice.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from communique.errors import CommuniqueError, FetchFailed, FetchRefused, NotAFeed
from communique.ingest.arrivals import Arrival
from communique.ingest.feeds import Entry, arrival_of, looks_like_feed, parse_feed
from communique.ingest.fetch import MOST_RETRY_AFTER, Fetched, Limits, checked_address, fetch, shown
from communique.ingest.html import read_page
from communique.record.intake import Kept, Outcome, take_in
from communique.record.record import Record
from communique.record.sources import SourceState, known_entries, note_entry, note_source, source_of

OutletOf = Callable[[str], str | None]
"""Returns the outlet of a host, None where it is not known."""


@dataclass(slots=True)
class Web:
    """How the web is asked: limits, whether this machine may be, and seconds between two requests to one host."""

    limits: Limits = field(default_factory=Limits)
    allow_loopback: bool = False
    pause: float = 1.0
    asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch an address, after a pause where its host was asked a moment ago. Raises what `fetch` raises."""
        host = checked_address(url, allow_loopback=self.allow_loopback).host
        since = time.monotonic() - self.asked.get(host, float("-inf"))
        if since < self.pause:
            time.sleep(self.pause - since)
        try:
            return fetch(
                url,
                limits=self.limits,
                allow_loopback=self.allow_loopback,
                etag=etag,
                last_modified=last_modified,
            )
        finally:
            self.asked[host] = time.monotonic()


@dataclass(frozen=True, slots=True)
class Polled:
    """What became of asking a feed: ``said`` in words; how many entries were new or edited, and how many failed."""

    url: str
    said: str
    looked_at: int = 0
    failed: int = 0


def is_web_address(given: str) -> bool:
    """Tell whether a source that somebody names is on the web rather than a file."""
    return given.lower().startswith(("http://", "https://"))


def add_address(
    record: Record,
    url: str,
    told: Callable[[Outcome], None],
    *,
    web: Web,
    model: str | None = None,
    reread: bool = False,
    outlet: str | None = None,
    noted: Callable[[str], None] = lambda _: None,
) -> None:
    """Add what is at a web address, a page or a feed; ``told`` gets what became of each report, or the error.

    ``noted`` gets what was odd. Raises what the record raises.
    """
    try:
        answer = web.get(url)
        _need_ok(answer, url)
        feed = looks_like_feed(answer.data, answer.content_type)
        arrival = None if feed else _page(answer, shown(url), outlet)
    except CommuniqueError as error:
        told(error)
        return
    if arrival is None:
        poll(record, url, told, web=web, model=model, outlet=outlet, noted=noted, answer=answer)
        return
    for note in arrival.notes:
        noted(f"{arrival.where}: note: {note}")
    take_in(record, [arrival], told, model=model, reread=reread)


def poll(
    record: Record,
    url: str,
    told: Callable[[Outcome], None],
    *,
    web: Web,
    model: str | None = None,
    outlet: str | None = None,
    outlet_of: OutletOf = lambda _: None,
    noted: Callable[[str], None] = lambda _: None,
    answer: Fetched | None = None,
) -> Polled:
    """Ask a feed and take in what is new in it; ``told`` gets what became of each entry, ``noted`` what was odd.

    ``outlet`` is whose the entries are where neither the feed nor ``outlet_of`` their host says. ``answer`` is one that
    was had a moment ago. A feed that cannot be had or read is told as an error. Raises what the record raises.
    """
    with record.writing() as connection:
        source = source_of(connection, url, outlet)
    if source.state.get("gone"):
        return Polled(url, "gone for good; not asked any more")
    wait = float(source.state.get("retry_at") or 0) - time.time()
    # A clock that was set back must not keep a feed unread for longer than a server may ask for.
    if 0 < wait <= MOST_RETRY_AFTER:
        return Polled(url, f"asked to be left alone for {wait / 60:.0f} more minutes")
    try:
        had = answer or web.get(
            source.address, etag=source.state.get("etag"), last_modified=source.state.get("last_modified")
        )
        return _answered(record, source, had, told, web, model, outlet, outlet_of, noted)
    except CommuniqueError as error:
        if not isinstance(error, FetchFailed | FetchRefused | NotAFeed):
            raise
        told(error)
        return Polled(url, error.reason, failed=1)


def _answered(
    record: Record,
    source: SourceState,
    had: Fetched,
    told: Callable[[Outcome], None],
    web: Web,
    model: str | None,
    outlet: str | None,
    outlet_of: OutletOf,
    noted: Callable[[str], None],
) -> Polled:
    where = shown(source.url)
    moved = {"moved_to": had.moved_to} if had.moved_to and had.moved_to != source.url else {}
    if moved and moved["moved_to"] != source.state.get("moved_to"):
        noted(f"{where}: note: it has moved to {shown(had.moved_to or '')}, and is asked there from now on")
    if had.status == HTTPStatus.GONE:
        _note(record, source, gone=True)
        raise FetchFailed(where, f"{had.answer}: it is not asked any more")
    retry = time.time() + had.retry_after if had.retry_after else None
    if had.not_modified:
        _note(record, source, retry_at=retry, **moved)
        return Polled(source.url, "unchanged")
    if not had.ok:
        _note(record, source, retry_at=retry, **moved)
        _need_ok(had, source.url)
    feed = parse_feed(had.data, where, url=had.url, content_type=had.content_type, charset=had.charset)
    for note in (*had.notes, *feed.notes):
        noted(f"{where}: note: {note}")
    with record.reading() as connection:
        known = known_entries(connection, source, [entry.id for entry in feed.entries])
    fresh = [entry for entry in feed.entries if known.get(entry.id) != entry.digest]
    # The newest come first in a feed; the record is to have the oldest first.
    run = _Run(record, source, web, outlet or feed.title, outlet_of, had.fetched, told, noted)
    take_in(record, run.arrivals(fresh[::-1]), run.told, model=model)
    # Where something failed or is missing, the whole feed is to come again, and those entries with it.
    whole = not (run.failed or had.notes or feed.cut_off)
    _note(
        record,
        source,
        etag=had.etag if whole else None,
        last_modified=had.last_modified if whole else None,
        retry_at=retry,
        **moved,
    )
    said = f"{len(fresh)} new or edited of {len(feed.entries)} entries"
    return Polled(source.url, said, len(fresh), run.failed)


@dataclass(slots=True)
class _Run:
    """A feed's entries on their way into the record."""

    record: Record
    source: SourceState
    web: Web
    outlet: str | None
    outlet_of: OutletOf
    fetched: str
    tell: Callable[[Outcome], None]
    noted: Callable[[str], None]
    failed: int = 0
    waiting: dict[str, Entry] = field(default_factory=dict)

    def arrivals(self, entries: list[Entry]) -> Iterator[Arrival | CommuniqueError]:
        for at, entry in enumerate(entries):
            where = f"{shown(self.source.url)}#{at + 1}" if not entry.link else shown(entry.link)
            try:
                arrival = self._arrival(entry, where)
            except CommuniqueError as error:
                yield type(error)(where, error.reason)
                continue
            for note in arrival.notes:
                self.noted(f"{where}: note: {note}")
            self.waiting[where] = entry
            yield arrival

    def _arrival(self, entry: Entry, where: str) -> Arrival:
        host = (urlsplit(entry.link).hostname or "") if entry.link else ""
        outlet = self.outlet_of(host) or self.outlet
        if entry.whole or entry.link is None:
            return arrival_of(entry, where, outlet, self.fetched)
        answer = self.web.get(entry.link)
        _need_ok(answer, entry.link)
        arrival = _page(answer, where, outlet)
        # The address that the feed gives is what the entry goes by, wherever its page is today.
        report = dataclasses.replace(
            arrival.report,
            url=entry.link,
            title=arrival.report.title or entry.title,
            author=arrival.report.author or entry.author,
            published=arrival.report.published or entry.published,
        )
        return dataclasses.replace(arrival, report=report, notes=arrival.notes + entry.notes)

    def told(self, outcome: Outcome) -> None:
        if isinstance(outcome, Kept):
            entry = self.waiting.pop(outcome.arrival.where, None)
            if entry is not None:
                with self.record.writing() as connection:
                    note_entry(connection, self.source, entry.id, entry.digest)
        else:
            self.failed += 1
            entry = self.waiting.pop(outcome.where, None)
        self.tell(outcome)


def _page(answer: Fetched, where: str, outlet: str | None) -> Arrival:
    page = read_page(answer.data, where, url=answer.url, charset=answer.charset, fetched=answer.fetched)
    report = dataclasses.replace(page.report, outlet=outlet or page.report.outlet)
    return dataclasses.replace(page, report=report, notes=answer.notes + page.notes)


def _need_ok(answer: Fetched, url: str) -> None:
    if not answer.ok:
        raise FetchFailed(shown(url), f"it was answered with {answer.answer}")


def _note(record: Record, source: SourceState, **changes: object) -> None:
    with record.writing() as connection:
        note_source(connection, source, **changes)
