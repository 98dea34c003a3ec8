"""A page in a feed's place tells which feeds it names."""

from __future__ import annotations

import pytest

from communique.errors import NotAFeed
from communique.ingest.feed_entries import parse_feed
from communique.ingest.feed_links import MOST, feeds_named

HOME = "https://fjord.example/home/"
LINK = '<link rel="alternate" type="application/rss+xml" title="Feed" href="{}">'


@pytest.mark.parametrize(
    ("head", "feeds"),
    [
        (LINK.format("/rss"), ("https://fjord.example/rss",)),
        (LINK.format("rss?a=1&amp;b=2"), ("https://fjord.example/home/rss?a=1&b=2",)),
        ("<LINK HREF=/atom TYPE='application/atom+xml' REL='home ALTERNATE'/>", ("https://fjord.example/atom",)),
        (LINK.format("/rss") * 2, ("https://fjord.example/rss",)),
        (LINK.format("javascript:alert(1)"), ()),
        ('<link rel="stylesheet" type="application/rss+xml" href="/rss">', ()),
        ('<link rel="alternate" hreflang="fr" href="/fr">', ()),
    ],
)
def test_the_feeds_that_a_page_names(head: str, feeds: tuple[str, ...]) -> None:
    assert feeds_named(f"<html><head>{head}</head></html>", HOME) == feeds


def test_few_of_many_are_told() -> None:
    assert len(feeds_named("".join(LINK.format(f"/{n}") for n in range(50)), HOME)) == MOST


def test_they_are_in_the_reason_why_a_page_is_no_feed() -> None:
    page = f"<!doctype html><html><head>{LINK.format('/rss')}</head><body><p>News</p></body></html>"
    with pytest.raises(NotAFeed, match=r"the page names a feed: https://fjord\.example/rss$"):
        parse_feed(page.encode(), "here", url=HOME)
