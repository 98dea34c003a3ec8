"""Cities and papers named after them tell a state; a name that several states have tells none by itself."""

from __future__ import annotations

import pytest

from communique.lexicon.cities import state_of_city, states_of_city
from communique.lexicon.outlets import outlet_states


@pytest.mark.parametrize(
    ("city", "state"), [("Lagos", "nga"), ("POPAYÁN", "col"), ("Marib", "yem"), ("Córdoba", None), ("Nowhere", None)]
)
def test_a_name_alone_means_the_state_that_has_by_far_the_largest_of_it(city: str, state: str | None) -> None:
    assert state_of_city(city) == state


@pytest.mark.parametrize("word", ["Kandaharo", "Kunduzas", "Durbana", "Zurich Kreis 11"])
def test_names_with_the_endings_of_other_languages_and_numbered_districts_are_none(word: str) -> None:
    assert not states_of_city(word)


def test_a_name_of_several_has_them_all() -> None:
    assert {"arg", "esp"} <= states_of_city("Cordoba")


@pytest.mark.parametrize(
    ("outlet", "states"),
    [("Lagos Mainland News", {"nga"}), ("Diario de Ipiales", {"col"}), ("Morning Star", set()), ("Salt Review", set())],
)
def test_a_paper_named_after_a_city_is_of_its_state(outlet: str, states: set[str]) -> None:
    assert outlet_states(outlet) == states
