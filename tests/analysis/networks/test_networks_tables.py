"""Tables of coded statements that somebody else made."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.analysis.networks import Aggregation, Coded, Columns, NetworkMode, Settings, network, read_table
from communique.errors import BadNetwork, CommuniqueError, MissingColumn, NotText, UnreadableReport

TABLE = """organization,concept,agreement,doc,date
Foreign Ministry,sanctions,1,a,2023-10-02
Cabinet,sanctions,0,a,2023-10-02
Cabinet,treaty,,b,2023-11-05
"""
COLUMNS = Columns("organization", "concept", "agreement", "doc", "date")


def read(
    text: str | bytes, columns: Columns = COLUMNS, *, binary: bool | None = None
) -> tuple[Coded, list[CommuniqueError]]:
    failures: list[CommuniqueError] = []
    raw = io.BytesIO(text.encode() if isinstance(text, str) else text)
    with io.BufferedReader(raw) as stream:
        return read_table(stream, "t.csv", columns, failed=failures.append, binary=binary), failures


def test_a_row_is_a_statement_and_a_qualifier_may_be_missing() -> None:
    table, failures = read(TABLE)
    assert failures == []
    assert table.actor.names == ("Cabinet", "Foreign Ministry")
    assert table.actor.codes.tolist() == [1, 0, 0]
    assert table.document.codes.tolist() == [0, 0, 1]
    assert table.qualifier.tolist() == [1, 0, 0]
    assert table.qualified.tolist() == [True, True, False]
    assert (table.levels, table.binary) == ((0, 1), True)
    assert table.when.astype(str).tolist()[2] == "2023-11-05T00:00:00"


def test_a_statement_without_a_qualifier_counts_where_qualifiers_are_ignored() -> None:
    table, _ = read(TABLE)
    assert network(table, Settings(aggregation=Aggregation.IGNORE)).statements == 3
    assert network(table, Settings(NetworkMode.TWO, Aggregation.SUBTRACT)).statements == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",sanctions,1,a,2023-10-02", "it has no organization"),
        ("Cabinet, ,1,a,2023-10-02", "it has no concept"),
        ("Cabinet,sanctions,1,,2023-10-02", "it has no doc"),
        ("Cabinet,sanctions,maybe,a,2023-10-02", "its agreement 'maybe' is no whole number"),
        ("Cabinet,sanctions,0.5,a,2023-10-02", "its agreement '0.5' is no whole number"),
        ("Cabinet,sanctions,99999999999,a,2023-10-02", "its agreement '99999999999' is no whole number"),
        ("Cabinet,sanctions,1,a,04/10/2023", "its date '04/10/2023' tells no one day"),
        ("Cabinet,sanctions,1,a,", "its date '' tells no one day"),
        ("Cabinet,sanctions,1,a,2023-10-02,more", "it has 6 fields, the header 5"),
        (f"{'C' * 2000},sanctions,1,a,2023-10-02", "its organization has over 1,000 characters"),
        (f"{'C' * 200_000},sanctions,1,a,2023-10-02", "it cannot be read (field larger than field limit (131072))"),
    ],
)
def test_a_row_that_cannot_be_counted_is_named_and_the_others_go_on(row: str, reason: str) -> None:
    lines = TABLE.splitlines(keepends=True)
    table, failures = read("".join([*lines[:2], row + "\n", *lines[2:]]))
    assert [str(each) for each in failures] == [f"t.csv:3: {reason}"]
    assert len(table) == 3


def test_rows_are_numbered_as_a_spreadsheet_does_and_empty_ones_passed_over() -> None:
    table, failures = read(TABLE + "\n,,,,\nNobody,,1,a,2023-10-02\n")
    assert [each.where for each in failures] == ["t.csv:7"]
    assert len(table) == 3


def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(MissingColumn, match="no column 'party'; there are 'organization', 'concept'") as caught:
        read(TABLE, Columns("party", "concept"))
    assert isinstance(caught.value, LookupError)


def test_names_of_columns_may_differ_in_case_and_values_in_spaces() -> None:
    table, _ = read("Organization;Concept\nForeign   Ministry ; sanctions\n", Columns("organization", "concept"))
    assert table.actor.names == ("Foreign Ministry",)
    assert table.concept.names == ("sanctions",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_names_of_the_columns(delimiter: str) -> None:
    table, failures = read(TABLE.replace(",", delimiter))
    assert (len(table), failures) == (3, [])


def test_a_first_line_that_names_the_delimiter_is_followed() -> None:
    table, failures = read("sep=;\na;c\nA;x\n;y\n", Columns("a", "c"))
    assert (len(table), [each.where for each in failures]) == (1, ["t.csv:4"])


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_whatever_stands_in_a_table_is_read_or_refused(rows: bytes) -> None:
    try:
        table, failures = read(b"organization,concept,agreement,doc,date\n" + rows)
    except CommuniqueError:
        return
    assert all(each.where.startswith("t.csv:") for each in failures)
    assert len(table) <= rows.count(b"\n") + rows.count(b"\r") + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings_are_told_apart(encoding: str) -> None:
    rows = "".join(f"Министерство иностранных дел,Курильские острова и мирный договор {n % 3}\n" for n in range(40))
    table, failures = read(f"organization,concept\n{rows}".encode(encoding), Columns("organization", "concept"))
    assert failures == []
    assert table.actor.names == ("Министерство иностранных дел",)


def test_one_name_written_with_other_code_points_is_one_actor() -> None:
    table, _ = read("a,c\nQu\u00e9bec,x\nQue\u0301bec,x\n", Columns("a", "c"))
    assert table.actor.names == ("Qu\u00e9bec",)


def test_words_stand_for_agreement() -> None:
    table, failures = read("a,c,q\nA,x,TRUE\nB,x,no\nC,x,NA\nD,x,Agree\n", Columns("a", "c", "q"))
    assert failures == []
    assert table.qualifier[table.qualified].tolist() == [1, 0, 1]


def test_a_scale_is_told_from_agreement_by_its_values_unless_it_is_said() -> None:
    rows = "a,c,q\nA,x,1\nB,x,0\n"
    columns = Columns("a", "c", "q")
    assert read(rows, columns)[0].binary
    assert read(rows + "C,x,-1\n", columns)[0].levels == (-1, 0, 1)
    scale = read(rows, columns, binary=False)[0]
    assert network(scale, Settings(NetworkMode.TWO, Aggregation.SUBTRACT)).matrix.tolist() == [[1], [0]]
    agreement = read(rows, columns, binary=True)[0]
    assert network(agreement, Settings(NetworkMode.TWO, Aggregation.SUBTRACT)).matrix.tolist() == [[1], [-1]]
    _, failures = read(rows + "C,x,7\n", columns, binary=True)
    assert [str(each) for each in failures] == ["t.csv:4: its q '7' is no 0 or 1"]


def test_a_qualifier_of_too_many_values_is_refused() -> None:
    rows = "".join(f"A,x,{n}\n" for n in range(101))
    with pytest.raises(BadNetwork, match="101 different values"):
        read(f"a,c,q\n{rows}", Columns("a", "c", "q"))


@pytest.mark.parametrize("data", [b"", b"\n", b"   \n"])
def test_a_table_without_a_header_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableReport, match="empty"):
        read(data)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(NotText):
        read(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 50)


def test_a_header_without_rows_gives_an_empty_network() -> None:
    table, _ = read("organization,concept,agreement,doc,date\n")
    made = network(table, Settings())
    assert (made.rows, made.statements, made.matrix.shape) == ((), 0, (0, 0))


def test_a_table_that_leaves_open_what_is_meant_says_so() -> None:
    with pytest.raises(MissingColumn, match="2 columns 'agreement'"):
        read(b"actor,concept,agreement,agreement\nJapan,fish,1,0\n", Columns("actor", "concept", "agreement"))


def test_empty_lines_before_the_header_and_missing_actors_are_no_data() -> None:
    found, failed = read(b"\n\nactor,concept\nJapan,fish\nNA,fish\n", Columns("actor", "concept"))
    assert found.actor.names == ("Japan",)
    assert [str(each) for each in failed] == ["t.csv:5: it has no actor"]


def test_a_row_of_empty_cells_before_the_header_is_none() -> None:
    found, failed = read(b";;\n\nactor;concept\nJapan;fish\n", Columns("actor", "concept"))
    assert (found.actor.names, failed) == (("Japan",), [])
