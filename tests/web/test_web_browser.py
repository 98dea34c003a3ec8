"""The desk in a real browser: each page opened and used, clean for screen readers, and nothing leaves the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from browsers import chromium
from communique.ingest import Arrival, gather
from communique.model import Reading, Report
from communique.record import Record
from desks import Desk, desk

DOSSIER = Path(__file__).resolve().parents[2] / "src" / "communique" / "dossiers" / "japan-russia"
PAGES = (
    *("/", "/statements?text=dialogue", "/conditions", "/reports", "/actors", "/issues", "/agreement", "/judge"),
    *("/network", "/network?mode=two", "/wire-copies", "/wire-copies/jr-2024-06-06-nihon"),
    *("/reports/jr-2024-06-06-nihon", "/actors/jpn", "/issues/peace-treaty", "/standoff/peace-treaty", "/nothing"),
)
SHOTS = os.environ.get("COMMUNIQUE_SCREENSHOTS")


@pytest.fixture(scope="module")
def record_of_the_dossier(tmp_path_factory: pytest.TempPathFactory, reader: Callable[..., Reading]) -> str:
    place = str(tmp_path_factory.mktemp("desk") / "communique.db")
    with Record.open(place, create=True) as record:
        for item in gather([str(DOSSIER)]):
            assert isinstance(item, Arrival)
            placed = record.place(item.report, given_id=item.given_id)
            record.add(placed, _read(reader, placed.report), came_from=item.where)
    return place


def _read(reader: Callable[..., Reading], report: Report) -> Reading:
    named = ("id", "title", "url", "outlet", "author", "agency", "published")
    return reader(report.text, **{name: getattr(report, name) for name in named})


@pytest.fixture(scope="module")
def held(record_of_the_dossier: str) -> Iterator[Desk]:
    with desk(record_of_the_dossier) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, held: Desk) -> Iterator[Page]:
    """A page that fails the test where it complains or asks anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    outside: list[str] = []
    opened.on("request", lambda asked: outside.append(asked.url) if not asked.url.startswith(held.base) else None)
    yield opened
    context.close()
    assert outside == []
    assert [each for each in complaints if "404 (Not Found)" not in each] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_clean_for_those_who_use_a_screen_reader(page: Page, held: Desk, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(held.base + path)
    if SHOTS:
        page.wait_for_load_state("networkidle")
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        name = path.strip("/").replace("/", "-").replace("?", "-") or "overview"
        page.screenshot(path=f"{SHOTS}/{name}-{scheme}.png", full_page=True)
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    assert found == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(page: Page, held: Desk, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(held.base + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_statement_and_its_words_light_up_together(page: Page, held: Desk) -> None:
    page.goto(held.base + "/reports/jr-2024-06-06-nihon")
    card = page.locator(".card").first
    card.hover()
    assert page.locator("mark.on").count() > 0
    words = page.locator("mark.content[data-cards]").nth(3)
    words.click()
    assert page.locator(".card.on").count() >= 1


def test_filters_and_facets_are_in_the_address(page: Page, held: Desk) -> None:
    page.goto(held.base + "/statements")
    page.get_by_label("Actor", exact=True).fill("Japan")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**actor=Japan*")
    others = page.locator("#results tbody th .who").filter(has_not_text="Japan")
    expect(others).to_have_count(0)
    names = page.locator("#results tbody th .who").all_inner_texts()
    assert set(names) == {"Japan"}
    page.go_back()
    expect(others.first).to_be_visible()
    page.locator(".facets summary").click()
    page.locator(".facets a").first.click()
    page.wait_for_url("**act=*")


def test_the_timeline_zooms_and_its_points_lead_to_statements(page: Page, held: Desk) -> None:
    page.goto(held.base + "/issues/peace-treaty")
    page.get_by_role("link", name="zoom in").click()
    page.wait_for_url("**since=*")
    page.get_by_role("link", name="all", exact=True).click()
    page.locator("#timeline svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements?*issue=peace-treaty*")
    assert page.locator("#results tbody tr").count() >= 1


def test_supposing_that_a_condition_is_dropped_changes_the_verdict(page: Page, held: Desk) -> None:
    page.goto(held.base + "/issues/peace-treaty")
    page.get_by_role("link", name="The standoff").click()
    expect(page.locator("#verdict + p")).to_contain_text("nobody has a reason to move away")
    options = page.get_by_label("Suppose").locator("option").all_inner_texts()
    verdicts = []
    for each in [option for option in options if option.startswith("Russia drops")]:
        page.get_by_label("Suppose").select_option(each)
        page.get_by_role("button", name="Show").click()
        verdicts.append(page.locator("#verdict + p").inner_text())
    assert any("nobody has a reason" not in verdict for verdict in verdicts)


def test_the_issue_page_says_in_short_what_holds_it_up(page: Page, held: Desk) -> None:
    page.goto(held.base + "/issues/peace-treaty")
    short = page.locator("#s-short")
    expect(short).to_contain_text("Russia waits for Japan on")
    expect(short).to_contain_text("no party gains by moving first")
    expect(short).to_contain_text("What would unlock it")


def test_a_cell_of_the_matrix_opens_to_its_quotes_and_they_to_the_report(page: Page, held: Desk) -> None:
    page.goto(held.base + "/issues/peace-treaty")
    page.locator("#positions summary").first.click()
    quote = page.locator("#positions blockquote a").first
    words = quote.inner_text()
    quote.click()
    page.wait_for_url("**/reports/**")
    assert words.split(" … ")[0].split("\n")[0][:40] in page.locator("#text").inner_text()


def test_judging_by_keyboard_accepts_rejects_corrects_skips_and_undoes(page: Page, held: Desk) -> None:
    def verdicts() -> dict[str, str]:
        kinds = ("accept", "reject", "correct")
        rows = [row for kind in kinds for row in held.get(f"/statements.json?judged={kind}").json["rows"]]
        return {row["statement"]: row["verdict"] for row in rows}

    def due() -> str:
        key: str = page.locator("#verdict [name=key]").input_value()
        return key

    page.goto(held.base + "/judge")
    before = set(verdicts())
    first = due()
    page.keyboard.press("s")
    page.wait_for_url("**after=*")
    assert due() != first
    page.goto(held.base + "/judge")
    page.keyboard.press("a")
    page.wait_for_url("**undo=*")
    assert verdicts()[first] == "accept"
    page.keyboard.press("u")
    page.wait_for_url(lambda url: "undo" not in url)
    assert set(verdicts()) == before
    assert due() == first
    page.keyboard.press("r")
    page.wait_for_url("**undo=*")
    assert verdicts()[first] == "reject"
    second = due()
    page.locator("#text p").first.evaluate(
        "p => { const r = document.createRange(); r.selectNodeContents(p); getSelection().removeAllRanges();"
        " getSelection().addRange(r); }"
    )
    words = page.locator("#text p").first.inner_text()
    page.keyboard.press("c")
    page.wait_for_url(f"**undo={second}*")
    corrected = held.get("/statements.json?judged=correct").json["rows"]
    row = next(row for row in corrected if row["statement"] == second)
    assert row["verdict"] == "correct"
    report = held.get(f"/reports/{row['report']}.json").json
    judged = next(each for each in report["judged"] if each["judgement"]["key"] == second)
    (quote,) = judged["judgement"]["correction"]["content"]
    assert quote["exact"] == words


def test_who_spoke_and_how_is_corrected_by_keyboard(page: Page, held: Desk) -> None:
    page.goto(held.base + "/judge")
    due = page.locator("#verdict [name=key]").input_value()
    page.keyboard.press("c")
    expect(page.locator("#chosen")).to_contain_text("Select the right words")
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()
    page.locator("#text p").first.evaluate(
        "p => { const r = document.createRange(); r.setStart(p.querySelector('[data-at]').firstChild, 0);"
        " r.setEnd(p.querySelector('[data-at]').firstChild, 4); getSelection().removeAllRanges();"
        " getSelection().addRange(r); }"
    )
    page.keyboard.press("w")
    page.keyboard.press("p")
    chosen = page.get_by_label("Speaker").locator("option").nth(1)
    name, key = chosen.inner_text(), chosen.get_attribute("value")
    page.get_by_label("Speaker").select_option(key)
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.get_by_label("Act").select_option("deny")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url(f"**undo={due}*")
    row = next(
        row for row in held.get("/statements.json?limit=200&judged=correct").json["rows"] if row["statement"] == due
    )
    assert (row["verdict"], row["speaker_name"], row["act"]) == ("correct", name, "deny")
    assert len(row["source_text"]) <= 4
