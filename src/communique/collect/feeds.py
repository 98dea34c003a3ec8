"""Feeds and pages from the web into the record.

A feed is asked only for what changed (`If-None-Match`, `If-Modified-Since`); one that moved for good is asked at its
new address from then on, one that is gone not at all. An entry that was edited makes a new version of its report. What
was dealt with is remembered entry by entry, each after its report is kept, so that whatever ends a run, nothing is lost
and nothing is done twice.
"""

from __future__ import annotations

import dataclasses
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from communique.collect.intake import Kept, Outcome, take_in
from communique.errors import (
    AnswerTooLarge,
    CommuniqueError,
    FetchFailed,
    FetchRefused,
    NotAFeed,
    UnreadableReport,
)
from communique.ingest.arrivals import Arrival
from communique.ingest.feed_entries import Entry, arrival_of, looks_like_feed, parse_feed
from communique.ingest.fetch import MOST_RETRY_AFTER, Fetched, Limits, checked_address, fetch, shown
from communique.ingest.html import read_page
from communique.ingest.page_worker import BUDGET, PageBudget
from communique.ingest.robots import ALL, MAX_BYTES, Robots, robots_of
from communique.record.archive.feed_state import (
    SourceState,
    entry_identity,
    first_published,
    known_entries,
    lead_to_report,
    note_entry,
    note_source,
    source_of,
)
from communique.record.archive.report_identity import canonical_url, identities
from communique.record.record import Record

_LEAVE_ALONE = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_NO_PAGE = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, 451)
_LASTING = (AnswerTooLarge, FetchRefused, UnreadableReport)
_SILENT = 0.8  # of the time that a fetch has: a failure after as much is a host that did not answer
_ROBOTS_KEPT = 86_400.0  # seconds
_AT_ONCE = 50
"""Entries that are read together."""

_SECONDS_AT_ONCE = 20.0
"""Seconds of fetching after which those that are there are read."""

MOST_FAILURES = 12
"""Failures in a row after which a feed is not asked any more, until it is added by hand."""

PATIENCE = 3
"""Failures in a row after which a feed is still asked in the next round."""

FIRST_PAUSE = 600
"""Seconds for which a feed is left alone after one failure more; each further one doubles them."""

