"""What a record lives through: being killed, raced, locked, starved of disk, made read-only, and a clock set back."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from sqlalchemy import select, text

import communique.record.database.values
from communique.errors import RecordBusy, RecordFailed
from communique.record import Record
from communique.record.database import tables as t
from communique.record.database.backing_up import back_up
from record_samples import made, put, reading

HERE = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}


def writer(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "record_writer.py"), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def keys(where: str) -> list[str]:
    with Record.open(where) as record, record.reading() as connection:
        return list(connection.scalars(select(t.report.c.key).order_by(t.report.c.id)))


def whole(where: str) -> bool:
    """Every report has its text, its reading and its statement; nothing hangs in the air."""
    with Record.open(where) as record, record.reading() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        counts = [
            connection.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("report", "report_version", "reading", "statement", "condition", "statement_issue")
        ]
    return len(set(counts)) == 1


@pytest.mark.parametrize("moment", [1, 2, 9])
def test_killed_at_any_moment_it_opens_holds_what_was_finished_and_goes_on(where: str, moment: int) -> None:
    process = writer(where, 0, 500)
    assert process.stdout
    told = [process.stdout.readline().strip() for _ in range(moment)][1:]
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].split()
    held = keys(where)
    assert set(told) - {"open"} <= set(held)
    assert whole(where)

    rest = writer(where, 0, len(held) + 3)
    rest.communicate(timeout=120)
    assert rest.returncode == 0
    assert keys(where) == [f"report-{number}" for number in range(len(held) + 3)]
    assert whole(where)


def test_two_writers_at_once_lose_nothing_and_double_nothing(where: str) -> None:
    writers = [writer(where, 0, 40), writer(where, 20, 40)]
    ends = [process.communicate(timeout=120) for process in writers]
    assert [process.returncode for process in writers] == [0, 0], ends
    assert sorted(keys(where)) == sorted(f"report-{number}" for number in range(60))
    assert whole(where)


def test_a_locked_record_says_so_and_takes_the_report_later(where: str) -> None:
    with Record.open(where, create=True) as first, Record.open(where, busy_seconds=0.2) as second:
        read = reading()
        with first.writing(), pytest.raises(RecordBusy, match="another process"):
            put(second, read)
        assert put(second, read) == read.report.id


def test_readers_work_while_another_process_writes(where: str) -> None:
    with Record.open(where, create=True) as first, Record.open(where, busy_seconds=0.2) as second:
        put(first, reading())
        with first.writing() as connection:
            connection.execute(t.report.update().values(title="changed, and not yet kept"))
            with second.reading() as other:
                assert other.scalar(select(t.report.c.title)) is None


def test_no_room_for_the_file_is_said_and_what_was_finished_stays(tmp_path: Path) -> None:
    where = str(tmp_path / "communique.db")
    process = writer(where, 0, 2000, 1_500_000)
    out, err = process.communicate(timeout=120)
    told = out.split()[1:]
    assert process.returncode == 1
    assert "RecordFailed" in err
    assert where in err
    assert told
    assert keys(where)[: len(told)] == told
    assert whole(where)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A real file system of a megabyte, where this machine lets the tests mount one."""
    folder = Path(tempfile.mkdtemp(prefix="communique-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_is_said_and_what_was_finished_stays(small_disk: Path) -> None:
    where = str(small_disk / "communique.db")
    process = writer(where, 0, 2000)
    out, err = process.communicate(timeout=120)
    told = out.split()[1:]
    assert process.returncode == 1
    assert "the disk is full" in err
    assert told
    with Record.open(where, read_only=True) as record, record.reading() as connection:
        assert list(connection.scalars(select(t.report.c.key).order_by(t.report.c.id)))[: len(told)] == told


def test_a_backup_names_the_disk_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    with Record.open(tmp_path / "communique.db", create=True) as record:
        put(record, reading())
    (small_disk / "much").write_bytes(b"x" * 1_300_000)
    with pytest.raises(RecordFailed, match=r"copy\.db: the disk is full"):
        back_up(tmp_path / "communique.db", small_disk / "copy.db")
    assert [each.name for each in small_disk.iterdir()] == ["much"]


def test_a_read_only_record_can_be_read_and_says_that_it_cannot_be_written() -> None:
    # Not below pytest's folder, which only its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="communique-shut-"))
    try:
        where = folder / "communique.db"
        with Record.open(where, create=True) as record:
            put(record, reading())
        where.chmod(0o444)
        folder.chmod(0o555)
        # Root may write anywhere; the process becomes somebody else once it is loaded.
        process = writer(where, 1, 1, 0, pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else 0)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "RecordFailed" in err
        assert str(where) in err
        assert keys(str(where)) == [reading().report.id]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_record_opened_for_reading_is_not_written_to(tmp_path: Path) -> None:
    where = tmp_path / "communique.db"
    with Record.open(where, create=True) as record:
        put(record, reading())
    with Record.open(where, read_only=True) as record, pytest.raises(RecordFailed, match="cannot be written"):
        put(record, reading(made("Japan said it would talk only if Russia did, TASS reported.")))


def test_a_clock_set_back_leaves_versions_in_their_order(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    class Past(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Past:
            return cls(1999, 1, 1, tzinfo=tz)

    url = "https://example.org/talks"
    put(record, reading(made("Russia said one only if Japan agreed.", url=url)))
    monkeypatch.setattr(communique.record.database.values, "datetime", Past)
    placed = record.place(made("Russia said two only if Japan agreed.", url=url))
    assert record.add(placed, reading(placed.report))
    with record.reading() as connection:
        newest = connection.execute(
            select(t.report_version.c.text, t.report_version.c.added_at).join(
                t.report, t.report.c.version_id == t.report_version.c.id
            )
        ).one()
    assert newest.text.startswith("Russia said two")
    assert newest.added_at.startswith("1999")


def test_the_file_opens_in_sqlite_as_it_stands(tmp_path: Path) -> None:
    where = tmp_path / "communique.db"
    with Record.open(where, create=True) as record:
        put(record, reading())
    plain = sqlite3.connect(where)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    (row,) = plain.execute("SELECT speaker, act, content_text FROM statement").fetchall()
    assert row[:2] == ("rus", "refuse")
    number = "268435455 - (rowid & 268435455)"
    assert plain.execute(f"SELECT {number} FROM statement_words WHERE words MATCH 'treaty'").fetchall() == [(1,)]
    plain.close()
