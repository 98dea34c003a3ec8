"""Ties that rest on tentative positions alone are marked, whatever a network is written as."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from communique.analysis.networks import (
    Aggregation,
    CodedStatement,
    Network,
    NetworkMode,
    Settings,
    as_data,
    coded,
    network,
    read_record,
    write_gexf,
    write_graphml,
    write_ties,
)
from communique.analysis.positions import positions
from communique.brief.pictures.network import network_picture
from communique.model import DisputedIssue, Frame, Party, Reading, Report
from communique.reading.pipeline import outcomes
from communique.record import Record

SAID = [
    CodedStatement("Kenya", "fee", 1),
    CodedStatement("Kenya", "patrols", 1),
    CodedStatement("Somalia", "fee", 1),
    CodedStatement("Somalia", "patrols", 1),
    CodedStatement("Ethiopia", "fee", 1),
]


def drawn(*tentative: tuple[str, str], mode: NetworkMode = NetworkMode.ONE) -> Network:
    usual = Aggregation.CONGRUENCE if mode is NetworkMode.ONE else Aggregation.SUBTRACT
    return network(replace(coded(SAID), tentative=frozenset(tentative)), Settings(mode, usual))


def pairs(found: Network) -> set[tuple[str, str]]:
    return {(found.rows[row], found.cols[col]) for row, col in found.tentative}


def test_a_tie_of_a_party_to_an_issue_is_its_position() -> None:
    assert pairs(drawn(("Kenya", "fee"), mode=NetworkMode.TWO)) == {("Kenya", "fee")}


def test_two_parties_are_tied_for_sure_where_both_stand_on_one_issue_in_common() -> None:
    found = drawn(("Kenya", "fee"))
    assert ("Kenya", "Somalia") not in pairs(found)  # both stand on the patrols
    assert {("Kenya", "Ethiopia"), ("Ethiopia", "Kenya")} == pairs(found)


@pytest.mark.parametrize("write", [write_graphml, lambda found, to: write_gexf([found], to)])
def test_files_of_graphs_mark_such_ties(write: object) -> None:
    marked, plain = io.BytesIO(), io.BytesIO()
    write(drawn(("Kenya", "fee")), marked)  # type: ignore[operator]
    write(drawn(), plain)  # type: ignore[operator]
    assert marked.getvalue().lower().count(b">true<") + marked.getvalue().count(b'value="true"') == 1
    assert plain.getvalue().lower().count(b">true<") + plain.getvalue().count(b'value="true"') == 0


def test_json_ties_and_pictures_mark_them_too() -> None:
    found, stream = drawn(("Kenya", "fee")), io.BytesIO()
    assert [found.rows[at] for at in as_data(found)["tentative"][0]] == ["Ethiopia", "Kenya"]
    write_ties([found], stream)
    assert [line.endswith(",1") for line in stream.getvalue().decode().splitlines()[1:]].count(True) == 1
    assert "tentative" in network_picture("ties", found)
    assert "tentative" not in network_picture("ties", drawn())


def test_a_records_network_marks_what_its_positions_call_tentative(record: Record) -> None:
    frame = Frame((Party("Kenya", "KEN"), Party("Somalia", "SOM")), (DisputedIssue("joint patrols", ("patrols",)),))
    record.follow("sea", frame)
    text = "Kenya favours the joint patrols. Somali President Omar Warsame said that Somalia rejects the joint patrols."
    for reading in outcomes([Report("r", text, outlet="Outlet", published="2024-05-02")], frame=frame):
        assert isinstance(reading, Reading)
        record.add(record.place(reading.report), reading)
    with record.reading() as connection:
        assert pairs(network(read_record(connection), Settings(NetworkMode.TWO, Aggregation.SUBTRACT))) == _told(
            connection
        )


def _told(connection: Connection) -> set[tuple[str, str]]:
    matrix = positions(connection)
    named = {each.key: each.name for each in (*matrix.parties, *matrix.issues)}
    return {(named[one], named[other]) for (one, other), cell in matrix.cells.items() if cell.tentative}
