"""Nothing that a record does again and again walks through all of it: SQLite's own plans say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from communique.record import Record
from communique.record.query.filter_options import FIELDS
from communique.record.query.filters import Filter
from communique.record.query.names import NameFilter
from communique.record.query.paging import SORTS_OF
from record_samples import JAPAN, made, put, reading

GROWING = (
    "report|report_version|report_identity|reading|actor|issue|statement|statement_issue|statement_party|condition|event"
    "|canonical_actor|canonical_issue|actor_name|issue_name|search_terms|office_holding|wire_band|judgement|attachment|merge"
)
WALK = re.compile(rf"^SCAN (?:{GROWING})\b(?! (?:VIRTUAL|USING (?:COVERING )?INDEX))")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        put(record, reading())
        put(record, reading(made("Japan said it would talk only if Russia moved.", id="j"), speaker=JAPAN))
        yield record


@contextmanager
def plans(record: Record) -> Iterator[list[tuple[str, str]]]:
    """Collect the steps of the plans of all that is run meanwhile, each with its statement."""
    found: list[tuple[str, str]] = []

    def explain(_: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if re.match(r"(?i)\s*(select|update|delete|insert .* select)", statement):
            first = values[0] if values and isinstance(values[0], tuple | list) else values
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", first).fetchall()
            found.extend((step[3], statement) for step in steps)

    event.listen(record.engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(record.engine, "before_cursor_execute", explain)


def walks(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The steps that go through a whole table, or sort all that a list has to give a page of it."""
    return [
        (step, statement)
        for step, statement in found
        if WALK.search(step) or "TEMP B-TREE FOR ORDER BY" in step and "LIMIT" in statement
    ]


def test_adding_reading_anew_and_judging_look_things_up(filled: Record) -> None:
    url = "https://example.org/talks"
    with plans(filled) as found:
        put(filled, reading(made("Russia said talks would resume only if Japan moved, TASS reported.", url=url)))
        newer = filled.place(made("Russia said talks could resume only if Japan moved, TASS reported.", url=url))
        filled.add(newer, reading(newer.report))
        filled.add(filled.place(newer.report), reading(newer.report, reader="communique test 2"))
        filled.judge("statement", reading(newer.report).statements[0].id, "accept", by="ana")
    assert found
    assert [step for step in walks(found) if "TEMP" not in step[0]] == []  # the few rows of one key are sorted


VALUES: dict[str, Any] = {
    **dict.fromkeys(("actor", "addressee", "relayer", "party", "must_act"), "Japan"),
    "country": "JPN",
    "issue": "the treaty",
    "outlet": "Volga State News",
    "act": "deny",
    "kind": "necessary",
    "report": "j",
    "version": 1,
    "since": "2023",
    "until": "2024",
    "said_since": "2023",
    "said_until": "2024",
    "text": "treaty -japan",
    "judged": "none",
    "confidence": 0.5,
    "voices": 2,
    "copies": False,
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in FIELDS.items() for name in names])
def test_a_filtered_list_is_walked_in_its_order(filled: Record, kind: str, name: str) -> None:
    if name == "version":
        return
    for sort in SORTS_OF[kind]:
        with plans(filled) as found:
            getattr(filled, kind)(Filter(**{name: VALUES[name]}), sort=sort).page()
        assert found
        assert walks(found) == [], sort


def test_lists_of_names_and_facets_are_walked_in_their_order(filled: Record) -> None:
    with plans(filled) as found:
        filled.actors().page()
        filled.actors(NameFilter(country="JPN", kind="state")).page()
        filled.issues().page()
        filled.facets(Filter(actor="Japan", text="treaty OR russia"))
    assert found
    assert [step for step in walks(found) if "TEMP" not in step[0]] == []  # a few candidates are sorted
