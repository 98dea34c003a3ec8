"""Positions from the record: the newest of each party on each issue, without what somebody judged wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from communique.analysis.positions import Matrix, positions
from communique.model import Actor, IssueStance, Stance
from communique.record import Record
from record_samples import JAPAN, RUSSIA, TREATY, made, put, reading


def say(record: Record, words: str, speaker: Actor, stance: Stance | None, published: str) -> str:
    read = reading(made(f"{speaker.name} said {words}", published=published), speaker=speaker, conditions=False)
    stances = (IssueStance(TREATY.id, stance),) if stance else ()
    put(record, replace(read, statements=tuple(replace(each, stances=stances) for each in read.statements)))
    return read.statements[0].id


@pytest.fixture
def keys(record: Record) -> dict[str, str]:
    return {
        "old": say(record, "a treaty is near", RUSSIA, Stance.FOR, "2023-10-04"),
        "new": say(record, "a treaty is out of reach", RUSSIA, Stance.AGAINST, "2023-12-05"),
        "silent": say(record, "the treaty was spoken of", RUSSIA, None, "2023-12-06"),
        "other": say(record, "a treaty may come", JAPAN, Stance.OPEN, "2023-12-07"),
    }


def matrix(record: Record, **choice: object) -> Matrix:
    with record.reading() as connection:
        return positions(connection, **choice)  # type: ignore[arg-type]


def stance(record: Record, **choice: object) -> Stance | None:
    cells = matrix(record, **choice).cells
    return next((cell.stance for (party, _), cell in cells.items() if party == "rus"), None)


def test_each_party_has_its_own_newest_stance(record: Record, keys: dict[str, str]) -> None:
    cells = matrix(record).cells
    assert {party: cell.stance for (party, _), cell in cells.items()} == {"rus": Stance.AGAINST, "jpn": Stance.OPEN}
    assert [e.key for e in cells["rus", next(issue for _, issue in cells)].evidence] == [keys["new"], keys["old"]]


def test_what_was_not_yet_published_does_not_count(record: Record, keys: dict[str, str]) -> None:
    assert stance(record, as_of="2023-11-01") is Stance.FOR
    assert not matrix(record, as_of="2023-10-03").cells


def test_what_is_judged_wrong_leaves_room_for_what_was_said_before(record: Record, keys: dict[str, str]) -> None:
    record.judge("statement", keys["new"], "reject", by="analyst@example.org")
    assert stance(record) is Stance.FOR
    assert stance(record, per_cell=1) is Stance.FOR
    record.judge("statement", keys["new"], "accept", by="analyst@example.org")
    assert stance(record, per_cell=1) is Stance.AGAINST


def test_a_party_all_of_whose_words_are_judged_wrong_is_silent(record: Record, keys: dict[str, str]) -> None:
    for name in ("old", "new"):
        record.judge("statement", keys[name], "reject", by="analyst@example.org")
    assert [party for party, _ in matrix(record).cells] == ["jpn"]


def test_only_the_newest_of_a_cell_are_looked_at(record: Record, keys: dict[str, str]) -> None:
    (cell,) = (cell for (party, _), cell in matrix(record, per_cell=1).cells.items() if party == "rus")
    assert [e.key for e in cell.evidence] == [keys["new"]]
