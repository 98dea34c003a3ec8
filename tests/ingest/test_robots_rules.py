"""What a robots.txt lets be fetched: rules for us before those for all, the longest one that fits."""

from __future__ import annotations

import pytest

from communique.ingest.robots import parse_robots

ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        (ALL + "Disallow: /", "/a", False),
        (ALL + "Disallow:", "/a", True),
        (ALL + "Disallow: /\nAllow: /news/", "/news/a", True),
        (ALL + "Allow: /news/\nDisallow: /news/old/", "/news/old/a", False),
        (ALL + "Disallow: /a\nAllow: /a", "/a", True),
        (ALL + "Disallow: /*.pdf$", "/x/a.pdf", False),
        (ALL + "Disallow: /*.pdf$", "/x/a.pdf?b", True),
        (ALL + "Disallow: /*/print", "/x/print/2", False),
        (ALL + "Disallow: /a$", "/ab", True),
        (ALL + "Disallow: /*aba$", "/aba", False),
        (ALL + "Disallow: /ab*ba$", "/aba", True),
        (ALL + "Disallow: /%7Ejoe", "/~joe/", False),
        (ALL + "Disallow: /café", "/caf%C3%A9", False),
        (ALL + "Disallow: /a?b=", "/a?b=1", False),
        (ALL + "Disallow: / # all of it", "/a", False),
        (ALL + "Disallow: /\n\nUser-agent: Communique\nDisallow: /x", "/a", True),
        (ALL + "Disallow: /x\n\nUser-agent: communique/2\nDisallow: /", "/a", False),
        ("User-agent: other\nUser-agent: communique\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: communique\nDisallow:\n\n" + ALL + "Disallow: /", "/a", True),
        ("\ufeffuser-AGENT : *\r\nDISALLOW : /a\r\n", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html><body>no such page: sorry</body></html>", "/a", True),
        (ALL + "Disallow: /", "/robots.txt", True),
    ],
)
def test_the_longest_rule_that_fits_decides(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text).allows(f"https://example.org{path}") is allowed


def test_a_pattern_of_many_wildcards_is_decided_at_once() -> None:
    assert parse_robots(ALL + "Disallow: /" + "*a" * 5_000 + "b").allows("https://example.org/" + "a" * 4_000)
