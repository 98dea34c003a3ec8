"""What statements do: sentences of our own with the act of the statement that a cue introduces."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.model import Act, Reading

Read = Callable[..., Reading]
ROWS: list[dict[str, str]] = tomllib.loads((Path(__file__).parents[2] / "data" / "acts.toml").read_text("utf-8"))[
    "sentence"
]


def acts_at(reading: Reading, cue: str) -> list[Act]:
    text = reading.report.text
    return [s.act for s in reading.statements if any(cue in text[start:end] for start, end in s.cue)]


def test_every_act_has_examples() -> None:
    assert {row["act"] for row in ROWS} == {act.value for act in Act}


def test_the_act_is_right_nearly_everywhere(reader: Read) -> None:
    found = [(row["act"], acts_at(reader(row["text"]), row["cue"])) for row in ROWS]
    seen = [(wanted, got[0].value) for wanted, got in found if got]
    assert len(seen) >= 0.85 * len(ROWS)
    assert sum(wanted == got for wanted, got in seen) / len(seen) >= 0.95


@pytest.mark.parametrize(
    ("text", "cue", "act"),
    [
        ("The minister said the fleet must leave.", "said", Act.DEMAND),
        ("The minister called it untrue that the fleet had left.", "called", Act.DENY),
        ("The minister called the accusations groundless.", "called", Act.DENY),
        ("The minister called the false flag operation a provocation.", "called", Act.CRITICISE),
        ("The minister said the fleet had left.", "said", Act.ASSERT),
        ("The minister said the offer was unacceptable.", "said", Act.CRITICISE),
        ("The minister said the report was baseless.", "said", Act.DENY),
        ("The minister insisted that the policy remains unchanged.", "insisted", Act.REAFFIRM),
        ("The minister insisted that the dispute be settled.", "insisted", Act.DEMAND),
        ("The minister suggested that the vote was rigged.", "suggested", Act.ASSERT),
        ("The mediator suggested that the vote should be postponed.", "suggested", Act.PROPOSE),
        ("The minister warned that the storm was near.", "warned", Act.ASSERT),
        ("The minister warned that his country would retaliate.", "warned", Act.THREATEN),
        ("The minister rejected the offer.", "rejected", Act.REFUSE),
        ("The minister rejected the allegation.", "rejected", Act.DENY),
        ("The minister vowed not to negotiate.", "vowed", Act.REFUSE),
        ("“We will never,” the minister said, “sign the pact.”", "said", Act.REFUSE),
        ("“We will not,” said the minister of Norway, “sign the pact this year.”", "said", Act.REFUSE),
        ("“We will,” the minister said, “sign the pact.”", "said", Act.PROMISE),
        ("“We will never under any condition,” the minister said, “sign the pact.”", "said", Act.REFUSE),
        ("“We refuse,” the minister said, “to sign the pact.”", "said", Act.REFUSE),
        ("“We are not willing,” the minister said, “to sign the pact.”", "said", Act.REFUSE),
        ("“We are reluctant,” the minister said, “to sign the pact.”", "said", Act.REFUSE),
        ("“We are ready,” the minister said, “to sign the pact.”", "said", Act.OFFER),
        ("“Under no circumstances will we sign the pact,” the minister said.", "said", Act.REFUSE),
        ("“We met them,” the minister said, “to sign the pact.”", "said", Act.ASSERT),
    ],
)
def test_construction_and_content_decide_where_the_cue_does_not(reader: Read, text: str, cue: str, act: Act) -> None:
    assert acts_at(reader(text), cue)[0] is act
