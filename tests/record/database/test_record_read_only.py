"""A record where nothing can be written: everything that reads does, everything that writes says why not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from command_runs import communique
from communique.errors import RecordFailed
from communique.record import Record
from communique.record.archive.whole_check import check
from communique.record.database.sqlite_file import FixedConnection, connected
from desks import desk, routes
from read_only_places import nothing_can_be_written
from record_samples import made, put, reading

READS = [
    ["statements"],
    ["conditions", "--json"],
    ["actors"],
    ["issues"],
    ["reports"],
    ["positions"],
    ["changes"],
    ["contradictions"],
    ["series", "peace treaty"],
    ["network", "--json"],
    ["standoff", "issue", "peace treaty"],
    ["judge", "--list"],
    ["judge", "--agreement"],
    ["merge", "--propose"],
    ["export"],
    ["check"],
]
WRITES = [
    ["add", "../news.txt"],
    ["judge", "jpn", "accept", "--by", "Aiko"],
    ["merge", "jpn", "rus", "--by", "Aiko"],
    ["import", "../all.jsonl"],
    ["serve", "--port", "0", "--by", "Aiko"],
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a record, in which nothing can be written."""
    folder = tmp_path_factory.mktemp("place") / "here"
    folder.mkdir()
    with Record.open(folder / "communique.db", create=True) as record:
        put(record, reading())
    (folder.parent / "news.txt").write_text("Japan said that it would sign.", "utf-8")
    (folder.parent / "all.jsonl").write_text('{"type": "communique-record", "version": 1}\n', "utf-8")
    with nothing_can_be_written(folder):
        yield folder


def test_the_place_is_as_it_is_said_to_be(place: Path) -> None:
    assert [path.name for path in place.iterdir()] == ["communique.db"]
    with pytest.raises(OSError, match=r"denied|Read-only"):
        (place / "a").write_text("b", "utf-8")


@pytest.mark.parametrize("command", READS, ids=" ".join)
def test_every_command_that_reads_works(place: Path, command: list[str]) -> None:
    done = communique(*command, folder=place)
    assert (done.returncode, done.stderr.count("Error"), "cannot" in done.stderr) == (0, 0, False), done.stderr


def test_a_backup_is_taken_of_it(place: Path, tmp_path: Path) -> None:
    done = communique("backup", tmp_path / "copy.db", folder=place)
    assert done.returncode == 0, done.stderr
    assert list(check(tmp_path / "copy.db")) == []


@pytest.mark.parametrize("command", WRITES, ids=" ".join)
def test_every_command_that_writes_says_why_not(place: Path, command: list[str]) -> None:
    done = communique(*command, folder=place)
    assert (done.returncode, done.stdout) == (1, "")
    assert "communique.db: the record cannot be written to" in done.stderr
    assert "it can be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_record_is_made_there(place: Path) -> None:
    with pytest.raises(RecordFailed, match="nothing can be written in the folder"):
        Record.open(place / "other.db", create=True)


def test_a_desk_that_shows_alone_shows_it(place: Path) -> None:
    with desk(str(place / "communique.db"), read_only=True) as held:
        assert held.get("/statements").status == 200
        assert held.get("/api/v1/statements").json["rows"]


def test_what_is_in_the_log_alone_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "here").mkdir()
    with Record.open(tmp_path / "live" / "communique.db", create=True) as record:
        put(record, reading())
        for name in ("communique.db", "communique.db-wal"):
            shutil.copy(tmp_path / "live" / name, tmp_path / "here" / name)
    with (
        nothing_can_be_written(tmp_path / "here"),
        pytest.raises(RecordFailed, match=r"the log beside it .* copy both to another place"),
    ):
        Record.open(tmp_path / "here" / "communique.db", read_only=True)


def test_who_may_write_there_is_noticed(tmp_path: Path) -> None:
    behind, here = tmp_path / "behind", tmp_path / "here"
    behind.mkdir()
    here.mkdir()
    with Record.open(behind / "communique.db", create=True) as record:
        put(record, reading())
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", behind, here], check=False).returncode:
        pytest.skip("a folder that others may write to takes a mount")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", here], check=True)
        with Record.open(here / "communique.db", read_only=True) as held:
            assert len(list(held.reports().walk())) == 1
            with Record.open(behind / "communique.db") as record:
                put(record, reading(made("Japan said that it would sign only if Russia left the islands.")))
            assert len(list(held.reports().walk())) == 2
    finally:
        subprocess.run(["umount", "--lazy", here], check=False)


def test_elsewhere_the_log_is_read_as_ever(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    with Record.open(file, create=True) as record:
        put(record, reading())
        with closing(connected(file, read_only=True)) as connection:
            assert not isinstance(connection, FixedConnection)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk") / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading())
        record.judge("actor", "jpn", "accept", by="Aiko")
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place


def test_no_route_writes(file: Path) -> None:
    assert len(routes()) > 35
    before = file.read_bytes()
    with desk(str(file), read_only=True) as held:
        for route in routes():
            path = route.path.replace("{key:path}", "jpn")
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                if path in ("/sign-in", "/sign-out"):
                    continue
                answer = held.ask(method, path, b"{}", {"content_type": "application/json"})
                assert answer.status == 403, (method, path)
                assert answer.json == {"error": {"status": 403, "where": path, "reason": "this desk is read-only"}}
            if "GET" in (route.methods or ()):
                assert held.get(path).status in (200, 303, 400, 403, 404), path
        assert held.get("/judge").status == 403
    assert file.read_bytes() == before


def test_it_shows_no_form_to_judge_by(file: Path) -> None:
    statement = reading()
    with desk(str(file), read_only=True) as held:
        for path in ("/", "/statements", f"/reports/{statement.report.id}", "/actors/jpn", "/issues/peace-treaty"):
            shown = held.get(path)
            assert shown.status == 200
            assert 'method="post"' not in shown.text
            assert 'href="/judge"' not in shown.text


def test_who_signed_in_may_sign_out(file: Path) -> None:
    with desk(str(file), read_only=True, token="a token of some length") as held:
        left = held.ask(
            "POST", "/sign-out", b"", {"origin": held.base, "authorization": "Bearer a token of some length"}
        )
        assert left.status == 303
