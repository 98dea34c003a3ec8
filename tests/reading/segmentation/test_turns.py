"""Turns of transcripts: who has the floor, from where to where."""

from __future__ import annotations

from communique.reading.annotations import Part
from communique.reading.segmentation.turns import find_turns

RECORD = "Mr. Okello (Uganda): We support the text.\nMs. Lund (Norway): We regret the delay.\n"
INTERVIEW = "Q: Will you sign?\nVOSS: We will sign in May.\n"


def _bodies(text: str) -> list[str]:
    return [" ".join(text[a:b] for a, b in turn.body) for turn in find_turns(text)]


def test_a_record_names_speaker_and_country() -> None:
    turns = find_turns(RECORD)
    assert [(t.name, t.notes) for t in turns] == [("Mr. Okello", ("Uganda",)), ("Ms. Lund", ("Norway",))]
    assert _bodies(RECORD) == ["We support the text.", "We regret the delay."]


def test_who_asks_is_told_from_who_answers() -> None:
    assert [t.part for t in find_turns(INTERVIEW)] == [Part.QUESTIONER, Part.SPEAKER]


def test_page_furniture_is_left_out_of_a_body() -> None:
    text = "Mr. Okello (Uganda): We support\n12/34\nthe text.\nMs. Lund (Norway): We agree.\n"
    assert _bodies(text)[0] == "We support the text."


def test_one_colon_makes_no_transcript() -> None:
    assert find_turns("Result: the talks failed.\nThe envoy left.\n") == ()


def test_a_transcript_may_be_quoted_turn_by_turn() -> None:
    text = '"LUND: Will it hold?\n\n"OKELLO: It holds.\n\n"LUND: Since when?\n\n"OKELLO: Since May."\n'
    assert [t.name for t in find_turns(text)] == ["LUND", "OKELLO", "LUND", "OKELLO"]
