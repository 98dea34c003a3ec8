"""Arrivals into the record: what is held is skipped, the rest is read and kept, a report at a time.

Each finished report is kept by a transaction of its own, so that whatever ends the run, it goes on where it stopped.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from communique.errors import CommuniqueError, ReadingFailed
from communique.ingest import Arrival
from communique.model import Frame, Reading, Report
from communique.reading.workers import read_each
from communique.record.archive.write import Place
from communique.record.record import Record

_MOST_TRIES = 5

SETTLED = 500
"""Reports after which their actors are joined, so that a long run that is stopped has most of it done."""


class Fate(StrEnum):
    """What became of an arrival."""

    NEW = "new"
    VERSION = "version"
    REREAD = "reread"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Kept:
    """An arrival that the record holds now: under which key, and what became of it."""

    key: str
    fate: Fate
    arrival: Arrival


Outcome = Kept | CommuniqueError
"""What became of one input: how it is kept, or the error that names it and says why not."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    arrival: Arrival
    place: Place


def take_in(
    record: Record,
    items: Iterable[Arrival | CommuniqueError],
    told: Callable[[Outcome], None],
    *,
    model: str | None = None,
    jobs: int = 1,
    reread: bool = False,
) -> None:
    """Add arrivals to the record, handing what became of each to ``told`` as soon as it is known.

    They are read in the record's frame (`Record.follow`). ``reread`` has held texts read again, for a newer reader,
    model or frame. At the end, and every `SETTLED` reports, what
    the documented rules make sure of the new reports' actors is joined (`Record.join_waiting`), and what a run that
    was stopped left to be joined. Raises ModelMissing, and
    what the record raises where it cannot be written: all that was told before is kept.
    """
    waiting: deque[_Waiting] = deque()
    kept = 0

    def keep(outcome: Outcome) -> None:
        nonlocal kept
        told(outcome)
        kept += isinstance(outcome, Kept) and outcome.fate is not Fate.HELD
        if kept >= SETTLED:
            kept = 0
            record.join_waiting()

    def reports() -> Iterator[Report]:
        for item in items:
            if isinstance(item, CommuniqueError):
                told(item)
                continue
            place = record.place(item.report, given_id=item.given_id, known_as=item.known_as)
            if place.held and place.reader is not None and not reread:
                told(Kept(place.report.id, Fate.HELD, item))
                continue
            waiting.append(_Waiting(item, place))
            yield place.report

    frame = record.frame()
    wanted = reports()
    # The language model takes a second to load: not where all is held.
    for first in wanted:
        for outcome in read_each(chain([first], wanted), model, jobs, frame):
            item = waiting.popleft()
            if isinstance(outcome, CommuniqueError):
                keep(type(outcome)(item.arrival.where, outcome.reason))
            else:
                keep(_keep(record, item, outcome, model, reread, frame))
    record.join_waiting()


def _keep(record: Record, item: _Waiting, reading: Reading, model: str | None, reread: bool, frame: Frame) -> Outcome:
    arrival, place = item.arrival, item.place
    for _ in range(_MOST_TRIES):
        noted = dataclasses.replace(reading, notes=arrival.notes + reading.notes)
        if record.add(place, noted, came_from=arrival.where):
            return Kept(place.report.id, _fate(place), arrival)
        # Another process, or an earlier arrival of this run, was there first. Ids hang on the key: read it anew.
        place = record.place(arrival.report, given_id=arrival.given_id, known_as=arrival.known_as)
        if place.held and not reread:
            return Kept(place.report.id, Fate.HELD, arrival)
        (again,) = read_each([place.report], model, frame=frame)
        if isinstance(again, CommuniqueError):
            return type(again)(arrival.where, again.reason)
        reading = again
    return ReadingFailed(arrival.where, "other processes kept changing its place in the record; try again")


def _fate(place: Place) -> Fate:
    if place.held:
        return Fate.REREAD
    return Fate.NEW if place.report_id is None else Fate.VERSION
