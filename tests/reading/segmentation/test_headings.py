"""The heading of a transcript names whose the answers are."""

from __future__ import annotations

import pytest

from communique.reading.segmentation.headings import heading_names


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Trade Ministry Spokesperson Mei Tan's Daily Briefing", ["Trade Ministry Spokesperson Mei Tan"]),
        ("DEFENCE MINISTER THE HON PETER ROWE MP", ["Defence Minister Peter Rowe"]),
        ("Remarks by Ida Holm, Minister of Trade, Valletta", ["Minister Ida Holm"]),
        ("Interview with Ida Holm", ["Ida Holm"]),
        ("Interview with President Ida Holm of Malta", ["President Ida Holm of Malta"]),
        ("Interview of the Ambassador of Malta to Kenya, Ida Holm", ["Ambassador Ida Holm of Malta"]),
        ("Press conference on May 6", []),
        ("", []),
    ],
)
def test_a_person_is_named_with_the_title(heading: str, names: list[str]) -> None:
    assert [words for _, words in heading_names(heading)] == names


def test_a_name_stands_above_its_office_and_a_nation_before_one() -> None:
    assert heading_names("THE HON DAME RUTH PATEL\nMinister for Trade") == (("minister", "Ruth Patel"),)
    assert heading_names("Interview with Danish Foreign Minister Karsten Holm") == (
        ("minister", "Danish Foreign Minister Karsten Holm"),
    )
