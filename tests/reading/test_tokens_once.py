"""What stages find in the words alone is found once a text, whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from communique.model import Report
from communique.reading.annotations import annotations_of, tokens_in
from communique.reading.pipeline import DEFAULT_MODEL, load
from communique.reading.preparation import prepare
from communique.reading.tokens import Tokens


def counted(asked: list[int]) -> Callable[[Tokens], int]:
    def find(tokens: Tokens) -> int:
        asked.append(tokens.n)
        return tokens.n

    return find


def test_what_is_asked_once_is_found_once_a_text() -> None:
    nlp, asked = load(DEFAULT_MODEL).nlp, list[int]()
    find = counted(asked)
    first = tokens_in(nlp(prepare(nlp, Report("a", "Talks failed."))))
    second = tokens_in(nlp(prepare(nlp, Report("b", "They met."))))
    assert [first.once(find), first.once(find), second.once(find)] == [first.n, first.n, second.n]
    assert asked == [first.n, second.n]


def test_the_turns_of_a_prepared_text_are_known_before_it_is_read() -> None:
    nlp = load(DEFAULT_MODEL).nlp
    notes = annotations_of(prepare(nlp, Report("a", "Q: Will you sign?\n\nA: We will.\n\nQ: When?\n\nA: Soon.\n")))
    assert [turn.name for turn in notes.turns] == ["Q", "A", "Q", "A"]
