"""WARC archives, as crawlers write them: each page is a report, streamed one at a time.

A page is what was answered with 200, or the text that a crawler took from one ("conversion", as in Common Crawl's WET).
"""

from __future__ import annotations

import dataclasses
import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO, cast

from communique.errors import NotText, ReportTooLong, UnreadableReport
from communique.identity import digest, report_id
from communique.ingest.arrivals import Arrival, Item, Source
from communique.ingest.decode import decode
from communique.ingest.enrichment import completed
from communique.ingest.gzip_stream import Gunzip, Joined, unpacked
from communique.ingest.html import MAX_BYTES, read_page
from communique.ingest.language import require_english
from communique.ingest.metadata import outlet_of
from communique.ingest.text import fitting
from communique.ingest.wacz import read_wacz
from communique.model import Report

MAX_HEADERS = 1_000_000
"""Bytes that the headers between two contents may have; real ones have some thousands."""

_MAGIC = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = "text/plain"
_OTHER_TYPES = ("conversion", "metadata", "request", "resource", "warcinfo")
_KEPT_DIGESTS = 200_000
_NEXT = re.compile(rb"(\r?\n)WARC/\d\.\d\r?\nWARC-[A-Za-z-]+:")

_log = logging.getLogger(__name__)


class _TooMuch(Exception):
    pass


class _ArchiveBytes(io.BufferedIOBase):
    """What warcio reads from: the unpacked archive, whose header lines cannot grow without bound."""

    decompressor = None  # it is unpacked already

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.headers = 0
        self.lost = 0
        self._again = io.BytesIO()

    def give_back(self, data: bytes) -> None:
        """Have these bytes read again, before what follows them."""
        self._again = io.BytesIO(data + self._again.read())

    def read(self, size: int | None = -1) -> bytes:
        most = -1 if size is None else size
        again = self._again.read(most)
        return again + self._stream.read(most if most < 0 else most - len(again)) if len(again) != most else again

    def readline(self, size: int | None = -1) -> bytes:
        most = MAX_HEADERS if size is None or size < 0 else min(size, MAX_HEADERS)
        found = self._again.readline(most)
        if not found.endswith(b"\n") and len(found) < most:
            found += self._stream.readline(most - len(found))
        self.headers += len(found)
        if self.headers >= MAX_HEADERS:
            raise _TooMuch
        return found

    def told(self, place: str) -> Iterator[UnreadableReport]:
        """Say how much was passed over that belongs to no record."""
        if self.lost:
            yield UnreadableReport(place, f"{self.lost:,} bytes before it are no WARC record")
            self.lost = 0

    def tell(self) -> int:
        return 0

    def rem_length(self) -> int:
        return 0

    def close_decompressor(self) -> None:
        """Nothing is to be closed."""


