"""What a reader of a page sees as words are the report's words, in its paragraphs; what the page hides is not read."""

from __future__ import annotations

import pytest

from communique.ingest.html import read_page
from communique.model import Report

BEFORE = "Negotiators from both sides met in the old town hall and talked until the evening about the fisheries accord."
AFTER = "The talks will go on next week, when the delegations meet again in the same place, the host country announced."
LINK = '<link rel="canonical" href="https://harbour.example/terms">'


def page(inner: str, head: str = "") -> Report:
    body = f"<article><h1>Talks resume</h1><p>{BEFORE}</p>{inner}<p>{AFTER}</p></article>"
    html = f"<html><head><title>Talks resume</title>{head}</head><body>{body}</body></html>"
    return read_page(html.encode(), "page.html").report


def inner(report: Report) -> list[str]:
    return report.text.split(f"{BEFORE}\n\n")[1].split(f"\n\n{AFTER}")[0].split("\n\n")


def test_words_in_inline_elements_are_read() -> None:
    said = (
        'Peskov said Japan <button>must lift</button> it by <time datetime="10:00">10 am</time>, <label>soon</label>.'
    )
    assert inner(page(f"<p>{said}</p>")) == ["Peskov said Japan must lift it by 10 am, soon."]


def test_a_time_in_a_sentence_is_not_the_reports_date() -> None:
    told = '<p>They spoke of the accord of <time datetime="2014-06-05">5 June 2014</time>.</p>'
    assert page(told).published is None
    dated = '<p>Published <time datetime="2014-06-05">5 June 2014</time> | Updated today</p>'
    assert page(dated).published == "2014-06-05"


def test_an_inline_quotation_has_its_marks_and_cuts_no_paragraph() -> None:
    said = "<p>Orlov called it <q>a trap</q> and said <q>“nobody will sign”</q> it, and <q>he said <q>no</q></q>.</p>"
    assert inner(page(said)) == ["Orlov called it “a trap” and said “nobody will sign” it, and “he said ‘no’”."]


def test_what_is_struck_out_hidden_or_a_note_is_not_read() -> None:
    said = (
        '<p>Tokyo said<sup><a href="#n1">1</a></sup> it would <del>never</del> <span hidden>(no)</span>sign the treaty '
        'of 2024<sup>3</sup> on 10 m<sup>2</sup><span style="display: none">!</span>.</p>'
    )
    assert inner(page(said)) == ["Tokyo said it would sign the treaty of 2024 on 10 m2."]


def test_a_line_that_leads_to_another_article_is_not_read() -> None:
    pointers = (
        "<p><strong>READ MORE: Sweden rejects deal, minister says</strong></p>"
        '<h3>Related: <a href="/x">Envoy denies it</a></h3><div>Don’t miss: The week in talks</div>'
    )
    said = "<p>More: that is what Tokyo wants from the talks, " + "and it says so each day, " * 12 + "he said.</p>"
    kept = inner(page(pointers + said + "<p>Read more newspapers, Ito said: they tell the truth.</p>"))
    assert [line[:20] for line in kept] == ["More: that is what T", "Read more newspapers"]


def test_a_block_quotation_keeps_its_speaker() -> None:
    quoted = "<blockquote><p>We will wait.</p><footer>— <cite>Yoko Ito</cite>, minister</footer></blockquote>"
    captioned = (
        "<figure><blockquote><p>We will sign.</p></blockquote><figcaption>Pavel Orlov, spokesman</figcaption></figure>"
    )
    led = "<p>The minister said:</p><blockquote><p>We will go.</p></blockquote>"
    assert inner(page(quoted + captioned + led)) == [
        "“We will wait.” — Yoko Ito, minister",
        "“We will sign.” — Pavel Orlov, spokesman",
        "The minister said: “We will go.”",
    ]


