"""A capital is its government where it acts, and a place where things happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Lisbon rejected the proposal.", "prt"),
        ("The proposal was rejected by Lisbon.", "prt"),
        ("Relations between Lisbon and Madrid are good.", "prt"),
        ("Ties with Lisbon have suffered.", "prt"),
        ("Lisbon's position on fisheries is unchanged.", "prt"),
        ("The commission accused Lisbon of delay.", "prt"),
        ("Spain sent a protest note to Lisbon.", "prt"),
        ("Brussels has warned Budapest about the law.", "org:eu"),
    ],
)
def test_a_capital_that_acts_is_its_government(reader: Read, text: str, state: str) -> None:
    assert state in {a.id for a in reader(text).actors}


@pytest.mark.parametrize(
    "text",
    [
        "The delegations met in Lisbon.",
        "He arrived in Lisbon on Monday.",
        "She flew to Lisbon for talks.",
        "Lisbon's streets were empty.",
        "A Lisbon court sentenced him.",
        "The mayor of Lisbon resigned.",
        "LISBON, June 5 (Reuters) - The rains came.",
        "Missiles hit Lisbon overnight.",
        "Flights between Lisbon and Porto were cancelled.",
    ],
)
def test_a_capital_where_things_happen_is_a_place(reader: Read, text: str) -> None:
    assert "prt" not in {a.id for a in reader(text).actors}
