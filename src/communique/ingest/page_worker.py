"""Pages taken apart within a budget of time and memory, by a process that is ended where a page is over it.

What an extractor's time grows with is in the hands of whoever wrote the page, and nothing inside a process ends a
library that is busy. Short pages, of which no harm can come, are taken apart here and cost nothing more. Longer ones
go to a process that is started for the first of them and serves all later ones; `subprocess` starts it, not
`multiprocessing`, so that it works from workers of any pool and asks nothing of a script's entry.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from communique.errors import UnreadableReport
from communique.ingest.metadata import PageMetadata
from communique.ingest.page_text import page_text

SHORT = 16_000
"""Characters of a page up to which it is taken apart without a process of its own."""

AT_ONCE = 2
"""Processes that several threads may have at a time: a page that is slow is not in the way of all others."""

_WAITS = 6  # how often the processor's seconds a page may take by the clock, where both are counted
_SLACK = 64_000_000  # bytes beyond twice the memory allowed, at which the system refuses more
_HAS_TIMER = hasattr(signal, "setitimer")
_START = "import sys; sys.path[:] = sys.argv[1:]; from communique.ingest.page_worker import serve; serve()"


@dataclass(frozen=True, slots=True)
class PageBudget:
    """What one page may take to be taken apart: seconds of the processor, and millions of bytes beside the program."""

    seconds: float = 10.0
    megabytes: int = 1_000


BUDGET = PageBudget()


def extracted(page: str, where: str, url: str | None, budget: PageBudget = BUDGET) -> tuple[PageMetadata, str]:
    """Return what `page_text` returns of a page that holds no lone surrogates.

    Raises UnreadableReport where the extractor breaks on it, or is not done within the budget. The time is the
    processor's, so that a busy machine refuses no page, but no page takes longer than six times that by the clock.
    Memory is counted where the system tells of it (Linux); there no page has more than some twice its budget.
    """
    if len(page) > SHORT:
        return _crew.extracted(page, where, url, budget)
    try:
        return page_text(page, url)
    # A page on which the extractor breaks is a bad page, whichever way it breaks.
    except Exception as error:
        raise UnreadableReport(where, _broke(error)) from error


def _broke(error: Exception) -> str:
    return f"no text can be had from its HTML ({type(error).__name__}: {error})"


class _Ended(Exception):
    """The process is no more."""


class _PageWorker:
    """The process, and what it is told through. One page at a time."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C goes to all processes of a terminal's group; this one ends when we do.
            process_group=0 if os.name == "posix" else -1,
        )
        self.late = False

    def answer(self, page: str, url: str | None, budget: PageBudget) -> dict[str, Any]:
        """Return what the process makes of the page. Raises _Ended where it ended over it, or was ended."""
        body = page.encode()
        head = {"size": len(body), "url": url, "seconds": budget.seconds, "megabytes": budget.megabytes}
        watchdog = threading.Timer(budget.seconds * (_WAITS if _HAS_TIMER else 1), self._too_late)
        watchdog.daemon = True
        self._write(json.dumps(head).encode() + b"\n")
        if not self._out.readline():  # started, and ready for this page
            raise _Ended
        watchdog.start()
        try:
            self._write(body)
            line = self._out.readline()
        finally:
            watchdog.cancel()
        if not line.endswith(b"\n"):
            raise _Ended
        found: dict[str, Any] = json.loads(line)
        return found

    def _too_late(self) -> None:
        self.late = True
        self.process.kill()

    @property
    def _out(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def _write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except OSError as error:
            raise _Ended from error

    def end(self) -> int:
        """End the process; return its exit status."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return self.process.wait()

    def forget(self) -> None:
        """Let go of a process that is not ours, since we were forked."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.returncode = 0


class _PageCrew:
    """The processes of this one. Threads that find all of them busy wait; the budget is the page's own."""

    def __init__(self) -> None:
        self.places = threading.Semaphore(AT_ONCE)
        self.idle: list[_PageWorker] = []

    def extracted(self, page: str, where: str, url: str | None, budget: PageBudget) -> tuple[PageMetadata, str]:
        with self.places:
            try:
                worker = self.idle.pop() if self.idle else _PageWorker()
            except OSError as error:
                raise UnreadableReport(where, f"no process can be started to take it apart ({error})") from error
            try:
                answer = worker.answer(page, url, budget)
            except _Ended as error:
                raise UnreadableReport(where, _why(worker, budget)) from error
            except BaseException:
                worker.end()
                raise
            if answer.get("memory"):
                worker.end()
                raise UnreadableReport(where, f"page took more than {budget.megabytes:,} MB of memory to extract")
            self.idle.append(worker)
        if "broke" in answer:
            raise UnreadableReport(where, answer["broke"])
        return _metadata(answer["found"]), answer["text"]

    def end(self) -> None:
        """End those that wait for a page."""
        while self.idle:
            self.idle.pop().end()


def _why(worker: _PageWorker, budget: PageBudget) -> str:
    status = worker.process.wait()
    worker.end()
    if worker.late or (_HAS_TIMER and status == -signal.SIGPROF):
        return f"page took more than {budget.seconds:g} seconds to extract"
    return f"the process that took it apart ended ({f'signal {-status}' if status < 0 else f'exit status {status}'})"


def _metadata(found: dict[str, Any]) -> PageMetadata:
    lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
    return PageMetadata(**{**found, **lists})


_crew = _PageCrew()
atexit.register(lambda: _crew.end())


def _forked() -> None:
    global _crew
    for worker in _crew.idle:
        worker.forget()
    _crew = _PageCrew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def serve() -> None:
    """The process's life: take pages apart until the other end is closed.

    A page comes as a line of JSON (``size``, ``url``, ``seconds``, ``megabytes``), then, after a line in answer, as so
    many bytes of UTF-8; what it holds goes back as a line of JSON.
    """
    logging.disable()  # what is odd about a page is told by us
    takes, gives = sys.stdin.buffer, sys.stdout.buffer
    import trafilatura  # noqa: F401  before the first page's time begins

    program = _memory("VmSize")
    while head := takes.readline():
        asked = json.loads(head)
        _tell(gives, {"ready": True})
        page = takes.read(asked["size"]).decode()
        memory = asked["megabytes"] * 1_000_000
        _bound_memory(program + 2 * memory + _SLACK)
        with _within(asked["seconds"]):
            answer = _made(page, asked["url"])
        # Of what it could not have, a library may say nothing and go on with less.
        _tell(gives, {"memory": True} if program and _memory("VmPeak") - program > memory else answer)


def _tell(gives: IO[bytes], answer: dict[str, Any]) -> None:
    gives.write(json.dumps(answer).encode() + b"\n")
    gives.flush()


def _made(page: str, url: str | None) -> dict[str, Any]:
    try:
        found, text = page_text(page, url)
        return {"found": dataclasses.asdict(found), "text": text}
    except MemoryError:
        return {"memory": True}
    except Exception as error:
        return {"broke": _broke(error)}


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    """End this process where what is done inside takes more of the processor's time."""
    if not _HAS_TIMER:
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _memory(kind: str) -> int:
    """The bytes of memory that this process has (VmSize) or had at most (VmPeak); 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")), 0)


def _bound_memory(most: int) -> None:
    """Have the system refuse this process more memory, where it does so."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        if hardest == resource.RLIM_INFINITY or most <= hardest:
            resource.setrlimit(resource.RLIMIT_AS, (most, hardest))
