"""What a page says about itself is taken where it is clear, whatever its mark-up, and nothing is guessed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather
from communique.ingest.html import read_page
from communique.ingest.metadata import PageMetadata, outlet_of, page_metadata

PAGES = Path(__file__).parents[1] / "data" / "pages"
EXPECTED: dict[str, dict[str, str | None]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
FLOOR = 0.99
TEXT = (
    "<p>Moscow said on Friday that talks would resume only if Japan changed its course.</p>"
    "<p>A spokesman in Tokyo rejected that, and would say no more about it to reporters.</p>"
)
NOW = datetime(2024, 6, 7, tzinfo=UTC)


def metadata(head: str, body: str = TEXT, url: str | None = None) -> PageMetadata:
    tree = trafilatura.load_html(f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    return page_metadata(tree, url, NOW)


def linked(node: Any) -> str:
    return f'<script type="application/ld+json">{node if isinstance(node, str) else json.dumps(node)}</script>'


def test_the_pages_are_of_many_kinds() -> None:
    assert len(EXPECTED) >= 25
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)


def test_the_accuracy_over_pages_of_many_kinds_does_not_fall() -> None:
    right, wrong = 0, []
    for name, expected in EXPECTED.items():
        data = (PAGES / f"{name}.html").read_bytes()
        arrival = read_page(data, f"{name}.html")
        for field, value in expected.items():
            got = getattr(arrival.report, field)
            right += got == value
            if got != value:
                wrong.append(f"{name}: {field} {got!r}, not {value!r}")
    assert right >= FLOOR * (right + len(wrong)), "\n".join(wrong)


@pytest.mark.parametrize(
    "script",
    [
        "{not json",
        "",
        "[" * 10_000 + "]" * 10_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        '"NewsArticle"',
        "null",
        "42",
        '{"@type": "NewsArticle", "x": "' + "y" * 1_000_001 + '"}',
    ],
)
def test_json_ld_that_cannot_be_read_costs_nothing_else(script: str) -> None:
    head = linked(script) + '<meta property="og:title" content="No talks">'
    page = f"<html><head>{head}</head><body><article>{TEXT}</article></body></html>"
    arrival = read_page(page.encode(), "a.html")
    assert arrival.report.title == "No talks"
    assert "would resume only if Japan changed" in arrival.report.text
    assert arrival.notes == ("its JSON-LD cannot be read: left out",)


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "NewsArticle", "headline": ["", 5, None], "author": 7, "publisher": [[]], "datePublished": {}},
        {"@type": ["NewsArticle", 3], "author": [[["x"]]], "datePublished": 20231004, "url": {"@id": 5}},
        {"@graph": [{"@type": {"a": "b"}}, None, 3, "x"]},
        {"@type": "NewsArticle", "author": {"@id": "#a"}, "@id": "#a"},
        [[[{"@type": "NewsArticle", "author": {"name": {"name": "x"}}}]]],
    ],
)
def test_json_ld_of_odd_types_is_left_out(node: Any) -> None:
    found = metadata(linked(node))
    assert (found.title, found.author, found.published, found.url) == (None, None, None, None)


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("1970-01-01T00:00:00Z", "1970 is what an empty clock shows"),
        ("0", "1970 is what an empty clock shows"),
        ("1969-12-31T19:00:00-05:00", "1970 is what"),
        ("2024-06-20", "it is in the future"),
        ("9999-12-31T23:59:59Z", "it is in the future"),
        ("0001-01-01", "no report is older than"),
        ("soon", "tells no one day"),
        ("2023-02-30", "tells no one day"),
    ],
)
def test_a_date_that_cannot_be_is_left_out_with_a_note(date: str, reason: str) -> None:
    found = metadata(f'<meta property="article:published_time" content="{date}">')
    assert found.published is None
    assert reason in " ".join(found.notes)


def test_words_from_a_page_stay_words() -> None:
    found = metadata(linked({"@type": "NewsArticle", "headline": "<b onclick=x>No</b> &lt;i&gt; talks\u202e\u0007"}))
    assert found.title == "<b onclick=x>No</b> <i> talks"
    long = metadata(f'<meta property="og:title" content="{"x" * 100_000}">')
    assert len(long.title or "") == 500


def test_html_has_no_entities_of_its_own_making(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "bomb">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    path = tmp_path / "a.xhtml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE html [{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<html><head><title>&a9;&f;</title></head><body><article>{TEXT}<p>&a9; &f;</p></article></body></html>"
    )
    (item,) = gather([path])
    assert isinstance(item, Arrival)
    assert len(item.report.text) < 1_000
    assert "root:" not in item.report.text + (item.report.title or "")


@pytest.mark.parametrize(
    ("canonical", "given", "address", "noted"),
    [
        ("https://a.example/talks#top", None, "https://a.example/talks", False),
        ("/talks", "https://www.a.example/x", "https://www.a.example/talks", False),
        ("https://a.example/talks", "https://m.a.example/x?utm=1", "https://a.example/talks", False),
        ("https://origin.example/talks", "https://a.example/x", "https://a.example/x", True),
        ("https://a.example/", "https://a.example/x", "https://a.example/x", False),
        ("javascript:alert(1)", None, None, False),
        ("https://user:secret@a.example/x", None, None, False),
        ("https://[a.example/x", None, None, False),
        ("//a.example:port/x", "https://a.example/x", "https://a.example/x", False),
        ("https://a.example/" + "x" * 3_000, None, None, False),
        ("", "file:///etc/passwd", None, False),
    ],
)
def test_the_address_is_the_page_s_own(canonical: str, given: str | None, address: str | None, noted: bool) -> None:
    found = metadata(f'<link rel="canonical" href="{canonical}">', url=given)
    assert found.url == address
    assert bool(found.notes) is noted


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://tass.com/world/1", "TASS"),
        ("https://edition.cnn.com/x", "CNN"),
        ("https://asia.nikkei.com/x", "Nikkei Asia"),
        ("https://nottass.com/x", None),
        ("https://tass.com.evil.example/x", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_the_lexicon_knows_outlets_by_their_domains(url: str | None, outlet: str | None) -> None:
    assert outlet_of(url) == outlet


def test_a_page_of_nothing_but_marks_is_read_in_no_time() -> None:
    inner = '<div class="byline date source" itemprop="author">By Hana Mori, October 4' * 400
    found = metadata("", inner + "</div>" * 400 + TEXT)
    assert found.published is None


@pytest.mark.parametrize("charset", ["idna", "punycode", "hex", "utf-7", "undefined", "x" * 40])
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><article>{TEXT}<p>“No,” he said.</p></article>'
    assert "“No,” he said." in read_page(page.encode("cp1252"), "a.html").report.text
    assert "“No,” he said." in read_page(page.encode("cp1252"), "a.html", charset="a\0b").report.text


def test_what_http_says_of_the_encoding_is_believed_where_it_is_no_utf_8() -> None:
    words = "<p>Les négociations, as the envoy’s note has it in the café of the mission, will be resumed.</p>"
    arrival = read_page(f"<article>{TEXT}{words}</article>".encode("mac_roman"), "a.html", charset="mac-roman")
    assert "négociations" in arrival.report.text


def test_an_empty_or_endless_page_is_refused() -> None:
    for data, reason in ((b" \n", "empty"), (b"<p>" * 3_000_000, "too long")):
        with pytest.raises(CommuniqueError, match=reason):
            read_page(data, "a.html")
