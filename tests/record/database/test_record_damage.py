"""A damaged record is not written to: it is said which one it is, what to do, and the file stays as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from command_runs import communique
from communique.errors import NotARecord, RecordDamaged
from communique.record import Record
from communique.record.database import connection as connections
from desks import desk
from record_samples import made, put, reading

LATER = made("Japan said on Friday that it would sign only if Russia left the islands.")
PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A record with a page of statements overwritten, which opening it does not touch."""
    place = tmp_path / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading())
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'statement'").fetchone()
    with place.open("r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(b"\xff" * PAGE)
    return place


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as too large to be looked through when they are opened."""
    monkeypatch.setattr(connections, "LOOKED_THROUGH", 0)


def test_opening_it_to_write_says_so(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(RecordDamaged) as refused:
        Record.open(file)
    assert refused.value.where == str(file)
    assert "nothing is written to it" in refused.value.reason
    assert "`communique check`" in refused.value.reason
    assert "backup" in refused.value.reason
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["communique.db"]


@pytest.mark.parametrize(
    "command",
    [
        ["add", "news.txt"],
        ["judge", "jpn", "accept", "--by", "Aiko"],
        ["merge", "jpn", "rus", "--by", "Aiko"],
        ["import", "all.jsonl"],
    ],
)
def test_every_command_that_writes_says_so(file: Path, command: list[str]) -> None:
    (file.parent / "news.txt").write_text("Japan said that it would sign.", "utf-8")
    (file.parent / "all.jsonl").write_text('{"type": "communique-record", "version": 1}\n', "utf-8")
    before = file.read_bytes()
    run = communique(*command, folder=file.parent)
    assert (run.returncode, run.stdout) == (1, "")
    assert "communique.db: the file is damaged" in run.stderr
    assert "communique check" in run.stderr
    assert "Traceback" not in run.stderr
    assert file.read_bytes() == before


@pytest.mark.usefixtures("large")
def test_damage_that_is_met_later_ends_all_writing(file: Path) -> None:
    before = file.read_bytes()
    with Record.open(file) as record:
        with pytest.raises(RecordDamaged, match="nothing is written to it"):
            put(record, reading(LATER))
        # It would not touch the page that is lost.
        with pytest.raises(RecordDamaged, match="communique check"):
            record.judge("actor", "jpn", "accept", by="Aiko")
    assert file.read_bytes() == before


@pytest.mark.usefixtures("large")
def test_the_desk_says_so_and_takes_no_judgement(file: Path) -> None:
    judgement = {"kind": "actor", "key": "jpn", "verdict": "accept"}
    with desk(str(file)) as held:
        met = held.get("/api/v1/statements")
        assert (met.status, "damaged" in met.json["error"]["reason"]) == (503, True)
        assert held.post("/api/v1/judgements", judgement).status == 503


def test_a_lost_first_page_is_told(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(bytes(100) + content[100:])
    with pytest.raises(NotARecord, match="if it was one, its beginning is damaged"):
        Record.open(file)
    file.write_bytes(content[:16] + b"\xff\xff" + content[18:])  # a page size that there is none
    with pytest.raises(RecordDamaged, match="not a database"):
        Record.open(file)


def test_what_can_be_read_of_it_is_read(file: Path) -> None:
    with Record.open(file, read_only=True) as record:
        assert [row.actor for row in record.actors().walk() if row.actor == "jpn"] == ["jpn"]
