"""The frame that a record follows: its dossiers' parties and issues, asked where nobody chooses others."""

from __future__ import annotations

from communique.analysis.positions import positions
from communique.model import DisputedIssue, Frame, Party
from communique.record import Record
from communique.record.query.followed import UNKNOWN, followed_issues, followed_parties
from communique.record.query.lookup import find_issue
from record_samples import made, put, reading

FRAME = Frame(
    (Party("Tokyo", "JPN"), Party("Atlantis")), (DisputedIssue("herring quota", ("herring",)), DisputedIssue("ferry"))
)


def test_a_record_that_follows_nothing_has_an_empty_frame(record: Record) -> None:
    assert not record.frame()
    with record.reading() as connection:
        assert followed_issues(connection) == followed_parties(connection) == ()


def test_a_frame_is_remembered_in_its_order_and_replaced_by_name(record: Record) -> None:
    record.follow("fish", Frame((Party("Norway", "NOR"),), ()))
    record.follow("fish", FRAME)
    record.follow("fish", FRAME)
    assert record.frame() == FRAME


def test_frames_of_several_dossiers_are_joined_each_party_and_issue_once(record: Record) -> None:
    record.follow("a", FRAME)
    record.follow("b", Frame((Party("Japan", "JPN"), Party("Norway", "NOR")), (DisputedIssue("Herring Quota"),)))
    assert [party.name for party in record.frame().parties] == ["Tokyo", "Atlantis", "Norway"]
    assert [issue.name for issue in record.frame().issues] == ["herring quota", "ferry"]


def test_a_followed_issue_can_be_asked_for_before_any_report_names_it(record: Record) -> None:
    record.follow("fish", FRAME)
    with record.reading() as connection:
        assert find_issue(connection, "herring").name == "herring quota"


def test_the_matrix_has_the_frames_rows_and_columns_also_where_they_are_empty(record: Record) -> None:
    put(record, reading(made("Japan said a treaty is near", published="2023-10-04")))
    record.follow("fish", FRAME)
    with record.reading() as connection:
        matrix = positions(connection)
    assert [party.name for party in matrix.parties] == ["Tokyo", "Atlantis"]
    assert [party.id == UNKNOWN for party in matrix.parties] == [False, True]
    assert [issue.name for issue in matrix.issues] == ["herring quota", "ferry"]
    assert matrix.cells == {}
