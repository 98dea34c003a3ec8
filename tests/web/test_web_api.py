"""The JSON API against its own description: every answer has a form that is described, and nothing breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.record import Record
from desks import Desk, desk
from record_samples import made, put, reading


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place: Path = tmp_path_factory.mktemp("api") / "communique.db"
    with Record.open(place, create=True) as record:
        for n in range(3):
            put(record, reading(made(f"Russia said the {n} talks would resume only if Japan moved, TASS reported.")))
    with desk(str(place)) as running:
        yield running


@pytest.fixture(scope="module")
def described(held: Desk) -> dict[str, Any]:
    found: dict[str, Any] = held.get("/api/openapi.json").json
    return found


def test_every_path_is_described_with_its_answers_and_its_problems(described: dict[str, Any]) -> None:
    paths = {path: methods for path, methods in described["paths"].items() if path.startswith("/api/v1/")}
    assert {"/api/v1/statements", "/api/v1/report/{key}", "/api/v1/judgements"} <= set(paths)
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    for methods in paths.values():
        for method in methods.values():
            assert method["summary"]
            assert method["responses"]["400"]["content"]["application/json"]["schema"]["$ref"].endswith("ProblemAnswer")


def test_a_page_has_rows_and_the_cursor_of_the_next(held: Desk) -> None:
    first = held.get("/api/v1/statements?limit=2").json
    assert set(first) == {"rows", "next"}
    rest = held.get(f"/api/v1/statements?limit=2&after={quote(first['next'])}").json
    assert len({row["statement"] for row in first["rows"] + rest["rows"]}) == 3


def test_a_judgement_is_passed_and_told_back(held: Desk) -> None:
    key = held.get("/api/v1/statements").json["rows"][0]["statement"]
    told = held.post("/api/v1/judgements", {"kind": "statement", "key": key, "verdict": "reject", "note": "misread"})
    assert told.status == 201
    assert (told.json["by"], told.json["verdict"], told.json["note"]) == ("Aiko", "reject", "misread")
    assert held.post("/api/v1/judgements", {"kind": "statement", "key": "nobody", "verdict": "reject"}).status == 404


WORDS = st.text(st.characters(codec=None, exclude_categories=()), max_size=20) | st.sampled_from(
    ["", "-1", "0", "1e400", "nan", "Japan", "2024", "2024-99", "\0", "ÿ" * 40, "NEAR(", '"', "a* OR", "true", "newest"]
)


def _utf8(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_question_breaks_it(held: Desk, described: dict[str, Any], data: st.DataObject) -> None:
    path, method = data.draw(
        st.sampled_from([(p, m) for p, ms in described["paths"].items() for m in ms if p.startswith("/api/")])
    )
    asked = described["paths"][path][method]
    query: list[tuple[str, str]] = []
    for parameter in asked.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(_utf8(data.draw(WORDS)) or "x", safe=""))
        elif data.draw(st.integers(0, 4)) == 0:
            query.append((parameter["name"], _utf8(data.draw(WORDS))))
    where = path + ("?" + urlencode(query) if query else "")
    if method == "post":
        fields = st.sampled_from(["kind", "key", "verdict", "correction", "note", "other"])
        values = st.none() | WORDS.map(_utf8) | st.integers() | st.dictionaries(WORDS.map(_utf8), WORDS.map(_utf8))
        body: Any = data.draw(
            st.dictionaries(fields, values | st.sampled_from(["statement", "accept", "correct", {"content": [[0, 5]]}]))
            | st.lists(st.integers())
        )
        answer = held.post(where, body)
    else:
        answer = held.get(where)
    assert answer.status < 500, (where, answer.text)
    if answer.status >= 400:
        problem = json.loads(answer.text)["error"]
        assert set(problem) == {"status", "where", "reason"}
        assert problem["status"] == answer.status
        assert str(answer.status) in asked["responses"] or answer.status == 404
