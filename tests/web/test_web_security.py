"""Who may ask a desk for what: names, sign-in, and writes that no other site can make."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from communique.record import Record
from desks import Answer, Desk, desk
from record_samples import put, reading

TOKEN = "a-token-that-nobody-guesses"
STATEMENT = reading().statements[0].id
JUDGEMENT = {"kind": "statement", "key": STATEMENT, "verdict": "accept"}


@pytest.fixture
def where(tmp_path: Path) -> str:
    place = str(tmp_path / "communique.db")
    with Record.open(place, create=True) as record:
        put(record, reading())
    return place


@pytest.fixture
def held(where: str) -> Iterator[Desk]:
    with desk(where) as running:
        yield running


def form(running: Desk, path: str, fields: dict[str, str], **headers: str) -> Answer:
    given = {"content_type": "application/x-www-form-urlencoded", "origin": running.base, **headers}
    return running.ask("POST", path, urlencode(fields).encode(), given)


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/v1/statements", "/static/desk.css"])
def test_every_answer_says_what_its_page_may_do(held: Desk, path: str) -> None:
    headers = {name.lower(): value for name, value in held.get(path).headers.items()}
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::"])
def test_a_name_that_is_not_the_desks_is_refused(held: Desk, host: str) -> None:
    assert held.get("/", host=host).status in (400, 421)


def test_a_page_of_the_desk_may_write(held: Desk) -> None:
    answer = form(held, "/judge", {"key": STATEMENT, "verdict": "accept"}, sec_fetch_site="same-origin")
    assert answer.status == 303
    assert held.get("/statements.json").json["rows"][0]["verdict"] == "accept"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_another_site_may_not(held: Desk, headers: dict[str, str]) -> None:
    assert form(held, "/judge", {"key": STATEMENT, "verdict": "reject"}, **headers).status == 403
    assert held.post("/api/v1/judgements", JUDGEMENT, **headers).status == 403
    assert held.get("/statements.json").json["rows"][0]["verdict"] is None


def test_a_program_may_write_json_and_nothing_that_a_form_can_send(held: Desk) -> None:
    plain = {"content_type": "text/plain"}
    assert held.ask("POST", "/api/v1/judgements", b'{"kind": "statement"}', plain).status == 403
    assert held.post("/api/v1/judgements", JUDGEMENT).status == 201
    assert held.get("/statements.json").json["rows"][0]["verdict"] == "accept"


def test_a_body_has_a_limit(held: Desk) -> None:
    answer = held.ask("POST", "/api/v1/judgements", b"x" * 1_000_001, {"content_type": "application/json"})
    assert answer.status == 413


def test_a_desk_that_only_shows_changes_nothing(where: str) -> None:
    with desk(where, read_only=True) as running:
        assert running.get("/statements").status == 200
        assert 'href="/judge"' not in running.get("/").text
        assert running.post("/api/v1/judgements", JUDGEMENT).status == 403
        assert running.get("/judge").status == 403


def test_with_a_token_nobody_gets_in_without_it(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        asked = running.get("/reports")
        assert (asked.status, asked.headers["location"]) == (303, "/sign-in")
        assert running.get("/api/v1/statements").status == 401
        assert running.get("/api/openapi.json").status == 401
        assert running.get("/sign-in").status == 200
        assert form(running, "/sign-in", {"name": "Aiko", "token": "wrong"}).status == 403
        assert running.get("/statements", cookie="communique=Aiko.00").status == 303
        assert running.get("/api/v1/statements", authorization=f"Bearer {TOKEN}").status == 200


def test_who_signs_in_signs_what_is_judged(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        answer = form(running, "/sign-in", {"name": "Aiko Mori", "token": TOKEN})
        assert answer.status == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        kept = cookie.split(";")[0]
        assert running.post("/api/v1/judgements", JUDGEMENT, cookie=kept).json["by"] == "Aiko Mori"
        assert running.get("/statements", cookie=kept[:-1]).status == 303


def test_behind_a_proxy_its_header_says_who_is_there(where: str) -> None:
    with desk(where, user_header="X-Remote-User", user=None) as running:
        assert running.get("/statements").status == 401
        assert running.post("/api/v1/judgements", JUDGEMENT, x_remote_user="ben").json["by"] == "ben"


def test_going_back_stays_on_the_desk(held: Desk) -> None:
    for place in ("//evil.example", "https://evil.example", "/\\evil.example", "/x\r\ny"):
        answer = form(held, "/judge", {"key": STATEMENT, "verdict": "accept", "back": place})
        assert answer.headers["location"] == "/"


def test_two_people_who_differ_lose_nothing(where: str) -> None:
    with desk(where, user_header="X-Remote-User", user=None) as running:
        running.post("/api/v1/judgements", JUDGEMENT, x_remote_user="ana")
        running.post("/api/v1/judgements", {**JUDGEMENT, "verdict": "reject"}, x_remote_user="ben")
        assert running.get("/statements.json", x_remote_user="ana").json["rows"][0]["verdict"] == "disputed"
        assert running.get("/agreement.json", x_remote_user="ana").json["people"] == ["ana", "ben"]
