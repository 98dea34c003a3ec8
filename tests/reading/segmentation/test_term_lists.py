"""Terms told as a list: whose they are, what they are for, and that those named in them have said nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]

TERMS = [
    "Peru named two conditions for reopening the border: Ecuador pays the fine, and Brazil promises to stay neutral.",
    "Peru set out its terms for reopening the border:\n\n• Ecuador pays the fine;\n• Brazil promises to stay neutral.",
    "Peru has two demands for reopening the border: (a) Ecuador pays the fine, (b) Brazil promises to stay neutral.",
    "Peru listed terms for reopening the border:\n1. Ecuador pays the fine.\n2. Brazil promises to stay neutral.",
]


@pytest.mark.parametrize("text", TERMS)
def test_each_item_is_needed_for_what_the_terms_are_for(reader: Read, text: str) -> None:
    found = reader(text)
    halves = [
        (text[slice(*c.antecedent[0])], text[slice(*c.consequent[0])], c.kind.value, c.holder) for c in found.conditions
    ]
    assert halves == [
        ("Ecuador pays the fine", "reopening the border", "necessary", "per"),
        ("Brazil promises to stay neutral", "reopening the border", "necessary", "per"),
    ]


@pytest.mark.parametrize("text", TERMS)
def test_the_items_are_demanded_by_who_sets_them_and_said_by_nobody_named_in_them(reader: Read, text: str) -> None:
    statements = reader(text).statements
    said = [(s.speaker, s.act.value) for s in statements if "neutral" in text[slice(*s.content[-1])]]
    assert said[0] == ("per", "demand")
    assert {s.speaker for s in statements} == {"per"}


@pytest.mark.parametrize("text", TERMS)
def test_terms_for_a_thing_are_a_conditional_stance_on_it_and_no_other(reader: Read, text: str) -> None:
    stances = {stance.stance.value for s in reader(text).statements for stance in s.stances}
    assert stances <= {"conditional"}


def test_what_a_draft_provides_in_bullets_nobody_has_promised(reader: Read) -> None:
    text = "The draft treaty provides:\n\n- Kenya agrees to share the catch.\n- Somalia withdraws its case."
    assert reader(text).statements == ()


def test_a_colon_before_anything_else_makes_no_list_of_terms(reader: Read) -> None:
    text = "Peru repeated its demand: “Ecuador must pay.” Chile met two envoys: one from Oslo and one from Bern."
    assert reader(text).conditions == ()


def test_a_second_subject_joined_by_and_speaks_for_itself(reader: Read) -> None:
    text = "Iran promises to cap output and Iraq agrees to pay the fee."
    said = {text[slice(*s.content[0])]: s.speaker for s in reader(text).statements}
    assert said["to pay the fee"] == "irq"
