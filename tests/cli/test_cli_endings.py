"""Ctrl-C and a closed pipe end a command quietly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("ctrl_c")

COMMAND = [sys.executable, "-m", "communique", "read", "--json"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    text = "The minister said on Monday that talks would resume only if the other side withdrew its troops. " * 4
    with path.open("w") as stream:
        for k in range(2000):
            stream.write(json.dumps({"id": str(k), "text": text}) + "\n")
    return path


@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]])
def test_a_closed_pipe_ends_it_quietly(many: Path, jobs: list[str]) -> None:
    with subprocess.Popen([*COMMAND, *jobs, str(many)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "0"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]])
def test_ctrl_c_ends_it_quietly_and_leaves_no_half_file(many: Path, jobs: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, *jobs, str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that the signal goes to the workers too, as from a terminal
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_ctrl_c_keeps_the_file_that_was_there(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before")
    with subprocess.Popen([*COMMAND, "-o", str(out), str(many)], stderr=subprocess.PIPE) as process:
        while process.poll() is None and not [p for p in tmp_path.glob(".out*") if p.stat().st_size]:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 130
    assert out.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.jsonl", "out.jsonl"]