def read_warc(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield the report of each HTML or text page that was answered with 200, or what is wrong with it.

    Each is named ``where:n``, n being the record's place in the archive. Other records are passed over, and their
    number is logged. An archive that is cut off or damaged is read up to there, and an error says so.
    """
    opened, packed = _opened(stream)
    passed: Counter[str] = Counter()
    reports = 0
    for item in _items(_ArchiveBytes(opened), where, passed):
        reports += 1
        yield item
    if packed is not None and packed.damage:
        yield UnreadableReport(where, f"{packed.damage}: what came before was read")
    yield from _summary(where, reports, passed)


def _items(lines: _ArchiveBytes, where: str, passed: Counter[str]) -> Iterator[Item]:
    seen: set[str] = set()
    records = _records(lines)
    for number in count(1):
        place = f"{where}:{number}"
        lines.headers = 0
        why, record = "it has no Content-Length", None
        try:
            record = next(records, None)
        except _TooMuch:
            yield UnreadableReport(place, f"its headers are over {MAX_HEADERS:,} bytes; the rest cannot be read")
            return
        # The archive has lost its framing, or warcio does not know such a record: it raises its own and built-in
        # errors of many kinds.
        except Exception as error:
            why = f"no WARC record ({_words(error)})"
        else:
            yield from lines.told(place)
            if record is None:
                return
        if record is None or record.length is None:
            following = _records_behind(lines)
            if following is None:
                yield UnreadableReport(place, f"{why}, and nothing behind it can be read")
                return
            yield UnreadableReport(place, f"{why}; the next is read")
            records = following
            continue
        try:
            item = _item(record, place, passed, seen, lines)
        except UnreadableReport as error:
            yield error
        else:
            if item is not None:
                yield item


def _opened(stream: BinaryIO) -> tuple[BinaryIO, Gunzip | None]:
    start = stream.read(2)
    if start != _MAGIC:
        return io.BufferedReader(Joined(start, stream)), None
    packed = Gunzip(stream, start)
    return io.BufferedReader(packed, 1 << 16), packed


def _records(lines: _ArchiveBytes, first: bytes | None = None) -> Iterator[Any]:
    """The records from here on, the first line of the first one being read already where it is given."""
    from warcio.archiveiterator import WARCIterator  # type: ignore[import-untyped]

    class Records(WARCIterator):  # type: ignore[misc]  # warcio has no types
        def _consume_blanklines(self) -> tuple[bytes | None, int]:
            """Go to the next record's first line, past what a wrong length left in between."""
            return _next_first_line(lines)

    iterator = Records(lines)
    iterator.reader = lines
    iterator.next_line = first
    return iter(iterator)


def _records_behind(lines: _ArchiveBytes) -> Iterator[Any] | None:
    """The records that follow one that cannot be told from what is behind it, None where there is none."""
    try:
        first, _ = _next_first_line(lines)
    except _TooMuch:
        first = None
    # What was passed over is of the one that is named.
    lines.lost = 0
    return None if first is None else _records(lines, first)


def _next_first_line(lines: _ArchiveBytes) -> tuple[bytes | None, int]:
    """Read on to the next record's first line; return it, None at the end, and how many bytes came before."""
    size = 0
    while line := lines.readline():
        if line.startswith(b"WARC/"):
            return line, size
        if line.strip():
            lines.headers = 0
            lines.lost += len(line)
        size += len(line)
    return None, size


def _summary(where: str, reports: int, passed: Counter[str]) -> Iterator[UnreadableReport]:
    told = ", ".join(f"{number:,} {why}" for why, number in passed.most_common())
    if not reports:
        yield UnreadableReport(where, f"there is no page in it{f' ({told})' if told else ''}")
    elif told:
        _log.warning("%s: records passed over: %s", where, told)


def _item(record: Any, place: str, passed: Counter[str], seen: set[str], lines: _ArchiveBytes) -> Arrival | None:
    """Return the record's report, None where it is not meant to hold one. Raises UnreadableReport."""
    why = _beside(record)
    if why:
        passed[why] += 1
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    headers = record.http_headers or record.rec_headers
    kind, _, parameters = (headers.get_header("Content-Type") or "").lower().partition(";")
    try:
        data = _body(record, place, lines)
    except UnreadableReport as error:
        raise _with_address(error, url) from error
    key = digest(url, data)
    if key in seen:
        passed["the same page again"] += 1
        return None
    if len(seen) < _KEPT_DIGESTS:
        seen.add(key)
    notes = _cut(record, data)
    charset = next(
        (p.split("=", 1)[1].strip(" \"'") for p in parameters.split(";") if p.strip().startswith("charset=")), None
    )
    fetched = record.rec_headers.get_header("WARC-Date")
    try:
        if kind.strip() == _PLAIN:
            arrival = _plain(data, place, url, charset, fetched)
        else:
            arrival = read_page(data, place, url=url, charset=charset, fetched=fetched)
        return dataclasses.replace(arrival, notes=notes + arrival.notes)
    except UnreadableReport as error:
        raise _with_address(error, url) from error


def _cut(record: Any, data: bytes) -> tuple[str, ...]:
    """Notes on what of the page is not in the archive, by what the record says, or the answer that it holds."""
    reason = record.rec_headers.get_header("WARC-Truncated")
    if reason is not None:
        return (f"the archive cut the page off (WARC-Truncated: {' '.join(reason.split())[:40]})",)
    if record.rec_headers.get_header("WARC-Segment-Number"):
        return ("the archive holds the page in several segments; the first alone is read",)
    if record.http_headers is None:
        return ()
    said = (record.http_headers.get_header("Content-Length") or "").strip()
    encoded = record.http_headers.get_header("Content-Encoding") or record.http_headers.get_header("Transfer-Encoding")
    if said.isdecimal() and len(said) < 12 and not encoded and len(data) < int(said):
        return (f"the page is cut off: {int(said) - len(data):,} of its {int(said):,} bytes are missing",)
    return ()


def _with_address(error: UnreadableReport, url: str) -> UnreadableReport:
    return type(error)(error.where, f"{error.reason} ({url[:300]})")


def _beside(record: Any) -> str | None:
    """Return what the record is if it is no page: counted by it."""
    if record.rec_type == "revisit":
        return "revisits of a page held elsewhere"
    if (record.rec_headers.get_header("WARC-Segment-Number") or "1").strip() != "1":
        return "later segments of a page in several"
    if record.rec_type == "conversion" and (record.rec_headers.get_header("Content-Type") or "").startswith(_PLAIN):
        return None
    if record.rec_type != "response":
        return f"{record.rec_type if record.rec_type in _OTHER_TYPES else 'other'} records"
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.http_headers is None or not url.startswith(("http://", "https://")):
        return "responses that are not of the web"
    if record.http_headers.get_statuscode() != "200":
        return "not answered with 200"
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in (*_HTML, _PLAIN):
        return "neither HTML nor text"
    return None


def _body(record: Any, where: str, lines: _ArchiveBytes) -> bytes:
    """The page's bytes, without chunks and compression. Raises ReportTooLong and UnreadableReport."""
    from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]

    stream = record.raw_stream
    data: bytes = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReportTooLong(where, f"too long: a body over {MAX_BYTES:,} bytes")
    missing = getattr(stream, "limit", 0)
    following = _following(record, data)
    if following is not None:
        lines.give_back(data[following:])
        stream.limit = 0  # else what is read again would be passed over as the rest of this one
        data = data[:following]
    elif missing > 0:
        raise UnreadableReport(where, f"cut off: {missing:,} bytes of it are missing")
    if record.http_headers is None:
        return data
    if (record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = ChunkedDataReader(io.BytesIO(data)).read()
    encoding = record.http_headers.get_header("Content-Encoding") or ""
    made = unpacked(data, encoding, MAX_BYTES)
    if made is None:
        if not data.lstrip().startswith(b"<"):
            raise NotText(where, f"its body is packed in a way that is not read here: {encoding[:40]!r}")
        made = data  # unpacked by the crawler, which kept the header
    if len(made) > MAX_BYTES:
        raise ReportTooLong(where, f"too long: over {MAX_BYTES:,} bytes when unpacked")
    return made


def _following(record: Any, data: bytes) -> int | None:
    """Where the next record begins in what a record with too great a length took for its own."""
    said = (record.http_headers.get_header("Content-Length") or "").strip() if record.http_headers else ""
    whole = int(said) if said.isdecimal() and len(said) < 12 else 0
    found = _NEXT.search(data, min(whole, len(data)))
    return found.end(1) if found else None


def _plain(data: bytes, place: str, url: str, charset: str | None, fetched: str | None) -> Arrival:
    text, notes = decode(data, place, charset)
    require_english(fitting(text, place), place)
    report = Report(id=report_id(text), text=text, url=url, outlet=outlet_of(url))
    return Arrival(completed(report), place, notes, fetched=fetched)


def _words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def read_archive(stream: BinaryIO, where: str) -> Iterator[Item]:
    """Yield what `read_warc` does, of a WARC or of each one in a WACZ archive, which its first bytes tell."""
    start = stream.read(len(_ZIP))
    if start == _ZIP and stream.seekable():
        yield from read_wacz(stream, where, read_warc)
    elif start == _ZIP:
        yield UnreadableReport(where, "a WACZ archive is read from a file alone, since its list stands at its end")
    else:
        yield from read_warc(cast(BinaryIO, io.BufferedReader(Joined(start, stream))), where)


source = Source("warc", (".warc", ".warc.gz", ".wet", ".wet.gz", ".wacz"), read_archive)
