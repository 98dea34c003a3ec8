"""The parts of a graph model for conflict resolution, in option form or explicit form.

The terms are those of Fang, Hipel and Kilgour, *Interactive Decision Making: The Graph Model for Conflict Resolution*
(1993), and Xu, Hipel, Kilgour and Fang, *Conflict Resolution Using the Graph Model* (2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal


class Direction(StrEnum):
    """How an option may change: both ways, only from not taken to taken, or only from taken to not taken."""

    REVERSIBLE = "reversible"
    FORWARD = "forward"
    BACKWARD = "backward"


class Concept(StrEnum):
    """The solution concepts: Nash (R), general and symmetric metarational, sequential, symmetric sequential."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SSEQ = "sseq"


@dataclass(frozen=True, slots=True)
class Option:
    """What a decision maker may do or leave. ``evidence`` holds statement ids, which are kept and never read."""

    name: str
    direction: Direction = Direction.REVERSIBLE
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreferenceStatement:
    """A formula over options that a decision maker would rather see hold.

    ``strong``: that it hold is strongly preferred (lexicographic mode; such statements come first). ``unknown``: it
    is not known whether the decision maker wants it or its contrary. ``weight`` counts in weighted mode.
    """

    formula: str
    weight: Number | None = None
    strong: bool = False
    unknown: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementPreference:
    """Option statements, the most important first (lexicographic), or each with a weight.

    ``strong_gap``: in weighted mode, the difference of weights from which a state is strongly preferred.
    """

    statements: tuple[PreferenceStatement, ...]
    weighted: bool = False
    strong_gap: Number | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """States that are equally preferred: state numbers or names, patterns or formulas.

    ``strong``: they are strongly preferred to all that comes after.
    """

    members: tuple[int | str, ...]
    strong: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankingPreference:
    """Levels of equally preferred states, the best first; ``unknown`` are pairs of states whose order is unknown."""

    levels: tuple[Level, ...]
    unknown: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PayoffPreference:
    """A number for each state, more is better; only the order counts, and ``strong_gap`` for strong preference."""

    payoffs: tuple[Number, ...]
    strong_gap: Number | None = None
    unknown: tuple[tuple[int, int], ...] = ()


Preference = StatementPreference | RankingPreference | PayoffPreference


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """Who moves: by its options in option form, by ``moves`` (pairs of state numbers) in explicit form."""

    name: str
    preference: Preference
    options: tuple[Option, ...] = ()
    moves: tuple[tuple[int, int], ...] = ()
    evidence: tuple[str, ...] = ()


class Shape(StrEnum):
    """The ways to describe a set of states."""

    PATTERN = "pattern"
    FORMULA = "formula"
    AT_MOST_ONE = "at_most_one"
    AT_LEAST_ONE = "at_least_one"


@dataclass(frozen=True, slots=True)
class StateSet:
    """Some states: those of a pattern (Y, N or - for each option) or formula, or a rule over options.

    As an infeasible combination, a pattern or formula is ruled out, and a rule (at most one of these options, at
    least one of these) is what every state must keep to.
    """

    shape: Shape
    of: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusQuo:
    """The state of affairs: its number, or the options that are taken (the others are not)."""

    state: int | None = None
    taken: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphModel:
    """A conflict: decision makers and states, in explicit form where ``states`` is given, else in option form.

    ``coalesced``: sets of states that are told apart by nobody and count as one. ``definitions``: named formulas.
    ``where`` is the file it came from; ``ignored`` are the keys of it that mean nothing here.
    """

    decision_makers: tuple[DecisionMaker, ...]
    states: int | None = None
    state_names: tuple[str, ...] = ()
    infeasible: tuple[StateSet, ...] = ()
    coalesced: tuple[StateSet, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    status_quo: StatusQuo | None = None
    name: str = ""
    where: str = "model"
    ignored: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        """All options, each decision maker's beside each other."""
        return tuple(option for maker in self.decision_makers for option in maker.options)

    @property
    def names(self) -> tuple[str, ...]:
        """The decision makers' names, in order."""
        return tuple(maker.name for maker in self.decision_makers)
