"""Reading here, or spread over processes: the same outcomes in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from communique.model import Report

# spaCy takes a second to import: not before there is something to read.
if TYPE_CHECKING:
    from communique.reading.pipeline import Outcome


def read_each(reports: Iterable[Report], model: str | None = None, jobs: int = 1) -> Iterator[Outcome]:
    """Yield, for each report in order, its reading or the error that names it and says why there is none.

    ``model`` is a spaCy model's name or folder, None for the default; ``jobs`` the number of processes that read.
    Raises ModelMissing where the model cannot be loaded, ValueError where ``jobs`` is below 1.
    """
    from communique.reading.pipeline import DEFAULT_MODEL, outcomes

    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    if jobs == 1:
        return outcomes(reports, model or DEFAULT_MODEL)

    from communique.reading.parallel import read_in_parallel

    return read_in_parallel(reports, model or DEFAULT_MODEL, jobs)
