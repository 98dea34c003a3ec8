"""Option statements: how they are written and what they mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import BadStandoff, CyclicStandoff, UnknownInStandoff
from communique.standoff.formulas import evaluate, in_order, parse
from standoff_models import trees, true, written

OPTIONS = {"sign": 0, "cease-fire": 1, "lift all sanctions": 2, "NOT wait": 3}
STATES = [tuple(bool(code >> k & 1) for k in range(4)) for code in range(16)]


def holds(text: str) -> list[bool]:
    columns = np.array(STATES)
    return list(map(bool, evaluate(parse(text, OPTIONS), lambda k: columns[:, k], {})))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("sign", lambda a, b, c, d: a),
        ("NOT cease-fire", lambda a, b, c, d: not b),
        ("lift  all\nsanctions", lambda a, b, c, d: c),
        ('"NOT wait" AND sign', lambda a, b, c, d: d and a),
        ("3", lambda a, b, c, d: c),
        ("-3", lambda a, b, c, d: not c),
        ("-(1 & 2)", lambda a, b, c, d: not (a and b)),
        ("!1 | ~2", lambda a, b, c, d: not a or not b),
        ("1 OR 2 AND 3", lambda a, b, c, d: a or (b and c)),
        ("NOT 1 AND 2", lambda a, b, c, d: (not a) and b),
        ("1 IF 2 OR 3", lambda a, b, c, d: a or not (b or c)),
        ("1 IF 2 IFF 3", lambda a, b, c, d: (a or not b) == c),
        ("-4 IFF -1", lambda a, b, c, d: d == a),
        ("NOT NOT NOT 1", lambda a, b, c, d: not a),
        ("((1))", lambda a, b, c, d: a),
    ],
)
def test_a_formula_means(text: str, meaning: Any) -> None:
    assert holds(text) == [bool(meaning(*state)) for state in STATES]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("AND", "a name is missing before 'AND'"),
        ("1 AND", "a name is missing at the end"),
        ("1 NOT 2", "AND, OR, IF or IFF is missing before 'NOT'"),
        ('1 "sign"', "AND, OR, IF or IFF is missing before 'sign'"),
        ("(1 OR 2", "not closed"),
        ("1 OR 2)", "not opened"),
        ("()", "a name is missing before ')'"),
        ('"sign', "quotation mark is not closed"),
        ("1 AND " * 30_000 + "1", "180,001 characters"),
        ("NOT 1 AND (" * 5_000 + "1" + ")" * 5_000, "nested too deep"),
    ],
)
def test_what_is_no_formula_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadStandoff, match="f: ") as refused:
        parse(text, OPTIONS, where="f")
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("text", "meant"), [("sing", "did you mean 'sign'?"), ("0", "no option 0"), ("5", "there are 4")]
)
def test_unknown_names_are_told_with_the_nearest(text: str, meant: str) -> None:
    with pytest.raises(UnknownInStandoff) as refused:
        parse(text, OPTIONS)
    assert meant in refused.value.reason


def test_many_parentheses_need_no_recursion() -> None:
    assert holds("(" * 40_000 + "1" + ")" * 40_000) == holds("1")


@settings(max_examples=100)
@given(trees(4))
def test_any_formula_is_evaluated_as_its_tree(tree: Any) -> None:
    formula = parse(written(tree), {f"option {k}": k for k in range(4)})
    columns = np.array(STATES)
    assert evaluate(formula, lambda k: columns[:, k], {}).tolist() == [true(tree, state) for state in STATES]


@settings(max_examples=100)
@given(st.text(alphabet='()&|!~-" 1AND', max_size=30))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        parse(text, OPTIONS)
    except BadStandoff as refused:
        assert refused.reason  # noqa: PT017 - either outcome is right


def test_definitions_come_after_those_they_use() -> None:
    names = ["a", "b", "c"]
    formulas = {n: parse(t, OPTIONS, names) for n, t in {"a": "b AND c", "b": "1", "c": "NOT b"}.items()}
    assert in_order(formulas, "m") == ["b", "c", "a"]
    with pytest.raises(CyclicStandoff):
        in_order({**formulas, "b": parse("a", OPTIONS, names)}, "m")
