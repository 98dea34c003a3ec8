"""The command line as its user meets it, run in this process: the model is loaded once for all tests that need it.

Where a test is about processes (signals, pipes, devices, memory, what a terminal is), it starts one of its own.
"""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from communique import cli


@dataclass(frozen=True)
class Ran:
    """What one run left behind."""

    returncode: int
    stdout: str
    stderr: str


def communique(*arguments: object, folder: Path) -> Ran:
    """Run a command in a folder."""
    out, err = io.BytesIO(), io.BytesIO()
    argv = ["communique", *map(str, arguments)]
    with (
        contextlib.chdir(folder),
        mock.patch.object(sys, "argv", argv),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO())),
        contextlib.redirect_stdout(io.TextIOWrapper(out, "utf-8")),
        contextlib.redirect_stderr(io.TextIOWrapper(err, "utf-8")),
    ):
        status = cli.main()
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(status, out.getvalue().decode(), err.getvalue().decode())