def test_a_block_quotation_is_signed_by_a_line_behind_a_dash() -> None:
    broken = "<blockquote>We will wait.<br>— Yoko Ito, minister</blockquote>"
    inside = "<blockquote><p>We will sign.</p><p>– Pavel Orlov, spokesman</p></blockquote>"
    behind = "<blockquote><p>We will go.</p></blockquote><p>― Ann Lee</p>"
    other = "<blockquote><p>We stay.</p></blockquote><p>— Then the talks broke off.</p>"
    led = "<div>The minister said:</div><blockquote><p>We will talk.</p></blockquote>"
    assert inner(page(broken + inside + behind + other + led)) == [
        "“We will wait.” — Yoko Ito, minister",
        "“We will sign.” — Pavel Orlov, spokesman",
        "“We will go.” — Ann Lee",
        "We stay.",
        "— Then the talks broke off.",
        "The minister said: “We will talk.”",
    ]


def test_what_classes_and_styles_hide_or_strike_out_is_not_read() -> None:
    said = (
        '<p>Tokyo said it would <span style="color: red; text-decoration: line-through">never</span> '
        '<span class="sr-only">not</span> <span class="line-through">ever</span> sign.</p>'
    )
    assert inner(page(said)) == ["Tokyo said it would sign."]


@pytest.mark.parametrize(
    "listed",
    [
        "<p>{}</p><div><ol><li>the boats leave;<ul><li>all of them;</ul><li>the crew is freed.</ol></div>",
        "<div><p>{}</p></div><ul><li>the boats leave;</li><li>all of them;</li><li>the crew is freed.</li></ul>",
        "<p>{}</p><menu><li>the boats leave;</li><li>all of them;</li><li>the crew is freed.</li></menu>",
        "<p>{}</p><dl><dt>the boats leave;</dt><dd>all of them;</dd><dd>the crew is freed.</dd></dl>",
    ],
)
def test_a_list_in_wrappers_or_in_a_list_is_read(listed: str) -> None:
    html = f"<html><body><h1>Talks</h1><p>{BEFORE}</p>{listed.format('She named some:')}<p>{AFTER}</p></body></html>"
    text = read_page(html.encode(), "page.html").report.text
    assert "She named some:\n\n- the boats leave;\n\n- all of them;\n\n- the crew is freed." in text


def test_a_list_among_paragraphs_is_read_wherever_it_stands() -> None:
    listed = "<p>She named two conditions:</p><ul><li>the boats leave;</li><li>the crew is released.</li></ul>"
    html = f"<html><body><h1>Talks resume</h1><p>{BEFORE}</p>{listed}<p>{AFTER}</p></body></html>"
    text = read_page(html.encode(), "page.html").report.text
    assert "conditions:\n\n- the boats leave;\n\n- the crew is released." in text


def test_a_short_pages_caption_is_no_part_of_its_first_paragraph() -> None:
    figure = "<figure><img src=x><figcaption>The President in Lviv</figcaption></figure>"
    said = "The Foreign Minister said on Monday that the country would give up nothing at all."
    html = f"<html><body><article><h1>Kyiv rules it out</h1>{figure}<p>{said}</p></article>"
    assert read_page(html.encode(), "page.html").report.text.split("\n\n") == [
        "Kyiv rules it out",
        "The President in Lviv",
        "The Foreign Minister said on Monday that the country would give up nothing at all.",
    ]


def ld(*nodes: str) -> str:
    return "".join(f'<script type="application/ld+json">{node}</script>' for node in nodes)


OTHER = (
    '{"@type": "NewsArticle", "headline": "Gas prices fall", "datePublished": "2021-01-01", "author": "Other Person", '
    '"url": "https://harbour.example/gas"}'
)


def test_the_json_ld_of_another_article_tells_nothing_of_this_one() -> None:
    own = '{"@type": "NewsArticle", "headline": "Talks resume", "datePublished": "2024-06-05", "author": "Hana Mori"}'
    found = page("<p>More.</p>", ld(OTHER, own))
    assert (found.title, found.author, found.published) == ("Talks resume", "Hana Mori", "2024-06-05")
    alone = page("<p>More.</p>", ld(OTHER))
    assert (alone.title, alone.author, alone.published, alone.url) == ("Talks resume", None, None, None)


