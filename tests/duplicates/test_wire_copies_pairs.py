"""Pairs of texts of our own writing: copies are known as such, independent reports of one event are not."""

from __future__ import annotations

import pytest

from wire_pairs import FILES, Pair, figures, pairs

ALL = {path.name: list(pairs(path)) for path in FILES}


@pytest.mark.parametrize("name", ALL)
def test_copies_and_independent_reports_are_told_apart(name: str) -> None:
    precision, recall = figures(ALL[name])
    assert (precision, recall) >= (0.95, 0.0)
    assert recall >= 0.93


def test_the_pairs_are_many_and_of_every_kind() -> None:
    every = [pair for found in ALL.values() for pair in found]
    assert len(every) >= 60
    assert len({frozenset(pair.names) for pair in every}) >= 55
    assert 0.4 < sum(pair.copy for pair in every) / len(every) < 0.6


@pytest.mark.parametrize("pair", [p for f in ALL.values() for p in f if p.kind == "shared quotation"], ids=str)
def test_reporters_who_quote_one_sentence_share_nothing(pair: Pair) -> None:
    assert pair.shared.words == 0
