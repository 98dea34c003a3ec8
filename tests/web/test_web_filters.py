"""What narrows a list down is said in one place: pages and the API ask for whatever fields the filter has."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from inspect import signature
from pathlib import Path

import pytest

import communique
from communique.errors import BadFilter
from communique.record.query.filters import Filter
from communique.record.query.names import NameFilter
from communique.web.list_requests import asked, asked_names

WEB = Path(communique.__file__).parent / "web"
FIELDS = {each.name for each in fields(Filter)}
FEW = 4
"""Fields of the filter that a function may name: the page of an issue asks for its days and outlets itself."""

EMPTY = {name: parameter.default for name, parameter in signature(asked).parameters.items()}


def listing(source: str) -> Iterator[str]:
    """Yield the functions that list fields of the filter, as what they are given or in what they do."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            taken = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            named = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            if len((taken | named) & FIELDS) > FEW:
                yield node.name


def test_a_function_that_lists_the_filters_is_seen() -> None:
    assert list(listing("def f(actor, addressee, relayer, party, country): ..."))
    assert list(listing('def f(x): return {"actor": x, "addressee": x, "relayer": x, "party": x, "country": x}'))


def test_no_function_of_the_desk_lists_the_filters() -> None:
    found = {path.name: list(listing(path.read_text("utf-8"))) for path in sorted(WEB.glob("*.py"))}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_an_address_may_say_each_field_but_the_version() -> None:
    assert set(EMPTY) == (FIELDS - {"version"}) | {"sort", "limit", "after"}
    assert set(signature(asked_names).parameters) == {each.name for each in fields(NameFilter)} | {"limit", "after"}


def test_what_is_left_empty_is_not_given() -> None:
    wanted = asked(**EMPTY | {"actor": [" ", ""], "text": " ", "confidence": "", "copies": ""})
    assert wanted.given == {}
    assert wanted.filter == Filter()


def test_what_is_given_is_read_as_the_filter_takes_it() -> None:
    wanted = asked(**EMPTY | {"party": [" Peru ", ""], "confidence": " 0.5", "voices": "2", "copies": "false"})
    assert wanted.filter == Filter(party=("Peru",), confidence=0.5, voices=2, copies=False)
    assert wanted.given == {"party": ["Peru"], "confidence": "0.5", "voices": "2", "copies": "false"}


@pytest.mark.parametrize("name", ["confidence", "voices"])
def test_a_number_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(BadFilter, match=f"{name} is a number"):
        asked(**EMPTY | {name: "many"})
