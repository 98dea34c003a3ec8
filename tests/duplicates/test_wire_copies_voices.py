"""Which reports are one voice: copies of one text, but never two agencies by way of a digest of both."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from communique.duplicates.shingles import CopyKind, Shared
from communique.duplicates.voices import TOUCHING, WireReport, earlier, groups, kind_between

NEAR = Shared(jaccard=0.9, contained=0.95, words=200)


def part(words: int) -> Shared:
    return Shared(jaccard=0.2, contained=0.6, words=words)


def told(*published: str) -> list[WireReport]:
    return [WireReport(number, day) for number, day in enumerate(published, 1)]


def sets(found: list[list[int]]) -> set[frozenset[int]]:
    return {frozenset(voice) for voice in found}


def test_near_identical_texts_are_one_voice_through_each_other() -> None:
    assert groups(told("", "", ""), {(1, 2): NEAR, (2, 3): NEAR}) == [[1, 2, 3]]


@pytest.mark.parametrize("days", [("", "", ""), ("2024-01-02",) * 3, ("2024-01-01", "2024-01-01", "2024-01-02")])
def test_a_digest_of_two_agencies_has_the_voice_that_it_shares_most_with(days: tuple[str, ...]) -> None:
    """1 and 2 are the agencies', 3 the digest."""
    for order in permutations(told(*days)):
        assert sets(groups(order, {(1, 3): part(60), (2, 3): part(80)})) == {frozenset({1}), frozenset({2, 3})}


def test_texts_that_each_copy_another_part_of_an_earlier_one_have_its_voice() -> None:
    reports = told("2024-01-01", "2024-01-02", "2024-01-03")
    assert groups(reports, {(1, 2): part(80), (1, 3): part(60)}) == [[1, 2, 3]]


def test_three_texts_that_share_one_part_are_one_voice_without_dates() -> None:
    assert groups(told("", "", ""), {(1, 2): part(80), (1, 3): part(60), (2, 3): part(50)}) == [[1, 2, 3]]


def test_no_chain_comes_of_parts() -> None:
    assert sets(groups(told("", "", "", ""), {(1, 2): part(90), (2, 3): part(50), (3, 4): part(80)})) == {
        frozenset({1, 2}),
        frozenset({3, 4}),
    }


def test_a_reprint_of_the_digest_goes_with_it() -> None:
    links = {(1, 3): part(60), (2, 3): part(80), (3, 4): NEAR, (1, 4): part(60), (2, 4): part(80)}
    assert sets(groups(told("", "", "", ""), links)) == {frozenset({1}), frozenset({2, 3, 4})}


def test_different_agencies_are_two_voices_unless_the_texts_are_one() -> None:
    one, other = WireReport(1, agency="TASS"), WireReport(2, agency="Kyodo")
    assert kind_between(one, other, part(80)) is None
    assert kind_between(one, WireReport(2, agency="tass"), part(80)) is CopyKind.PARTLY_COPIED
    assert kind_between(one, WireReport(2), part(80)) is CopyKind.PARTLY_COPIED
    assert kind_between(one, other, NEAR) is CopyKind.NEAR_IDENTICAL


def test_an_outlets_stories_of_different_days_share_its_background_and_are_two() -> None:
    one = WireReport(1, "2024-01-01", "Taiga Herald")
    assert kind_between(one, WireReport(2, "2024-02-01", "Taiga Herald"), part(45)) is None
    assert kind_between(one, WireReport(2, "2024-01-01T09:00:00Z", "Taiga Herald"), part(45)) is CopyKind.PARTLY_COPIED
    assert kind_between(one, WireReport(2, "2024-02-01", "City Gazette"), part(45)) is CopyKind.PARTLY_COPIED
    assert kind_between(one, WireReport(2, "2024-02-01", "Taiga Herald"), NEAR) is CopyKind.NEAR_IDENTICAL


def test_a_day_is_not_before_a_time_on_it() -> None:
    assert earlier("2024-01-01", "2024-01-02T00:00:00Z")
    assert not earlier("2024-01-01", "2024-01-01T23:00:00Z")
    assert not earlier("", "2024-01-01")
    assert not earlier("2024-01-01", "")


@given(some.data())
def test_neither_order_nor_numbers_matter(data: some.DataObject) -> None:
    count = data.draw(some.integers(2, 7))
    days = data.draw(some.lists(some.sampled_from(["", "2024-01-01", "2024-01-02"]), min_size=count, max_size=count))
    pairs = list(combinations(range(count), 2))
    weights = data.draw(some.permutations(range(50, 50 + len(pairs))))
    kinds = data.draw(some.lists(some.sampled_from(["near", "part", "none"]), min_size=len(pairs), max_size=len(pairs)))
    numbers = data.draw(some.permutations(range(count)))

    def partition(named: list[int], order: list[int]) -> set[frozenset[int]]:
        links = {}
        for (one, other), weight, kind in zip(pairs, weights, kinds, strict=True):
            pair = (min(named[one], named[other]), max(named[one], named[other]))
            if kind != "none":
                links[pair] = NEAR if kind == "near" else part(weight)
        back = {number: text for text, number in enumerate(named)}
        found = groups([WireReport(named[text], days[text]) for text in order], links)
        return sets([[back[number] for number in voice] for voice in found])

    plain = list(range(count))
    assert partition(numbers, data.draw(some.permutations(plain))) == partition(plain, plain)


TOUCH = Shared(jaccard=0.1, contained=0.3, words=TOUCHING)
"""As two cuttings share that differ much."""


def test_cuttings_that_have_their_opening_in_common_are_one_voice_by_way_of_each_other() -> None:
    links = {(1, 2): part(90), (2, 3): part(80), (3, 4): part(70), (1, 3): TOUCH, (1, 4): TOUCH, (2, 4): TOUCH}
    for order in permutations(told("", "", "", "")):
        assert sets(groups(order, links)) == {frozenset({1, 2, 3, 4})}


def test_what_touches_alone_joins_nothing() -> None:
    assert len(groups(told("", "", ""), {(1, 2): TOUCH, (1, 3): TOUCH, (2, 3): TOUCH})) == 3


def test_agencies_that_touch_by_a_digest_stay_two_voices() -> None:
    reports = [WireReport(1, agency="AFP"), WireReport(2, agency="The Associated Press"), WireReport(3)]
    assert len(groups(reports, {(1, 2): TOUCH, (1, 3): part(80), (2, 3): part(80)})) == 2


def test_one_agency_by_two_names_is_one_voice() -> None:
    assert kind_between(WireReport(1, agency="AP"), WireReport(2, agency="The Associated Press"), part(80)) is not None
