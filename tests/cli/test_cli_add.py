"""``communique add``: what came in is kept once, what cannot be read is named, and a stopped run goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from command_runs import communique
from communique.record import Record
from communique.record.database import tables as t

TALKS = "Russia said on Monday that talks could resume only if Japan lifts its sanctions, TASS reported.\n"
PORT = "Kenya said on Tuesday that it would reopen the port if Tanzania drops its ban on maize.\n"


def count(folder: Path, table: str) -> int:
    with Record.open(folder / "communique.db") as record, record.reading() as connection:
        return connection.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0


def test_a_folder_is_added_once_and_what_fails_is_named(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "talks.txt").write_text(TALKS)
    (news / "port.jsonl").write_text(json.dumps({"id": "port", "text": PORT, "outlet": "Coast Daily"}) + "\n{broken\n")
    (news / "empty.txt").write_text("")

    first = communique("add", "news", folder=tmp_path)
    assert first.returncode == 1
    assert "2 added, 2 failed" in first.stderr
    assert "port.jsonl:2" in first.stderr
    assert "empty.txt" in first.stderr

    again = communique("add", "--json", "news", folder=tmp_path)
    fates = {line["report"].split("-")[0]: line["fate"] for line in map(json.loads, again.stdout.splitlines())}
    assert fates == {"talks": "held", "port": "held"}
    assert count(tmp_path, "report") == count(tmp_path, "reading") == 2
    assert count(tmp_path, "condition") == 2


def test_a_held_report_is_read_again_on_demand(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(TALKS)
    communique("add", "talks.txt", folder=tmp_path)
    again = communique("add", "--reread", "--json", "talks.txt", folder=tmp_path)
    assert json.loads(again.stdout)["fate"] == "reread"
    assert count(tmp_path, "reading") == 1


def test_killed_while_adding_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": PORT.replace("Tuesday", f"Tuesday {n}")}) for n in range(400)]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-m", "communique", "add", "--json", "wire.jsonl"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout
    told = [json.loads(process.stdout.readline())["report"] for _ in range(70)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    held = count(tmp_path, "report")
    assert len(told) <= held < 400
    rest = communique("add", "wire.jsonl", folder=tmp_path)
    assert f"{400 - held} added, {held} held already" in rest.stderr
    assert count(tmp_path, "report") == count(tmp_path, "reading") == 400


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(TALKS)
    (tmp_path / "notes.db").write_text("my notes")
    run = communique("add", "--record", "notes.db", "talks.txt", folder=tmp_path)
    assert run.returncode == 1
    assert "notes.db: this file is no record" in run.stderr
    assert (tmp_path / "notes.db").read_text() == "my notes"


def test_the_record_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "talks.txt").write_text(TALKS)
    monkeypatch.setenv("COMMUNIQUE_RECORD", "elsewhere.db")
    assert communique("add", "talks.txt", folder=tmp_path).returncode == 0
    assert (tmp_path / "elsewhere.db").exists()


def test_the_issuer_of_what_is_added_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("The port must reopen. We will pay in May.")
    communique("add", "--issuer", "Minister Ida Holm of Malta", "speech.txt", folder=tmp_path)
    told = communique("statements", "--json", "--limit", "0", folder=tmp_path)
    assert {line["speaker_name"] for line in map(json.loads, told.stdout.splitlines())} == {"Ida Holm"}
