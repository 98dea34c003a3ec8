"""What would unlock a standoff: the conditions whose dropping or meeting opens an outcome, as data and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

from communique.standoff.derived.derivation import Derived
from communique.standoff.derived.outcomes import Outlook, prospects
from communique.standoff.derived.what_if import what_if

_MOST_TOGETHER = 3
"""Conditions that are dropped or met at once."""

_MOST_TRIED = 20
"""Sets of three that are tried: of more conditions no three are taken together."""


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

    An outcome that fewer steps open is not told again, nor what is so as things are.
    """
    if derived.model is None:
        return
    now = {each.outcome: each.outlook for each in prospects(derived, derived.model)}
    by_number = {each.number: each for each in derived.modelled}
    opened: set[str] = set()
    for size in range(1, _MOST_TOGETHER + 1):
        if size > 2 and comb(len(by_number), size) > _MOST_TRIED:
            break
        smaller = frozenset(opened)
        for numbers in combinations(by_number, size):
            for verb in ("drops", "meets"):
                who = [by_number[n].holder_name if verb == "drops" else by_number[n].must_act_name for n in numbers]
                steps = tuple(ConditionStep(name, verb, n) for name, n in zip(who, numbers, strict=True))
                found = prospects(derived, what_if(derived, supposition(steps)), smaller)
                way = next((each for each in found if _opens(now.get(each.outcome), each.outlook)), None)
                if way is not None:
                    opened.add(way.outcome)
                    yield Way(steps, way.outcome, way.state, way.outlook is Outlook.COMES_ABOUT)


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


def _opens(now: Outlook | None, then: Outlook) -> bool:
    """Whether an outcome that is not so comes about where it did not, or would last where it did not."""
    return then is not now and (then is Outlook.COMES_ABOUT or (then is Outlook.STANDS and now is Outlook.FAILS))
