"""Reports cut into batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.model import Report


def batches(reports: Iterable[Report], most: int, characters: int) -> Iterator[list[Report]]:
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
