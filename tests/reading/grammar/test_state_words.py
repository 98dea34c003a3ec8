"""A state is one word, by whichever of its names."""

from __future__ import annotations

import pytest

from communique.lexicon import load
from communique.reading.grammar.state_words import is_state, states_in
from communique.reading.propositions.words import meant_words, raw_words


def meant(text: str) -> list[str]:
    return [word.form for word in meant_words(raw_words(text))]


@pytest.mark.parametrize("name", ["Iran", "Iranian", "Iranians", "Tehran", "the Islamic Republic of Iran"])
def test_all_names_of_a_state_are_one_word(name: str) -> None:
    assert meant(f"said {name.removeprefix('the ')}") == ["said", "@irn"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the republic of the congo", "the @cog"),
        ("north korean and south sudanese grain", "@prk and @ssd grain"),
        ("korean grain from sudan", "korean grain from @sdn"),
    ],
)
def test_the_longest_name_is_taken(words: str, expected: str) -> None:
    assert meant(words) == expected.split()


def test_a_place_called_after_a_state_is_not_the_state() -> None:
    assert meant("China in the South China Sea") == ["@chn", "in", "the", "south china sea"]


def test_what_is_also_a_common_word_is_left_alone() -> None:
    assert meant("male soldiers told us") == ["male", "soldiers", "told", "us"]
    assert meant("the south of the new port") == ["the", "south", "of", "the", "new", "port"]


def test_abbreviations_and_accents_are_spelt_out() -> None:
    assert meant("The U.S. and the US told us in Türkiye") == [
        "the",
        "@usa",
        "and",
        "the",
        "@usa",
        "told",
        "us",
        "in",
        "@tur",
    ]


def test_a_territory_may_be_told_by_the_state_that_holds_it() -> None:
    assert states_in(["@aze", "@nagorno-karabakh", "@hkg", "grain"]) == {"@aze"}
    assert is_state("@hkg")
    assert not is_state("grain")


@pytest.mark.parametrize("code", load("states")["states"])
def test_every_state_goes_by_its_name(code: str) -> None:
    assert meant(load("states")["states"][code]["name"]) == [f"@{code}"]
