"""Which earlier statement a statement answers: by the noun that refers to it, by its owner, by its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def answered(reading: Reading, cue: str) -> str | None:
    """Return the content of the statement that the statement with this cue answers."""
    text = reading.report.text
    contents = {s.id: " ... ".join(text[a:b] for a, b in s.content) for s in reading.statements}
    row = next(s for s in reversed(reading.statements) if any(cue in text[a:b] for a, b in s.cue))
    return contents.get(row.responds_to or "")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "Oslo accused Hanoi of dumping. The envoy added that talks went on. Hanoi rejected the charge of dumping.",
            "rejected",
            "of dumping",
        ),
        (
            "Egypt said its share of the river was in danger. Bekele described the Egyptian complaints as unfounded.",
            "described",
            "its share of the river was in danger",
        ),
        (
            "Sergei Ryabkov said inspections were over. Asked about Ryabkov's remarks, Ned Price said talks may wait.",
            "said",
            "inspections were over",
        ),
        (
            "Moscow said it was halting its part in the deal. Antonio Guterres said he regretted Moscow's decision.",
            "said he|regretted",
            "it was halting its part in the deal",
        ),
        (
            "Kabul said recognition was overdue. It called it useful. The envoy replied that recognition may wait.",
            "replied",
            "recognition was overdue",
        ),
        (
            '"The promise was that no water would flow," said Masanobu Sakamoto. Tokyo insisted the promise was kept.',
            "insisted",
            '"The promise was that no water would flow,"',
        ),
    ],
)
def test_the_noun_its_owner_or_its_words_tell_what_is_answered(reader: Read, text: str, cue: str, content: str) -> None:
    assert answered(reader(text), cue.split("|")[-1]) == content


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Tokyo said the fund would pay. Beijing welcomed the step.", "welcomed"),
        ("Nairobi said the border was shut. The ministry stated Kenya's consistent stance on the border.", "stated"),
        ("The envoy said talks had failed. Baku insisted the corridor was open.", "insisted"),
    ],
)
def test_a_deed_or_an_own_stance_answers_nobody(reader: Read, text: str, cue: str) -> None:
    assert answered(reader(text), cue) is None
