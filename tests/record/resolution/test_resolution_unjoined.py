"""A run that is stopped leaves nothing unjoined: the record remembers it, and the next run joins it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from communique.collect.intake import Outcome, take_in
from communique.ingest import gather
from communique.record import Record
from communique.record.database import tables as t
from communique.record.resolution import unjoined

NAMED = "Kenyan Finance Minister Moses Kilonzo said on Monday that talks on the debt would go on."
UNNAMED = "Kenya's finance minister said on Monday that talks on the debt would go on in round {}."


def joined(record: Record) -> int:
    with record.reading() as connection:
        return connection.scalar(select(func.count()).select_from(t.merge)) or 0


def waiting(record: Record) -> list[str]:
    with record.reading() as connection:
        return unjoined.waiting(connection, 100)


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.jsonl"
    lines = [
        {"id": f"r{n}", "text": UNNAMED.format(n) if n else NAMED, "published": "2023-10-04", "outlet": "Coast Daily"}
        for n in range(8)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_what_a_stopped_run_added_the_next_run_joins(record: Record, wire: Path) -> None:
    told: list[Outcome] = []

    def stopping(outcome: Outcome) -> None:
        told.append(outcome)
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(record, gather([wire]), stopping)
    assert joined(record) == 0
    assert len(waiting(record)) == 3
    # The run after it adds nothing new.
    take_in(record, list(gather([wire]))[:3], told.append)
    assert joined(record) == 2
    assert waiting(record) == []


def test_a_whole_run_leaves_nothing_to_be_joined(record: Record, wire: Path) -> None:
    take_in(record, gather([wire]), lambda outcome: None)
    assert joined(record) == 7
    assert waiting(record) == []
    assert record.join_waiting() == []


def test_many_are_joined_some_at_a_time(record: Record, wire: Path) -> None:
    for item in gather([wire]):
        with record.writing() as connection:
            unjoined.remember(connection, item.report.id)  # type: ignore[union-attr]
            unjoined.remember(connection, item.report.id)  # type: ignore[union-attr]
    assert len(waiting(record)) == 8
    record.join_waiting(at_once=3)
    assert waiting(record) == []


def test_killed_while_adding_all_is_joined_in_the_end(wire: Path, tmp_path: Path) -> None:
    with wire.open("a") as stream:
        for n in range(200):
            stream.write(
                json.dumps({"id": f"more{n}", "text": f"Kenya said on Monday that port {n} would open."}) + "\n"
            )
    command = [sys.executable, "-m", "communique", "add", "--json", "wire.jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tmp_path) as process:
        assert process.stdout
        for _ in range(20):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with Record.open(tmp_path / "communique.db", read_only=True) as record:
        assert joined(record) == 0
    assert subprocess.run(command, stdout=subprocess.DEVNULL, cwd=tmp_path, timeout=120, check=False).returncode == 0
    with Record.open(tmp_path / "communique.db", read_only=True) as record:
        assert joined(record) == 7
