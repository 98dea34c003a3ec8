"""Plain text comes in exactly as decoded, or is refused by name and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, NotEnglish, NotText, ReportTooLong, UnreadableReport
from communique.ingest import Arrival, gather
from communique.ingest.arrivals import MAX_CHARACTERS

SENTENCE = "The minister said on Monday that the talks would resume only if the other side withdrew its troops."

Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def arrival(path: Path) -> Arrival:
    (item,) = gather([path])
    assert isinstance(item, Arrival), item
    return item


def refusal(path: Path) -> CommuniqueError:
    (item,) = gather([path])
    assert isinstance(item, CommuniqueError), item
    return item


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_text_is_exactly_as_given(put: Put, newline: str) -> None:
    text = f"  {SENTENCE}{newline}{newline}\u200fAnd “so” on.\t{newline}"
    assert arrival(put("a.txt", text.encode())).report.text == text


def test_a_report_without_an_id_is_named_after_its_stem_and_text_wherever_it_lies(tmp_path: Path) -> None:
    names = set()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "tass 14.txt"
        path.write_text(SENTENCE)
        names.add(arrival(path).report.id)
    (name,) = names
    assert name.startswith("tass-14-")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"\xef\xbb\xbf" + SENTENCE.encode(), None),
        (SENTENCE.encode("utf-16"), None),
        (SENTENCE.encode("utf-32"), None),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_read_in_every_width_and_its_mark_left_out(put: Put, data: bytes, note: str | None) -> None:
    got = arrival(put("a.txt", data))
    assert got.report.text == SENTENCE
    assert len(got.notes) == (note is not None)
    assert (note or "") in "".join(got.notes)


def test_another_encoding_is_guessed_and_told(put: Put) -> None:
    text = f"“{SENTENCE}” – the café’s owner said…"
    got = arrival(put("a.txt", text.encode("cp1252")))
    assert got.report.text == text
    assert got.notes == ("not UTF-8 (byte 0), read as cp1252",)


def test_damaged_utf8_stays_utf8(put: Put) -> None:
    data = "“Talks,” he said, “would — if held — be in the café.” ".encode() * 5 + b"\xe2\x80 and so on."
    got = arrival(put("a.txt", data))
    assert got.report.text.startswith("“Talks,” he said")
    assert "1 characters lost" in got.notes[0]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
    ],
)
def test_nothing_is_no_report(put: Put, data: bytes, reason: str) -> None:
    error = refusal(put("a.txt", data))
    assert isinstance(error, UnreadableReport)
    assert error.reason.startswith(reason)
    assert "a.txt" in str(error)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 40, "NUL"),
        (SENTENCE.encode()[:20] + b"\0" + SENTENCE.encode(), "a NUL (character 20)"),
        (b"%PDF-1.7\n" + SENTENCE.encode(), "a PDF"),
        (b"PK\x03\x04" + SENTENCE.encode(), "a ZIP"),
        (b"\x89PNG\r\n\x1a\n", "a PNG"),
        (b"\x01\x02\x03\x04\x05\x06" + SENTENCE.encode(), "6 control characters"),
    ],
)
def test_binary_data_is_refused_whatever_its_name(put: Put, data: bytes, reason: str) -> None:
    error = refusal(put("a.txt", data))
    assert isinstance(error, NotText)
    assert reason in error.reason


def test_a_text_over_the_limit_is_refused_with_its_size(put: Put) -> None:
    error = refusal(put("a.txt", (SENTENCE * (MAX_CHARACTERS // len(SENTENCE) + 1)).encode()))
    assert isinstance(error, ReportTooLong)
    assert "1,0" in error.reason
    assert "1,000,000" in error.reason


def test_a_huge_line_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)  # a hole: it takes no room
    error = refusal(path)
    assert isinstance(error, ReportTooLong)
    assert "100,000,000 bytes" in error.reason


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister sagte am Montag, dass die Gespräche nur dann weitergehen, wenn die andere Seite abzieht.",
        "Le ministre a déclaré lundi que les pourparlers ne reprendraient que si les troupes se retirent.",
        "El ministro dijo el lunes que las conversaciones se reanudarán con la retirada de las tropas.",
        "Министр заявил в понедельник, что переговоры возобновятся.",
        "日本政府は月曜日、交渉を再開すると述べた。",
        "قال الوزير يوم الاثنين إن المحادثات ستستأنف",
    ],
)
def test_another_language_is_refused(put: Put, text: str) -> None:
    error = refusal(put("a.txt", text.encode()))
    assert isinstance(error, NotEnglish)
    assert "not English" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "Kremlin: no talks",
        "Xi, Putin meet in Astana",
        "Rio de la Plata: Uruguay, Argentina sign fisheries deal",
        "Les Misérables opens; Le Monde calls film “superb”, the ministry said",
        "“Нет,” the Kremlin’s spokesman said in Russian when he was asked about the talks with Tokyo.",
        "1945",
    ],
)
def test_a_headline_or_a_foreign_name_is_not_another_language(put: Put, text: str) -> None:
    assert arrival(put("a.txt", text.encode())).report.text == text