LONGEST_PAUSE = 86_400
"""Seconds: a day."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|file:", re.IGNORECASE)

OutletOf = Callable[[str], str | None]
"""Returns the outlet of a host, None where it is not known."""


@dataclass(slots=True)
class Web:
    """How the web is asked: limits, whether this machine may be, and seconds between two requests to one host.

    ``budget`` is what taking a page apart may take.
    Several threads may ask at a time. ``silent`` are the hosts that gave no whole answer in time: they are left alone
    until `new_round`. ``reading`` is held by the one that reads reports into the record. ``heeds_robots`` tells whether
    pages that a feed leads to are left alone where their host's robots.txt says so.
    """

    limits: Limits = field(default_factory=Limits)
    allow_loopback: bool = False
    pause: float = 1.0
    budget: PageBudget = BUDGET
    asked: dict[tuple[str, int], float] = field(default_factory=dict)
    left_alone: dict[tuple[str, int], float] = field(default_factory=dict)
    silent: set[tuple[str, int]] = field(default_factory=set)
    turns: threading.Lock = field(default_factory=threading.Lock)
    reading: threading.RLock = field(default_factory=threading.RLock)
    heeds_robots: bool = True
    robots: dict[str, tuple[float, Robots]] = field(default_factory=dict)
    asking_robots: dict[str, threading.Lock] = field(default_factory=dict)

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, limits: Limits | None = None
    ) -> Fetched:
        """Fetch an address, after a pause where its host was asked a moment ago.

        Raises what `fetch` raises, and FetchFailed where the host asked to be left alone for a time, or was silent.
        """
        place = checked_address(url, allow_loopback=self.allow_loopback)
        host = place.host, place.port
        self._wait(url, host)
        begun = time.monotonic()
        try:
            answer = fetch(
                url,
                limits=limits or self.limits,
                allow_loopback=self.allow_loopback,
                etag=etag,
                last_modified=last_modified,
            )
        except FetchFailed:
            if time.monotonic() - begun > _SILENT * self.limits.seconds:
                self.silent.add(host)
            raise
        finally:
            self.asked[host] = max(self.asked.get(host, 0.0), time.monotonic())
        if answer.status in _LEAVE_ALONE and answer.retry_after:
            self.left_alone[host] = time.monotonic() + answer.retry_after
        return answer

    def get_page(self, url: str) -> Fetched:
        """Fetch a page that nobody named by hand, as `get` does.

        Raises FetchRefused as well where robots are heeded and its host's robots.txt does not allow it.
        """
        if self.heeds_robots and not self._robots(url).allows(url):
            raise FetchRefused(shown(url), "its host's robots.txt does not allow it to be fetched")
        return self.get(url)

    def _robots(self, url: str) -> Robots:
        """What the host lets be fetched, asked once a day; all where it cannot be asked."""
        place = checked_address(url, allow_loopback=self.allow_loopback)
        host = f"[{place.host}]" if ":" in place.host else place.host
        origin = f"{place.scheme}://{host}:{place.port}"
        with self.asking_robots.setdefault(origin, threading.Lock()):
            asked, known = self.robots.get(origin, (float("-inf"), ALL))
            if time.monotonic() - asked < _ROBOTS_KEPT:
                return known
            try:
                smaller = dataclasses.replace(self.limits, size=MAX_BYTES)
                known = robots_of(self.get(f"{origin}/robots.txt", limits=smaller))
            except (FetchFailed, FetchRefused):
                known = ALL
            self.robots[origin] = time.monotonic(), known
            return known

    def new_round(self) -> None:
        """Let the hosts that were silent be asked again."""
        self.silent.clear()

    def _wait(self, url: str, host: tuple[str, int]) -> None:
        """Wait for this host's turn; those of others go by meanwhile."""
        patience = self.left_alone.get(host, 0.0) - time.monotonic()
        if patience > 0:
            raise FetchFailed(shown(url), f"its host asked to be left alone for {patience / 60:.0f} more minutes")
        if host in self.silent:
            raise FetchFailed(shown(url), "its host gave no whole answer in time; left alone until the next round")
        with self.turns:
            now = time.monotonic()
            turn = max(now, self.asked.get(host, float("-inf")) + self.pause)
            self.asked[host] = turn
        if turn > now:
            time.sleep(turn - now)
        if host in self.silent:
            raise FetchFailed(shown(url), "its host gave no whole answer in time; left alone until the next round")


@dataclass(frozen=True, slots=True)
class Polled:
    """What became of asking a feed: ``said`` in words; how many entries were new or edited, and how many failed."""

    url: str
    said: str
    looked_at: int = 0
    failed: int = 0


def is_web_address(given: str) -> bool:
    """Tell whether a source that somebody names is an address, be it one that is refused, rather than a file."""
    return _ADDRESS.match(given) is not None


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
        arrival = None if feed else _page(answer, shown(url), outlet, web.budget)
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
    if source.state.get("gone") and answer is None:
        return Polled(url, "gone for good; not asked any more")
    if source.state.get("disabled") and answer is None:
        return Polled(url, f"disabled after {MOST_FAILURES} failures in a row; `communique add` takes it up again")
    wait = float(source.state.get("retry_at") or 0) - time.time()
    # A clock that was set back must not keep a feed unread for longer than a server may ask for.
    if 0 < wait <= MOST_RETRY_AFTER and answer is None:
        why = "left alone after it failed," if source.state.get("failures") else "asked to be left alone for"
        return Polled(url, f"{why} {wait / 60:.0f} more minutes")
    had = answer
    try:
        had = had or web.get(
            source.address, etag=source.state.get("etag"), last_modified=source.state.get("last_modified")
        )
        return _answered(record, source, had, told, web, model, outlet, outlet_of, noted)
    except CommuniqueError as error:
        if not isinstance(error, FetchFailed | FetchRefused | NotAFeed):
            raise
        if had is None and source.state.get("moved_to"):
            _note(record, source, moved_to=None)
        _failed(record, url, noted)
        told(error)
        return Polled(url, error.reason, failed=1)