def test_an_article_of_another_address_is_another_though_its_title_holds_this_ones() -> None:
    other = OTHER.replace("Gas prices fall", "Talks resume after the gas crisis of last winter")
    report = page("", LINK + ld(other))
    assert (report.title, report.author, report.published) == ("Talks resume", None, None)


def test_marks_of_campaigns_make_no_other_address() -> None:
    own = OTHER.replace("https://harbour.example/gas", "https://harbour.example/terms?utm_source=x&amp;utm_medium=y")
    assert page("", LINK + ld(own.replace("&amp;", "&"))).author == "Other Person"


def test_what_is_marked_up_of_another_article_tells_nothing_of_this_one() -> None:
    marked = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h3 itemprop="headline">Gas prices fall</h3>'
        '<time itemprop="datePublished" datetime="2021-01-01">1 Jan</time><i itemprop="author">Other Person</i></div>'
    )
    nested = "<article><h3>Gas prices fall</h3><i class=byline>Other Person</i><time datetime='2021-01-01'/></article>"
    aside = "<aside><p>By Other Person</p></aside>"
    comment = '<div itemscope itemtype="http://schema.org/Comment"><b itemprop="author">Other Person</b></div>'
    html = f"<html><body><article><h1>Talks</h1><p>{BEFORE}</p></article>{{}}</body></html>"
    for other in (marked, nested, aside, comment):
        report = read_page(html.format(other).encode(), "page.html").report
        assert (report.author, report.published) == (None, None)


def test_an_article_below_the_pages_heading_is_the_pages() -> None:
    own = f"<p class=byline>By Ann Lee</p><time datetime='2021-01-01'/><p>{BEFORE}</p><h2>Terms</h2><p>{AFTER}</p>"
    report = read_page(f"<html><body><h1>Talks</h1><article>{own}</article></body></html>".encode(), "page.html").report
    assert (report.author, report.published) == ("Ann Lee", "2021-01-01")


def test_json_ld_is_the_pages_by_its_address_where_its_headline_is_another() -> None:
    own = '{"@type": "NewsArticle", "headline": "Terms set", "author": "Hana Mori", "url": "https://harbour.example/terms"}'
    assert page("<p>More.</p>", LINK + ld(OTHER, own)).author == "Hana Mori"


def test_what_a_page_offers_in_place_of_its_text_is_no_part_of_it() -> None:
    walled = (
        '{"@type": "NewsArticle", "headline": "Talks resume", "isAccessibleForFree": "False", '
        '"hasPart": {"isAccessibleForFree": "False", "cssSelector": ".wall"}}'
    )
    offer = "<div class=wall><p>Peskov said that Russia would sign.</p><p>Subscribe to read on. Sign in.</p></div>"
    assert inner(page(offer, ld(walled))) == ["Peskov said that Russia would sign."]


def test_a_live_blog_of_several_days_has_no_one_date() -> None:
    posts = '[{"datePublished": "2024-06-05T08:00:00Z"}, {"datePublished": "2024-06-06T08:00:00Z"}]'
    blog = (
        '{"@type": "LiveBlogPosting", "headline": "Talks resume", "datePublished": "2024-06-05T06:00:00Z", '
        f'"liveBlogUpdate": {posts}}}'
    )
    assert page("<p>More.</p>", ld(blog)).published is None


def test_a_table_of_data_costs_no_more_than_its_size_and_a_layout_is_read() -> None:
    rows = "".join(f"<tr>{'<td>1</td>' * 5}</tr>" for _ in range(10_000))
    assert inner(page(f"<p>Peskov said no.</p><table>{rows}</table>")) == ["Peskov said no."]
    layout = "".join(f"<tr><td><p>Round {n} ended, the ministry said.</p></td></tr>" for n in range(250))
    html = f"<html><body><table>{layout}</table></body></html>"
    assert "Round 249 ended" in read_page(html.encode(), "page.html").report.text
