"""A record that is moved, removed or replaced while it is open: noticed before anything more is told as kept."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import RecordGone
from communique.record import Record
from communique.record.database.backing_up import back_up
from communique.record.database.sql import asking
from communique.record.database.sqlite_file import beside_record, is_record
from desks import desk
from record_samples import made, put, reading
from web_servers import Page, serving

LATER = made("Japan said on Friday that it would sign only if Russia left the islands.")


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def removed(file: Path) -> None:
    file.unlink()


def replaced(file: Path) -> None:
    copy = file.with_name("copy.db")
    shutil.copy(file, copy)
    copy.replace(file)


def parent_moved(file: Path) -> None:
    file.parent.rename(file.parent.with_name("other"))


def cut_short(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(8192)


def copied_over(file: Path, content: bytes) -> None:
    """Put other bytes into the very file, which does not become shorter, as another process does.

    One that opens and closes a file lets go of all the locks that it holds there itself.
    """
    source = file.with_name("copied.tmp")
    source.write_bytes(content + b"\0" * max(0, file.stat().st_size - len(content)))
    before = file.stat().st_ino
    subprocess.run(["cp", str(source), str(file)], check=True)
    source.unlink()
    assert file.stat().st_ino == before


def copy_of(file: Path, name: str) -> Path:
    """Return a copy of a file, made by another process."""
    subprocess.run(["cp", str(file), str(file.with_name(name))], check=True)
    return file.with_name(name)


def another_record_copied_over(file: Path) -> None:
    other = file.with_name("other.db")
    with Record.open(other, create=True) as record:
        for _ in range(4):
            put(record, reading(LATER))
            record.judge("actor", "jpn", "accept", by="anybody")
    copied_over(file, other.read_bytes())


def what_it_was_copied_over(file: Path) -> None:
    """Put in what was in it before it was last written to."""
    copied_over(file, file.with_name("older.db").read_bytes())


def a_copy_with_more_copied_over(file: Path) -> None:
    """Put in a copy that went ways of its own."""
    copy = file.with_name("older.db")
    judged_elsewhere(copy)
    copied_over(file, copy.read_bytes())


def words_copied_over(file: Path) -> None:
    copied_over(file, b"Nothing of a record. " * 2000)


def emptied(file: Path) -> None:
    subprocess.run(["truncate", "--size=0", str(file)], check=True)


ENDS = [
    moved,
    removed,
    replaced,
    parent_moved,
    cut_short,
    another_record_copied_over,
    what_it_was_copied_over,
    a_copy_with_more_copied_over,
    words_copied_over,
    emptied,
]
GONE = (moved, removed, parent_moved)


def judged_elsewhere(file: Path) -> None:
    """Have another process write to a record, all of it into the file and not its log alone."""
    commands = "\n".join(
        (
            "import sqlite3, sys",
            "from communique.record import Record",
            "with Record.open(sys.argv[1]) as record:",
            "    for verdict in ('accept', 'reject'):",
            "        record.judge('actor', 'jpn', verdict, by='another')",
            "done = sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchone()",
            "assert done[0] == 0, done",
        )
    )
    subprocess.run([sys.executable, "-c", commands, str(file)], check=True, timeout=120)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    place = tmp_path / "here" / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading())
    shutil.copy(place, place.with_name("older.db"))
    with Record.open(place) as record:
        record.judge("actor", "rus", "accept", by="anybody")
    return place


@pytest.mark.parametrize("end", ENDS)
def test_the_next_transaction_says_so(file: Path, end: Callable[[Path], None]) -> None:
    with Record.open(file) as record:
        end(file)
        for _ in range(2):
            with pytest.raises(RecordGone, match=r"communique\.db: .* while it was open; nothing more is kept"):
                put(record, reading(LATER))
            with pytest.raises(RecordGone):
                record.opened("anything")
        assert (end in GONE) == (not file.exists())


@pytest.mark.parametrize("end", ENDS)
def test_nor_is_kept_what_was_under_way(file: Path, end: Callable[[Path], None]) -> None:
    def pulled_away(record: Record) -> None:
        with record.writing() as connection:
            connection.exec_driver_sql("UPDATE report SET title = 'lost'")
            end(file)

    with Record.open(file) as record, pytest.raises(RecordGone):
        pulled_away(record)


def test_put_back_it_goes_on(file: Path) -> None:
    with Record.open(file) as record:
        moved(file)
        with pytest.raises(RecordGone):
            put(record, reading(LATER))
        file.with_name("elsewhere.db").rename(file)
        put(record, reading(LATER))
    with Record.open(file, read_only=True) as record:
        assert len(list(record.reports().walk())) == 2


def test_what_others_write_is_no_other_file(file: Path) -> None:
    with Record.open(file) as record, Record.open(file, read_only=True) as reader:
        for _ in range(3):
            put(record, reading(LATER))
            judged_elsewhere(file)
            assert len(list(record.judgements())) == len(list(reader.judgements()))
        record.judge("actor", "jpn", "reject", by="anybody")
        assert len(list(reader.judgements())) == 8


def test_looking_at_the_file_lets_go_of_no_lock(file: Path) -> None:
    """A process that opens and closes a file itself lets go of its locks there, and others take the log away."""
    log = file.with_name(f"{file.name}-wal")
    with Record.open(file) as record:
        record.judge("actor", "jpn", "accept", by="anybody")
        before = log.stat().st_ino
        assert is_record(file)
        assert beside_record(log) == file
        Record.open(file, read_only=True).close()
        Record.open(file).close()
        with asking(file):
            pass
        judged_elsewhere(file)
        assert log.stat().st_ino == before
        record.judge("actor", "jpn", "reject", by="anybody")
    with Record.open(file, read_only=True) as record:
        assert len(list(record.judgements())) == 5


def test_a_backup_copied_over_is_refused_until_the_record_is_opened_again(file: Path) -> None:
    backup = file.with_name("backup.db")
    back_up(file, backup)
    with Record.open(file) as record:
        record.judge("actor", "jpn", "accept", by="anybody")
        judged_elsewhere(file)
        now = copy_of(file, "now.db").read_bytes()
        copied_over(file, backup.read_bytes())
        for content in (None, now):
            if content:
                copied_over(file, content)
            with pytest.raises(RecordGone, match="copied over"):
                record.judge("actor", "jpn", "reject", by="anybody")


def test_a_log_that_is_of_another_file_is_not_put_over_it(file: Path) -> None:
    other = file.with_name("other.db")
    with Record.open(other, create=True) as made_there:
        put(made_there, reading(LATER))
    with Record.open(file) as record:
        record.judge("actor", "jpn", "accept", by="anybody")
        left = copy_of(file.with_name(f"{file.name}-wal"), "left").read_bytes()
    file.write_bytes(other.read_bytes())
    file.with_name(f"{file.name}-wal").write_bytes(left)
    for read_only in (True, False):
        with pytest.raises(RecordGone, match=r"whose log \(communique\.db-wal\) is still there"):
            Record.open(file, read_only=read_only)


def test_an_older_versions_record_is_marked_when_it_is_opened(file: Path) -> None:
    with sqlite3.connect(file) as older:
        older.execute("DELETE FROM communique_record WHERE name LIKE 'mark %'")
        older.execute("PRAGMA user_version = 0")
    older.close()
    with Record.open(file, read_only=True) as reader:
        assert len(list(reader.reports().walk())) == 1
        with Record.open(file) as record:
            what_it_was_copied_over(file)
            with pytest.raises(RecordGone):
                put(record, reading(LATER))


def test_another_working_folder_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    with Record.open("communique.db") as record:
        monkeypatch.chdir(file.parent.parent)
        put(record, reading(LATER))
        assert [path.name for path in file.parent.parent.iterdir()] == ["here"]


@pytest.mark.parametrize("end", ENDS)
def test_the_desk_answers_503_and_never_201(file: Path, end: Callable[[Path], None]) -> None:
    judgement = {"kind": "statement", "key": reading().statements[0].id, "verdict": "accept"}
    with desk(str(file)) as held:
        assert held.post("/api/v1/judgements", judgement).status == 201
        end(file)
        answer = held.post("/api/v1/judgements", judgement)
        assert answer.status == 503
        assert "while it was open" in answer.json["error"]["reason"]


def test_watch_ends_and_says_why(file: Path, tmp_path: Path) -> None:
    def pulled_away(asked: object) -> Page:
        if file.exists():
            removed(file)
        words = "<title>Talks</title><description>Russia said that talks would resume.</description>"
        item = f"<item><guid>a</guid>{words}</item>"
        return Page(f"<rss version='2.0'><channel><title>Fjord Post</title>{item}</channel></rss>".encode())

    with serving({"/rss": pulled_away}) as server:
        (tmp_path / "dossier.toml").write_text(
            f'communique = 1\nname = "Quota"\n[[feed]]\nurl = {json.dumps(server.url + "/rss")}\n'
        )
        options = ["--record", str(file), "--allow-loopback"]
        command = [sys.executable, "-m", "communique", "watch", str(tmp_path), *options]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "while it was open; nothing more is kept" in run.stderr
    assert not file.exists()


def test_a_number_that_another_program_put_there_is_no_other_file(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA user_version = 7")
    other.close()
    with Record.open(file, read_only=True) as reader:
        assert len(list(reader.judgements())) == 1
        with Record.open(file) as record:
            record.judge("actor", "jpn", "accept", by="anybody")
            judged_elsewhere(file)
            record.judge("actor", "jpn", "reject", by="anybody")
        assert len(list(reader.judgements())) == 5
