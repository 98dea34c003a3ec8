"""A state is one word, by whichever of its names."""

from __future__ import annotations

import pytest

from communique.analysis.states import as_one, is_state, spelt_out, states_in
from communique.lexicon import load


@pytest.mark.parametrize("name", ["Iran", "Iranian", "Iranians", "Tehran", "the Islamic Republic of Iran"])
def test_all_names_of_a_state_are_one_word(name: str) -> None:
    assert as_one(["said", *name.lower().removeprefix("the ").split()]) == ["said", "@irn"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the republic of the congo", "the @cog"),
        ("north korean and south sudanese grain", "@prk and @ssd grain"),
        ("korean grain from sudan", "korean grain from @sdn"),
    ],
)
def test_the_longest_name_is_taken(words: str, expected: str) -> None:
    assert as_one(words.split()) == expected.split()


def test_a_place_called_after_a_state_is_not_the_state() -> None:
    assert as_one(["china", "in", "the", "south", "china", "sea"]) == ["@chn", "in", "the", "south china sea"]


def test_what_is_also_a_common_word_is_left_alone() -> None:
    assert as_one(["male", "soldiers", "told", "us"]) == ["male", "soldiers", "told", "us"]
    assert as_one(["the", "south", "of", "the", "new", "port"]) == ["the", "south", "of", "the", "new", "port"]


def test_abbreviations_and_accents_are_spelt_out() -> None:
    assert (
        spelt_out("The U.S. and the US told us in Türkiye, Malé")
        == "The America and the America told us in Turkiye, Male"
    )


def test_a_territory_may_be_told_by_the_state_that_holds_it() -> None:
    assert states_in(["@aze", "@nagorno-karabakh", "@hkg", "grain"]) == {"@aze"}
    assert is_state("@hkg")
    assert not is_state("grain")


@pytest.mark.parametrize("code", load("states")["states"])
def test_every_state_goes_by_its_name(code: str) -> None:
    name = spelt_out(load("states")["states"][code]["name"]).lower().replace("-", " ").replace("'", " ")
    assert as_one(name.split()) == [f"@{code}"]
