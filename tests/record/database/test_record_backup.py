"""``communique backup``: whole, of one moment, while the record is written; and a restore of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import NotARecord, OutputRefused, RecordFailed
from communique.record import Record
from communique.record.database.backing_up import back_up
from record_samples import made, put, reading


def reports(file: Path) -> int:
    with Record.open(file, read_only=True) as record:
        return len(list(record.reports().walk()))


def test_it_is_taken_while_the_record_is_being_written(tmp_path: Path) -> None:
    file, copy = tmp_path / "communique.db", tmp_path / "copy.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
        with record.writing() as connection:
            connection.exec_driver_sql("DELETE FROM report_identity")
            back_up(file, copy)
        put(record, reading(made("Japan said on Friday that it would sign only if Russia left the islands.")))
    assert reports(copy) == 1
    with Record.open(copy, read_only=True) as record, record.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM report_identity").scalar()
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_restore_is_putting_it_in_the_records_place(tmp_path: Path) -> None:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        put(record, reading())
    command = [sys.executable, "-m", "communique", "backup", "monday.db"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert (run.returncode, run.stderr) == (0, "communique: the record is backed up in monday.db\n")
    for name in ("communique.db", "communique.db-wal", "communique.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "monday.db").rename(tmp_path / "communique.db")
    assert reports(tmp_path / "communique.db") == 1


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    before = file.read_bytes()
    with pytest.raises(OutputRefused, match="there already"):
        back_up(file, file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_no_copy_takes_the_name_of_what_stands_beside_a_record(tmp_path: Path, end: str) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    beside = tmp_path / f"communique.db{end}"
    beside.unlink(missing_ok=True)
    with pytest.raises(OutputRefused, match=r"part of communique\.db"):
        back_up(file, beside)
    assert not beside.exists()
    assert reports(file) == 1


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_no_copy_stands_beside_what_another_record_left(tmp_path: Path, end: str) -> None:
    file, left = tmp_path / "communique.db", tmp_path / f"copy.db{end}"
    with Record.open(file, create=True) as record:
        put(record, reading())
    left.write_bytes(b"of a record that is gone")
    with pytest.raises(OutputRefused, match=f"copy.db{end}"):
        back_up(file, tmp_path / "copy.db")
    assert [each.name for each in tmp_path.glob("*copy*")] == [left.name]


def test_of_two_at_once_none_replaces_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, copy = tmp_path / "communique.db", tmp_path / "copy.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    fsync = os.fsync

    def other_is_done_first(descriptor: int) -> None:
        fsync(descriptor)
        copy.write_bytes(b"the other's")

    monkeypatch.setattr(os, "fsync", other_is_done_first)
    with pytest.raises(OutputRefused, match="there already"):
        back_up(file, copy)
    assert copy.read_bytes() == b"the other's"
    assert [each.name for each in tmp_path.glob("*copy*")] == ["copy.db"]


def test_a_damaged_record_is_not_taken_for_a_good_copy(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
    content = bytearray(file.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    file.write_bytes(content)
    with pytest.raises(NotARecord, match="damaged"):
        back_up(file, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(RecordFailed, match="pg_dump"):
        back_up("postgresql://ann@127.0.0.1:1/record", tmp_path / "copy.db")
