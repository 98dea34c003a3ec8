"""A pipe or a device among what is read: named with the reason, and nobody waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from communique.files import open_file
from communique.record import Record
from record_samples import put, reading

TEXT = "Japan said that it would sign only if Russia left the islands.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report, a pipe that nobody writes to, and devices without an end."""
    here = tmp_path / "news"
    here.mkdir()
    (here / "a.txt").write_text(TEXT, "utf-8")
    os.mkfifo(here / "b.txt")
    (here / "c.txt").symlink_to("/dev/zero")
    (here / "d.jsonl").symlink_to("/dev/full")
    os.mkfifo(here / "e.txt.gz")
    return here


def run(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "communique", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=60, check=False)


@pytest.mark.parametrize("command", ["read", "add"])
def test_in_a_folder_they_are_named_and_the_rest_is_read(folder: Path, command: str) -> None:
    done = run(folder.parent, command, "--json", "news")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    for name, kind in (("b.txt", "pipe"), ("c.txt", "device"), ("d.jsonl", "device"), ("e.txt.gz", "pipe")):
        assert f"communique: news/{name}: this is a {kind}, not a file\n" in done.stderr


@pytest.mark.parametrize("command", ["read", "add"])
def test_links_that_lead_in_a_circle_are_named_and_the_rest_is_read(tmp_path: Path, command: str) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").symlink_to("b.txt")
    (tmp_path / "news" / "b.txt").symlink_to("a.txt")
    (tmp_path / "news" / "c.txt").write_text(TEXT, "utf-8")
    done = run(tmp_path, command, "--json", "news")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    for name in ("a.txt", "b.txt"):
        assert f"communique: news/{name}: there is no such file or folder\n" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["read", "a"],
        ["statements", "--record", "a"],
        ["watch", "a", "--once"],
        ["import", "a"],
        ["network", "--statements", "a"],
        ["standoff", "solve", "a"],
        ["init", "a"],
    ],
    ids=" ".join,
)
def test_by_name_such_links_are_told_too(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a").symlink_to("a")
    done = run(tmp_path, *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("communique: a")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (["read", "news/b.txt"], "pipe"),
        (["read", "d.toml"], "pipe"),
        (["watch", "d.toml"], "pipe"),
        (["import", "/dev/zero"], "device"),
        (["network", "--statements", "/dev/zero"], "device"),
        (["standoff", "solve", "/dev/zero"], "device"),
        (["statements", "--record", "news/b.txt"], "pipe"),
        (["add", "news/a.txt", "--record", "news/b.txt"], "pipe"),
        (["check", "--record", "/dev/zero"], "device"),
    ],
    ids=lambda each: " ".join(each),
)
def test_by_name_they_are_refused(folder: Path, command: list[str], kind: str) -> None:
    os.mkfifo(folder.parent / "d.toml")
    done = run(folder.parent, *command)
    assert done.returncode in (1, 2)
    assert kind in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_written_to_a_pipe_that_nobody_reads(folder: Path) -> None:
    with Record.open(folder.parent / "communique.db", create=True) as record:
        put(record, reading())
    done = run(folder.parent, "statements", "-o", "news/b.txt")
    assert (done.returncode, done.stderr) == (1, "communique: news/b.txt: cannot be written: nobody reads this pipe\n")


def test_a_pipe_that_somebody_writes_to_can_be_a_hand_over(tmp_path: Path) -> None:
    with Record.open(tmp_path / "one.db", create=True) as record:
        put(record, reading())
    with subprocess.Popen(
        [sys.executable, "-m", "communique", "export", "--record", "one.db", "-o", "/dev/stdout"],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    ) as writer:
        assert writer.stdout is not None
        number = writer.stdout.fileno()
        command = [sys.executable, "-m", "communique", "import", f"/dev/fd/{number}"]
        done = subprocess.run(command, pass_fds=[number], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stderr) == (0, "communique: new here: 1 reports, 1 versions\n")


def test_what_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    opened: list[OSError] = []

    def tried() -> None:
        try:
            open_file(tmp_path / "a.txt").close()
        except OSError as error:
            opened.append(error)

    thread = threading.Thread(target=tried, daemon=True)
    thread.start()
    thread.join(30)
    assert [error.strerror for error in opened] == ["this is a pipe, not a file"]
