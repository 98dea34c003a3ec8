"""Stances that a report tells in its own words, quoting nobody."""

from __future__ import annotations

import pytest

from communique.model import Stance
from conftest import Read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru has thrown its weight behind the anchovy quota.", {("per", Stance.FOR)}),
        ("Peru is in favour of the anchovy quota.", {("per", Stance.FOR)}),
        ("Peru is against the anchovy quota.", {("per", Stance.AGAINST)}),
        ("Peru's opposition to the anchovy quota has hardened.", {("per", Stance.AGAINST)}),
        ("Peru's opposition to the anchovy quota has crumbled.", set()),
        ("Boats from Ecuador exceed the anchovy quota that Chile rejects.", {("chl", Stance.AGAINST)}),
        ("Peru may be against the anchovy quota.", set()),
        ("Is Peru in favour of the anchovy quota?", set()),
        ("In the eighties Peru stood behind the anchovy quota.", set()),
        ("Peru printed the anchovy quota.", set()),
        ("Ten years ago Peru embraced the anchovy quota.", set()),
        ("Peru initially embraced the anchovy quota.", set()),
        ("Two days ago Peru embraced the anchovy quota.", {("per", Stance.FOR)}),
        ("Peru was the first to sign up to the anchovy quota.", {("per", Stance.FOR)}),
        ("Peru and Chile spoke in favour of the anchovy quota.", {("per", Stance.FOR), ("chl", Stance.FOR)}),
        ("Peru shares the concerns about the anchovy quota.", set()),
        ("Peru, a critic of the anchovy quota, stayed at home.", {("per", Stance.AGAINST)}),
        ("Peru is among the keenest advocates of the anchovy quota.", {("per", Stance.FOR)}),
        ("The anchovy quota has drawn criticism from Peru.", {("per", Stance.AGAINST)}),
        ("Peru can live with the anchovy quota, a delegate said.", {("per", Stance.FOR)}),
        ("Peru will never accept the anchovy quota, analysts said.", {("unnamed:analysts", Stance.AGAINST)}),
        ("Peru declined to say whether it would join the anchovy quota.", set()),
        ("Ten boats left over the anchovy quota. Peru stays away from it.", {("per", Stance.AGAINST)}),
        ("In 1998 Peru fought the anchovy quota.", set()),
        (
            "Peru disapproves of the anchovy quota, which Chile calls sound.",
            {("per", Stance.AGAINST), ("chl", Stance.FOR)},
        ),
        (
            "Peru is in favour of the anchovy quota, while Chile is against it.",
            {("per", Stance.FOR), ("chl", Stance.AGAINST)},
        ),
        ("The anchovy quota was condemned in Lima. Peru has fished for long.", {("per", Stance.AGAINST)}),
        ("Chile adopted the anchovy quota.", {("chl", Stance.FOR)}),
        ("Boats from Ecuador keep out of Chile's plan for an anchovy quota.", {("chl", Stance.FOR)}),
        ("Peru attached two conditions to the anchovy quota.", {("per", Stance.CONDITIONAL)}),
    ],
)
def test_a_report_tells_a_stance_where_what_governs_the_matter_is_said_of_a_party_as_a_fact(
    reader: Read, text: str, told: set[tuple[str, Stance]]
) -> None:
    statements = reader(text).statements
    assert {(s.speaker, e.stance) for s in statements for e in s.stances if "anchovy-quota" in e.issue} == told


def test_what_hangs_on_a_condition_is_a_matter_though_nothing_else_tells_it_from_its_kind(reader: Read) -> None:
    reading = reader("Kosovo will take down the barricade only once Serbian police have left, Pristina said.")
    assert ("barricade", Stance.CONDITIONAL) in {(e.issue, e.stance) for s in reading.statements for e in s.stances}
