"""Turns of transcripts as attributions: the label is the source, the body what is said."""

from __future__ import annotations

from collections.abc import Callable

from communique.model import Reading

Read = Callable[..., Reading]


def _turns(reading: Reading) -> list[tuple[str | None, str]]:
    """(speaker's name, content) of each statement whose cue holds a colon."""
    text, names = reading.report.text, {a.id: a.name for a in reading.actors}
    return [
        (names.get(s.speaker or ""), " ".join(text[a:b] for a, b in s.content))
        for s in reading.statements
        if any(":" in text[a:b] for a, b in s.cue)
    ]


def test_a_label_that_ends_in_a_bracket_has_the_floor(reader: Read) -> None:
    reading = reader("Mr. Okello (Uganda): We support the text.\n\nMs. Lund (Norway): We regret the delay.\n")
    assert _turns(reading) == [("Okello", "We support the text"), ("Lund", "We regret the delay")]
    assert [a.country for a in reading.actors if a.name in {"Okello", "Lund"}] == ["UGA", "NOR"]


def test_who_asks_and_who_answers_are_parted(reader: Read) -> None:
    said = _turns(reader("Q: Will you sign the pact?\n\nMR. VOSS: We will sign it in May.\n"))
    assert len(said) == 2
    assert (said[1][0] or "").lower() == "voss"
    assert "sign it in May" in said[1][1]
