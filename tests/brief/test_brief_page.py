"""The brief is one page that stands alone, shows everything with its evidence, and does nothing that a report says."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest

from brief_samples import TEXT, sample
from communique.brief.actor_names import body_name
from communique.brief.page import render
from communique.brief.readings_view import build, clean, safe_url
from communique.model import ConditionKind, Reading, Report, Span

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</title></style>'


class Elements(HTMLParser):
    """Collects tags with attributes, and the text outside script and style."""

    def __init__(self, page: str) -> None:
        """Parse ``page`` at once."""
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in self.raw:
            self.raw[self._in].append(data)
        else:
            self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags for key, value in attrs.items() if key == name and value is not None]

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module")
def page() -> str:
    return render([sample()], "The Lower Delta, May 2023")


def test_the_page_shows_statements_conditions_actors_and_issues(page: str) -> None:
    text = " ".join(Elements(page).text.split())
    for words in (
        "The Lower Delta, May 2023",
        "3 statements",
        "Ilse Maren person",
        "President via Kestrel",
        "Belmora state BEL",
        "only if",
        "Who must act: Belmora",
        "on the grounds of “the 1921 treaty”",
        "condition C1.1",
        "answers 1.2",
        "Kestrel 2023-05-04",
        "90%",
    ):
        assert words in text


def test_every_link_within_the_page_has_its_target_and_every_id_is_unique(page: str) -> None:
    found = Elements(page)
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in found.values("href") if href.startswith("#")} <= set(ids)
    assert {ref for value in found.values("aria-labelledby") for ref in value.split()} <= set(ids)


def test_evidence_marks_source_cue_and_content_with_words_and_not_by_colour_alone(page: str) -> None:
    marks = [(attrs.get("class"), attrs.get("data-l")) for tag, attrs in Elements(page).tags if tag == "mark"]
    assert ("source", "source") in marks
    assert ("cue", "cue") in marks
    assert ("condition", "condition") in marks
    assert ("content source", "source") not in marks, "a statement's evidence shows its own marks only"


def test_the_full_text_stands_once_with_nested_marks(page: str) -> None:
    article = page[page.index('<article id="r1"') :]
    plain = Elements(re.sub(r'<a class="pin".*?</a>', "", article)).text
    for paragraph in TEXT.split("\n\n"):
        assert plain.count(paragraph) == 1
    assert re.search(r'<mark class="content source" data-s="2 1">President Ilse Maren</mark>', article)


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_else(page: str) -> None:
    found = Elements(page)
    policy = next(a["content"] for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (content,) = found.raw[kind]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not found.values("style")
    assert not [name for _, attrs in found.tags for name in attrs if name.startswith("on")]


def test_the_page_has_no_outside_parts(page: str) -> None:
    found = Elements(page)
    assert not found.values("src")
    assert [a["href"] for t, a in found.tags if t == "link"] == ["data:,"]
    outside = [
        (a["href"], a.get("rel")) for t, a in found.tags if t == "a" and not (a.get("href") or "#").startswith("#")
    ]
    assert outside == [("https://news.example/arvenia?a=1&b=2", "noopener noreferrer")]


def test_hostile_words_stay_words() -> None:
    reading = sample(title=HOSTILE, outlet=HOSTILE, published=HOSTILE, url="javascript:alert(1)//" + HOSTILE)
    actors = tuple(dataclasses.replace(a, name=HOSTILE, role=HOSTILE, country=HOSTILE) for a in reading.actors)
    issues = tuple(dataclasses.replace(i, name=HOSTILE, aliases=(HOSTILE,)) for i in reading.issues)
    text = HOSTILE + reading.report.text[len(HOSTILE) :]
    reading = dataclasses.replace(
        reading, actors=actors, issues=issues, report=dataclasses.replace(reading.report, text=text), reader=HOSTILE
    )
    found = Elements(render([reading], HOSTILE))
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in found.tags]
    assert not [href for href in found.values("href") if "alert" in href]
    assert "{{ 7*7 }}" in found.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "http:///x",
        "http://[::1",
        "https://a b.example/",
        "https:\\\\example.org",
        "ht\ntp://example.org/\n<script>",
        "",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(address: str | None) -> None:
    assert safe_url(address) == ""


def test_what_html_cannot_hold_is_replaced() -> None:
    assert clean("a\ud800b\x00c\x1bd\ufffee\tf\n") == "a\ufffdb\ufffdc\ufffdd\ufffde\tf\n"
    text = "He said \ud83d yes.\x00"
    reading = sample()
    cut = dataclasses.replace(reading.statements[0], source=(Span(0, 2),), cue=(Span(3, 7),), content=(Span(8, 900),))
    reading = dataclasses.replace(reading, report=Report(id="\udfff", text=text, title="\ud800"), statements=(cut,))
    assert render([reading], "\udc00").encode()


def test_the_same_readings_give_the_same_bytes() -> None:
    assert render([sample(), sample(title="Again")], "T") == render([sample(), sample(title="Again")], "T")


def test_no_readings_and_empty_readings_make_a_page() -> None:
    assert "No statement was found" in render([], "")
    empty = Reading(report=Report(id="", text=""))
    assert "Untitled report" in render([empty], "Nothing")
    assert "No issue was found" in render([empty], "Nothing")


def test_ids_that_nobody_has_are_shown_as_unknown() -> None:
    reading = sample()
    lost = dataclasses.replace(reading.statements[1], speaker="who?", about=("?",), conditions=("?",), responds_to="?")
    assert "Speaker not known" in render([dataclasses.replace(reading, statements=(lost,), actors=())], "T")


def test_the_page_grows_with_the_text_and_not_with_its_square() -> None:
    def size(times: int) -> int:
        reading = sample()
        nested = tuple(
            dataclasses.replace(reading.statements[0], id=str(n), content=(Span(n, 20_000 - n),)) for n in range(times)
        )
        report = dataclasses.replace(reading.report, text="word " * 4_000)
        return len(render([dataclasses.replace(reading, report=report, statements=nested)], "T"))

    small, middle, large = size(100), size(200), size(400)
    assert (large - middle) < 2.2 * (middle - small)


def test_an_issue_of_two_reports_is_one_card_with_the_claims_of_both() -> None:
    found = Elements(render([sample(), sample(outlet="Heron")], "T"))
    assert [value for value in found.values("id") if value.startswith("i") and value != "issues"] == ["i1"]
    text = " ".join(found.text.split())
    assert "6 statements about it · in 2 reports · named as the Lower Delta ×2" in text
    assert text.count("on the grounds of “the 1921 treaty”") == 2


def test_an_actor_of_two_reports_is_one_line_with_all_mentions() -> None:
    text = " ".join(Elements(render([sample(), sample()], "T")).text.split())
    line = text[text.index("Named as") :]
    assert line.count("President Ilse Maren ×2") == 1


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Foreign Ministry", "RUS", "Russian Foreign Ministry"),
        ("Russian Foreign Ministry", "RUS", "Russian Foreign Ministry"),
        ("Japan's foreign ministry", "JPN", "Japanese Foreign Ministry"),
        ("cabinet", "JPN", "Japanese cabinet"),
        ("Diet", "JPN", "Diet"),
        ("Foreign Ministry", "", "Foreign Ministry"),
        ("Delta Council", "BEL?", "Delta Council"),
    ],
)
def test_a_body_is_named_with_its_state_so_that_it_has_one_line(name: str, country: str, shown: str) -> None:
    assert body_name(name, country) == shown


def test_conditions_stand_by_the_holders_country_the_firmest_first_and_those_of_nobody_last() -> None:
    reading = sample()
    (firm,) = reading.conditions
    loose = dataclasses.replace(firm, id="x#c2", kind=ConditionKind.SUFFICIENT)
    nobody = dataclasses.replace(firm, id="x#c3", holder=None)
    rows = build([dataclasses.replace(reading, conditions=(nobody, loose, firm))], "T").conditions
    assert [row.label for row in rows] == ["1.3", "1.2", "1.1"]


def test_what_one_report_names_in_one_statement_at_most_is_kept_apart_from_the_issues() -> None:
    reading = sample()
    (issue,) = reading.issues
    passing = dataclasses.replace(issue, id="ferry", name="the ferry", claims=())
    page = build([dataclasses.replace(reading, issues=(issue, passing))], "T")
    assert [row.name for row in page.issues] == ["Lower Delta"]
    assert [row.name for row in page.minor] == ["the ferry"]


def test_a_claim_without_grounds_is_left_out_where_its_claimant_gives_some_elsewhere() -> None:
    reading = sample()
    (issue,) = reading.issues
    bare = dataclasses.replace(issue, claims=tuple(dataclasses.replace(c, grounds=()) for c in issue.claims))
    page = build([dataclasses.replace(reading, issues=(bare,)), reading], "T")
    once = build([reading], "T").issues[0].claims
    assert [(c.actor, c.grounds) for c in page.issues[0].claims] == [(c.actor, c.grounds) for c in once]
