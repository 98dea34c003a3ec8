"""What a network is made of: its mode, how ties are counted, scaled and kept from being counted twice.

The terms are those of discourse network analysis (Leifeld 2017, "Discourse Network Analysis: Policy Debates as Dynamic
Networks", The Oxford Handbook of Political Networks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from communique.errors import BadNetwork


class NetworkMode(StrEnum):
    """Actors tied to each other (one), or actors tied to concepts (two)."""

    ONE = "one"
    TWO = "two"


class Aggregation(StrEnum):
    """What becomes of the qualifier, say agreement, when statements are counted into ties."""

    IGNORE = "ignore"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    SUBTRACT = "subtract"
    COMBINE = "combine"


class Normalization(StrEnum):
    """What ties are divided by."""

    NONE = "none"
    AVERAGE = "average"
    JACCARD = "jaccard"
    COSINE = "cosine"
    ACTIVITY = "activity"
    PROMINENCE = "prominence"


class Duplicates(StrEnum):
    """Within what the same statement of the same actor counts once."""

    INCLUDE = "include"
    DOCUMENT = "document"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Unit(StrEnum):
    """What a window is measured in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    EVENTS = "events"


class Kernel(StrEnum):
    """How statements are weighed by their distance from the middle of the window; "none" counts each as 1."""

    NONE = "none"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    EPANECHNIKOV = "epanechnikov"
    GAUSSIAN = "gaussian"


AGGREGATIONS = {
    NetworkMode.ONE: (Aggregation.IGNORE, Aggregation.CONGRUENCE, Aggregation.CONFLICT, Aggregation.SUBTRACT),
    NetworkMode.TWO: (Aggregation.IGNORE, Aggregation.SUBTRACT, Aggregation.COMBINE),
}
"""Which aggregations a mode has."""

NORMALIZATIONS = {
    NetworkMode.ONE: (Normalization.NONE, Normalization.AVERAGE, Normalization.JACCARD, Normalization.COSINE),
    NetworkMode.TWO: (Normalization.NONE, Normalization.ACTIVITY, Normalization.PROMINENCE),
}
"""Which normalizations a mode has."""

PERIODS = (Duplicates.DAY, Duplicates.WEEK, Duplicates.MONTH, Duplicates.YEAR)


@dataclass(frozen=True, slots=True)
class Settings:
    """How statements become a network. Raises BadNetwork where two settings do not go together.

    ``include`` and ``exclude`` map a variable ("actor", "concept", "document", or one of the statements' own) to
    values: a statement counts where it has one of the included values of every variable, and no excluded one.
    ``since`` and ``until`` are the first and the last day. ``isolates`` keeps the nodes that are left without a
    statement.
    """

    mode: NetworkMode = NetworkMode.ONE
    aggregation: Aggregation = Aggregation.CONGRUENCE
    normalization: Normalization = Normalization.NONE
    duplicates: Duplicates = Duplicates.INCLUDE
    include: Mapping[str, frozenset[str]] = field(default_factory=dict)
    exclude: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    isolates: bool = False

    def __post_init__(self) -> None:
        if self.aggregation not in AGGREGATIONS[self.mode]:
            raise BadNetwork(self.aggregation, f"a {self.mode}-mode network takes {_listed(AGGREGATIONS[self.mode])}")
        if self.normalization not in NORMALIZATIONS[self.mode]:
            known = _listed(NORMALIZATIONS[self.mode])
            raise BadNetwork(self.normalization, f"a {self.mode}-mode network takes {known}")
        if self.aggregation is Aggregation.COMBINE and self.normalization is not Normalization.NONE:
            raise BadNetwork(self.normalization, "combine gives codes, not amounts: they cannot be divided")
        if self.since and self.until and self.until < self.since:
            raise BadNetwork(f"{self.since} to {self.until}", "it ends before it begins")

    @property
    def dated(self) -> bool:
        """Whether the statements' days matter."""
        return bool(self.since or self.until) or self.duplicates in PERIODS


def _listed(names: tuple[StrEnum, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
