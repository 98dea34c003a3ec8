"""What words say: their terms, sign and numbers, what stays as it was, what is named; each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Span, Trait
from communique.reading.propositions.affirming import affirmed, outcome_of
from communique.reading.propositions.wording import less, proposition_of, proposition_without, until_met


def test_terms_are_base_forms_with_their_places() -> None:
    text = "Kenya suspended the talks"
    said = proposition_of(text)
    assert said.terms == ("@ken", "suspend", "talk")
    assert [text[start:end] for start, end in said.terms_at] == ["Kenya", "suspended", "talks"]
    assert said.names == ("@ken",)


def test_places_are_those_of_the_text_that_the_stretches_were_taken_from() -> None:
    text = "Talks, the envoy said, would resume with Kenya"
    said = proposition_of(text, (Span(0, 5), Span(23, len(text))))
    assert [text[start:end] for start, end in said.terms_at] == ["Talks", "resume", "Kenya"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("it would sign the accord", False),
        ("it would not sign the accord", True),
        ("it rejected the accord", True),
        ("it did not reject the accord", False),
        ("it would no longer honour the accord", True),
        ("if Kenya does not leave, it will sign the accord", False),
        ("it would sign the accord unless Kenya refuses", False),
    ],
)
def test_the_sign_is_that_of_the_main_part(text: str, denied: bool) -> None:
    assert proposition_of(text).denied is denied


@pytest.mark.parametrize(
    "text",
    [
        "it did not alter its position on the treaty",
        "its policy has not yet changed",
        "its position on the islands remains unchanged",
        "it has no plans to change its stance",
        "its approach has not moved",
    ],
)
def test_what_stays_as_it_was_is_steady_and_denies_nothing(text: str) -> None:
    said = proposition_of(text)
    assert (said.steady, said.denied) == (True, False)


@pytest.mark.parametrize("text", ["it did not sign the treaty", "it changed its position", "the border has moved"])
def test_what_is_denied_or_changes_is_not_steady(text: str) -> None:
    assert not proposition_of(text).steady


def test_numbers_come_with_what_they_count() -> None:
    said = proposition_of("within a year 12 soldiers, and by 2030 three million tonnes, will leave on 4 May")
    assert {(each.number, each.unit) for each in said.quantities} >= {("1", "year"), ("12", "soldier"), ("2030", "by")}
    assert not any(each.unit == "may" for each in said.quantities)


def test_constructions_name_what_they_are_about() -> None:
    none = proposition_of("there will be no war over the bay").none_of
    instead = proposition_of("Norway would build the dam instead of Kenya").instead_of
    holder = proposition_of("the bay belongs to Kenya").holder
    assert none is not None
    assert none.terms == ("war",)
    assert instead is not None
    assert instead.terms == ("@ken",)
    assert holder is not None
    assert (holder.before, holder.terms) == (("bay",), ("@ken",))


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("it was ready for talks without preconditions", Trait.WAIVES),
        ("the remarks by the minister were unhelpful", Trait.OF_WORDS),
        ("it would go whether or not the truce holds", Trait.REGARDLESS),
        ("Kenya must leave", Trait.ASKED),
        ("Kenya may leave", Trait.FREE),
        ("it will never leave", Trait.FINAL),
        ("it would accept the offer", Trait.WILLING),
        ("the blockade goes on", Trait.GOES_ON),
    ],
)
def test_traits(text: str, trait: Trait) -> None:
    assert trait in proposition_of(text).traits


def test_conditions_are_left_out_by_their_words() -> None:
    said = proposition_without("it would sign if Kenya leaves the bay", ("Kenya leaves the bay",))
    assert said.terms == ("sign",)


def test_a_denial_that_lasts_until_a_condition_is_met() -> None:
    text = "it will not talk until Kenya leaves"
    start = text.index("Kenya")
    assert until_met(text, (Span(start, len(text)),))
    assert not until_met(text, (Span(0, 2),))


def test_words_are_affirmed() -> None:
    line = "Kenya won't withdraw"
    assert affirmed(line, proposition_of(line)) == "Kenya will withdraw"
    assert affirmed("Kenya will stay", proposition_of("Kenya will stay")) == "Kenya will stay"
    assert outcome_of("Kenya would accept talks") == "talks"


@given(st.text(max_size=80))
def test_any_text_has_a_proposition_whose_places_lie_in_it(text: str) -> None:
    said = proposition_of(text)
    assert len(said.terms) == len(set(said.terms)) == len(said.terms_at)
    assert set(said.names) <= set(said.terms)
    assert all(0 <= start < end <= len(text) for start, end in said.terms_at)
    assert 0 <= said.main <= len(said.terms)


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: Span(min(pair), max(pair)))


@given(st.lists(SPANS, max_size=3), st.lists(SPANS, max_size=4))
def test_what_is_left_touches_no_hole(pieces: list[Span], holes: list[Span]) -> None:
    left = {at for start, end in less(tuple(pieces), holes) for at in range(start, end)}
    every = {at for start, end in pieces for at in range(start, end)}
    assert left == every - {at for start, end in holes for at in range(start, end)}
