"""What a terminal would obey reaches none: real bytes, through a real pseudo-terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ODD = "\x1b]0;owned\x07\x9b2J\u202e\u2066"
TEXT = f"Minister {ODD}Anna Berg said on Monday that{ODD} talks with Norland would resume."
OBEYED = ("\x1b]", "\x07", "\x9b", "\u202e", "\u2066")


def on_a_terminal(*command: str) -> str:
    """Run a command with both its outputs on a terminal; return what the terminal was given."""
    leader, follower = pty.openpty()
    with subprocess.Popen([sys.executable, *command], stdin=follower, stdout=follower, stderr=follower) as process:
        os.close(follower)
        given = b""
        while True:
            try:
                some = os.read(leader, 65536)
            except OSError:  # Linux tells the end so
                break
            if not some:
                break
            given += some
        process.wait()
    os.close(leader)
    return given.decode()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.jsonl"
    path.write_text(json.dumps({"id": f"odd{ODD}", "title": f"T{ODD}", "outlet": f"O{ODD}", "text": TEXT}) + "\n")
    return path


@pytest.mark.parametrize("form", [[], ["--csv"], ["--json"]])
def test_a_reading_on_a_terminal_holds_nothing_that_it_obeys(report: Path, form: list[str]) -> None:
    given = on_a_terminal("-m", "communique", "read", *form, str(report))
    assert "Anna Berg" in given
    assert [each for each in OBEYED if each in given] == []


def test_a_name_in_an_error_is_harmless(tmp_path: Path) -> None:
    given = on_a_terminal("-m", "communique", "read", str(tmp_path / f"none{ODD}.txt"))
    assert "none" in given
    assert [each for each in OBEYED if each in given] == []


def test_a_librarys_log_lines_warnings_and_own_words_are_harmless() -> None:
    library = (
        "import logging, sys, warnings; from communique.cli.terminal import shield; shield();"
        f"odd = {ODD!r}; logging.getLogger('some.library').warning('logged %s', odd);"
        "warnings.warn('warned ' + odd); sys.stderr.write('written ' + odd); print('printed ' + odd)"
    )
    given = on_a_terminal("-c", library)
    assert all(word in given for word in ("logged", "warned", "written", "printed"))
    assert [each for each in (*OBEYED, "\x1b") if each in given] == []


def test_a_csv_file_holds_no_control_character(report: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "communique", "read", "--csv", report], capture_output=True, check=True)
    written = run.stdout.decode()
    assert "Anna Berg" in written
    assert [each for each in ("\x1b", "\x07", "\x9b") if each in written] == []
