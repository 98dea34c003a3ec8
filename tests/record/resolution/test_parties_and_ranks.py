"""For whom a voice speaks, and how much it commits them."""

from __future__ import annotations

import pytest

from communique.model import Actor, ActorKind
from communique.record.resolution.party_and_rank import party_of, rank_of, states_behind

RUSSIA = Actor("rus", "Russia", ActorKind.STATE, "RUS")
MINISTRY = Actor("rus/foreign-ministry", "Foreign Ministry", ActorKind.BODY, "RUS", principal="rus")


def person(role: str | None, **fields: object) -> Actor:
    return Actor("person:a", "A. Person", ActorKind.PERSON, "RUS", role, **fields)  # type: ignore[arg-type]


def test_a_spokeswoman_speaks_for_her_ministry_and_it_for_its_state() -> None:
    actors = {actor.id: actor for actor in (RUSSIA, MINISTRY)}
    assert party_of(person("spokeswoman", principal="rus/foreign-ministry"), actors) == "rus"


def test_a_state_that_no_report_names_stands_behind_its_minister() -> None:
    minister = person("foreign minister", principal="rus")
    assert states_behind([minister]) == {"rus": Actor("rus", "Russia", ActorKind.STATE, "RUS")}
    assert party_of(minister, {"person:a": minister} | states_behind([minister])) == "rus"
    assert states_behind([minister, RUSSIA]) == {}


def test_a_ministry_that_no_report_names_stands_for_its_state() -> None:
    spokesman = person("spokesman", principal="rus/foreign-ministry")
    assert party_of(spokesman, {"rus": RUSSIA}) == "rus"
    assert list(states_behind([spokesman])) == ["rus"]


def test_no_state_stands_behind_a_movement_that_no_report_names() -> None:
    assert states_behind([person("spokesman", principal="org:taliban")]) == {}


def test_analysts_in_a_capital_speak_for_themselves() -> None:
    analysts = Actor("rus/analysts", "Analysts in Moscow", ActorKind.GROUP, "RUS", principal="rus")
    assert party_of(analysts, {"rus": RUSSIA}) == "rus/analysts"


@pytest.mark.parametrize(
    "role", ["opposition leader", "presidential candidate", "Senator", "former Foreign Minister", "ex-president", "MP"]
)
def test_who_holds_no_office_of_the_state_does_not_speak_for_it(role: str) -> None:
    actors = {"rus": RUSSIA}
    assert party_of(person(role, principal="rus"), actors) == "person:a"
    assert rank_of(person(role)) < rank_of(person("spokesman"))
    assert party_of(person("president", principal="rus"), actors) == "rus"


def test_two_of_one_state_who_speak_as_one_speak_for_it_with_the_higher_one_s_rank() -> None:
    president = Actor("person:p", "P", ActorKind.PERSON, "RUS", "President", principal="rus")
    minister = Actor("person:m", "M", ActorKind.PERSON, "RUS", "Foreign Minister", principal="rus")
    both = Actor("group:m+p", "P and M", ActorKind.GROUP, members=("person:m", "person:p"))
    actors = {actor.id: actor for actor in (RUSSIA, president, minister, both)}
    assert party_of(both, actors) == "rus"
    assert rank_of(both, actors) == rank_of(president)


def test_two_of_two_states_who_speak_as_one_are_a_party_of_their_own() -> None:
    japan = Actor("jpn", "Japan", ActorKind.STATE, "JPN")
    both = Actor("group:jpn+rus", "Japan and Russia", ActorKind.GROUP, members=("jpn", "rus"))
    assert party_of(both, {"rus": RUSSIA, "jpn": japan, both.id: both}) == both.id
    assert party_of(both, {"rus": RUSSIA, both.id: both}) == both.id


def test_principals_in_a_circle_end() -> None:
    one = Actor("a", "A", ActorKind.BODY, principal="b")
    two = Actor("b", "B", ActorKind.BODY, principal="a")
    assert party_of(one, {"a": one, "b": two}) == "b"


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        (person("President"), person("Foreign Minister")),
        (person("Foreign Minister"), RUSSIA),
        (MINISTRY, person("Deputy Foreign Minister")),
        (person("deputy prime minister"), person("presidential spokesman")),
        (person("Kremlin spokesman"), person(None)),
        (person("former President"), Actor("unnamed:x", "a source", ActorKind.UNNAMED)),
        (person("President"), person("former President")),
    ],
)
def test_a_higher_office_commits_more(higher: Actor, lower: Actor) -> None:
    assert rank_of(higher) > rank_of(lower)
