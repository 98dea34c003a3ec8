"""Feeds from bytes: what can be read is read, what cannot is named, whatever the bytes are."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import NotAFeed, UnreadableReport
from communique.ingest.feeds import MOST_ENTRIES, arrival_of, looks_like_feed, parse_feed, plain_text

NOW = datetime(2024, 6, 10, tzinfo=UTC)
LONG = " ".join(["The minister said talks could resume only if the other side moved its boats."] * 12)
NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" {NAMESPACES}>
<channel><title>Harbour Post</title><link>https://harbour.example/</link>
<item><guid isPermaLink="false">a-1</guid><link>/2024/06/05/talks?x=1</link><title>Talks &amp; boats</title>
<dc:creator>Ana Ito</dc:creator><pubDate>Wed, 05 Jun 2024 10:30:00 +0900</pubDate>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>{LONG}</p><script>alert(1)</script><p>End.</p>]]></content:encoded></item>
<item><title>No id</title><description>Only a teaser here.</description>
<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>
<item><guid>a-3</guid><link>javascript:alert(1)</link><title>Future</title>
<pubDate>Fri, 05 Jun 2099 10:30:00 GMT</pubDate></item>
</channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Volga News</title>
<entry><id>urn:1</id><title type="html">&lt;b&gt;Bold&lt;/b&gt; talk</title>
<link rel="alternate" href="https://volga.example/1"/>
<updated>2024-06-05T08:00:00Z</updated>
<content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>""".encode()


def test_rss_gives_its_entries_with_what_each_says_of_itself() -> None:
    feed = parse_feed(RSS, "feed", url="https://harbour.example/rss", now=NOW)
    assert feed.title == "Harbour Post"
    first = feed.entries[0]
    assert (first.id, first.link) == ("a-1", "https://harbour.example/2024/06/05/talks?x=1")
    assert (first.title, first.author, first.published) == ("Talks & boats", "Ana Ito", "2024-06-05T01:30:00+00:00")
    assert first.whole
    assert first.text == f"{LONG}\n\nEnd."


@pytest.mark.parametrize("content_type", [None, "text/html", "text/plain", "application/rss+xml"])
def test_a_sound_feed_is_not_called_damaged_whatever_type_it_is_sent_as(content_type: str | None) -> None:
    assert parse_feed(RSS, "feed", content_type=content_type, now=NOW).notes == ()


def test_dates_of_an_empty_clock_and_of_the_future_are_named_and_not_taken() -> None:
    feed = parse_feed(RSS, "feed", url="https://harbour.example/rss", now=NOW)
    assert [entry.published for entry in feed.entries[1:]] == [None, None]
    assert "1970" in feed.entries[1].notes[0]
    assert "future" in feed.entries[2].notes[0]


def test_an_entry_without_an_id_has_one_that_stays() -> None:
    first, second = (parse_feed(RSS, "feed", now=NOW).entries[1] for _ in range(2))
    assert first.id == second.id
    assert "no id" in first.notes[-1]


def test_an_address_that_is_not_of_the_web_is_none() -> None:
    assert parse_feed(RSS, "feed", now=NOW).entries[2].link is None


def test_atom_titles_and_contents_are_plain_text() -> None:
    (entry,) = parse_feed(ATOM, "feed", now=NOW).entries
    assert (entry.id, entry.link, entry.title) == ("urn:1", "https://volga.example/1", "Bold talk")
    assert entry.text == LONG


def test_json_feeds_are_read_too_and_what_is_no_item_is_left_out() -> None:
    items = [{"id": 7, "url": "https://a.example/7", "title": "T", "content_html": f"<p>{LONG}</p>"}, "x", None]
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}).encode()
    feed = parse_feed(data, "feed", content_type="application/feed+json", now=NOW)
    assert [entry.id for entry in feed.entries] == ["7"]
    assert "2 items" in feed.notes[0]


def test_an_edited_entry_has_another_digest_and_the_same_id() -> None:
    before, after = (parse_feed(each, "feed").entries[0] for each in (ATOM, ATOM.replace(b"boats", b"ships")))
    assert before.id == after.id
    assert before.digest != after.digest


def test_a_damaged_feed_is_read_as_far_as_it_goes() -> None:
    feed = parse_feed(RSS[: RSS.index(b"<item><guid>a-3")], "feed", now=NOW)
    assert feed.entries[0].id == "a-1"
    assert "damaged" in feed.notes[0]


def test_a_lying_encoding_loses_no_entry() -> None:
    text = RSS.decode().replace("boats", "b\u00f6ats").replace("UTF-8", "us-ascii")
    feed = parse_feed(text.encode("cp1252"), "feed", now=NOW)
    assert len(feed.entries) == 3


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>t</title>
<item><guid>1</guid><title>&g;</title><description>&x;</description></item></channel></rss>"""


def test_entities_neither_explode_nor_open_files() -> None:
    try:
        feed = parse_feed(BOMB, "feed", now=NOW)
    except NotAFeed:
        return
    for entry in feed.entries:
        assert len(entry.text) + len(entry.title or "") < 10_000
        assert "root:" not in entry.text


def test_entries_beyond_the_limit_are_counted_and_left() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(MOST_ENTRIES + 5))
    feed = parse_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "feed")
    assert len(feed.entries) == MOST_ENTRIES
    assert f"{MOST_ENTRIES + 5:,} entries" in feed.notes[-1]


@pytest.mark.parametrize("data", [b"", b"  ", b"<html><p>page</p></html>", b"\x89PNG\r\n", b"{}", b"{", b"plain words"])
def test_what_is_no_feed_is_named(data: bytes) -> None:
    with pytest.raises(NotAFeed, match="feed"):
        parse_feed(data, "feed")


@pytest.mark.parametrize(
    ("data", "kind", "feed"),
    [
        (RSS, "text/html", True),
        (ATOM, None, True),
        (b"<html>", "application/rss+xml", True),
        (b"<!doctype html><html>", "text/html", False),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "application/xhtml+xml", False),
        (b'{"version": "https://jsonfeed.org/version/1"}', "application/json", True),
        (b'{"a": 1}', "application/json", False),
    ],
)
def test_a_feed_is_told_from_a_page(data: bytes, kind: str | None, feed: bool) -> None:
    assert looks_like_feed(data, kind) is feed


def test_an_entry_without_text_and_address_is_no_report() -> None:
    empty = parse_feed(b"<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>", "feed").entries[0]
    with pytest.raises(UnreadableReport, match="no text"):
        arrival_of(empty, "feed#1", None, "2024-06-10T00:00:00Z")


MARKUP = st.text(st.sampled_from('<>&;"[]!rss channel item/CDATA{}:,'), max_size=120).map(str.encode)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | MARKUP)
def test_any_bytes_are_a_feed_or_named_as_none(data: bytes) -> None:
    for body in (data, b"<rss version='2.0'><channel><item>" + data):
        with suppress(NotAFeed):
            parse_feed(body, "feed", now=NOW)


@given(st.text(max_size=200))
def test_plain_text_has_no_empty_lines(content: str) -> None:
    assert all(line.strip() for line in plain_text(content).split("\n\n")) or not plain_text(content)