def _failed(record: Record, url: str, noted: Callable[[str], None]) -> None:
    """Remember that a feed failed once more, and for how long it is left alone for that."""
    with record.writing() as connection:
        source = source_of(connection, url)
        failures = int(source.state.get("failures") or 0) + 1
        more = failures - PATIENCE
        pause = min(FIRST_PAUSE * 2 ** (more - 1), LONGEST_PAUSE) if more > 0 else 0
        retry = max(float(source.state.get("retry_at") or 0), time.time() + pause) if pause else None
        changes = {"retry_at": retry} if retry else {}
        disabled = failures >= MOST_FAILURES or None
        note_source(connection, source, failures=failures, disabled=disabled, **changes)
    if disabled:
        noted(f"{shown(url)}: note: it failed {failures} times in a row and is disabled; add it to take it up again")


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
    if had.status == HTTPStatus.GONE:
        _note(record, source, gone=True)
        raise FetchFailed(where, f"{had.answer}: it is not asked any more")
    retry = time.time() + had.retry_after if had.retry_after else None
    moved = {"moved_to": had.moved_to if had.moved_to != source.url else None} if had.moved_to else {}
    if had.not_modified:
        _tell_moved(source, moved, noted)
        _note(record, source, retry_at=retry, failures=None, disabled=None, **moved)
        return Polled(source.url, "unchanged")
    try:
        _need_ok(had, source.url)
        feed = parse_feed(had.data, where, url=had.url, content_type=had.content_type, charset=had.charset)
    except (FetchFailed, NotAFeed):
        # A move is believed where it led to the feed; where it no longer does, the old address is asked again.
        _note(record, source, retry_at=retry, moved_to=source.state.get("moved_to") if retry else None)
        raise
    _tell_moved(source, moved, noted)
    for note in (*had.notes, *feed.notes):
        noted(f"{where}: note: {note}")
    with record.reading() as connection:
        known = known_entries(connection, source, [entry.id for entry in feed.entries])
    fresh = [entry for entry in feed.entries if known.get(entry.id) != entry.digest]
    # The newest come first in a feed; the record is to have the oldest first.
    run = _FeedRun(
        record, source, web, outlet or feed.title, outlet_of, had.fetched, told, noted, known, _shared(feed.entries)
    )
    for some in _gathered(run.arrivals(fresh[::-1])):
        with web.reading:
            take_in(record, some, run.told, model=model)
    # Where something failed or is missing, the whole feed is to come again, and those entries with it.
    whole = not (run.again or had.notes or feed.cut_off)
    _note(
        record,
        source,
        etag=had.etag if whole else None,
        last_modified=had.last_modified if whole else None,
        retry_at=retry,
        gone=None,
        failures=None,
        disabled=None,
        **moved,
    )
    said = f"{len(fresh)} new or edited of {len(feed.entries)} entries"
    return Polled(source.url, said, len(fresh), run.failed)


def _tell_moved(source: SourceState, moved: Mapping[str, str | None], noted: Callable[[str], None]) -> None:
    to = moved.get("moved_to")
    if to and to != source.state.get("moved_to"):
        noted(f"{shown(source.url)}: note: it has moved to {shown(to)}, and is asked there from now on")


