"""Who must act, where the antecedent names an act asked for, a thing that is given, or one that is to end."""

from __future__ import annotations

import pytest

from conftest import Read


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Poland said it would reopen the road only after the repeal of the German checks.", "deu"),
        ("Chile said it would not sign the treaty if Bolivia insisted on an amendment to it by Peru.", "per"),
        ("Oman told Iran's envoy that it would leave the talks if his side went on with the drills.", "irn"),
    ],
)
def test_who_must_act_is_whose_act_gift_or_thing_the_antecedent_speaks_of(reader: Read, text: str, who: str) -> None:
    found = {c.must_act for c in reader(text).conditions if c.must_act}
    assert len(found) == 1
    assert who in found.pop()
