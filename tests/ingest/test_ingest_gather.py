"""Files, folders and standard input become one stream of reports, in order."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import BinaryIO

import pytest

from communique.errors import CommuniqueError, MissingInput
from communique.ingest import Arrival, Source, gather
from communique.model import Report

TEXT = "The minister said he would go."


def stems(items: Iterator[Arrival | CommuniqueError]) -> list[str]:
    return [Path(item.where).name if isinstance(item, Arrival) else f"! {Path(item.where).name}" for item in items]


def test_a_folder_is_read_with_all_below_it_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/a.TXT", "c/d/e.txt", ".hidden/f.txt", ".g.txt", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{TEXT} {name}")
    assert stems(gather([tmp_path])) == ["a.TXT", "z.txt", "b.txt", "e.txt"]


def test_inputs_are_read_in_the_order_given_and_each_file_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}")
    assert stems(gather([tmp_path / "b.txt", tmp_path, tmp_path / "b.txt"])) == ["b.txt", "a.txt"]


def test_what_is_not_there_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.docx").write_text(TEXT)
    paths: list[str | Path] = [
        tmp_path / "no.txt",
        "nul\0.txt",
        tmp_path / "x.docx",
        tmp_path / "empty",
        tmp_path / "a.txt",
    ]
    items = list(gather(paths))
    assert [type(item).__name__ for item in items] == [
        "MissingInput",
        "MissingInput",
        "UnreadableReport",
        "MissingInput",
        "Arrival",
    ]
    assert isinstance(items[0], MissingInput)
    assert "no such file" in items[0].reason
    assert "no report in this folder" in str(items[3])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (b'{"id": "x", "text": "The minister said he would go."}\n', TEXT),
        (f"<html><body><article><p>{TEXT}</p></article></body></html>".encode(), TEXT),
    ],
)
def test_standard_input_is_told_by_how_it_starts(monkeypatch: pytest.MonkeyPatch, data: bytes, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (item,) = gather(["-"])
    assert isinstance(item, Arrival)
    assert item.report.text == text
    assert item.where.startswith("-")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", TEXT.encode()),
        ("a.HTML.GZ", f"<html><body><article><p>{TEXT}</p></article></body></html>".encode()),
        ("a.jsonl.gz", b'{"text": "The minister said he would go."}'),
        ("a.csv.gz", f"text\n{TEXT}\n".encode()),
    ],
)
def test_files_may_be_packed(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(gzip.compress(data[:20]) + gzip.compress(data[20:]))
    (item,) = gather([tmp_path])
    assert isinstance(item, Arrival)
    assert item.report.text == TEXT


@pytest.mark.parametrize(
    ("behind", "reason"), [(b"not gzip at all", "damaged"), (gzip.compress(b'{"text": "x"}')[:-9], "cut off")]
)
def test_of_a_packed_file_that_is_damaged_what_can_be_had_is_read(tmp_path: Path, behind: bytes, reason: str) -> None:
    first = gzip.compress(b'{"text": "The minister said he would go."}\n')
    (tmp_path / "a.jsonl.gz").write_bytes(first + behind)
    good, *rest = gather([tmp_path])
    assert isinstance(good, Arrival)
    assert isinstance(rest[-1], CommuniqueError)
    assert reason in rest[-1].reason


def _odd(stream: BinaryIO, where: str) -> Iterator[Arrival]:
    yield Arrival(Report(id="odd", text=stream.read().decode()), where, given_id=True)
    raise KeyError("broke")


odd = Source("odd", (".odd",), _odd)


def test_a_source_is_registered_by_entry_point_and_may_break(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["communique.ingest.gather"]
    entries = [
        EntryPoint("odd", f"{__name__}:odd", "communique.sources"),
        EntryPoint("gone", "no.such.module:source", "communique.sources"),
    ]
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or sys.modules["__main__"])
    monkeypatch.setattr(module, "entry_points", lambda group: entries)
    module.sources.cache_clear()
    try:
        (tmp_path / "a.odd").write_text(TEXT)
        good, bad = gather([tmp_path])
    finally:
        module.sources.cache_clear()
    assert isinstance(good, Arrival)
    assert isinstance(bad, CommuniqueError)
    assert "the source 'odd' broke on it (KeyError" in bad.reason
