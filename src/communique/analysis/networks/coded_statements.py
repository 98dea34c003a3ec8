"""Coded statements: who said what about which concept, in which document, when.

Statements come one by one (`CodedStatement`) and are counted by the column (`Coded`): a hundred thousand are arrays of
numbers, each standing for a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from communique.errors import BadNetwork

MOST_LEVELS = 100
"""Different values that a qualifier may have."""

_ROLES = ("actor", "concept", "document")


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """One statement.

    ``qualifier`` is a whole number, mostly 1 for agreement and 0 for disagreement, or None. ``date`` without a zone
    is taken as UTC. ``variables`` are further values to filter by.
    """

    actor: str
    concept: str
    qualifier: int | None = None
    document: str | None = None
    date: datetime | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Factor:
    """A column of names: ``codes`` (int64) are places in ``names``, which are sorted; -1 stands for no name."""

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> Factor:
        """Return the column of these values."""
        names = sorted({value for value in values if value})
        places: dict[str | None, int] = {name: at for at, name in enumerate(names)}
        return cls(tuple(names), np.fromiter((places.get(value, -1) for value in values), np.int64, len(values)))

    def take(self, rows: NDArray[np.int64]) -> Factor:
        """Return the same names for some of the rows."""
        return Factor(self.names, self.codes[rows])


@dataclass(frozen=True, slots=True)
class Coded:
    """Statements by the column, all of one length.

    ``qualifier`` (int64) counts where ``qualified``; ``levels`` are its different values, ascending, and ``binary``
    tells whether they are disagreement (0) and agreement (1) rather than a scale. ``when`` is datetime64[s] in UTC,
    NaT where unknown. ``tentative`` are the actors and concepts, by name, where the actor's position is tentative.
    """

    actor: Factor
    concept: Factor
    document: Factor
    qualifier: NDArray[np.int64]
    qualified: NDArray[np.bool_]
    levels: tuple[int, ...]
    binary: bool
    when: NDArray[np.datetime64]
    others: Mapping[str, Factor] = field(default_factory=dict)
    tentative: frozenset[tuple[str, str]] = frozenset()

    def __len__(self) -> int:
        return len(self.when)

    def take(self, rows: NDArray[np.int64]) -> Coded:
        """Return some of the statements, with the names and levels of all."""
        return replace(
            self,
            actor=self.actor.take(rows),
            concept=self.concept.take(rows),
            document=self.document.take(rows),
            qualifier=self.qualifier[rows],
            qualified=self.qualified[rows],
            when=self.when[rows],
            others={name: factor.take(rows) for name, factor in self.others.items()},
        )

    def variable(self, name: str) -> Factor:
        """Return the column of a variable. Raises BadNetwork where there is none of this name."""
        known: dict[str, Factor] = {role: getattr(self, role) for role in _ROLES}
        found = self.others.get(name) or known.get(name)
        if found is None:
            raise BadNetwork(name, f"no variable of these statements; they have {', '.join([*known, *self.others])}")
        return found


def coded(statements: Iterable[CodedStatement], *, binary: bool | None = None) -> Coded:
    """Return statements by the column.

    ``binary`` says whether the qualifier is agreement, 0 or 1, or else a scale; where it is None, it is agreement if
    it has no other values. Raises BadNetwork where a qualifier has too many values, or other than 0 and 1 where it
    is said to be agreement.
    """
    rows = list(statements)
    qualified = np.array([row.qualifier is not None for row in rows], bool)
    qualifier = np.array([row.qualifier or 0 for row in rows], np.int64)
    levels, agreement = levels_of(qualifier[qualified], binary)
    names = list(dict.fromkeys(name for row in rows for name in row.variables))
    return Coded(
        actor=Factor.of([row.actor for row in rows]),
        concept=Factor.of([row.concept for row in rows]),
        document=Factor.of([row.document for row in rows]),
        qualifier=qualifier,
        qualified=qualified,
        levels=levels,
        binary=agreement,
        when=np.array([_second(row.date) for row in rows], "datetime64[s]"),
        others={name: Factor.of([row.variables.get(name) for row in rows]) for name in names},
    )


def levels_of(qualifier: NDArray[np.int64], binary: bool | None) -> tuple[tuple[int, ...], bool]:
    """Return the levels of a qualifier from its values, and whether it is binary. Raises BadNetwork as `coded` does."""
    found = tuple(int(value) for value in np.unique(qualifier))
    if len(found) > MOST_LEVELS:
        raise BadNetwork("qualifier", f"it has {len(found):,} different values; at most {MOST_LEVELS} are counted")
    strange = [value for value in found if value not in (0, 1)]
    if binary and strange:
        raise BadNetwork("qualifier", f"a binary one is 0 or 1, and there is {strange[0]}")
    agreement = not strange if binary is None else binary
    return ((0, 1) if agreement else found), agreement


def _second(moment: datetime | None) -> np.datetime64:
    if moment is None:
        return np.datetime64("NaT", "s")
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return np.datetime64(moment.replace(microsecond=0), "s")
