"""Arguments that can mean nothing are refused with the reason and status 2: odd characters, empty names of files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_runs import Ran, communique
from communique.record import Record
from record_samples import put, reading

COMMANDS = [
    ["statements", "--actor", "{}"],
    ["statements", "--report", "{}"],
    ["statements", "--text", "{}"],
    ["statements", "--since", "{}"],
    ["statements", "--after", "{}"],
    ["statements", "--actor", "jpn", "--actor", "{}"],
    ["conditions", "--outlet", "{}"],
    ["actors", "--name", "{}"],
    ["positions", "--issue", "{}"],
    ["changes", "--as-of", "{}"],
    ["contradictions", "--actor", "{}"],
    ["series", "{}"],
    ["standoff", "issue", "{}"],
    ["standoff", "issue", "peace treaty", "--what-if", "{}"],
    ["export", "--outlet", "{}"],
    ["judge", "{}", "accept", "--by", "Aiko"],
    ["judge", "jpn", "correct", "name={}", "--by", "Aiko"],
    ["judge", "jpn", "accept", "--by", "{}"],
    ["merge", "jpn", "{}", "--by", "Aiko"],
]
NAMES = [
    ["judge", "jpn", "accept", "--by", "{}"],
    ["judge", "jpn", "correct", "name={}", "--by", "Aiko"],
    ["merge", "jpn", "rus", "--by", "{}"],
    ["frame", "add", "{}", "--by", "Aiko"],
    ["frame", "add", "sea lanes", "--alias", "{}", "--by", "Aiko"],
    ["frame", "add", "sea lanes", "--by", "{}"],
    ["serve", "--by", "{}"],
]
EMPTY = [
    ["read", ""],
    ["read", "news.txt", ""],
    ["add", ""],
    ["watch", ""],
    ["import", ""],
    ["backup", ""],
    ["statements", "--record", ""],
    ["check", "--record", ""],
    ["network", "--statements", ""],
    ["read", "--model", "", "news.txt"],
    ["standoff", "solve", ""],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("odd")
    with Record.open(here / "communique.db", create=True) as record:
        put(record, reading())
    (here / "news.txt").write_text("Japan said that it would sign.", "utf-8")
    return here


def run(folder: Path, *arguments: bytes) -> Ran:
    """Run a command with arguments as a shell hands them over, bytes that are no UTF-8 among them."""
    return communique(*map(os.fsdecode, arguments), folder=folder)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_character_that_no_name_has_is_told(folder: Path, command: list[str]) -> None:
    odd, told = (b"\xff", "U+DCFF") if len(command) % 2 else (b"a\x1b[2J", "U+001B")
    done = run(folder, *(word.encode().replace(b"{}", odd) for word in command))
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", NAMES, ids=" ".join)
def test_no_name_that_is_given_turns_what_stands_after_it(folder: Path, command: list[str]) -> None:
    done = run(folder, *(word.replace("{}", "Ai\u202eko").encode() for word in command))
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert "no name has" in done.stderr or "which no key, name or word has" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\u202e" not in done.stderr


@pytest.mark.parametrize("command", EMPTY, ids=" ".join)
def test_an_empty_name_of_a_file_is_told(folder: Path, command: list[str]) -> None:
    before = sorted(path.name for path in folder.iterdir())
    done = run(folder, *(word.encode() for word in command))
    assert (done.returncode, done.stdout) == (2, "")
    assert "'' names no file" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_an_empty_output_is_told(folder: Path) -> None:
    done = run(folder, b"statements", b"-o", b"")
    assert done.returncode == 1
    assert "names no file" in done.stderr


def test_a_file_may_have_any_name(folder: Path) -> None:
    name = b"n\xffews\x07.txt"
    (folder / os.fsdecode(name)).write_text("Japan said that it would sign.", "utf-8")
    done = run(folder, b"read", b"--json", name)
    assert done.returncode == 0, done.stderr


def test_what_is_told_of_a_file_is_no_longer_than_a_path(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("a" * 200_000 + "\nb\n", "utf-8")
    done = run(tmp_path, b"read", b"wide.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("communique: wide.csv: none of its columns is called ")
    assert len(done.stderr) < 5000
