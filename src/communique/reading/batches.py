"""Reports cut into batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from communique.model import Report

# Enough for the model to work on at once (a quarter faster than one report at a time), little enough for the
# processor's caches: twice as many are a tenth slower.
MOST_REPORTS = 32
MOST_CHARACTERS = 50_000


def batches(
    reports: Iterable[Report], most: int = MOST_REPORTS, characters: int = MOST_CHARACTERS
) -> Iterator[list[Report]]:
    """Cut the reports, in order, into lists of at most ``most``, and of about so many characters together."""
    batch: list[Report] = []
    held = 0
    for report in reports:
        if batch and (len(batch) >= most or held + len(report.text) > characters):
            yield batch
            batch, held = [], 0
        batch.append(report)
        held += len(report.text)
    if batch:
        yield batch


def tapered(cut: Iterable[list[Report]], last: int, most: int) -> Iterator[list[Report]]:
    """Yield the batches, the ``last`` ones cut again to at most ``most`` reports.

    Where several share the work, they then end at about the same time. So many batches are held back until it is known
    whether they are the last.
    """
    held: deque[list[Report]] = deque()
    for batch in cut:
        held.append(batch)
        if len(held) > last:
            yield held.popleft()
    for batch in held:
        for start in range(0, len(batch), most):
            yield batch[start : start + most]
