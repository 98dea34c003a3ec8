"""What two texts share: measured without quotations and datelines, found by a bounded number of keys."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from communique.duplicates.shingles import KEYS, LONGEST, CopyKind, Overlap, Shingled, keys

WORDS = some.lists(some.sampled_from(["red", "blue", "sea", "island", "talks", "fish", "treaty"]), max_size=80)


def overlap(one: str, other: str) -> Overlap:
    return Shingled(one).overlap(Shingled(other))


def words(seed: str, count: int) -> str:
    """Words that no text of another seed has."""
    rng = random.Random(seed)
    return " ".join(f"{seed}{rng.randrange(10_000)}" for _ in range(count))


def test_what_two_texts_share_is_shown_in_both_of_them() -> None:
    shared = words("a", 50)
    one, other = f"{words('b', 20)}. {shared}, {words('c', 9)}", f"Here: {shared.upper()}! {words('d', 30)}"
    found = overlap(one, other)
    assert found.words == 50
    assert [one[s.start : s.end] for s in found.first] == [shared]
    assert [other[s.start : s.end] for s in found.second] == [shared.upper()]


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“", "‘’"])
def test_a_quotation_is_no_copy_however_long(marks: str) -> None:
    quoted = f"{marks[0]}{words('q', 90)}{marks[1]}"
    found = overlap(f"{words('a', 30)} {quoted}", f"{words('b', 30)} {quoted}")
    assert (found.words, found.jaccard, found.kind) == (0, 0.0, None)


@pytest.mark.parametrize("sign", ['"', "“", "«", "„", "‘"])
def test_a_quotation_mark_without_its_fellow_hides_nothing_of_the_next_paragraph(sign: str) -> None:
    text = f"{words('a', 5)} {sign}{words('b', 5)}\n\n{words('c', 60)}"
    assert overlap(text, words("c", 60)).words == 60


@pytest.mark.parametrize("head", ["TOKYO, October 4. /TASS/. ", "TOKYO (Kyodo) -- ", "KYIV, Ukraine (AP) — "])
def test_a_dateline_does_not_tell_texts_apart(head: str) -> None:
    body = words("a", 60)
    assert overlap(head + body, body).jaccard == 1.0
    assert keys(head + body) == keys(body)


def test_a_credit_or_an_invitation_at_the_end_makes_no_difference() -> None:
    body = words("a", 60)
    assert keys(f"{body}\n\nReporting by Aiko Ito; editing by Boris Orlov\nAll rights reserved.") == keys(body)


def test_a_first_part_is_a_part_and_an_edited_text_is_near() -> None:
    body = words("a", 120).split(" ")
    assert overlap(" ".join(body), " ".join(body[:50])).kind is CopyKind.PARTLY_COPIED
    edited = [*body[:30], "amended", *body[31:]]
    assert overlap(" ".join(body), " ".join(edited)).kind is CopyKind.NEAR_IDENTICAL


def test_a_phrase_in_common_is_nothing() -> None:
    phrase = words("p", 15)
    assert overlap(f"{phrase} {words('a', 10)}", f"{phrase} {words('b', 10)}").kind is None


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
def test_a_part_of_a_text_has_keys_in_common_with_it(part: float) -> None:
    for seed in "abcdefgh":
        body = words(seed, 400).split(" ")
        copied = " ".join(body[: int(400 * part)])
        assert len(set(keys(" ".join(body))) & set(keys(copied))) >= 2


def test_the_first_hundred_words_of_a_long_text_have_keys_in_common_with_it() -> None:
    for seed in range(50):
        long = words(f"s{seed}x", 10_000)
        part = " ".join(long.split(" ")[:100])
        assert len(set(keys(long)) & set(keys(part))) >= 2


def test_headlines_menus_and_teasers_do_not_count() -> None:
    body = f"{words('a', 80)}.\n\n{words('b', 80)}."
    page = f"Home\nWorld news\nSign in\n\nTalks hang by a thread\n\n{body}\n\nMost read\nTen walks along the coast"
    assert overlap(body, page).jaccard == 1.0
    narrow = "\n".join(" ".join(body.split()[n : n + 6]) for n in range(0, 160, 6))
    assert overlap(body, narrow).contained > 0.9, "but lines that are how a text is set do"


def test_keys_are_few_signed_and_those_of_any_machine() -> None:
    assert len(keys(words("a", 300))) == KEYS
    assert len(keys(words("a", 5000))) < 5000 / 9, "and of a long text in proportion"
    assert all(-(2**63) <= key < 2**63 for key in keys(words("a", 5000)))
    assert keys("Russia would resume the talks only if Japan lifted all of its sanctions")[:2] == (
        *(1202000214551622962, 3324139892324741002),
    ), "stored keys must stay comparable; a change of these needs a migration"


def test_a_text_too_short_to_be_told_from_others_has_no_keys() -> None:
    assert keys("") == keys("No comment.") == keys('"' + words("a", 60) + '"') == ()


@pytest.mark.parametrize(
    "text", ["“" * 300_000, '"' * 300_000, "a " * 300_000, "\n" * 300_000, "(A" * 200_000, "\ud83d" * 99]
)
def test_a_hostile_text_is_looked_at_up_to_a_limit(text: str) -> None:
    assert len(keys(text)) <= KEYS
    assert overlap(text, text).words <= LONGEST


@given(WORDS, WORDS)
def test_sharing_is_mutual(one: list[str], other: list[str]) -> None:
    first, second = Shingled(" ".join(one)), Shingled(" ".join(other))
    there, back = first.shared(second), second.shared(first)
    assert (there.jaccard, there.contained) == (back.jaccard, back.contained)
    assert 0 <= there.jaccard <= there.contained <= 1
    assert first.shared(first).jaccard == (1.0 if len(one) >= 5 else 0.0)


@given(WORDS, WORDS)
def test_the_measures_are_those_of_the_definition(one: list[str], other: list[str]) -> None:
    sets = [{tuple(text[i : i + 5]) for i in range(len(text) - 4)} for text in (one, other)]
    common, every = sets[0] & sets[1], sets[0] | sets[1]
    found = Shingled(" ".join(one)).shared(Shingled(" ".join(other)))
    assert found.jaccard == (len(common) / len(every) if every else 0)
    assert found.contained == (len(common) / min(map(len, sets)) if all(sets) else 0)
    covered = {i + k for i in range(len(one) - 4) if tuple(one[i : i + 5]) in common for k in range(5)}
    assert found.words == len(covered)
