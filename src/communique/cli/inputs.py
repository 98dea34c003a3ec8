"""From the command line's files to readings: what fails is told and counted, the rest goes on."""

from __future__ import annotations

import dataclasses
import sys
from collections import deque
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from communique.cli.endings import tell
from communique.cli.terminal import progress_stream
from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather
from communique.model import Reading, Report
from communique.reading.named_readers import ReaderName
from communique.reading.workers import read_each


class Inputs:
    """One run over the files that a command was given; ``failed`` counts what could not be read."""

    def __init__(
        self,
        paths: Iterable[str],
        model: str | None,
        jobs: int,
        progress: bool = False,
        issuer: str | None = None,
        reader: ReaderName | None = None,
    ) -> None:
        """Take files, folders or ``-``; a model, None for the default; and whether a terminal may show progress.

        ``issuer`` is whose own words all of the texts are, ``reader`` who reads them, None for the default.
        """
        self.reader = reader
        self.issuer = issuer
        self.paths = list(paths)
        self.model = model
        self.jobs = jobs
        self.progress = progress and sys.stderr.isatty()
        self.failed = 0
        self._on_their_way: deque[Arrival] = deque()

    def readings(self) -> Iterator[Reading]:
        """Yield the readings in the order of the input, notes on how it came in among theirs."""
        if not self.progress:
            yield from self._readings()
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} reports"))
        with Progress(*columns, TimeElapsedColumn(), console=Console(file=progress_stream()), transient=True) as bar:
            task = bar.add_task("Reading", total=None)
            for reading in self._readings():
                yield reading
                bar.advance(task)

    @property
    def status(self) -> int:
        """The exit status: 1 where some input failed."""
        return 1 if self.failed else 0

    def _readings(self) -> Iterator[Reading]:
        for outcome in read_each(self._reports(), self.model, self.jobs, named=self.reader):
            arrival = self._on_their_way.popleft()
            if isinstance(outcome, CommuniqueError):
                self._refuse(f"{arrival.where}: {outcome.reason}")
            else:
                yield dataclasses.replace(outcome, notes=arrival.notes + outcome.notes)

    def _reports(self) -> Iterator[Report]:
        for item in gather(self.paths):
            if isinstance(item, Arrival):
                for note in item.notes:
                    tell(f"{item.where}: note: {note}")
                self._on_their_way.append(item)
                yield item.report if self.issuer is None else dataclasses.replace(item.report, speaker=self.issuer)
            else:
                self._refuse(str(item))

    def _refuse(self, message: str) -> None:
        self.failed += 1
        tell(message)
