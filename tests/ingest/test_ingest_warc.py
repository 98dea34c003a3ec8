"""Of an archive of the web, each page that was answered with 200 is a report; what is damaged is named."""

from __future__ import annotations

import gzip
import io
import logging
import re
import tracemalloc
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather
from communique.ingest.html import MAX_BYTES
from communique.ingest.http_codings import zstd
from communique.ingest.warc import MAX_HEADERS, read_warc

WORDS = "Moscow said on Friday that the talks with Tokyo would resume only if Japan changed its course"
FETCHED = "2024-06-07T08:09:10Z"


def page(number: int = 1) -> bytes:
    return (
        f"<html><head><title>Talks {number}</title></head><body><article><h1>Talks {number}</h1>"
        f"<p>{WORDS} in round {number}.</p><p>A spokesman in Tokyo rejected it, and would not say more.</p></article>"
    ).encode()


class Archive:
    """An archive in the making; each method adds a record."""

    def __init__(self, packed: bool = True) -> None:
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)

    def add(
        self,
        body: bytes,
        url: str = "https://wire.example/talks",
        *,
        kind: str = "response",
        status: str = "200 OK",
        content: str = "text/html; charset=utf-8",
        **headers: str,
    ) -> Archive:
        named = [("Content-Type", content), *((name.replace("_", "-"), value) for name, value in headers.items())]
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, named, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": FETCHED},
        )
        self.writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self.stream.getvalue()


def items(tmp_path: Path, data: bytes, name: str = "crawl.warc.gz") -> list[Arrival | CommuniqueError]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(gather([path]))


def told(found: list[Arrival | CommuniqueError]) -> list[str]:
    """The title or first words of each report, or what is wrong, with the record's number."""
    return [
        (item.report.title or item.report.text[:20])
        if isinstance(item, Arrival)
        else f"{item.where.partition('.warc')[2]} {item.reason}"
        for item in found
    ]


@pytest.mark.parametrize(("packed", "name"), [(True, "crawl.warc.gz"), (False, "crawl.warc"), (True, "crawl.warc")])
def test_a_page_brings_its_address_and_when_it_was_had(tmp_path: Path, packed: bool, name: str) -> None:
    (item,) = items(tmp_path, Archive(packed).add(page()).data, name)
    assert isinstance(item, Arrival)
    assert WORDS in item.report.text
    assert (item.report.url, item.report.title) == ("https://wire.example/talks", "Talks 1")
    assert item.report.outlet == "wire.example"
    assert item.report.published is None
    assert item.fetched == FETCHED
    assert item.where == f"{tmp_path / name}:1"


def test_a_text_is_a_report_too(tmp_path: Path) -> None:
    text = f"TOKYO, June 7. /TASS/. {WORDS}.\r\n"
    (item,) = items(tmp_path, Archive().add(text.encode(), "https://tass.com/2024/06/07/1", content="text/plain").data)
    assert isinstance(item, Arrival)
    assert item.report.text == text
    assert (item.report.outlet, item.report.agency, item.report.published) == ("TASS", "TASS", "2024-06-07")


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    archive = Archive()
    archive.add(page(), kind="request", status="GET / HTTP/1.1")
    archive.add(page(), status="404 Not Found")
    archive.add(page(), status="301 Moved")
    archive.add(b"\x89PNG", content="image/png")
    archive.add(page(), kind="revisit")
    archive.add(page()).add(page())
    with caplog.at_level(logging.WARNING):
        assert told(items(tmp_path, archive.data)) == ["Talks 1"]
    (line,) = [record.message for record in caplog.records if "passed over" in record.message]
    for words in ("2 not answered with 200", "1 neither HTML nor text", "1 revisits", "1 the same page again"):
        assert words in line


