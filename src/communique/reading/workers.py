"""Reading here, or spread over processes that each load their own model: the same outcomes in the same order."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from communique.errors import ModelMissing, ReadingFailed
from communique.model import Frame, Report
from communique.reading.batches import batches, tapered
from communique.reading.named_readers import ReaderName, parts_of

# The language pipeline is imported by the workers, once their number of threads is set.
if TYPE_CHECKING:
    from communique.reading.pipeline import Outcome

LAST_REPORTS = 4  # in each of the last batches, so that the workers end together
QUEUED = 2  # batches that a worker has at once, so that it need not wait for us between them
AHEAD = 4  # batches a worker, sent out or waiting for an earlier one to be handed on: a bound on what is held
STARTS = 3  # that may fail in a row
DEATHS = 2  # of workers on one report alone, before it is given up

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_READY = "ready"

_log = logging.getLogger(__name__)

_NAMED = 5
"""Reports that a warning names."""

_PATIENCE = 5
"""Seconds that a worker is given to end."""


@dataclass(slots=True)
class _Task:
    """Reports on their way, ``index`` being the place of their batch in the order; ``done`` holds what came back."""

    index: int
    todo: list[Report]
    done: list[Outcome]
    alone: bool = False  # read one at a time, since a worker died on the batch
    deaths: int = 0  # of workers that had only the first report still to do


@dataclass(slots=True)
class _Worker:
    """A process; ``at`` is what it has to do, each with how many of its reports were sent."""

    process: Any
    pipe: Connection
    ready: bool = False
    at: deque[tuple[_Task, int]] = field(default_factory=deque)

    def may_take(self, task: _Task, place: int) -> bool:
        """Whether the task can be the one after so many: those that are read alone have a worker to themselves."""
        return self.ready and len(self.at) == place and not (place and (task.alone or self.at[0][0].alone))


def read_each(
    reports: Iterable[Report],
    model: str | None = None,
    jobs: int = 1,
    frame: Frame | None = None,
    named: ReaderName | None = None,
) -> Iterator[Outcome]:
    """Yield, for each report in order, its reading or the error that names it and says why there is none.

    ``model`` is a spaCy model's name or folder, None for the default; ``jobs`` the number of processes that read.
    ``frame`` are the parties and issues that the user follows, ``named`` is the reader, None for the default.
    Raises ModelMissing where the model cannot be loaded, ValueError where ``jobs`` is below 1.
    """
    from communique.reading.pipeline import DEFAULT_MODEL, outcomes

    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    if jobs == 1:
        return outcomes(reports, model or DEFAULT_MODEL, frame, parts_of(named))

    return read_in_parallel(reports, model or DEFAULT_MODEL, jobs, frame, named)


def read_in_parallel(
    reports: Iterable[Report], model: str, jobs: int, frame: Frame | None = None, named: ReaderName | None = None
) -> Generator[Outcome, None, None]:
    """Yield, for each report in order, its reading or the error that says why there is none.

    ``jobs`` worker processes read batches of reports, a bounded number of them at a time. When a worker dies, its
    reports are read again one at a time; one on which workers go on dying is given up and named.
    Raises ModelMissing where the workers cannot load the model, ReadingFailed where they cannot be started.
    """
    cut = tapered(batches(reports), last=jobs, most=LAST_REPORTS)
    crew = _Crew(model, jobs, frame, named)
    try:
        yield from crew.run(cut)
    finally:
        crew.dismiss()


class _Crew:
    """The worker processes, and what each of them is at."""

    def __init__(self, model: str, jobs: int, frame: Frame | None = None, named: ReaderName | None = None) -> None:
        self.model = model
        self.named = named
        self.frame = frame
        self.jobs = jobs
        self.failed_starts = 0
        self.waiting: deque[_Task] = deque()
        self.workers: list[_Worker] = []

    def run(self, cut: Iterator[list[Report]]) -> Iterator[Outcome]:
        """Hand the batches out, and yield what comes back in their order."""
        finished: dict[int, list[Outcome]] = {}
        made = handed_on = 0
        exhausted = False
        while True:
            while not exhausted and len(self.waiting) < QUEUED * self.jobs and made - handed_on < AHEAD * self.jobs:
                batch = next(cut, None)
                if batch is None:
                    exhausted = True
                    break
                self.waiting.append(_Task(made, batch, []))
                made += 1
            if handed_on == made and exhausted:
                return
            while len(self.workers) < min(self.jobs, made):
                self.workers.append(self._hire())
            self._send()
            for task in self._receive():
                finished[task.index] = task.done
            while handed_on in finished:
                yield from finished.pop(handed_on)
                handed_on += 1

    def dismiss(self) -> None:
        """End every worker."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()

    def _hire(self) -> _Worker:
        context = get_context("spawn")  # a forked process would share our threads' locks and the parent's signals
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.model, self.frame, self.named), daemon=True)
        with _one_thread(), _deaf_to_ctrl_c():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _send(self) -> None:
        for place in range(QUEUED):
            for worker in self.workers:
                if not self.waiting:
                    return
                if worker.may_take(self.waiting[0], place):
                    task = self.waiting.popleft()
                    sent = 1 if task.alone else len(task.todo)
                    worker.at.append((task, sent))
                    with contextlib.suppress(OSError):  # dead: its end of the pipe tells
                        worker.pipe.send(task.todo[:sent])

    def _receive(self) -> Iterator[_Task]:
        open_pipes = {worker.pipe: worker for worker in self.workers}
        for pipe in wait(list(open_pipes)):
            worker = open_pipes[pipe]  # type: ignore[index]
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._replace(worker)
                continue
            if isinstance(answer, ModelMissing):
                raise answer
            if answer == _READY:
                worker.ready = True
                self.failed_starts = 0
                continue
            task, sent = worker.at.popleft()
            yield from self._progress(task, answer, sent)

    def _progress(self, task: _Task, outcomes: list[Outcome], sent: int) -> Iterator[_Task]:
        task.done += outcomes
        del task.todo[:sent]
        task.deaths = 0
        if task.todo:
            self.waiting.appendleft(task)
        else:
            yield task

    def _replace(self, worker: _Worker) -> Iterator[_Task]:
        worker.process.join()
        code = worker.process.exitcode
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= STARTS:
                raise ReadingFailed("worker processes", f"they end before they are ready ({_ended(code)})")
        worker.pipe.close()
        self.workers[self.workers.index(worker)] = self._hire()
        if not worker.at:
            return
        task, sent = worker.at.popleft()
        self.waiting.extendleft(other for other, _ in reversed(worker.at))
        held = [report.id or "(no id)" for report in task.todo[:sent]]
        if task.alone:
            task.deaths += 1
            # The first may have been dead, killed with the one before it, when it was given the report.
            if task.deaths < DEATHS:
                self.waiting.appendleft(task)
                return
            lost: Outcome = ReadingFailed(f"report {held[0]}", f"its worker process died on it ({_ended(code)})")
            yield from self._progress(task, [lost], 1)
            return
        names = ", ".join(held[:_NAMED]) + (f" and {len(held) - _NAMED} more" if len(held) > _NAMED else "")
        _log.warning("a worker process died (%s); its reports are read again one at a time: %s", _ended(code), names)
        task.alone = True
        self.waiting.appendleft(task)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Have processes that start inside use one thread each: N processes of N threads would be in each other's way."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have processes that start inside ignore Ctrl-C from the first: it goes to all of them, and we end them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set it, and only the main thread gets it
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ended(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {-code}, {signal.Signals(-code).name}"
    return f"exit status {code}"


def _work(pipe: Connection, model: str, frame: Frame | None, named: ReaderName | None) -> None:
    """A worker's life: load the model, then read what comes until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a thread started us
    from communique.reading.pipeline import framed, load, read_batch

    try:
        reader = framed(load(model, parts_of(named)), frame)
    except ModelMissing as error:
        pipe.send(error)
        return
    todo: SimpleQueue[list[Report] | None] = SimpleQueue()
    # Were the pipe not emptied while we read and answer, we and the one who sends could wait for each other for ever.
    threading.Thread(target=_take_in, args=(pipe, todo), daemon=True).start()
    with contextlib.suppress(OSError):
        pipe.send(_READY)
        while (batch := todo.get()) is not None:
            pipe.send(read_batch(reader, batch))


def _take_in(pipe: Connection, todo: SimpleQueue[list[Report] | None]) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            todo.put(pipe.recv())
    todo.put(None)
