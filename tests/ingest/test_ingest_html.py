"""Of a page, its main text and what it says about itself come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Kremlin: no talks</title>
<meta property="og:site_name" content="The Wire"><meta property="article:published_time" content="2023-05-06T10:00:00Z">
<link rel="canonical" href="https://wire.example/talks"></head><body><nav>Home | World</nav><article>
<h1>Kremlin: no talks</h1><p>Moscow said on Friday that talks would resume only if Japan changed course &amp; paid.</p>
<p>Tokyo “rejected” the demand, a spokesman at the foreign ministry’s café said.</p></article></body></html>"""


def only(tmp_path: Path, data: bytes, name: str = "a.html") -> Arrival | CommuniqueError:
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = gather([path])
    return item


@pytest.mark.parametrize("name", ["a.html", "a.htm", "A.HTML"])
def test_a_page_brings_its_text_title_outlet_date_and_address(tmp_path: Path, name: str) -> None:
    item = only(tmp_path, PAGE.encode(), name)
    assert isinstance(item, Arrival)
    report = item.report
    assert "Japan changed course & paid.\n\nTokyo “rejected” the demand" in report.text
    assert "Home" not in report.text
    assert report.title == "Kremlin: no talks"
    assert report.outlet == "The Wire"
    assert report.published == "2023-05-06T10:00:00+00:00"
    assert report.url == "https://wire.example/talks"


@pytest.mark.parametrize("says", ["utf-8", "no-such-charset"])
def test_a_page_that_lies_about_its_encoding_is_read_all_the_same(tmp_path: Path, says: str) -> None:
    item = only(tmp_path, PAGE.replace("utf-8", says).encode("cp1252"))
    assert isinstance(item, Arrival)
    assert "Tokyo “rejected” the demand, a spokesman at the foreign ministry’s café said" in item.report.text
    assert "not UTF-8" in item.notes[0]


def test_utf8_is_believed_over_another_declaration(tmp_path: Path) -> None:
    item = only(tmp_path, PAGE.replace("utf-8", "iso-8859-1").encode())
    assert isinstance(item, Arrival)
    assert "ministry’s café" in item.report.text
    assert item.notes == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html><body></body></html>", "no text is to be found"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"<html><body>" + b"<div>" * 200_000 + b"The minister said no." + b"</div>" * 200_000, "nested 200,000 deep"),
        (b"<b>" * 200_000 + b"The minister said no.", "nested 200,000 deep"),
        (b"<p>" + b"x" * 8_000_000, "too long: 8,000,003 bytes"),
        ("<p>Министр заявил в понедельник, что переговоры возобновятся.</p>".encode() * 9, "not English"),
    ],
)
def test_what_holds_no_report_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    item = only(tmp_path, data)
    assert isinstance(item, CommuniqueError)
    assert reason in item.reason


def test_paragraphs_without_end_tags_are_not_nested(tmp_path: Path) -> None:
    body = "<p>The minister said on Monday that the talks would go on.<br>" * 1500
    assert isinstance(only(tmp_path, f"<html><body><article>{body}".encode()), Arrival)
