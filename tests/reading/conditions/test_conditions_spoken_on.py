"""Who holds a condition that no statement's content holds whole, and halves that a verb of saying opens."""

from __future__ import annotations

import pytest

from conftest import Read


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Norway's minister Kari Berg said the fleet would stay. The talks could resume if Russia withdrew.", "berg"),
        ("Sweden's envoy Nils Holm said no date was set. A visit might come once Denmark apologised.", "holm"),
        ("“We have waited,” Bolivia's president Luis Vela said. The gas could flow again if Chile paid.", "vela"),
        (
            "Kenya's envoy told the BBC the toll was legal, adding that should Uganda object, it would be raised.",
            "envoy",
        ),
        (
            "The Lagos Assembly urges the Union, should she not be released by 30 June, to extend the measures.",
            "assembly",
        ),
    ],
)
def test_whose_words_run_on_holds_what_hangs_on_them(reader: Read, text: str, who: str) -> None:
    (found,) = reader(text).conditions
    assert found.holder is not None
    assert who in found.holder


@pytest.mark.parametrize(
    "text",
    [
        "Norway's minister Kari Berg said the fleet would stay.\n\nThe talks could resume if Russia withdrew.",
        "Norway's minister Kari Berg said the fleet would stay. The talks resume if Russia withdraws.",
        "Kari Berg of Oslo said it would stay, but Ivan Orlov of Kyiv said it had to go. Talks could open if it left.",
    ],
)
def test_words_of_the_report_itself_are_nobodys(reader: Read, text: str) -> None:
    assert [c.holder for c in reader(text).conditions] == [None]


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("A driver from Kisumu said if the boats stay he will sue the owners.", "he will sue the owners"),
        ("Kenya's minister said that absent a deal, the railway would stop.", "the railway would stop"),
        (
            "The treaty is late, Luis Vela said. Without one, every trawler pays the toll.",
            "every trawler pays the toll",
        ),
        ("Kenya would reopen the post whenever Uganda pays its arrears.", "Kenya would reopen the post"),
        ("(2) Where the flow falls under sixty per cent, the shares shall be cut.", "the shares shall be cut"),
        (
            "Kenya will not extend a permit to land fish at Mombasa when it lapses in May unless Uganda pays.",
            "Kenya will not extend a permit to land fish at Mombasa",
        ),
    ],
)
def test_what_hangs_on_a_condition_is_the_clause_that_is_to_come(reader: Read, text: str, then: str) -> None:
    (found,) = reader(text).conditions
    assert " ".join(text[s.start : s.end] for s in found.consequent).startswith(then)


@pytest.mark.parametrize(
    "text",
    ["The minister drinks tea whenever he visits Oslo.", "Without it, Peru lost the case in 1990."],
)
def test_habits_and_what_is_over_hang_on_nothing(reader: Read, text: str) -> None:
    assert not reader(text).conditions


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Norway renews its readiness to send envoys to Minsk, provided that it may meet the detainees.", None),
        ("The assembly urged the government, should the envoy not be freed by May, to close the embassy.", None),
        ("Under a draft written by Oman, Yemen would open the road; only then would it get the port back.", "yem"),
    ],
)
def test_who_is_let_or_freed_or_only_wrote_the_text_is_not_to_act(reader: Read, text: str, who: str | None) -> None:
    (found,) = reader(text).conditions
    assert found.must_act == who
