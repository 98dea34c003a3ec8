"""Commands of Communique that are started in a moment: forked from a process that has loaded all, the model too.

What runs is the command line as it is, in a process (and a process group) of its own, with its output in files. The
process that forks has opened no record and has one thread. Used by benchmarks/kills.py, where starting up would take
nine tenths of the time.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

_LOADED = ("feedparser", "trafilatura", "alembic.command", "alembic.config", "sqlalchemy.dialects.sqlite.pysqlite")
_ROOMS = ("communique.cli", "communique.collect", "communique.ingest", "communique.reading", "communique.record")
"""What is loaded before anything is forked."""


@dataclass(frozen=True)
class Forked:
    """A command that was started: ``pid`` is its process's, and its group's."""

    nursery: Nursery
    pid: int
    out: Path
    err: Path

    def ended(self) -> bool:
        """Whether it has ended."""
        return self.nursery.asked("ended", pid=self.pid) is not None

    def wait(self, seconds: float = 600) -> tuple[int, str, str]:
        """Return its exit status (minus the signal that ended it), stdout and stderr. Raises TimeoutError."""
        last = time.monotonic() + seconds
        while (status := self.nursery.asked("ended", pid=self.pid)) is None:
            if time.monotonic() > last:
                raise TimeoutError(f"process {self.pid} has not ended")
            time.sleep(0.005)
        return int(status), _taken(self.out), _taken(self.err)


def _taken(said: Path) -> str:
    """Return what was said into a file, and remove it; nothing where the process was killed before it was made."""
    try:
        return said.read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
    finally:
        said.unlink(missing_ok=True)


class Started:
    """A command that was started from scratch, in a process group of its own."""

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        """Start ``communique`` with these words in a folder."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "communique", *words],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def wait(self, seconds: float = 600) -> tuple[int, str, str]:
        """Return its exit status (minus the signal that ended it), stdout and stderr. Raises TimeoutExpired."""
        out, err = self._process.communicate(timeout=seconds)
        return self._process.returncode, out, err


class Nursery:
    """The process that forks. ``close`` ends it; what it has started goes on."""

    def __init__(self, folder: Path) -> None:
        """Load everything; outputs are put into ``folder`` until they are read."""
        self.folder = folder
        self.started = 0
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        self.asked("ready")

    def asked(self, what: str, **values: Any) -> Any:
        """Have the process do something; return what it answers."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"what": what, **values}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    def start(self, words: Sequence[str], folder: Path) -> Forked:
        """Start ``communique`` with these words in a folder."""
        self.started += 1
        out, err = (self.folder / f"{self.started}.{name}" for name in ("out", "err"))
        pid = self.asked("start", words=list(words), folder=str(folder), out=str(out), err=str(err))
        return Forked(self, pid, out, err)

    def close(self) -> None:
        """End the process that forks."""
        self._process.communicate()


def _child(words: Sequence[str], folder: str, out: str, err: str) -> None:
    """Become a command; never returns."""
    status: object = 70
    try:
        os.setsid()
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_RDONLY)
        made = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        for to, number in ((nothing, 0), (os.open(out, made), 1), (os.open(err, made), 2)):
            os.dup2(to, number)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        sys.argv = ["communique", *words]
        from communique.cli import main

        try:
            status = main()
        except SystemExit as ended:
            status = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status if isinstance(status, int) else 0 if status is None else 1)


def _serve() -> None:
    """Fork what is asked for on stdin until that ends."""
    for name in _LOADED:
        import_module(name)
    for package in _ROOMS:
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if ".migrations" not in module.name:
                import_module(module.name)
    # What is made at the first reading is made here.
    import_module("communique.reading.pipeline").read("Russia said on Monday that Japan had refused the offer.")
    gc.freeze()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        answer: object = True
        if asked.pop("what") == "ended":
            answer = ended.get(asked["pid"])
            if answer is None:
                pid, status = os.waitpid(asked["pid"], os.WNOHANG)
                if pid:
                    answer = ended[pid] = os.waitstatus_to_exitcode(status)
        elif asked:
            answer = os.fork()
            if not answer:
                _child(**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve()
