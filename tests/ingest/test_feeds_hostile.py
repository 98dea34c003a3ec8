"""Feeds that careless or hostile hands wrote: what can be had of them is, and the parser never meets broken XML."""

from __future__ import annotations

import io
from contextlib import suppress

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import NotAFeed
from communique.ingest.feed_entries import ParsedFeed, parse_feed
from communique.ingest.feed_xml import MAX_TAGS, Tidied, tidy

PIECES = (
    "<item> </item> <item/> <entry> </channel> <a:b> </a:b> <a:b|xmlns:a='u'/> <title> </title> <![CDATA[ ]]> <!-- --> "
    "<?x ?> <!DOCTYPE|x|[ &amp; &nbsp; &x; &#0; &#x1F600; & < > <1> </> <a|b=c|d> <p|a:b='c'> \x01 \uffff \" ' words ]"
)
MARKUP = st.lists(st.sampled_from(PIECES.replace("|", "\xa0").split(" ")), max_size=40).map(
    lambda pieces: "".join(pieces).replace("\xa0", " ")
)


def rss(items: str, before: str = "", after: str = "</channel></rss>") -> ParsedFeed:
    return parse_feed(f"{before}<rss version='2.0'><channel><title>Fjord Post</title>{items}{after}".encode(), "feed")


def titles(feed: ParsedFeed) -> list[str | None]:
    return [entry.title for entry in feed.entries]


def strictly(tidied: Tidied) -> list[object]:
    found = feedparser.parse(io.BytesIO(tidied.data), response_headers={"content-type": "application/xml"})
    assert not found["bozo"], found["bozo_exception"]
    return list(found["entries"])


@settings(max_examples=300, deadline=None)
@given(MARKUP, st.integers(0, 5))
def test_whatever_a_feed_holds_the_parser_is_given_sound_xml_with_few_entries(markup: str, most: int) -> None:
    with suppress(NotAFeed):
        assert len(strictly(tidy(f"<rss version='2.0'><channel>{markup}", "feed", most))) <= most


@settings(max_examples=150, deadline=None)
@given(MARKUP, MARKUP)
def test_what_is_around_the_feed_does_no_harm(before: str, after: str) -> None:
    with suppress(NotAFeed):
        strictly(tidy(f"{before}<feed xmlns='http://www.w3.org/2005/Atom'>{after}", "feed", 5))


def test_an_entity_bomb_is_named_and_the_rest_is_read() -> None:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom"><!-- ]> -->{declared}]>'
    feed = rss("<item><title>&e11;</title></item><item><title>Talks</title></item>", bomb)
    assert titles(feed) == ["&e11;", "Talks"]
    assert "entities of its own, which are not expanded: e0, e1, e2, e3, e4, ..." in feed.notes[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fish & boats", "Fish & boats"),
        ("Fish &amp; boats", "Fish & boats"),
        ("caf&eacute;", "café"),
        ("2 &LT; 3 &#x110000;&#2;", "2 < 3 \ufffd\ufffd"),
        ("what &this; is", "what &this; is"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("a\x0bb\x00c"[:3], "ab"),
        ("<![CDATA[Fish & <b>boats</b>]]>", "Fish & boats"),
    ],
)
def test_careless_words_are_read_as_they_are_meant(written: str, meant: str) -> None:
    assert titles(rss(f"<item><title>{written}</title></item>")) == [meant]


def test_a_prefix_that_nobody_declared_means_what_it_commonly_does() -> None:
    feed = rss("<item><title>T</title><content:encoded>The whole words.</content:encoded></item>")
    assert feed.entries[0].text == "The whole words."


def test_an_address_with_a_bare_ampersand_is_whole() -> None:
    entry = "<entry><id>1</id><link href='https://a.example/?a=1&b=2&amp;c=3&nbsp;'/></entry>"
    feed = parse_feed(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode(), "feed")
    assert feed.entries[0].link == "https://a.example/?a=1&b=2&c=3"


def test_markup_that_is_not_escaped_is_plain_text_too() -> None:
    words = "<div xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two &lt; 3.</p></div>"
    entry = f"<entry><id>1</id><content type='xhtml'>{words}</content></entry>"
    feed = parse_feed(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode(), "feed")
    assert feed.entries[0].text == "One.\n\nTwo < 3."


def test_entries_that_nobody_closed_are_told_apart() -> None:
    assert titles(rss("<item><title>A</title><item><title>B</title></item><item><title>C</title></item>")) == list(
        "ABC"
    )


def test_an_entry_that_is_cut_off_is_left_out_and_told() -> None:
    feed = rss("<item><title>A</title></item><item><title>B</title><description>Only ha", after="")
    assert (titles(feed), feed.cut_off) == (["A"], True)
    assert any("cut off" in note for note in feed.notes)
    assert not rss("<item><title>A</title></item>").cut_off


def test_tags_have_an_end() -> None:
    feed = rss(f"<item><title>A</title></item><item>{'<x/>' * MAX_TAGS}</item>")
    assert titles(feed) == ["A"]
    assert any(f"over {MAX_TAGS:,} tags" in note for note in feed.notes)


def test_elements_without_end_cost_little_and_lose_no_entry() -> None:
    feed = rss(f"<item><title>A</title><author>{'a' * 300_000}</author>{'<category>x</category>' * 10_000}</item>")
    assert titles(feed) == ["A"]


def test_each_entry_may_be_tried_alone() -> None:
    tidied = tidy("<rss><channel><item><title>A</title></item><item><title>B</title></item></channel></rss>", "feed", 9)
    assert [len(feedparser.parse(io.BytesIO(alone))["entries"]) for alone in tidied.apart()] == [1, 1]


def test_an_id_is_the_same_wherever_the_feed_is() -> None:
    data = b"<rss version='2.0'><channel><item><guid>talks/1</guid><title>T</title></item></channel></rss>"
    here, there = (parse_feed(data, "feed", url=f"https://{host}.example/rss").entries[0] for host in ("a", "b"))
    assert here.id == there.id == "talks/1"
