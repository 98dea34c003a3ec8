"""Characters that no key, name, date or word has: refused with the reason on every route, on both stores."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from fastapi.routing import APIRoute

import stores
from communique.record import Record
from desks import Answer, Desk, desk, routes
from record_samples import put, reading

ODD = {
    "%00": "U+0000",
    "japan%00": "U+0000",
    "%1B%5B31m": "U+001B",
    "%07": "U+0007",
    "%C2%85": "U+0085",
    "%ED%A0%80": "is not UTF-8",
    "%FF": "is not UTF-8",
    "%C0%80": "is not UTF-8",
}
"""What an address says, and what is told of it."""

KEY = reading().statements[0].id


@pytest.fixture
def held(where: str) -> Iterator[Desk]:
    with Record.open(where, create=True) as record:
        put(record, reading())
    with desk(where) as running:
        yield running


def asked_with(route: APIRoute) -> set[str]:
    """The names that a route takes from the query, those of what it depends on too."""
    waiting, names = [route.dependant], set()
    while waiting:
        each = waiting.pop()
        names |= {field.alias for field in each.query_params}
        waiting += each.dependencies
    return names


def refused(answer: Answer, told: str, asked: str) -> None:
    assert 400 <= answer.status < 500, (asked, answer.status)
    assert told in answer.text, (asked, answer.text)
    assert "postgresql" not in answer.text
    assert "psycopg" not in answer.text


def test_every_route_with_a_key_refuses_them(held: Desk) -> None:
    keyed = [route.path for route in routes() if "{" in route.path]
    assert len(keyed) > 7
    for path in keyed:
        for odd, told in ODD.items():
            asked = re.sub(r"\{[^}]*\}", odd, path)
            assert "{" not in asked
            refused(held.get(asked), told, asked)
            refused(held.get(asked, accept="application/json"), told, asked)


def test_every_route_with_a_filter_refuses_them(held: Desk) -> None:
    count = 0
    for route in routes():
        if "GET" not in (route.methods or ()):
            continue
        path = route.path.replace("{key:path}", "peace-treaty")
        for name in sorted(asked_with(route)):
            for odd in ("%00", "%1B", "%ED%A0%80"):
                asked = f"{path}?{name}={odd}"
                refused(held.get(asked), ODD.get(odd, "U+001B"), asked)
                count += 1
    assert count > 500


def test_tabs_and_ends_of_lines_are_only_white_space(held: Desk) -> None:
    assert held.get("/statements?text=treaty%09talks%0A").status == 200


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\x1b[31m"])
def test_what_is_posted_is_refused_too(held: Desk, odd: str) -> None:
    told = f"U+{ord(odd[0]):04X}"
    for body in (
        {"kind": "statement", "key": f"{KEY}{odd}", "verdict": "accept"},
        {"kind": "statement", "key": KEY, "verdict": "correct", "correction": {"speaker": odd}},
        {"kind": "actor", "key": "jpn", "verdict": "correct", "correction": {"name": odd}},
        {"kind": "statement", "key": KEY, "verdict": "correct", "correction": {odd: "jpn"}},
    ):
        refused(held.post("/api/v1/judgements", body), told, str(body.values()).encode("ascii", "replace").decode())
    for form in ({"key": odd, "verdict": "accept"}, {"key": KEY, "verdict": "skip", "place": odd}):
        refused(held.post("/judge", form), told, ascii(form))
    with_note = {"kind": "statement", "key": KEY, "verdict": "accept", "note": f"as heard{odd}\nand read"}
    assert held.post("/api/v1/judgements", with_note).status == 201


def test_a_form_of_a_browser_is_refused_as_well(held: Desk) -> None:
    headers = {"origin": held.base, "content_type": "application/x-www-form-urlencoded"}
    answer = held.ask("POST", "/judge", f"key={KEY}%00&verdict=accept".encode(), headers)
    refused(answer, "U+0000", "form")


def test_a_name_with_them_signs_without_them(where: str) -> None:
    with Record.open(where, create=True) as record:
        put(record, reading())
    with desk(where, user_header="x-user") as running:
        passed = running.post(
            "/api/v1/judgements",
            {"kind": "statement", "key": KEY, "verdict": "accept"},
            x_user="Ai\x07ko",
        )
        assert (passed.status, passed.json["by"]) == (201, "Aiko")


def test_a_database_that_went_away_is_not_told_by_its_address(
    postgresql_server: stores.PostgreSQL, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"{postgresql_server.make()}?password=hush"
    with Record.open(address, create=True) as record:
        put(record, reading())
    caplog.set_level(logging.ERROR, "communique.web")
    with desk(address) as running:
        assert running.get("/statements").status == 200
        server = f"postgresql://tester@127.0.0.1:{postgresql_server.port}/postgres"
        name = address.rpartition("/")[2].partition("?")[0]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        for path in ("/statements", "/api/v1/statements", f"/reports/{quote(reading().report.id)}", "/judge"):
            answer = running.get(path)
            assert answer.status == 503, path
            for secret in ("127.0.0.1", str(postgresql_server.port), name, "tester", "postgresql"):
                assert secret not in answer.text, (path, secret)
        told: dict[str, Any] = json.loads(running.get("/api/v1/statements").body)
        assert told["error"]["where"] == "the record"
    assert name in caplog.text
    assert "hush" not in caplog.text
