"""What would unlock a standoff: the conditions whose dropping or meeting opens an outcome, as data and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from communique.standoff.derived.derivation import Derived, quoted
from communique.standoff.derived.what_if import what_if
from communique.standoff.graph import status_quo_state
from communique.standoff.graph_model import Concept, GraphModel
from communique.standoff.solution import Solution, solve
from communique.standoff.status_quo import reachable

_MOST_TOGETHER = 3
"""Conditions that are dropped or met at once."""


@dataclass(frozen=True, slots=True)
class ConditionStep:
    """One condition dropped by its holder, or met by who must act; ``what`` is "drops" or "meets"."""

    who: str
    what: str
    condition: int


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that open an outcome. ``state`` is the pattern of options of a state in which it holds, stable by SEQ.

    ``comes_about``: moves that somebody gains by lead there; else it is stable once somebody brings it about.
    """

    steps: tuple[ConditionStep, ...]
    outcome: str
    state: str
    comes_about: bool

    @property
    def conditions(self) -> tuple[int, ...]:
        """The numbers of the conditions that the steps are about."""
        return tuple(step.condition for step in self.steps)


def ways_out(derived: Derived) -> Iterator[Way]:
    """Yield the ways out of a modelled standoff: by one condition, else by two or three together.

    An outcome that fewer steps open is not told again.
    """
    by_number = {each.number: each for each in derived.modelled}
    opened: set[str] = set()
    for size in range(1, _MOST_TOGETHER + 1):
        smaller = frozenset(opened)
        for numbers in combinations(by_number, size):
            for verb in ("drops", "meets"):
                who = [by_number[n].holder_name if verb == "drops" else by_number[n].must_act_name for n in numbers]
                steps = tuple(ConditionStep(name, verb, n) for name, n in zip(who, numbers, strict=True))
                found = _opened(derived, what_if(derived, supposition(steps)), smaller)
                if found:
                    opened.add(found[0])
                    yield Way(steps, *found)


def supposition(steps: Collection[ConditionStep]) -> str:
    """Return steps as the sentence by which a what-if is asked."""
    return " and ".join(f"{step.who} {step.what} condition {step.condition}" for step in steps)


def in_words(way: Way, asked: Mapping[int, str] | None = None, *, with_state: bool = False) -> str:
    """Return a way as a sentence without its full stop; ``asked`` are the words of conditions by number."""
    steps = " and ".join(
        f"{step.who} {step.what} condition {step.condition}" + (f" (“{asked[step.condition]}”)" if asked else "")
        for step in way.steps
    )
    state = f" ({way.state})" if with_state else ""
    if way.comes_about:
        return f"{steps}: “{way.outcome}” comes about{state}, by steps that somebody gains by"
    return f"{steps}: “{way.outcome}” becomes stable{state}, once somebody brings it about"


def _opened(derived: Derived, model: GraphModel, but: Collection[str]) -> tuple[str, str, bool] | None:
    """Return an outcome that becomes an equilibrium (SEQ), its state, and whether steps somebody gains by lead there.

    Outcomes in ``but`` are known to open already.
    """
    solution = solve(model, strict=False, concepts=(Concept.SEQ,))
    quo = status_quo_state(solution.graph)
    if quo is None:
        return None
    options = [option.name for option in model.options]
    reached = reachable(solution.graph, quo + 1).improving
    before = solution.label(quo + 1)
    for outcome, names in _wanted(derived).items():
        places = [options.index(name) for name in names]
        if outcome in but or all(before[place] == "Y" for place in places):
            continue
        states = _holding(solution, places)
        ways = [(len(path), number) for number in states if (path := reached.path(number)) is not None]
        if ways or states:
            return outcome, solution.label(min(ways)[1] if ways else states[0]), bool(ways)
    return None


def _wanted(derived: Derived) -> dict[str, tuple[str, ...]]:
    """Return the options that make each outcome; where nothing takes two, what somebody wishes of another.

    A threat is no way out.
    """
    wished = {ranked.statement.formula for ranked in derived.ranked if ranked.rank == "wish"}
    return dict(derived.outcomes) or {
        a.words: (a.option,) for a in derived.actions if not a.taken and quoted(a.option) in wished
    }


def _holding(solution: Solution, places: Collection[int]) -> list[int]:
    return [
        number
        for number in solution.equilibria(Concept.SEQ)
        if all(solution.label(number)[place] == "Y" for place in places)
    ]
