"""The base forms by which statements are compared: endings, nouns made from verbs, words of one meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.reading.grammar.base_forms import base_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("suspension", "suspended"),
        ("expansions", "expand"),
        ("annexation", "annexed"),
        ("ratification", "ratifies"),
        ("applications", "apply"),
        ("normalization", "normalise"),
        ("negotiators", "negotiated"),
        ("implementation", "implement"),
        ("recognition", "recognising"),
        ("abolition", "abolishes"),
        ("invasion", "invaded"),
        ("admission", "admits"),
        ("resumption", "resumes"),
        ("reductions", "reduce"),
        ("imposition", "imposed"),
        ("compliance", "complied"),
        ("alliance", "allies"),
        ("resistance", "resist"),
        ("recovery", "recovered"),
        ("closure", "closed"),
        ("denial", "denied"),
        ("expulsion", "expelled"),
        ("proposals", "proposal"),
        ("supplies", "supply"),
        ("families", "family"),
        ("crises", "crisis"),
        ("passes", "passed"),
    ],
)
def test_forms_of_one_word_are_one(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("truce", "ceasefire"), ("troops", "soldiers"), ("arms", "weapons"), ("accession", "membership")],
)
def test_words_of_one_meaning_are_one(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("commission", "commit"),
        ("opposition", "oppose"),
        ("position", "pose"),
        ("nation", "nate"),
        ("tension", "tend"),
        ("liberal", "liberate"),
        ("department", "departure"),
        ("parliament", "parley"),
        ("news", "newer"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert base_form(one) != base_form(other)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_any_word_has_a_base_form_that_is_no_longer_than_its_own_class(word: str) -> None:
    found = base_form(word)
    assert found == found.lower()
    assert bool(found) == bool(word)