def test_a_page_that_cannot_be_read_is_named_with_its_address(tmp_path: Path) -> None:
    archive = Archive().add(b"", "https://a.example/empty").add("<p>Министр заявил</p>".encode() * 9).add(page())
    empty, foreign, good = told(items(tmp_path, archive.data))
    assert empty == ".gz:1 empty (https://a.example/empty)"
    assert foreign.startswith(".gz:2 not English")
    assert good == "Talks 1"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page()), {"Content_Encoding": "gzip"}),
        (zlib.compress(page()), {"Content_Encoding": "deflate"}),
        (zlib.compress(page())[2:-4], {"Content_Encoding": "deflate"}),
        (page(), {"Content_Encoding": "gzip"}),  # as crawlers leave it
        (page(), {"Content_Encoding": "br"}),
        (page(), {"Content_Encoding": "zstd"}),
        (page(), {"Content_Encoding": "compress"}),
        (brotli.compress(page()), {"Content_Encoding": "br"}),
        (zstd.compress(page()), {"Content_Encoding": "zstd"}),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(page()), page()), {"Transfer_Encoding": "chunked"}),
        (page(), {"Transfer_Encoding": "chunked"}),
    ],
)
def test_a_body_is_had_however_it_was_sent(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    assert told(items(tmp_path, Archive().add(body, **headers).data)) == ["Talks 1"]


def test_a_packing_that_is_not_known_is_named(tmp_path: Path) -> None:
    (bad,) = told(items(tmp_path, Archive().add(b"\x1b\x03\x00\x11", Content_Encoding="br").data))
    assert "packed in a way that is not read here: 'br'" in bad


def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    archive = Archive().add(bomb, "https://a.example/bomb", Content_Encoding="gzip").add(page())
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive.data)
    tracemalloc.start()
    try:
        found = told(list(gather([path])))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found[0].startswith(f".gz:1 too long: over {MAX_BYTES:,} bytes when unpacked")
    assert found[1:] == ["Talks 1"]
    assert peak < 60_000_000


