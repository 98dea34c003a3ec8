"""Agreement between people, against values worked out by hand."""

from __future__ import annotations

import pytest

from communique.record import Record
from communique.record.judgement.agreement import agreement, cohen_kappa, fleiss_kappa
from record_samples import made, put, reading


def both(*counts: int) -> list[tuple[str, str]]:
    """Pairs of verdicts: how often both accept, only the first accepts, only the second does, neither."""
    yes, first, second, neither = counts
    return [("a", "a")] * yes + [("a", "r")] * first + [("r", "a")] * second + [("r", "r")] * neither


def test_cohens_kappa_of_twenty_fifteen_five_ten() -> None:
    # Observed .70; expected .5 * .6 + .5 * .4 = .5.
    assert cohen_kappa(both(20, 5, 10, 15)) == pytest.approx(0.4)


def test_kappa_is_one_where_all_agree_and_undefined_where_nobody_ever_says_otherwise() -> None:
    assert cohen_kappa(both(5, 0, 0, 5)) == 1
    assert cohen_kappa(both(5, 0, 0, 0)) is None
    assert cohen_kappa([]) is None
    assert fleiss_kappa([["a", "a"], ["a", "a"]]) is None


def test_fleiss_kappa_of_three_people_on_four_things() -> None:
    # Agreement by thing 1, 1/3, 1/3, 1: mean 2/3. Shares 6/12 and 6/12: expected 1/2.
    things = [["a", "a", "a"], ["a", "a", "r"], ["r", "r", "a"], ["r", "r", "r"]]
    assert fleiss_kappa(things) == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))


def test_only_what_two_people_judged_counts() -> None:
    rated = {("statement", "s1"): {"A": "accept", "B": "accept"}, ("statement", "s2"): {"A": "reject"}}
    found = agreement(rated)
    assert (found.people, found.things, found.percent, found.by_all) == (("A", "B"), 1, 1.0, 1)
    assert [(pair.one, pair.other, pair.things, pair.cohen) for pair in found.pairs] == [("A", "B", 1, None)]


def test_nobody_agrees_with_nobody() -> None:
    assert agreement({}).percent is None


def test_agreement_over_a_record_counts_present_verdicts(record: Record) -> None:
    keys = []
    for number in range(4):
        read = reading(made(f"Russia said it would sign number {number} only if Japan changed course, TASS reported."))
        put(record, read)
        keys.append(read.statements[0].id)
    for key, one, other in zip(keys, "aarr", "aara", strict=True):
        verdict = {"a": "accept", "r": "reject"}
        record.judge("statement", key, verdict[one], by="Aiko")
        record.judge("statement", key, verdict[other], by="Boris")
    record.judge("statement", keys[0], "accept", by="Carla")
    record.judge("statement", keys[0], "withdraw", by="Carla")
    found = record.agreement()
    assert found.people == ("Aiko", "Boris")
    assert (found.things, found.percent) == (4, 0.75)
    assert found.pairs[0].cohen == pytest.approx(0.5)
