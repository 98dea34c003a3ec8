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


@pytest.mark.parametrize("text", ["Lima. The talks failed.", "The talks failed.", "U.N. officials said so."])
def test_other_words_are_no_dateline(text: str) -> None:
    assert dateline_end(text, 0) is None
