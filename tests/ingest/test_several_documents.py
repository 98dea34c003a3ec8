"""A file that clearly holds several documents gives one report each; anything else is one text."""

from __future__ import annotations

import io

import pytest

from communique.ingest.arrivals import Arrival
from communique.ingest.several_documents import documents_in
from communique.ingest.text import read_text

FIRST = """Press release No. 12
3 May 2021

Statement by the Foreign Minister of Latvia

We condemn the shelling of the post and call on Belarus to stop it at once.
"""
SECOND = """Press release No. 13
4 May 2021

Statement by the Foreign Minister of Estonia

We welcome the offer and will open the crossing if the shelling stops.
"""


@pytest.mark.parametrize("between", ["\n-----\n\n", "\n* * *\n", "\n\n", "\n###\n\n", "\f"])
def test_a_heading_after_a_line_of_marks_or_with_a_date_begins_a_document(between: str) -> None:
    assert [piece.split("\n")[0] for piece in documents_in(FIRST + between + SECOND)] == [
        "Press release No. 12",
        "Press release No. 13",
    ]


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        FIRST + "\n###\n\nAbout the Ministry: it answers all letters within a month of the day on which they come.\n",
        "Iran said it would come.\n\n* * *\n\nOn 4 May 2021 its ministry said it rejects what others offered.\n",
        "STATEMENT ON TRADE\n==================\n\nWe reject the tax and will answer it in kind within a month.\n",
        "Oslo spoke.\n\nStatement was made\n3 May 2021\n\nThe minister said that the ships would leave the port.\n",
    ],
)
def test_anything_else_is_one_text(text: str) -> None:
    assert documents_in(text) == [text]


def test_each_document_is_a_report_of_its_own_that_tells_its_place() -> None:
    found = list(read_text(io.BytesIO(f"{FIRST}\n-----\n\n{SECOND}".encode()), "releases.txt"))

    assert all(isinstance(item, Arrival) for item in found)
    assert len({item.report.id for item in found if isinstance(item, Arrival)}) == 2
    assert [item.notes[-1] for item in found if isinstance(item, Arrival)] == [
        "document 1 of 2 in the file",
        "document 2 of 2 in the file",
    ]
