"""Each proposition put where it belongs: with its attribution, or with its half of a condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.model import Condition, Proposition
from communique.reading.propositions.extractor import Half, Told
from communique.reading.protocols import Resolver, Text

Placed = tuple[tuple[Proposition, ...], tuple[Condition, ...]]
"""Propositions parallel to the attributions, and the conditions with those of their halves."""


def place(text: Text, found: Sequence[Told], _scores: Sequence[float]) -> Placed:
    """Return the propositions where they belong; each attribution has one, and each half of each condition."""
    told = {(each.half, each.index): each.proposition for each in found}
    nothing = Proposition()
    return (
        tuple(told.get((Half.STATEMENT, index), nothing) for index in range(len(text.attributions))),
        tuple(
            replace(condition, asks=told.get((Half.ASKS, index)), grants=told.get((Half.GRANTS, index)))
            for index, condition in enumerate(text.conditions)
        ),
    )


def rules() -> Resolver[Told, Placed]:
    """Make the resolver that gives each its own."""
    return place
