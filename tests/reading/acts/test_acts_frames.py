"""What a verb and its complements say of a matter together, by classes of words that fill one frame."""

from __future__ import annotations

import pytest

from communique.model import Stance
from communique.reading.pipeline import read

AGAINST = [
    "is furious at the visa fee",
    "is fuming over the visa fee",
    "is outraged by the visa fee",
    "is opposed to the visa fee",
    "grumbles about the visa fee",
    "takes a dim view of the visa fee",
    "took a tough line on the visa fee",
    "pulled out of the visa fee",
    "views the visa fee with suspicion",
    "has serious doubts about the visa fee",
    "spoke of the visa fee as theft",
    "says the visa fee goes too far",
    "says the visa fee has had its day",
    "says there can be no visa fee",
    "prefers a passport check to the visa fee",
]

FOR = [
    "is pressing ahead with the visa fee",
    "came round to the visa fee",
    "is committed to the visa fee",
    "takes a favourable view of the visa fee",
    "makes no secret of its liking for the visa fee",
    "has no objection to the visa fee",
    "set aside money for the visa fee",
    "hopes to keep the visa fee",
    "is trying to save the visa fee",
    "spoke warmly of the visa fee",
    "says the visa fee has proved its worth",
    "says the visa fee is not negotiable",
    "warned against scrapping the visa fee",
]

NONE = [
    "called for restraint over the visa fee",
    "would not discuss the visa fee",
    "is at odds with Chile over the visa fee",
    "held talks about the visa fee",
]


def _stances(text: str) -> set[Stance]:
    reading = read(text)
    matter = {issue.id for issue in reading.issues if issue.name == "visa fee"}
    return {each.stance for made in reading.statements for each in made.stances if each.issue in matter}


@pytest.mark.parametrize("said", AGAINST)
def test_a_frame_turns_a_matter_down(said: str) -> None:
    assert _stances(f"Peru {said}.") == {Stance.AGAINST}


@pytest.mark.parametrize("said", FOR)
def test_a_frame_wants_a_matter(said: str) -> None:
    assert _stances(f"Peru {said}.") == {Stance.FOR}


@pytest.mark.parametrize("said", NONE)
def test_a_frame_that_only_names_a_matter_says_nothing_of_it(said: str) -> None:
    assert _stances(f"Peru {said}.") == set()


def test_a_verb_that_the_model_takes_for_a_noun_is_one() -> None:
    reading = read("Athens mistrusts the mediation.")
    assert [(s.speaker, [each.stance for each in s.stances]) for s in reading.statements] == [("grc", [Stance.AGAINST])]


def test_a_thing_named_by_one_word_is_a_matter_where_there_is_no_other() -> None:
    assert [issue.name for issue in read("Peru has thrown its weight behind the railway.").issues] == ["railway"]
