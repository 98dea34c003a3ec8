"""Of a WACZ archive each WARC is read, within bounds; what is wrong with one is its own fault."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather

WORDS = "Moscow said on Friday that the talks with Tokyo would resume only if Japan changed its course"
GOOD = "archive/good.warc.gz"


def warc(*numbers: int, packed: bool = True, padding: int = 0) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for number in numbers:
        page = f"<html><title>Talks {number}</title><article><p>{WORDS} in round {number}.</p></article></html>"
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = page.encode() + b" " * padding
        address = f"https://wire.example/{number}"
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers
        )
        writer.write_record(record)
    return stream.getvalue()


def wacz(parts: dict[str, bytes], way: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def items(tmp_path: Path, data: bytes, name: str = "talks.wacz") -> list[Arrival | CommuniqueError]:
    (tmp_path / name).write_bytes(data)
    return list(gather([tmp_path / name]))


def told(found: list[Arrival | CommuniqueError]) -> list[str]:
    return [item.report.title or "" if isinstance(item, Arrival) else item.reason for item in found]


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_each_warc_are_read(tmp_path: Path, way: int, packed: bool) -> None:
    suffix = ".warc.gz" if packed else ".warc"
    parts = {
        "datapackage.json": b"{}",
        f"archive/a{suffix}": warc(1, 2, packed=packed),
        "indexes/index.cdx.gz": b"no archive",
        f"archive/b{suffix}": warc(3, packed=packed),
    }
    found = items(tmp_path, wacz(parts, way))
    assert told(found) == ["Talks 1", "Talks 2", "Talks 3"]
    assert [item.where for item in found] == [
        f"{tmp_path}/talks.wacz/archive/{place}" for place in (f"a{suffix}:1", f"a{suffix}:2", f"b{suffix}:1")
    ]


def test_one_that_unpacks_to_more_than_it_may_is_stopped_and_the_next_is_read(tmp_path: Path) -> None:
    bomb = warc(*range(3, 8), packed=False, padding=3_000_000)  # deflated a thousandfold
    found = told(items(tmp_path, wacz({"archive/bomb.warc": bomb, GOOD: warc(1)}, zipfile.ZIP_DEFLATED)))
    assert found[-1] == "Talks 1"
    assert "it unpacks to over 100 times its size" in found[-2]
    assert len(found) < 7


def test_a_damaged_one_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    data = bytearray(wacz({"archive/bad.warc": warc(2, packed=False), GOOD: warc(1)}))
    at = data.index(b"Talks 2")
    data[at : at + 7] = b"Walks 2"
    found = told(items(tmp_path, bytes(data)))
    assert found[-1] == "Talks 1"
    assert any("CRC" in each for each in found)


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_one_packed_in_an_uncommon_way_is_refused(tmp_path: Path, way: int) -> None:
    (found,) = told(items(tmp_path, wacz({GOOD: warc(1)}, way)))
    assert "neither stored nor deflated" in found


def test_parts_that_overlap_are_refused(tmp_path: Path) -> None:
    data = bytearray(wacz({GOOD: warc(1), "archive/more.warc.gz": warc(2)}))
    listed = data.index(b"PK\x01\x02")
    data[listed + 20 : listed + 24] = len(data).to_bytes(4, "little")
    assert told(items(tmp_path, bytes(data))) == ["its parts overlap: no archive that anybody made to be read"]


def test_a_list_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    data = bytearray(wacz({GOOD: warc(1)}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (17_000_000).to_bytes(4, "little")
    assert told(items(tmp_path, bytes(data))) == ["its list has 17,000,000 bytes; at most 16,000,000 are read"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (wacz({"pages/pages.jsonl": b"{}"}), "there is no WARC in its folder 'archive'"),
        (wacz({"../archive/a.warc.gz": warc(1)}), "there is no WARC in its folder 'archive'"),
        (wacz({GOOD: warc(1)})[:200], "no zip file that can be read"),
    ],
)
def test_what_holds_no_warc_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    (found,) = told(items(tmp_path, data))
    assert found.startswith(reason)


def test_a_warc_that_goes_by_the_name_of_a_wacz_is_read(tmp_path: Path) -> None:
    assert told(items(tmp_path, warc(1))) == ["Talks 1"]
