"""Whose act it is: what the speaker's own side will do is promised, threatened or refused by him."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Act, Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Zambia will reopen the copper road, Zambian minister Grace Mwale said.", "promise"),
        ("Lusaka will not renew the lease, Zambian minister Grace Mwale said.", "refuse"),
        ("“Zambia is not going to accept the map,” Zambian minister Grace Mwale said.", "refuse"),
        ("If the blockade stays, Lusaka will close the dam, Zambian minister Grace Mwale said.", "threaten"),
        ("Zambian minister Grace Mwale said that if Malawi drills, Lusaka will weigh other options.", "threaten"),
        ("Zambia will take Malawi to court over the dam, Zambian minister Grace Mwale said.", "threaten"),
        ("“A new survey is out of the question,” Zambian minister Grace Mwale said.", "refuse"),
        ("“There will be consequences,” Zambian minister Grace Mwale said.", "threaten"),
        ("If Malawi means it, it will have to lift the fees on trucks, Zambian minister Grace Mwale said.", "demand"),
        ("Malawi will reopen the copper road, Zambian minister Grace Mwale said.", "assert"),  # another's act
        ("If the rain stays, Malawi will close the dam, Zambian minister Grace Mwale said.", "assert"),
        ("Zambia will benefit from the road, Zambian minister Grace Mwale said.", "assert"),  # undergone
        ("“Nothing is off the table,” Zambian minister Grace Mwale said.", "assert"),
    ],
)
def test_what_the_own_side_will_do_is_the_speakers_act(reader: Read, text: str, act: str) -> None:
    acts = {s.act.value for s in reader(text).statements if s.speaker == "person:grace-mwale"}
    assert acts == {act}


def test_a_demand_that_another_accepts_is_still_a_demand(reader: Read) -> None:
    text = "The government in Lima accepted an Ecuadorian demand to publish the map."
    assert {s.speaker: s.act.value for s in reader(text).statements}["ecu"] == "demand"


def test_who_is_only_supposed_to_be_willing_has_offered_nothing(reader: Read) -> None:
    text = "Ghanaian minister Ama Osei said that if Togo is not ready to share the catch, the talks are over."
    assert {s.speaker for s in reader(text).statements} == {"person:ama-osei"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Kenya will no longer veto the fisheries accord, Kenyan minister Ann Otieno said.", Act.PROMISE),
        ("Kenya will not block the fisheries accord, Kenyan minister Ann Otieno said.", Act.PROMISE),
        ("Kenya will not sign the fisheries accord, Kenyan minister Ann Otieno said.", Act.REFUSE),
    ],
)
def test_not_to_stand_in_the_way_is_a_promise(reader: Read, text: str, act: Act) -> None:
    assert [statement.act for statement in reader(text).statements] == [act]
