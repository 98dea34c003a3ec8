"""JSON Lines bring a report a line; a bad line is named and the rest goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from communique.errors import CommuniqueError, ReportTooLong
from communique.ingest import Arrival, gather
from communique.ingest.arrivals import MAX_CHARACTERS

TEXT = "The minister said he would go."
GOOD = {"id": "after", "text": TEXT}


def items(tmp_path: Path, *lines: bytes | dict[str, Any]) -> list[Arrival | CommuniqueError]:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return list(gather([path]))


def test_a_line_brings_what_is_known_of_its_report(tmp_path: Path) -> None:
    known = {
        "title": "No talks",
        "url": "https://wire.example/1",
        "outlet": "The Wire",
        "published": "2024-01-02T10:00:00Z",
        "author": "Hana Mori",
        "agency": "Reuters",
        "speaker": "Ida Holm",
        "country": "MLT",
    }
    (item,) = items(tmp_path, {"id": "w1", "text": TEXT, "words": 6, **known})
    assert isinstance(item, Arrival)
    assert {name: getattr(item.report, name) for name in known} == known
    assert (item.report.id, item.report.text, item.where) == ("w1", TEXT, str(tmp_path / "wire.jsonl") + ":1")


@pytest.mark.parametrize(
    ("fields", "name"), [({"doc_id": "d7"}, "d7"), ({"id": 7}, "7"), ({"id": "a", "doc_id": "b"}, "a")]
)
def test_the_given_id_is_kept(tmp_path: Path, fields: dict[str, Any], name: str) -> None:
    (item,) = items(tmp_path, {"text": TEXT, **fields})
    assert isinstance(item, Arrival)
    assert item.report.id == name


def test_reports_without_an_id_are_told_apart(tmp_path: Path) -> None:
    first, second = items(tmp_path, {"text": TEXT}, {"text": TEXT})
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert second.report.id == f"{first.report.id}-2"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "not JSON"),
        (b'[{"text": "x"}]', "a list, not an object"),
        (b"null", "null, not an object"),
        ({"id": "x"}, "no 'text'"),
        ({"text": 5}, "'text' is a number"),
        ({"text": ["x"]}, "'text' is a list"),
        ({"text": ""}, "empty"),
        ({"text": "said \0 so"}, "NUL"),
        ({"id": ["x"], "text": TEXT}, "'id' is a list"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"x": ' + b"1" * 5000 + b"}", "not JSON"),
        ({"text": "Министр заявил, что переговоры возобновятся."}, "not English"),
        ({"text": "x" * (MAX_CHARACTERS + 1)}, "1,000,001 characters"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(tmp_path: Path, line: bytes | dict[str, Any], reason: str) -> None:
    bad, good = items(tmp_path, line, GOOD)
    assert isinstance(bad, CommuniqueError)
    assert bad.where.endswith("wire.jsonl:1")
    assert reason in bad.reason
    assert isinstance(good, Arrival)


def test_an_id_given_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    other = tmp_path / "z.jsonl"
    other.write_text(json.dumps(GOOD))
    first, second = items(tmp_path, GOOD, GOOD)
    third = list(gather([tmp_path / "wire.jsonl", other]))[2]
    assert isinstance(first, Arrival)
    assert isinstance(second, CommuniqueError)
    assert "that of line 1 already" in second.reason
    assert isinstance(third, CommuniqueError)
    assert "wire.jsonl:1 already" in third.reason


def test_a_huge_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as stream:
        stream.truncate(30_000_000)
        stream.seek(0, 2)
        stream.write(b"\n" + json.dumps(GOOD).encode())
    huge, good = gather([path])
    assert isinstance(huge, ReportTooLong)
    assert "30,000,001 bytes" in huge.reason
    assert isinstance(good, Arrival)


def test_a_lone_surrogate_is_kept_and_noted(tmp_path: Path) -> None:
    (item,) = items(tmp_path, rb'{"text": "The minister said \ud800 he would go."}')
    assert isinstance(item, Arrival)
    assert item.report.text == "The minister said \ud800 he would go."
    assert "1 lone surrogate" in item.notes[0]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2024-01-02", True),
        ("20240102", True),
        ("yesterday", False),
        (5, False),
        ("1970-01-01T00:00:00Z", False),
        ("2999-01-01", False),
    ],
)
def test_a_date_that_is_none_is_left_out_and_noted(tmp_path: Path, value: object, kept: bool) -> None:
    (item,) = items(tmp_path, {"text": TEXT, "published": value})
    assert isinstance(item, Arrival)
    assert item.report.published == (value if kept else None)
    assert bool(item.notes) is not kept


def test_blank_lines_and_a_byte_order_mark_do_not_count(tmp_path: Path) -> None:
    (item,) = items(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"", b"  ")
    assert isinstance(item, Arrival)
    assert item.where.endswith(":1")


@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_a_file_without_lines_is_refused(tmp_path: Path, data: bytes) -> None:
    (item,) = items(tmp_path, data)
    assert isinstance(item, CommuniqueError)
    assert item.reason.startswith("empty")


def test_utf16_is_refused_once(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "\n".join([json.dumps(GOOD)] * 3).encode("utf-16"))
    assert isinstance(item, CommuniqueError)
    assert "must be UTF-8" in item.reason
