"""From the command line's sources into the record: what fails is told and counted, the rest goes on."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from communique.cli.endings import tell
from communique.cli.terminal import progress_stream
from communique.collect.feeds import Web, add_address, is_web_address
from communique.collect.intake import Fate, Kept, Outcome, take_in
from communique.collect.reframing import follow
from communique.errors import CommuniqueError
from communique.ingest import Arrival, gather
from communique.ingest.dossier import Dossier, dossier_file, load_dossier
from communique.ingest.enrichment import undated_because
from communique.record import Record

_MOST_TOLD = 20
"""Undated reports that are named, each with the reason; the others are counted."""


class Intake:
    """One run of ``communique add``; ``failed`` counts the inputs that could not be kept."""

    def __init__(
        self,
        where: str,
        sources: Iterable[str],
        *,
        model: str | None,
        jobs: int,
        reread: bool,
        allow_loopback: bool = False,
        issuer: str | None = None,
    ) -> None:
        """Take the record's place, the sources, how they are to be read, and whose own words the files' texts are."""
        self.issuer = issuer
        self.where = where
        self.sources = list(sources)
        self.model = model
        self.jobs = jobs
        self.reread = reread
        self.web = Web(allow_loopback=allow_loopback)
        self.failed = 0
        self.undated = 0
        self.why_undated: list[str] = []

    def keep(self, stream: TextIO | None) -> Counter[str]:
        """Add all; return how many met which fate. Each is printed to ``stream`` as a JSON line, if there is one."""
        fates: Counter[str] = Counter()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} reports"))
        quiet = stream is not None or not sys.stderr.isatty()
        with (
            Record.open(self.where, create=True) as record,
            Progress(
                *columns, TimeElapsedColumn(), console=Console(file=progress_stream()), transient=True, disable=quiet
            ) as bar,
        ):
            task = bar.add_task("Adding", total=None)

            def told(outcome: Outcome) -> None:
                bar.advance(task)
                if isinstance(outcome, Kept):
                    fates[outcome.fate.value] += 1
                    self._note_undated(outcome)
                    if stream:
                        stream.write(json.dumps(_line(outcome)) + "\n")
                        stream.flush()
                else:
                    self.failed += 1
                    tell(str(outcome))

            for on_the_web, several in groupby(self.sources, is_web_address):
                if on_the_web:
                    for url in several:
                        add_address(record, url, told, web=self.web, model=self.model, reread=self.reread, noted=tell)
                else:
                    paths = list(several)
                    follow_dossiers(record, paths)
                    take_in(
                        record,
                        _arrivals(paths, self.issuer),
                        told,
                        model=self.model,
                        jobs=self.jobs,
                        reread=self.reread,
                    )
                    join_dossiers(record, paths)
        self._tell_undated()
        return fates

    def _note_undated(self, kept: Kept) -> None:
        report = kept.arrival.report
        if report.published is None and kept.fate is not Fate.HELD:
            self.undated += 1
            if self.undated <= _MOST_TOLD:
                self.why_undated.append(f"{kept.arrival.where}: undated: {undated_because(report)}")

    def _tell_undated(self) -> None:
        for words in self.why_undated:
            tell(words)
        if self.undated > _MOST_TOLD:
            tell(f"{self.undated - _MOST_TOLD} more reports are undated")


def follow_dossiers(record: Record, paths: Iterable[str]) -> None:
    """Have the record follow the parties and issues of the dossiers among the sources."""
    for dossier in _dossiers(paths):
        follow(record, dossier.name, dossier.frame)


def join_dossiers(record: Record, paths: Iterable[str]) -> None:
    """Join what the dossiers among the sources call one issue by several names."""
    for dossier in _dossiers(paths):
        record.join_aliases("issue", [issue.names for issue in dossier.issues])


def _dossiers(paths: Iterable[str]) -> Iterator[Dossier]:
    """Yield the dossiers among the sources; a broken one is told where its reports are gathered."""
    for path in paths:
        try:
            found = dossier_file(path) if path != "-" else None
            dossier = load_dossier(found) if found else None
        except (CommuniqueError, ValueError):
            continue
        if dossier is not None:
            yield dossier


def _arrivals(paths: Iterable[str], issuer: str | None) -> Iterator[Arrival | CommuniqueError]:
    for item in gather(paths):
        if isinstance(item, Arrival):
            for note in item.notes:
                tell(f"{item.where}: note: {note}")
            if issuer is not None:
                item = dataclasses.replace(item, report=dataclasses.replace(item.report, speaker=issuer))
        yield item


def _line(kept: Kept) -> dict[str, str]:
    return {"report": kept.key, "fate": kept.fate.value, "where": kept.arrival.where}
