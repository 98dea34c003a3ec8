"""How a clause stands in time, by its auxiliaries, and the words that look ahead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.reading.grammar.verbs import is_infinitive, is_possible, modal, outlook, tense
from communique.reading.tokens import Tokens

Parse = Callable[[str], Tokens]


@pytest.mark.parametrize(
    ("text", "verb", "view"),
    [
        ("Kenya will sign the accord.", "sign", "future"),
        ("Kenya would have signed the accord.", "signed", "unreal"),
        ("Kenya signed the accord.", "signed", "past"),
        ("Kenya has signed the accord.", "signed", "present"),
        ("Kenya is ready to sign the accord.", "sign", "future"),
        ("Kenya is going to sign the accord.", "going", "future"),
    ],
)
def test_a_clause_stands_in_time(parsed: Parse, text: str, verb: str, view: str) -> None:
    tokens = parsed(text)
    assert outlook(tokens, tokens.lower.index(verb)) == view


@pytest.mark.parametrize(
    ("text", "verb", "told"),
    [
        ("The envoy left after Uganda signed.", "signed", "past"),
        ("The envoy left after Uganda had signed.", "signed", "perfect past"),
        ("The envoy leaves when the minister signs the accord.", "signs", "present"),
        ("The envoy says Uganda may sign.", "sign", "modal"),
    ],
)
def test_the_tense_of_a_subordinate_verb(parsed: Parse, text: str, verb: str, told: str) -> None:
    tokens = parsed(text)
    assert tense(tokens, tokens.lower.index(verb)) == told


def test_a_verb_tells_its_modal_and_whether_it_is_only_possible(parsed: Parse) -> None:
    tokens = parsed("Kenya might sign the accord, and Uganda must leave.")
    assert modal(tokens, tokens.lower.index("sign")) == "might"
    assert is_possible(tokens, tokens.lower.index("sign"))
    assert modal(tokens, tokens.lower.index("leave")) == "must"
    assert not is_possible(tokens, tokens.lower.index("leave"))


def test_an_infinitive_has_to(parsed: Parse) -> None:
    tokens = parsed("Kenya wants to sign the accord.")
    assert is_infinitive(tokens, tokens.lower.index("sign"))
    assert not is_infinitive(tokens, tokens.lower.index("wants"))
