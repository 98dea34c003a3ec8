"""Feeds from bytes: what can be read is read, what cannot is named, whatever the bytes are."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import NotAFeed, UnreadableReport
from communique.ingest.feed_entries import MOST_ENTRIES, arrival_of, looks_like_feed, parse_feed
from communique.ingest.markup import plain_text

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
    assert (first.title, first.author, first.published) == ("Talks & boats", "Ana Ito", "2024-06-05T10:30:00+09:00")
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


def rss(*items: str) -> bytes:
    return (
        f"<rss version='2.0' {NAMESPACES}><channel><title>Harbour Post</title>{''.join(items)}</channel></rss>".encode()
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024/06/05", "2024-06-05"),
        ("2024.06.05", "2024-06-05"),
        ("2024年6月5日", "2024-06-05"),
        ("15-03-2024", "2024-03-15"),
        ("1717597800", "2024-06-05T14:30:00+00:00"),
        ("Wed, 05 Jun 2024 10:00 PM GMT", "2024-06-05T22:00:00+00:00"),
        ("Thu, 06 Jun 2024 02:00:00 JST", "2024-06-06T02:00:00+09:00"),
        ("Wed, 05 Jun 2024 23:30:00 UTC+0300", "2024-06-05T23:30:00+03:00"),
        ("Wed, 05 Jun 2024 23:30:00 Europe/Moscow", "2024-06-05T23:30:00+03:00"),
        ("Wed, 05 Jun 2024 23:30:00 IST", "2024-06-05T23:30:00"),
        ("2024-06-05T23:30:00", "2024-06-05T23:30:00"),
        ("Wed, 05 Jun 24 10:00:00 GMT", "2024-06-05T10:00:00+00:00"),
        ("Wed, 05 Jun 2024 23:30:00 America/New_York", "2024-06-05T23:30:00-04:00"),
        ("June 5, 2024, 11:30 p.m. ET", "2024-06-05T23:30:00-04:00"),
        ("June 5, 2024 at 9 p.m. PT", "2024-06-05T21:00:00-07:00"),
        ("Wed, 05 Jun 2024 23:30:00 AEST", "2024-06-05T23:30:00+10:00"),
        ("Tue, 16 Jan 2024 23:30:00 EST", "2024-01-16T23:30:00-05:00"),
        ("Wed, 05 Jun 2024 23:30:00 EST", "2024-06-05T23:30:00"),
        ("Jun 5, 2024 11:30 PM (GMT+8)", "2024-06-05T23:30:00+08:00"),
        ("2024-06-05T10:00:00+02:00[Europe/Paris]", "2024-06-05T10:00:00+02:00"),
        ("Mi, 05 Jun 2024 14:00:00 +0200", "2024-06-05T14:00:00+02:00"),
        ("Wednesday the 5th of June, 2024", "2024-06-05"),
        ("2024-Jun-05", "2024-06-05"),
        ("2024-W23-3", "2024-06-05"),
        ("2024-157", "2024-06-05"),
        ("1717597800.5", "2024-06-05T14:30:00+00:00"),
        ("2024年06月05日(水) 午後3時05分 JST", "2024-06-05T15:05:00+09:00"),
        ("2024. 6. 5. 오후 3:05", "2024-06-05T15:05:00"),
        ("２０２４年６月５日", "2024-06-05"),
    ],
)
def test_a_date_is_read_as_it_is_written_with_the_zone_that_it_gives(written: str, read: str) -> None:
    (entry,) = parse_feed(rss(f"<item><guid>1</guid><pubDate>{written}</pubDate></item>"), "feed", now=NOW).entries
    assert (entry.published, entry.notes) == (read, ())


@pytest.mark.parametrize(
    "written", ["2024-06", "2024", "05/06/2024", "5 июня 2024", "1403/03/16", "31 June 2024", "2024-366x"]
)
def test_a_date_that_tells_no_one_day_is_none_and_a_note_says_so(written: str) -> None:
    (entry,) = parse_feed(rss(f"<item><guid>1</guid><pubDate>{written}</pubDate></item>"), "feed", now=NOW).entries
    assert entry.published is None
    assert any("its date" in note for note in entry.notes)


def test_one_id_under_two_titles_is_two_entries_and_under_one_title_one() -> None:
    item = "<item><guid>same</guid><title>{}</title><description>{}</description></item>"
    several = rss(item.format("Fish", "New."), item.format("Gas", "Other."), item.format("Fish", "Old."))
    entries = parse_feed(several, "feed", now=NOW).entries
    assert [(entry.title, entry.text) for entry in entries] == [("Fish", "New."), ("Gas", "Other.")]
    assert len({entry.id for entry in entries}) == 2


def test_what_a_feed_gives_of_a_report_is_read_as_a_page_is() -> None:
    told = (
        "<blockquote>We will go.<footer>Ann Lee</footer></blockquote>"
        "<p>She would <del>never</del> sign<sup><a href='#n'>1</a></sup>, <q>if asked</q>.</p>"
    )
    (entry,) = parse_feed(rss(f"<item><guid>1</guid><description><![CDATA[{told}]]></description></item>"), "f").entries
    assert entry.text.split("\n\n") == ["“We will go.” — Ann Lee", "She would sign, “if asked”."]


def test_a_byte_order_mark_may_come_twice() -> None:
    assert parse_feed(b"\xef\xbb\xbf\xef\xbb\xbf \n" + rss("<item><guid>1</guid></item>"), "feed").entries


def test_all_authors_are_named_without_their_mail_addresses() -> None:
    (entry, shy) = parse_feed(
        rss(
            "<item><guid>1</guid><dc:creator>Hana Mori</dc:creator><dc:creator>By Ken Sato</dc:creator></item>",
            "<item><guid>2</guid><author>desk@harbour.example (Ana Ito)</author></item>",
        ),
        "feed",
        now=NOW,
    ).entries
    assert (entry.author, shy.author) == ("Hana Mori; Ken Sato", "Ana Ito")


def test_an_atom_entry_without_an_author_has_its_sources_or_else_the_feeds() -> None:
    source = "<source><title>Kyoto Wire</title><author><name>Ken Sato</name></author></source>"
    feed = parse_feed(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Desk</title><author><name>Hana Mori</name></author>"
        b"<entry><id>urn:1</id><title>One</title></entry>"
        + f"<entry><id>urn:2</id><title>Two</title>{source}</entry></feed>".encode(),
        "feed",
        now=NOW,
    )
    assert [(entry.author, entry.outlet) for entry in feed.entries] == [("Hana Mori", None), ("Ken Sato", "Kyoto Wire")]


def test_an_aggregators_entry_is_of_the_outlet_that_it_names() -> None:
    source = "<source url='https://kyoto.example/rss'>Kyoto Wire</source>"
    (entry,) = parse_feed(rss(f"<item><guid>1</guid>{source}</item>"), "feed", now=NOW).entries
    assert entry.outlet == "Kyoto Wire"


@pytest.mark.parametrize("guid", ["ep12", "tag:harbour.example,2024:5", "urn:x:1"])
def test_a_guid_that_is_no_address_is_none(guid: str) -> None:
    (entry,) = parse_feed(rss(f"<item><guid>{guid}</guid></item>"), "feed", url="https://h.example/", now=NOW).entries
    assert (entry.id, entry.link) == (guid, None)


@pytest.mark.parametrize("junk", ["<!-- made by a tool -->", "<br />\n<b>Warning</b>: mysql<br />\n", "\n\n<!-- x -->"])
def test_what_a_server_writes_before_a_feed_does_not_hide_it(junk: str) -> None:
    data = f"{junk}<?xml version='1.0' encoding='UTF-8'?>".encode() + rss("<item><guid>1</guid></item>")
    assert looks_like_feed(data, "text/html")
    assert [entry.id for entry in parse_feed(data, "feed", now=NOW).entries] == ["1"]


def test_a_page_that_shows_a_feed_is_a_page() -> None:
    assert not looks_like_feed(b"<!doctype html><html><body><pre><rss version='2.0'></pre></body></html>", "text/html")
