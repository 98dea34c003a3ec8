"""What is denied: by a word beside it, by its subject or object, by the predicate that it completes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.reading.grammar.negation import (
    holds_denial,
    holds_phrase,
    holds_word,
    is_denied,
    is_denied_clause,
    is_denied_predicate,
    is_negation,
)
from communique.reading.tokens import Tokens

Parse = Callable[[str], Tokens]


def at(tokens: Tokens, word: str) -> int:
    return tokens.lower.index(word)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Kenya will not sign the accord.", "sign"),
        ("Kenya won't sign the accord.", "sign"),
        ("Kenya never signed the accord.", "signed"),
        ("Nobody signed the accord.", "signed"),
        ("Kenya no longer opposes the accord.", "opposes"),
    ],
)
def test_a_verb_is_denied_by_what_stands_with_it(parsed: Parse, text: str, verb: str) -> None:
    tokens = parsed(text)
    assert is_denied(tokens, at(tokens, verb))


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Kenya signed the accord.", "signed"),
        ("Kenya, not Uganda, signed the accord.", "signed"),
        ("Kenya signed the accord that Uganda did not want.", "signed"),
        ("Nobody did not sign the accord.", "sign"),
    ],
)
def test_what_another_word_denies_or_two_words_deny_stands(parsed: Parse, text: str, verb: str) -> None:
    tokens = parsed(text)
    assert not is_denied(tokens, at(tokens, verb))


def test_what_has_ended_can_be_told_from_what_never_was(parsed: Parse) -> None:
    tokens = parsed("Kenya no longer opposes the accord.")
    assert not is_denied(tokens, at(tokens, "opposes"), ended=False)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("There will be no talks.", "be"),
        ("No envoy will attend.", "attend"),
        ("Under no circumstances will we sign.", "sign"),
        ("We have nothing to add.", "have"),
    ],
)
def test_a_clause_says_no_by_its_subject_or_object_too(parsed: Parse, text: str, verb: str) -> None:
    tokens = parsed(text)
    assert is_denied_clause(tokens, at(tokens, verb))


def test_a_clause_that_only_holds_a_denied_one_does_not_say_no(parsed: Parse) -> None:
    tokens = parsed("Kenya said that it would not sign.")
    assert not is_denied_clause(tokens, at(tokens, "said"))


def test_a_complement_is_denied_through_its_verb(parsed: Parse) -> None:
    tokens = parsed("The talks are not conditional on a truce.")
    assert is_denied_predicate(tokens, at(tokens, "conditional"))
    tokens = parsed("The talks are conditional on a truce.")
    assert not is_denied_predicate(tokens, at(tokens, "conditional"))


@pytest.mark.parametrize("word", ["not", "never", "cannot", "won't", "wouldn’t", "hardly"])
def test_words_that_deny(word: str) -> None:
    assert is_negation(word)


@pytest.mark.parametrize("word", ["note", "now", "knot", "yes", ""])
def test_words_that_do_not(word: str) -> None:
    assert not is_negation(word)


def test_a_stretch_holds_words_and_phrases(parsed: Parse) -> None:
    tokens = parsed("Talks are off the table, and off the record.")
    whole = ((0, tokens.n),)
    assert holds_word(tokens, whole, frozenset(("table",)))
    assert not holds_word(tokens, ((0, 2),), frozenset(("table",)))
    assert holds_phrase(tokens, whole, [("off", "the", "record"), ("off", "the", "table")])
    assert not holds_phrase(tokens, ((0, 2),), [("off", "the", "table")])


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("Kenya would not resume the talks.", True),
        ("Kenya would hold no talks.", True),
        ("Nobody would come to the talks.", True),
        ("Kenya would resume the talks.", False),
    ],
)
def test_a_stretch_holds_a_word_that_denies(parsed: Parse, text: str, denies: bool) -> None:
    tokens = parsed(text)
    assert holds_denial(tokens, ((0, tokens.n),)) is denies
