"""What the analyses find in the bundled dossier, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from sqlalchemy import Connection

from communique.analysis.changes import REAL, ChangeKind, changes
from communique.analysis.contradictions import contradictions
from communique.analysis.positions import Matrix, positions
from communique.analysis.series import series
from communique.ingest import Arrival, gather
from communique.model import Stance
from communique.reading import pipeline
from communique.record import Record
from communique.record.query.lookup import find_actor, find_issue

ATLANTIC, EURASIA, NIHON = "jr-2024-06-05-atlantic", "jr-2024-06-05-eurasia", "jr-2024-06-06-nihon"


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    where = tmp_path_factory.mktemp("dossier") / "communique.db"
    folder = files("communique") / "dossiers" / "japan-russia"
    with Record.open(where, create=True) as record:
        for item in gather([str(folder)]):
            if isinstance(item, Arrival):
                placed = record.place(item.report)
                record.add(placed, pipeline.read(placed.report))
        with record.reading() as opened:
            yield opened


def test_the_two_tellings_of_one_saying_are_found_and_come_first(connection: Connection) -> None:
    first = contradictions(connection)[0]
    assert first.kind == "telling"
    assert {first.first.report, first.second.report} == {ATLANTIC, EURASIA}
    assert first.first.speaker == first.second.speaker == "person:vladimir-putin"


def test_a_precondition_and_no_preconditions_in_one_report_are_found(connection: Connection) -> None:
    alone = [item for item in contradictions(connection) if item.kind == "self"]
    assert (alone[0].first.report, alone[0].second.report) == (EURASIA, EURASIA)
    assert "appropriate conditions were created" in alone[0].judged.explanation


def test_there_is_no_other_contradiction_than_those_over_preconditions(connection: Connection) -> None:
    found = contradictions(connection)
    assert {item.judged.clash for item in found} == {"condition"}
    assert {e.report for item in found for e in (item.first, item.second)} <= {ATLANTIC, EURASIA, NIHON}


def test_nothing_is_found_before_it_was_published(connection: Connection) -> None:
    assert contradictions(connection, as_of="2024-06-04") == []
    assert contradictions(connection, since="2024-06-07") == []


def test_no_position_is_said_to_have_changed(connection: Connection) -> None:
    assert changes(connection) == []


def test_japan_s_unchanged_positions_are_unchanged(connection: Connection) -> None:
    japan = find_actor(connection, "Japan")
    found = changes(connection, parties=[japan], kinds=[ChangeKind.UNCHANGED])
    own_words = [item for item in found if "calls it unchanged" in item.explanation]
    assert {item.second.published_at[:7] for item in own_words} >= {
        "2022-04",
        "2022-09",
        "2023-01",
        "2023-06",
        "2024-06",
    }
    assert {item.party for item in found} == {"jpn"}


def test_the_same_wire_copy_in_two_outlets_is_no_second_saying(connection: Connection) -> None:
    every = changes(connection, kinds=ChangeKind)
    copies = {"jr-2022-09-06-nihon", "jr-2022-09-06-okhotsk"}
    assert [item for item in every if {item.first.report, item.second.report} == copies] == []


def test_japan_is_for_a_treaty_and_russia_sets_a_condition(connection: Connection) -> None:
    matrix = _treaty(connection)
    assert matrix.cells["jpn", "peace-treaty"].stance is Stance.FOR
    russia = matrix.cells["rus", "peace-treaty"]
    assert russia.stance is Stance.CONDITIONAL
    assert ["Ukraine" in condition.antecedent for condition in russia.conditions] == [True]
    assert russia.decisive.speaker_name == "Vladimir Putin"


def test_a_position_uses_nothing_published_later(connection: Connection) -> None:
    matrix = _treaty(connection, as_of="2023-03-01")
    used = [e for position in matrix.cells.values() for e in position.evidence]
    assert used
    assert max(e.published_at for e in used) < "2023-03-02"


def test_who_said_nothing_of_an_issue_has_no_cell(connection: Connection) -> None:
    issue, china = find_issue(connection, "peace treaty"), find_actor(connection, "China")
    assert positions(connection, issues=[issue], parties=[china]).cells == {}


def test_the_series_has_the_parties_apart_on_the_treaty(connection: Connection) -> None:
    found = series(connection, find_issue(connection, "peace treaty"))
    assert {party.key for party in found.parties} == {"jpn", "rus"}
    last = found.points[-1]
    assert last.period == "2024-06"
    assert last.distance is not None
    assert last.distance >= 0.4


def _treaty(connection: Connection, as_of: str | None = None) -> Matrix:
    return positions(connection, issues=[find_issue(connection, "peace treaty")], as_of=as_of)


def test_the_kinds_that_change_a_position_are_told_from_those_that_do_not() -> None:
    assert not REAL & {ChangeKind.UNCHANGED, ChangeKind.REWORDING, ChangeKind.OTHER_VOICE, ChangeKind.OTHER_REPORT}