@dataclass(slots=True)
class _FeedRun:
    """A feed's entries on their way into the record; ``again`` counts those that failed and are to be tried again."""

    record: Record
    source: SourceState
    web: Web
    outlet: str | None
    outlet_of: OutletOf
    fetched: str
    tell: Callable[[Outcome], None]
    noted: Callable[[str], None]
    known: Mapping[str, str]
    shared: frozenset[str]
    failed: int = 0
    again: int = 0
    waiting: dict[str, Entry] = field(default_factory=dict)

    def arrivals(self, entries: list[Entry]) -> Iterator[Arrival | CommuniqueError]:
        for at, entry in enumerate(entries):
            where = f"{shown(self.source.url)}#{at + 1}" if not entry.link else shown(entry.link)
            where = f"{where} (entry {at + 1})" if where in self.waiting else where
            try:
                arrival = self._first_dated(entry, self._arrival(entry, where))
            except CommuniqueError as error:
                if isinstance(error, _LASTING):
                    self._done(entry)
                else:
                    self.again += 1
                yield type(error)(where, error.reason)
                continue
            self._led(entry, arrival)
            for note in arrival.notes:
                self.noted(f"{where}: note: {note}")
            self.waiting[where] = entry
            yield arrival

    def _arrival(self, entry: Entry, where: str) -> Arrival:
        host = (urlsplit(entry.link).hostname or "") if entry.link else ""
        outlet = self.outlet_of(host) or entry.outlet or self.outlet
        if entry.link and canonical_url(entry.link) in self.shared:
            # Its page holds several: what the feed gives of it is all that is surely its own.
            arrival = arrival_of(entry, where, outlet, self.fetched)
            return dataclasses.replace(arrival, known_as=entry_identity(self.source, entry.id))
        if entry.whole or entry.link is None:
            return arrival_of(entry, where, outlet, self.fetched)
        try:
            return self._had(entry, entry.link, where, outlet)
        except _LASTING as error:
            if not entry.text:
                raise
            arrival = arrival_of(entry, where, outlet, self.fetched)
            note = f"its page cannot be had ({error.reason}): what the feed gives of it is kept"
            return dataclasses.replace(arrival, notes=(*arrival.notes, note))

    def _had(self, entry: Entry, link: str, where: str, outlet: str | None) -> Arrival:
        answer = self.web.get_page(link)
        if answer.status in _NO_PAGE:
            raise UnreadableReport(where, f"there is no page: it was answered with {answer.answer}")
        _need_ok(answer, link)
        arrival = _page(answer, where, outlet, self.web.budget)
        # The address that the feed gives is what the entry goes by, wherever its page is today.
        report = dataclasses.replace(
            arrival.report,
            url=link,
            title=arrival.report.title or entry.title,
            author=arrival.report.author or entry.author,
            agency=arrival.report.agency or entry.agency,
            published=arrival.report.published or entry.published,
        )
        return dataclasses.replace(arrival, report=report, notes=arrival.notes + entry.notes)

    def _first_dated(self, entry: Entry, arrival: Arrival) -> Arrival:
        """An edit tells when the entry was changed, not when it was published: that stays as it was."""
        if not entry.dated_by_change or entry.id not in self.known or arrival.report.published != entry.published:
            return arrival
        with self.record.reading() as connection:
            first = first_published(connection, self.source, entry.id)
        report = dataclasses.replace(arrival.report, published=first or entry.published)
        return dataclasses.replace(arrival, report=report)

    def _led(self, entry: Entry, arrival: Arrival) -> None:
        """An entry that was edited is a version of its report, whatever its address and its words are now."""
        if entry.id in self.known:
            identity = identities(arrival.report, arrival.given_id, arrival.known_as)[0]
            with self.record.writing() as connection:
                lead_to_report(connection, self.source, entry.id, identity)

    def _done(self, entry: Entry, report: str | None = None) -> None:
        with self.record.writing() as connection:
            note_entry(connection, self.source, entry.id, entry.digest, report)

    def told(self, outcome: Outcome) -> None:
        if isinstance(outcome, Kept):
            entry = self.waiting.pop(outcome.arrival.where, None)
            if entry is not None:
                self._done(entry, outcome.key)
        else:
            self.failed += 1
            self.again += self.waiting.pop(outcome.where, None) is not None
        self.tell(outcome)


def _gathered(items: Iterator[Arrival | CommuniqueError]) -> Iterator[list[Arrival | CommuniqueError]]:
    """What was fetched in lots, so that one who waits for a server keeps nobody from reading."""
    some: list[Arrival | CommuniqueError] = []
    begun = time.monotonic()
    for item in items:
        some.append(item)
        if len(some) >= _AT_ONCE or time.monotonic() - begun > _SECONDS_AT_ONCE:
            yield some
            some, begun = [], time.monotonic()
    if some:
        yield some


def _shared(entries: Iterable[Entry]) -> frozenset[str]:
    """Addresses, but for their fragments, that entries of several titles have in common."""
    titles: dict[str, set[str | None]] = {}
    for entry in entries:
        address = canonical_url(entry.link) if entry.link else None
        if address:
            titles.setdefault(address, set()).add(entry.title)
    return frozenset(address for address, several in titles.items() if len(several) > 1)


def _page(answer: Fetched, where: str, outlet: str | None, budget: PageBudget) -> Arrival:
    had = {"url": answer.url, "charset": answer.charset, "fetched": answer.fetched}
    page = read_page(answer.data, where, **had, budget=budget)
    report = dataclasses.replace(page.report, outlet=outlet or page.report.outlet)
    return dataclasses.replace(page, report=report, notes=answer.notes + page.notes)


def _need_ok(answer: Fetched, url: str) -> None:
    if not answer.ok:
        raise FetchFailed(shown(url), f"it was answered with {answer.answer}")


def _note(record: Record, source: SourceState, **changes: object) -> None:
    with record.writing() as connection:
        note_source(connection, source, **changes)