def test_a_page_beyond_the_limit_is_refused_and_the_next_read(tmp_path: Path) -> None:
    found = told(items(tmp_path, Archive().add(b"<p>" + b"x" * MAX_BYTES).add(page()).data))
    assert found[0].startswith(".gz:1 too long: a body over")
    assert found[1:] == ["Talks 1"]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_is_cut_off_is_read_up_to_there(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed).add(page(1), "https://a.example/1")
    whole = len(archive.data)
    archive.add(page(2), "https://a.example/2")
    data = archive.data[: (whole + len(archive.data)) // 2 + 100]
    found = told(items(tmp_path, data, "crawl.warc.gz" if packed else "crawl.warc"))
    assert found[0] == "Talks 1"
    assert "Talks 2" not in found
    assert len(found) >= 2
    assert any("cut off" in words for words in found[1:])


def test_every_cut_is_told(tmp_path: Path) -> None:
    data = Archive().add(page(1)).add(page(2)).data
    for end in range(20, len(data), 97):
        found = items(tmp_path, data[:end])
        assert any(isinstance(item, CommuniqueError) for item in found), end


def test_damage_in_the_middle_is_named_and_what_came_before_is_kept(tmp_path: Path) -> None:
    archive = Archive().add(page(1), "https://a.example/1")
    start = len(archive.data)
    archive.add(page(2), "https://a.example/2")
    data = bytearray(archive.data)
    data[start + 60 : start + 80] = bytes(20)
    found = told(items(tmp_path, bytes(data)))
    assert found[0] == "Talks 1"
    assert any("damaged" in words for words in found[1:])


def test_a_wrong_length_costs_its_own_record_only(tmp_path: Path) -> None:
    archive = Archive(packed=False).add(page(1), "https://a.example/1").add(page(2), "https://a.example/2")
    first, rest = archive.data.split(b"\r\n\r\nWARC/", 1) if b"\r\n\r\nWARC/" in archive.data else (b"", b"")
    length = len(page(1))
    assert rest
    broken = first.replace(
        b"Content-Length: %d" % (length + first.index(b"<html") - first.index(b"HTTP/1.1")), b"Content-Length: 90"
    )
    assert broken != first
    found = told(items(tmp_path, broken + b"\r\n\r\nWARC/" + rest, "crawl.warc"))
    assert found[-1] == "Talks 2"
    assert any("are no WARC record" in words for words in found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there is no page in it"),
        (b"plain words\n", "no WARC record"),
        (gzip.compress(b"plain words\n"), "no WARC record"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"x" * MAX_HEADERS, "its headers are over"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * MAX_HEADERS, "its headers are over"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            "no Content-Length",
        ),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n", "there is no page in it"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    found = items(tmp_path, data)
    assert all(isinstance(item, CommuniqueError) for item in found)
    assert reason in " ".join(told(found))


def test_nothing_is_said_on_stderr_that_an_archive_could_choose(capfd: pytest.CaptureFixture[str]) -> None:
    data = Archive(packed=False).add(page()).data.rstrip() + b"\x1b[31mred\r\n\r\nmore\r\n"
    list(read_warc(io.BytesIO(data), "crawl.warc"))
    assert "\x1b" not in capfd.readouterr().err


def test_an_endless_archive_is_read_as_it_comes() -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            self.records = getattr(self, "records", b"") or self.more()
            made, self.records = self.records[:size], self.records[size:]
            return made

        def more(self) -> bytes:
            self.number = getattr(self, "number", 0) + 1
            return Archive().add(page(self.number)).data

    found = read_warc(Endless(), "crawl.warc.gz")
    assert told([item for item, _ in zip(found, range(20), strict=False)]) == [f"Talks {n}" for n in range(1, 21)]


def record(body: bytes, name: str, *, length: int | None = None, kind: str = "response", extra: str = "") -> bytes:
    """A record as it lies in an archive; ``length`` is a wrong one where it is given."""
    held = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    if kind == "conversion":
        held = body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: {FETCHED}\r\n"
        f"WARC-Target-URI: https://wire.example/{name}\r\n{extra}"
        f"Content-Type: {'text/plain' if kind == 'conversion' else 'application/http; msgtype=response'}\r\n"
        f"Content-Length: {len(held) if length is None else length}\r\n\r\n"
    )
    return head.encode() + held + b"\r\n\r\n"


def read(*records: bytes) -> list[Arrival | CommuniqueError]:
    return list(read_warc(io.BytesIO(b"".join(records)), "a.warc"))


def test_a_record_whose_length_is_too_great_costs_the_next_one_nothing() -> None:
    one, two = read(record(page(1), "one", length=len(page(1)) + 900), record(page(2), "two"))
    assert isinstance(one, Arrival)
    assert isinstance(two, Arrival)
    assert [one.report.title, two.report.title] == ["Talks 1", "Talks 2"]
    assert "round 2" not in one.report.text


@pytest.mark.parametrize(
    ("length", "extra", "note"),
    [
        (250, "", "cut off"),
        (None, "WARC-Truncated: length\r\n", "WARC-Truncated: length"),
        (None, "WARC-Segment-Number: 1\r\n", "several segments"),
    ],
)
def test_a_page_that_is_not_whole_in_the_archive_says_so(length: int | None, extra: str, note: str) -> None:
    found = read(record(page(1), "one", length=length, extra=extra))[0]
    assert isinstance(found, Arrival)
    assert note in found.notes[0]


def test_a_whole_page_says_nothing() -> None:
    (found,) = read(record(page(1), "one"))
    assert isinstance(found, Arrival)
    assert found.notes == ()


def test_later_segments_are_no_pages() -> None:
    later = record(page(2), "two", kind="continuation", extra="WARC-Segment-Number: 2\r\n")
    assert len(read(record(page(1), "one", extra="WARC-Segment-Number: 1\r\n"), later)) == 1


def test_the_text_that_a_crawler_took_from_a_page_is_a_report() -> None:
    (found,) = read(record(f"{WORDS}. A spokesman in Tokyo said no.".encode(), "wet", kind="conversion"))
    assert isinstance(found, Arrival)
    assert (found.report.url, found.fetched) == ("https://wire.example/wet", FETCHED)


@pytest.mark.parametrize("name", ["CC-MAIN-20240612-20240613-00000.warc.wet.gz", "crawl.warc.wet", "a.wet.gz", "a.WET"])
def test_common_crawls_texts_are_read_by_the_names_that_they_have(tmp_path: Path, name: str) -> None:
    data = record(f"{WORDS}. A spokesman in Tokyo said no.".encode(), "wet", kind="conversion")
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    for given in (tmp_path / name, tmp_path):  # by name, and found in a folder
        (found,) = gather([str(given)])
        assert isinstance(found, Arrival)
        assert found.report.url == "https://wire.example/wet"


NO_ADDRESS = record(page(1), "one").replace(b"WARC-Target-URI", b"WARC-Other-URI")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (NO_ADDRESS, "no WARC record (AttributeError"),
        (record(page(1), "one").replace(b"WARC/1.0", b"WARC/9.9"), "no WARC record (ArchiveLoadFailed"),
        (re.sub(rb"Content-Length: \d+\r\n", b"", record(page(1), "one"), count=1), "it has no Content-Length"),
    ],
)
def test_a_record_that_cannot_be_taken_is_named_and_costs_those_behind_it_nothing(bad: bytes, why: str) -> None:
    error, two, three = read(bad, record(page(2), "two"), record(page(3), "three"))
    assert str(error).startswith(f"a.warc:1: {why}")
    assert str(error).endswith("; the next is read")
    assert isinstance(two, Arrival)
    assert isinstance(three, Arrival)
    assert [two.report.title, three.report.title] == ["Talks 2", "Talks 3"]
    (last,) = [each for each in read(bad) if "nothing behind it" in str(each)]
    assert str(last).startswith(f"a.warc:1: {why}")
