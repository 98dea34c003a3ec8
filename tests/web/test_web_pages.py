"""The desk's pages, asked for as a browser would: what they show, and in which forms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

import stores
from communique.errors import RecordBusy
from communique.record import Record
from communique.web import standoffs
from desks import Desk, desk
from record_samples import JAPAN, made, put, reading

TEXT = "Russia said it would resume treaty talks only if Japan changed course, TASS reported."
HOSTILE = "<img src=x onerror=alert(1)>\"'`{{7*7}}"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over three reports: one with two versions, one with hostile names, one without a date."""
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("pages") / "communique.db")
    else:
        server: stores.PostgreSQL = request.getfixturevalue("postgresql_server")
        place = server.make()
    with Record.open(place, create=True) as record:
        wire = {"id": "wire-1", "title": "Talks", "url": "https://example.org/1"}
        put(record, reading(made(TEXT, **wire)))
        put(record, reading(made(TEXT.replace("would", "could"), **wire)))
        bad = {"title": HOSTILE, "outlet": HOSTILE, "url": "javascript:alert(1)"}
        put(record, reading(made(TEXT.replace("treaty", "peace"), id="bad?id#1", **bad)))
        undated = made(TEXT.replace("treaty", "trade"), id="undated", published=None, title="=1+1")
        put(record, reading(undated, speaker=JAPAN))
    with desk(place) as running:
        yield running


PAGES = (
    *("/", "/statements", "/conditions", "/reports", "/actors", "/issues", "/judge", "/agreement", "/network"),
    *("/reports/wire-1", "/actors/rus", "/issues/peace-treaty", "/standoff/peace-treaty", "/wire-copies"),
    "/wire-copies/wire-1",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_and_says_what_it_is(held: Desk, path: str) -> None:
    answer = held.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert re.search(r"<title>[^<]+ · Communique</title>", answer.text)
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("/", "/judge")])
def test_every_page_is_also_json_and_csv(held: Desk, path: str) -> None:
    assert held.get(f"{path}.json").json
    table = held.get(f"{path}.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert next(csv.reader(io.StringIO(table.text)))


def test_a_report_shows_its_words_where_they_stand_and_leads_to_a_quote(held: Desk) -> None:
    page = held.get("/reports/wire-1").text
    text = "".join(re.findall(r'<(?:mark|span)[^>]* data-at="\d+"[^>]*>([^<]*)', page))
    assert text == TEXT.replace("would", "could")
    (link,) = set(re.findall(r'href="(/reports/wire-1\?version=2&amp;quote=\d+-\d+)#quote"', page))
    assert 'id="quote"' in held.get(link.replace("&amp;", "&")).text


def test_an_older_version_says_that_it_is_one(held: Desk) -> None:
    older = held.get("/reports/wire-1?version=1").text
    assert "This is an older version" in older
    assert "would resume" in older
    assert "This is an older version" not in held.get("/reports/wire-1").text
    assert held.get("/reports/wire-1?version=9").status == 404


def test_what_was_judged_and_is_gone_is_shown_as_orphaned(where: str, record: Record) -> None:
    first = reading(made(TEXT, id="wire-1"))
    put(record, first)
    record.judge("statement", first.statements[0].id, "accept", by="Aiko")
    put(
        record,
        reading(made("Nobody said anything at all in this other text on Monday.", id="wire-1"), conditions=False),
    )
    with desk(where) as running:
        newest = running.get("/reports/wire-1").text
        assert "Orphaned" in newest
        assert "<blockquote>it would resume treaty talks" in newest
        assert "Orphaned" not in running.get("/reports/wire-1?version=1").text


@pytest.mark.parametrize("path", ["/", "/reports", "/statements", f"/reports/{quote('bad?id#1')}"])
def test_hostile_titles_and_outlets_are_words(held: Desk, path: str) -> None:
    page = held.get(path).text
    assert "<img" not in page
    assert "&lt;img" in page
    assert "{{7*7}}" in page
    assert "javascript:" not in page


def test_no_cell_of_a_table_is_a_formula(held: Desk) -> None:
    rows = list(csv.reader(io.StringIO(held.get("/reports.csv").text)))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []
    assert "'=1+1" in {cell for row in rows for cell in row}


def test_a_list_is_filtered_by_its_address_and_goes_on_at_its_cursor(held: Desk) -> None:
    assert len(held.get("/statements.json").json["rows"]) == 3
    assert [row["report"] for row in held.get("/statements.json?actor=Japan").json["rows"]] == ["undated"]
    first = held.get("/statements.json?limit=2").json
    rest = held.get(f"/statements.json?limit=2&after={quote(first['next'])}").json
    keys = [(row["report"], row["statement"]) for row in first["rows"] + rest["rows"]]
    assert len(set(keys)) == 3
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/reports/nothing", 404),
        ("/actors/nothing.json", 404),
        ("/issues/../../etc/passwd", 404),
        ("/static/../app.py", 404),
        ("/statements?actor=Nobody%20At%20All", 404),
        ("/statements?since=tomorrow", 400),
        ("/statements?confidence=much", 400),
        ("/statements?sort=beauty", 400),
        ("/statements.json?after=%00%00", 400),
        ("/statements?limit=100000", 400),
        ("/reports/wire-1?quote=x", 400),
        ("/issues/peace-treaty?since=2024&until=2023", 400),
        ("/judge?after=nonsense", 400),
        ("/wire-copies?after=nonsense", 400),
        ("/wire-copies/nothing", 404),
    ],
)
def test_what_cannot_be_shown_has_a_reason_in_the_form_that_was_asked_for(held: Desk, path: str, status: int) -> None:
    answer = held.get(path)
    assert answer.status == status
    if ".json" in path:
        assert answer.json["error"]["status"] == status
        assert answer.json["error"]["reason"]
    else:
        assert "Traceback" not in answer.text


def test_what_goes_wrong_after_the_top_was_sent_is_told_on_the_page(
    held: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RecordBusy("the <record>", "another process keeps it locked")

    monkeypatch.setattr(standoffs, "model_report", broken)
    monkeypatch.setattr(standoffs, "stamp", lambda _: ("a record that was never asked",))
    page = held.get("/standoff/peace-treaty").text
    assert '<p role="alert">the &lt;record&gt;: another process keeps it locked</p>' in page
    assert page.endswith("</html>")


@pytest.mark.parametrize("asked", ["what_if=nonsense", "as_of=yesterday"])
def test_what_cannot_be_asked_of_a_standoff_is_refused(held: Desk, asked: str) -> None:
    answer = held.get(f"/standoff/peace-treaty?{asked}")
    assert answer.status in (400, 404, 422)
