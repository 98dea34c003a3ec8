"""Conditions over many disputes: sentences of our own with what each holds, read and scored."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.model import Reading, Span

Read = Callable[..., Reading]
ROWS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "data" / "conditions.toml").read_text("utf-8"))[
    "sentence"
]
NONE = [row["text"] for row in ROWS if not row.get("conditions") and not row.get("gap")]


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " ... ".join(text[start:end] for start, end in spans)


@pytest.fixture(scope="module")
def figures(reader: Read) -> Counter[str]:
    """Count over the sentences: wanted, found, right (both halves), kind right."""
    count: Counter[str] = Counter()
    for row in ROWS:
        text = row["text"]
        reading = reader(text)
        names = {actor.id: actor.name for actor in reading.actors}
        actors = {words(text, c.antecedent): names.get(c.must_act or "") for c in reading.conditions}
        found = {(words(text, c.antecedent), words(text, c.consequent)): str(c.kind) for c in reading.conditions}
        count["found"] += len(found)
        for wanted in row.get("conditions", ()):
            count["wanted"] += 1
            kind = found.get((wanted["antecedent"], wanted["consequent"]))
            count["right"] += kind is not None
            count["kind"] += kind == wanted["kind"]
            if kind is not None and "must_act" in wanted:
                count["must act"] += 1
                count["must act right"] += actors[wanted["antecedent"]] == wanted["must_act"]
    return count


def test_the_table_is_large_and_two_fifths_of_it_hold_no_condition() -> None:
    assert len(ROWS) >= 300
    assert len(NONE) >= 120


@pytest.mark.parametrize("text", NONE)
def test_time_questions_concessions_and_lookalikes_are_no_conditions(reader: Read, text: str) -> None:
    assert reader(text).conditions == ()


def test_nearly_every_condition_is_found_with_both_halves_to_the_letter(figures: Counter[str]) -> None:
    assert figures["right"] / figures["wanted"] >= 0.97


def test_hardly_a_condition_is_invented(figures: Counter[str]) -> None:
    assert figures["right"] / figures["found"] >= 0.97


def test_the_kind_is_right_wherever_the_condition_is(figures: Counter[str]) -> None:
    assert figures["kind"] == figures["right"]


def test_who_must_act_is_named_where_the_sentence_names_one(figures: Counter[str]) -> None:
    assert figures["must act right"] / figures["must act"] >= 0.8
