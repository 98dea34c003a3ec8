"""Turns of transcripts: who has the floor, from where to where."""

from __future__ import annotations

from communique.reading.annotations import Part
from communique.reading.segmentation.turns import find_turns, without_page_furniture

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


def test_a_label_in_small_letters_comes_back_in_turn_with_a_name() -> None:
    text = "harbour radio: Will it hold?\n\nAda Lund: It will.\n\nharbour radio: Why?\n\nAda Lund: It is paid for.\n"
    assert [(t.name, t.part) for t in find_turns(text)][:2] == [
        ("harbour radio", Part.QUESTIONER),
        ("Ada Lund", Part.SPEAKER),
    ]
    assert find_turns("note: it holds.\n\nnote: it does not.\n") == ()


def test_who_asks_for_an_outlet_is_told_without_whom_he_asks() -> None:
    text = "The Bay Post for Minister Lund: Will it hold?\n\nMinister Lund: It will.\n\n"
    assert [t.name for t in find_turns(2 * text)][:2] == ["The Bay Post", "Minister Lund"]


def test_a_hearing_ends_its_labels_with_a_stop() -> None:
    text = "Senator KAPLAN. Will you cut it?\nSecretary MOORE. We will.\nSenator KAPLAN. Thank you.\n"
    assert [t.name for t in find_turns(text)] == ["Senator KAPLAN", "Secretary MOORE", "Senator KAPLAN"]
    assert find_turns("Minister LUND. He left.\nNATO. It stayed.\n") == ()


def test_names_on_their_lines_take_turns_in_their_own_words_alone() -> None:
    text = "Ada Lund\n\nWe will pay.\n\nBo Okello\n\nAnd we?\n\nAda Lund\n\nI hope so.\n"
    assert [t.name for t in find_turns(text)] == ["Ada Lund", "Bo Okello", "Ada Lund"]
    assert find_turns(text.replace("We will pay", "Oslo said it").replace("I hope so", "Chad said so")) == ()


def test_a_name_in_brackets_after_a_letter_is_the_label() -> None:
    turns = find_turns("Q (Mr. Leroy, Bay Post): Will you sign?\n\nA (Minister Lund): We will.\n")
    assert [(t.name, t.notes) for t in turns] == [("Q", ("Mr. Leroy, Bay Post",)), ("A", ("Minister Lund",))]


def test_page_furniture_inside_a_sentence_is_blanked_with_the_ends_of_its_lines() -> None:
    text = "Ms. Lund (Norway): We insist that it\n25-09118 7/30\nA/79/PV.41 12/11/2024\nholds.\n"
    text += "Mr. Okello (Uganda): Yes.\n"
    copy = without_page_furniture(text, find_turns(text))
    assert len(copy) == len(text)
    assert copy.split("\n")[0].split() == ["Ms.", "Lund", "(Norway):", "We", "insist", "that", "it", "holds."]
    assert without_page_furniture(RECORD, find_turns(RECORD)) is RECORD


def test_a_question_keeps_its_label_in_a_records_own_language() -> None:
    text = "FRAGE: Wird sie geschlossen?\nDR. VOSS: Not today.\nZUSATZFRAGE LUND: And in May.\nDR. VOSS: Nor then.\n"
    assert [t.part is Part.QUESTIONER for t in find_turns(text)] == [True, False, True, False]
