"""When the words were said: only where the words say so, and no finer than they say it."""

from __future__ import annotations

import pytest

from conftest import Read

TALKS = "talks could resume next year."


@pytest.mark.parametrize(
    ("text", "said_on", "when"),
    [
        (f"Lavrov said on Monday that {TALKS}", "2023-10-02", "Monday"),
        (f"Lavrov told reporters in Sochi on Wednesday that {TALKS}", "2023-10-04", "Wednesday"),
        (f"Lavrov said last Wednesday that {TALKS}", "2023-09-27", "last Wednesday"),
        (f"Lavrov said yesterday that {TALKS}", "2023-10-03", "yesterday"),
        (f"Lavrov said on September 28 that {TALKS}", "2023-09-28", "September 28"),
        (f"Lavrov said on 28 Sept. that {TALKS}", "2023-09-28", "28 Sept"),
        (f"Lavrov said on December 28 that {TALKS}", "2022-12-28", "December 28"),
        (f"Lavrov said on 5 May 2019 that {TALKS}", "2019-05-05", "5 May 2019"),
        (f"Lavrov said on Monday, Sept. 25, that {TALKS}", "2023-09-25", "Monday, Sept. 25"),
        (f"Lavrov said on Thursday, March 14, 2019, that {TALKS}", "2019-03-14", "Thursday, March 14, 2019"),
        (f"Lavrov said on Monday 25 September that {TALKS}", "2023-09-25", "Monday 25 September"),
        (f"Lavrov said on Monday (Sept. 25) that {TALKS}", "2023-09-25", "Monday (Sept. 25"),
        (f"Lavrov said on Tues., Sept. 26, that {TALKS}", "2023-09-26", "Tues., Sept. 26"),
        (f"Lavrov told reporters on Sunday night, Sept. 24, that {TALKS}", "2023-09-24", "Sunday night, Sept. 24"),
        (f"Lavrov said on Monday - September 25 - that {TALKS}", "2023-09-25", "Monday - September 25"),
        (f"Lavrov said in March that {TALKS}", "2023-03", "in March"),
        (f"In 2019 Lavrov said that {TALKS}", "2019", "In 2019"),
        (f"According to a statement released by the ministry, {TALKS}", None, None),
        (f"Lavrov said that {TALKS}", None, None),
        ("Lavrov said that talks would resume on Monday.", None, None),
        (f"Lavrov, who flew home on Monday, said that {TALKS}", None, None),
        (f"Lavrov said on February 30 that {TALKS}", None, None),
    ],
)
def test_the_date_beside_the_cue_dates_the_statement(
    reader: Read, text: str, said_on: str | None, when: str | None
) -> None:
    statement = reader(text, published="2023-10-04").statements[0]
    assert statement.said_on == said_on
    assert [text[start:end] for start, end in statement.when] == ([when] if when else [])


def test_each_statement_has_its_own_date(reader: Read) -> None:
    text = "Lavrov said on Monday that talks were over. Kishida said on Tuesday that Japan still hoped for a treaty."
    found = [statement.said_on for statement in reader(text, published="2023-10-04").statements if statement.said_on]
    assert found == ["2023-10-02", "2023-10-03"]


def test_without_a_day_of_publication_a_weekday_dates_nothing(reader: Read) -> None:
    assert reader(f"Lavrov said on Monday that {TALKS}").statements[0].said_on is None
    assert reader(f"Lavrov said on 5 May 2019 that {TALKS}").statements[0].said_on == "2019-05-05"


def test_nothing_is_said_after_it_was_printed(reader: Read) -> None:
    assert reader(f"Lavrov said on 5 May 2031 that {TALKS}", published="2023-10-04").statements[0].said_on is None


@pytest.mark.parametrize("day", ["(25/9)", "[9/25]", "(25)", "the 25th,", "25.9.2023,"])
def test_a_weekday_beside_a_day_in_figures_is_not_the_last_such_weekday(reader: Read, day: str) -> None:
    assert reader(f"Lavrov said on Monday {day} that {TALKS}", published="2023-10-02").statements[0].said_on is None


def test_a_whole_date_beside_a_weekday_is_the_day(reader: Read) -> None:
    found = reader(f"Lavrov said on Monday (2023-09-25) that {TALKS}", published="2023-10-02").statements[0]
    assert found.said_on == "2023-09-25"
