"""Where a report's words begin after the place, the day and the agency that it opens with."""

from __future__ import annotations

import pytest

from communique.reading.segmentation.paragraphs import dateline_end


@pytest.mark.parametrize(
    "line",
    [
        "LIMA. ",
        "LIMA.- ",
        "LIMA. — ",
        "BRASÍLIA - ",
        "LIMA (EFE). ",
        "Santiago de Chile, 11 Jun (EFE).- ",
        "Lima, 30 April 2024 – ",
        "LIMA (From our special correspondent) – ",
        "LIMA, May 3 (Reuters) - ",
    ],
)
def test_a_dateline_opens_the_text(line: str) -> None:
    assert dateline_end(f"{line}The talks failed.", 0) == len(line)


def test_a_hyphen_sets_apart_a_place_before_a_paragraph_and_nothing_in_a_headline() -> None:
    paragraph = "Peru on Wednesday ruled out the Chilean plan to bring the bank into the talks."
    assert dateline_end(f"San Marino - {paragraph}", 0) == len("San Marino - ")
    assert dateline_end("Peru - Chile talks fail\n\nThe talks failed on Wednesday, both delegations said.", 0) is None


@pytest.mark.parametrize("text", ["Lima. The talks failed.", "The talks failed.", "U.N. officials said so."])
def test_other_words_are_no_dateline(text: str) -> None:
    assert dateline_end(text, 0) is None
