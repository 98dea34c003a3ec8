"""What becomes of each outcome in a model: whether it is so, comes about or does not, as values and in a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from communique.standoff.derived.derivation import Derived, quoted
from communique.standoff.graph import status_quo_state
from communique.standoff.graph_model import Concept, GraphModel
from communique.standoff.solution import Solution, solve
from communique.standoff.status_quo import reachable


class Outlook(StrEnum):
    """What becomes of an outcome, judged by sequential stability (SEQ)."""

    LASTS = "is so and lasts"
    WAVERS = "is so, and somebody gains by leaving it"
    COMES_ABOUT = "comes about, by steps that somebody gains by"
    STANDS = "would last if somebody brought it about, and nobody gains by doing so"
    FAILS = "does not come about"


@dataclass(frozen=True, slots=True)
class Prospect:
    """An outcome, what becomes of it, and a state (a pattern of options) in which it holds, "" where none is told."""

    outcome: str
    outlook: Outlook
    state: str


def prospects(derived: Derived, model: GraphModel, but: Collection[str] = ()) -> tuple[Prospect, ...]:
    """Return what becomes of each outcome of a standoff in its model, or in one changed by a what-if.

    Outcomes in ``but`` are left out. A model without a status quo tells nothing.
    """
    solution = solve(model, strict=False, concepts=(Concept.SEQ,))
    quo = status_quo_state(solution.graph)
    if quo is None:
        return ()
    options = [option.name for option in model.options]
    now, stable = solution.label(quo + 1), solution.equilibria(Concept.SEQ)
    reached = reachable(solution.graph, quo + 1).improving
    found = []
    for outcome, names in outcomes_of(derived).items():
        if outcome in but:
            continue
        places = [options.index(name) for name in names]
        if _holds(now, places):
            found.append(Prospect(outcome, Outlook.LASTS if quo + 1 in stable else Outlook.WAVERS, now))
            continue
        states = [number for number in stable if _holds(solution.label(number), places)]
        ways = [(len(path), number) for number in states if (path := reached.path(number)) is not None]
        found.append(_ahead(solution, outcome, states, ways))
    return tuple(found)


def _ahead(solution: Solution, outcome: str, states: list[int], ways: list[tuple[int, int]]) -> Prospect:
    if ways:
        return Prospect(outcome, Outlook.COMES_ABOUT, solution.label(min(ways)[1]))
    return Prospect(outcome, *((Outlook.STANDS, solution.label(states[0])) if states else (Outlook.FAILS, "")))


def _holds(label: str, places: Collection[int]) -> bool:
    return all(label[place] == "Y" for place in places)


def outcomes_of(derived: Derived) -> dict[str, tuple[str, ...]]:
    """Return the options that make each outcome; where nothing takes two, what somebody wishes of another.

    A threat is no outcome that anybody waits for.
    """
    wished = {ranked.statement.formula for ranked in derived.ranked if ranked.rank == "wish"}
    return dict(derived.outcomes) or {
        a.words: (a.option,) for a in derived.actions if not a.taken and quoted(a.option) in wished
    }


def compared(before: Prospect, after: Prospect) -> str:
    """Return what a what-if makes of an outcome as one sentence without its full stop."""
    if before.outlook is after.outlook:
        return f"“{after.outcome}”: as things are and as supposed alike, it {after.outlook}"
    state = f" ({after.state})" if after.state else ""
    return f"“{after.outcome}”: as things are, it {before.outlook}; as supposed, it {after.outlook}{state}"


def in_a_sentence(prospect: Prospect) -> str:
    """Return what becomes of an outcome as things are, without a full stop."""
    return f"“{prospect.outcome}” {prospect.outlook}"
