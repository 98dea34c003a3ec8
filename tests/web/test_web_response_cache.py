"""An answer is given again as long as nobody has written to the record, and not a moment longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.record import Record
from communique.record.database.state_stamps import WrittenTo
from communique.web.response_cache import Answers
from desks import desk
from record_samples import made, put, reading

HEAD = {"type": "http.response.start", "status": 200, "headers": []}


@pytest.fixture
def where(tmp_path: Path) -> Path:
    place = tmp_path / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading())
    return place


def test_what_another_process_writes_is_shown_at_once(where: Path) -> None:
    key = reading().statements[0].id
    with desk(str(where)) as running, Record.open(where) as elsewhere:
        pages = ("/statements", "/statements.json", "/api/v1/statements")
        before = {page: [running.get(page).body for _ in range(2)] for page in pages}
        assert all(first == second for first, second in before.values())
        elsewhere.judge("statement", key, "reject", by="Ben")
        for page in pages:
            assert running.get(page).body != before[page][0]
        assert running.get("/api/v1/statements").json["rows"][0]["verdict"] == "reject"


def test_what_a_list_is_made_of_is_counted_anew_when_something_was_written(where: Path) -> None:
    with desk(str(where)) as running, Record.open(where) as elsewhere:
        before = running.get("/api/v1/facets").json
        assert running.get("/api/v1/facets?limit=7").json == before
        put(elsewhere, reading(made("Russia said it would wait for an answer.")))
        after = running.get("/api/v1/facets?limit=8").json
        assert after["counted"] == 2 * before["counted"]
        assert running.get("/api/v1/facets?outlet=Nobody&limit=9").status == 404


def test_another_record_in_its_place_is_noticed(where: Path, tmp_path: Path) -> None:
    with Record.open(where) as record:
        told = WrittenTo(record.engine, where)
        before = told.stamp()
        assert told.stamp() == before
        other = tmp_path / "other.db"
        Record.open(other, create=True).close()
        other.replace(where)
        assert told.stamp() != before
        where.unlink()
        assert told.stamp() is None
        told.close()


def test_who_asks_has_an_answer_of_his_own(where: Path) -> None:
    with desk(str(where), user_header="X-Remote-User", user=None) as running:
        for name in ("Aiko", "Ben", "Aiko"):
            page = running.get("/statements", x_remote_user=name).text
            assert name in page
        assert running.get("/statements").status == 401


def test_a_failure_is_not_remembered_and_forms_are_told_apart(where: Path) -> None:
    with desk(str(where)) as running:
        assert [running.get("/reports/none").status for _ in range(2)] == [404, 404]
        assert running.get("/reports/none", accept="application/json").json["error"]["status"] == 404


def test_what_is_remembered_is_bounded() -> None:
    answers = Answers(most=1000)
    assert answers.get("now", "first") is None
    for n in range(100):
        answers.put("now", n, HEAD, b"x" * 100)
    assert answers.size <= 1000
    assert answers.get("now", 0) is None
    assert answers.get("now", 99) == (HEAD, b"x" * 100)


def test_an_answer_to_an_older_state_is_let_go() -> None:
    answers = Answers()
    answers.get("before", "asked")
    answers.get("after", "asked")
    answers.put("before", "asked", HEAD, b"old")
    assert answers.get("after", "asked") is None
    assert answers.get("before", "asked") is None
