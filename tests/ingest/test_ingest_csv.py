"""Tables bring a report a row, their columns found by name; a bad row is named and the rest is read."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import CommuniqueError, ReportTooLong
from communique.ingest import Arrival, gather
from communique.ingest.csv_files import MAX_ROW, csv_source

TEXT = "The minister said he would go."


def items(tmp_path: Path, data: bytes | str, name: str = "t.csv") -> list[Arrival | CommuniqueError]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(gather([path]))


def told(found: list[Arrival | CommuniqueError]) -> list[str]:
    """The text of each report, or what is wrong, with the row."""
    return [
        item.report.text if isinstance(item, Arrival) else f"{item.where.rsplit(':', 1)[-1]} {item.reason}"
        for item in found
    ]


def test_columns_are_found_by_the_names_that_people_give_them(tmp_path: Path) -> None:
    header = "Doc ID,Headline,Body,Link,Publication,Date,Byline,Agency,Words"
    row = f'7,No talks,"{TEXT}",https://w.example/1,The Wire,"October 4, 2023",Hana Mori,Reuters,6'
    (item,) = items(tmp_path, f"{header}\n{row}\n")
    assert isinstance(item, Arrival)
    report = item.report
    assert (report.id, report.title, report.text, report.url) == ("7", "No talks", TEXT, "https://w.example/1")
    assert (report.outlet, report.published, report.author, report.agency) == (
        *("The Wire", "2023-10-04"),
        *("Hana Mori", "Reuters"),
    )
    assert item.where == f"{tmp_path / 't.csv'}:2"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"text;title\n{TEXT};a, b, c\n".encode(), "t.csv"),
        (f"text\ttitle\n{TEXT}\ta, b, c\n".encode(), "t.tsv"),
        (f"\ufefftext;title\r\n{TEXT};a, b, c\r\n".encode(), "t.csv"),
        (f"sep=;\ntext;title\n{TEXT};a, b, c".encode(), "t.csv"),
        (f"text;title\n{TEXT};a, b, c\n".encode("utf-16"), "t.csv"),
        (f"title;text\na, b, c;{TEXT}\r".replace("\n", "\r").encode(), "t.csv"),
        (gzip.compress(f"text;title\n{TEXT};a, b, c\n".encode()), "t.csv.gz"),
    ],
)
def test_spreadsheets_differ_in_mark_delimiter_and_encoding(tmp_path: Path, data: bytes, name: str) -> None:
    (item,) = items(tmp_path, data, name)
    assert isinstance(item, Arrival), item
    assert (item.report.text, item.report.title) == (TEXT, "a, b, c")


def test_a_text_keeps_its_newlines_commas_and_quotation_marks(tmp_path: Path) -> None:
    text = f'  {TEXT}\r\n\r\n"No," he said,\nand left. '
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", "text"], ["a", text], ["b", TEXT]])
    assert told(items(tmp_path, stream.getvalue())) == [text, TEXT]


def test_another_encoding_is_guessed(tmp_path: Path) -> None:
    text = "“The talks,” he said in the café, “would go on.”"
    assert told(items(tmp_path, f'text\n"{text}"\n'.encode("cp1252"))) == [text]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,said \0 so", "2 not text: it holds a NUL"),
        ("x,", "2 empty"),
        (f"x,{TEXT},and more", "2 it has 3 fields, the header 2"),
        ("x,Министр заявил о том что переговоры возобновятся", "2 not English"),
        ('x,"No" he said', "2 its quotation marks do not fit"),
        (f"x,{'x' * 1_000_001}", "2 too long: 1,000,001 characters"),
        (f"x,{'x' * MAX_ROW}", "2 too long: a row of over"),
        ('x,"' + "x\n" * MAX_ROW + '"', "2 too long: a row of over"),
    ],
)
def test_a_bad_row_is_named_and_the_next_is_read(tmp_path: Path, row: str, reason: str) -> None:
    bad, good = told(items(tmp_path, f"id,text\n{row}\nb,{TEXT}\n"))
    assert bad.startswith(reason)
    assert good == TEXT


def test_a_quotation_mark_that_nothing_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    found = told(items(tmp_path, f'id,text\na,"{TEXT}\nb,{TEXT} b\nc,"{TEXT} c"\nd,{TEXT} d\n'))
    assert [words for words in found if words.startswith("The minister")] == [f"{TEXT} b", f"{TEXT} c", f"{TEXT} d"]
    assert found[0].startswith("2 its quotation marks do not fit")


def test_a_table_without_a_text_says_which_columns_it_has(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "id,Wording\na,b\n")
    assert isinstance(item, CommuniqueError)
    assert "there are 'id', 'Wording'" in item.reason


def test_a_mapping_names_the_columns_that_are_called_otherwise(tmp_path: Path) -> None:
    data = f"Wording,text,When\n{TEXT},not this,2023-10-04\n".encode()
    (item,) = csv_source({"text": "Wording", "published": "when"}).read(io.BytesIO(data), "t.csv")
    assert isinstance(item, Arrival)
    assert (item.report.text, item.report.published) == (TEXT, "2023-10-04")
    (missing,) = csv_source({"text": "Words"}).read(io.BytesIO(data), "t.csv")
    assert isinstance(missing, CommuniqueError)
    assert missing.reason == "there is no column 'Words' for the text; there are 'Wording', 'text', 'When'"
    with pytest.raises(ValueError, match="no 'colour'"):
        csv_source({"colour": "x"})


@pytest.mark.parametrize(
    ("value", "kept", "note"),
    [
        ("2023-10-04 10:00", "2023-10-04T10:00:00", ""),
        ("04/10/2023", None, "tells no one day"),
        ("1970-01-01", None, "empty clock"),
        ("2999-01-01", None, "in the future"),
    ],
)
def test_a_date_is_read_or_left_out_with_a_note(tmp_path: Path, value: str, kept: str | None, note: str) -> None:
    (item,) = items(tmp_path, f"text,date\n{TEXT},{value}\n")
    assert isinstance(item, Arrival)
    assert item.report.published == kept
    assert note in " ".join(item.notes)
    assert bool(item.notes) is bool(note)


def test_the_process_s_own_limit_on_fields_stays_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = TEXT + " " + "It went on. " * 20_000
    assert told(items(tmp_path, f"text\n{text}\n")) == [text]
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("id,text\n", "no row below its header"),
        (b"text\n\xff\xfe\x00\x01", "not text"),
        ("text" + "x" * (MAX_ROW + 1), "its header has over"),
    ],
)
def test_a_file_without_a_table_is_refused(tmp_path: Path, data: bytes | str, reason: str) -> None:
    (item,) = items(tmp_path, data)
    assert isinstance(item, CommuniqueError)
    assert reason in item.reason


def test_a_table_is_read_as_it_comes_and_no_more_than_is_needed() -> None:
    class Endless(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += 1
            row = f"{TEXT} {self.given}\n".encode()
            return b"text\n" if self.given == 1 else row * ((size or 0) // len(row) or 1)

    endless = Endless()
    found = csv_source().read(endless, "t.csv")
    assert all(isinstance(next(found), Arrival) for _ in range(50))
    assert endless.given < 5


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    _, second = items(tmp_path, f"id,text\na,{TEXT}\na,{TEXT}\n")
    assert isinstance(second, CommuniqueError)
    assert not isinstance(second, ReportTooLong)
    assert "t.csv:2 already" in second.reason


FIELDS = st.text(
    st.characters(exclude_characters="\0\ufeff\ufffd", exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\r",;\t '),
    max_size=30,
)


@given(st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=5))
def test_whatever_a_table_was_written_from_is_read_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["text", "note"])
    writer.writerows((f"{TEXT} {words}", note) for words, note in rows)
    found = [
        item.report.text
        for item in csv_source().read(io.BytesIO(stream.getvalue().encode()), "t.csv")
        if isinstance(item, Arrival)
    ]
    assert found == [f"{TEXT} {words}" for words, _ in rows]


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    for item in csv_source().read(io.BytesIO(b"text,date\n" + data), "t.csv"):
        assert isinstance(item, Arrival | CommuniqueError)


def test_a_table_may_say_whose_own_words_each_text_is(tmp_path: Path) -> None:
    (item,) = items(tmp_path, f"speaker,country,text\nIda Holm,MLT,{TEXT}\n")
    assert isinstance(item, Arrival)
    assert (item.report.speaker, item.report.country) == ("Ida Holm", "MLT")


def test_a_row_of_empty_cells_before_the_header_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(";;\nid;text;title\n1;Japan said no.;Fish\n", encoding="utf-8")
    (item,) = gather([tmp_path / "a.csv"])
    assert isinstance(item, Arrival)
    assert (item.report.id, item.report.title) == ("1", "Fish")
