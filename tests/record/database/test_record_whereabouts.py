"""A record that is moved, removed or replaced while it is open: noticed before anything more is told as kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import RecordGone
from communique.record import Record
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


ENDS = [moved, removed, replaced, parent_moved, cut_short]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    place = tmp_path / "here" / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading())
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
        assert end in (replaced, cut_short) or not file.exists()


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
