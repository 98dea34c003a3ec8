"""The feasible states of a model: found, numbered and named.

A state of the option form is a code: bit k is set where option k is taken. States are numbered from 1 in the order
of their codes (the first option changes fastest), coalesced states after them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from communique.errors import BadStandoff, NoFeasibleState, StandoffTooLarge
from communique.standoff.formulas import QUOTED, Formula, Truth, evaluate, in_order, parse
from communique.standoff.graph_model import GraphModel, Shape, StateSet

MOST_STATES = 1 << 22
"""The limit on states, where none is given."""
_CUBE = 22  # options up to which all combinations are laid out at once
_MOST_CULPRITS = 6  # rules that an error names
WIDEST = 62  # options whose code fits 64 bits

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StateSpace:
    """The states. ``codes`` has each state's code (empty in explicit form); ``members`` maps a code to its state."""

    model: GraphModel
    count: int
    codes: Codes
    feasible: Codes = field(repr=False)
    state_of: NDArray[np.int32] = field(repr=False)
    coalesced: dict[int, str] = field(default_factory=dict)

    @property
    def labels(self) -> bool:
        """Whether states have a pattern of options."""
        return self.model.states is None

    def label(self, state: int) -> str:
        """Name a state (a position from 0): its name, its pattern, or its number."""
        if self.model.states is not None:
            names = self.model.state_names
            return names[state] if names else str(state + 1)
        if state in self.coalesced:
            return self.coalesced[state]
        code = int(self.codes[state])
        return "".join("Y" if code >> bit & 1 else "N" for bit in range(len(self.model.options)))

    def taken(self, state: int) -> tuple[str, ...]:
        """Return the names of the options that are taken in a state; of coalesced states, those taken in all."""
        label = self.label(state) if self.labels else ""
        return tuple(o.name for o, sign in zip(self.model.options, label, strict=False) if sign == "Y")

    def find(self, codes: Codes) -> NDArray[np.int32]:
        """Return the state of each code, -1 where it is infeasible."""
        at = np.searchsorted(self.feasible, codes)
        at[at == len(self.feasible)] = 0
        return np.where(self.feasible[at] == codes, self.state_of[at], np.int32(-1)).astype(np.int32)


class Terms:
    """The formulas of a model over some codes, each option and definition evaluated once."""

    def __init__(self, model: GraphModel) -> None:
        """Read the definitions. Raises BadStandoff, UnknownInStandoff, CyclicStandoff."""
        self.model = model
        self.options = {option.name: at for at, option in enumerate(model.options)}
        names = [name for name, _ in model.definitions]
        self.formulas = {name: self._parse(text, f"definitions.{name}", names) for name, text in model.definitions}
        self.order = in_order(self.formulas, model.where)

    def _parse(self, text: str, place: str, names: Sequence[str]) -> Formula:
        return parse(text, self.options, names, f"{self.model.where}: {place}")

    def parse(self, text: str, place: str) -> Formula:
        """Read a formula that stands at a place in the model."""
        return self._parse(text, place, list(self.formulas))

    def over(self, codes: Codes) -> Evaluator:
        """Return the means to evaluate formulas over codes."""
        return Evaluator(self, codes)

    def needs(self, formula: Formula) -> int:
        """Return how many options, from the first, must be settled to evaluate the formula."""
        uses, seen, highest = list(formula.uses), set(formula.uses), max(formula.options, default=-1)
        while uses:
            inner = self.formulas[uses.pop()]
            highest = max(highest, *inner.options, -1)
            uses += [name for name in inner.uses if name not in seen]
            seen |= inner.uses
        return highest + 1


class Evaluator:
    """Formulas over some codes: one truth value a code."""

    def __init__(self, terms: Terms, codes: Codes) -> None:
        """Take the terms and the codes; nothing is evaluated before it is asked for."""
        self.terms = terms
        self.codes = codes
        self._options: dict[int, Truth] = {}
        self._definitions: dict[str, Truth] = {}

    def option(self, position: int) -> Truth:
        """Return where the option at a position is taken."""
        if position not in self._options:
            self._options[position] = (self.codes >> position & 1).astype(np.bool_)
        return self._options[position]

    def formula(self, formula: Formula) -> Truth:
        """Return where a formula holds."""
        if formula.uses:
            wanted = self._with_inner(formula.uses)
            for name in self.terms.order:
                if name in wanted and name not in self._definitions:
                    inner = self.terms.formulas[name]
                    self._definitions[name] = evaluate(inner, self.option, self._definitions)
        return evaluate(formula, self.option, self._definitions)

    def _with_inner(self, names: frozenset[str]) -> set[str]:
        wanted, waiting = set(names), list(names)
        while waiting:
            for name in self.terms.formulas[waiting.pop()].uses - wanted:
                wanted.add(name)
                waiting.append(name)
        return wanted

    def members(self, states: StateSet, place: str) -> Truth:
        """Return the states of a set; for a rule over options, those that keep to it."""
        if states.shape is Shape.PATTERN:
            care, value = pattern_bits(states.of[0], len(self.terms.options), f"{self.terms.model.where}: {place}")
            inside: Truth = (self.codes & care) == value
            return inside
        if states.shape is Shape.FORMULA:
            return self.formula(self.terms.parse(states.of[0], place))
        count = np.zeros(len(self.codes), np.int16)
        for name in states.of:
            count += self.formula(self.terms.parse(f'"{name}"', place))
        return count <= 1 if states.shape is Shape.AT_MOST_ONE else count >= 1


def pattern_bits(pattern: str, options: int, where: str) -> tuple[int, int]:
    """Return a pattern's options as bits: those it settles, and those of them that it takes. Raises BadStandoff."""
    if len(pattern) != options or set(pattern) - set("YN-"):
        raise BadStandoff(where, f"{pattern[:QUOTED]!r} is no pattern: Y, N or - for each of the {options} options")
    care = sum(1 << at for at, sign in enumerate(pattern) if sign != "-")
    return care, sum(1 << at for at, sign in enumerate(pattern) if sign == "Y")


def is_pattern(text: str, options: int) -> bool:
    """Whether a text is written as a pattern over that many options."""
    return len(text) == options and not set(text) - set("YN-")


def find_states(model: GraphModel, terms: Terms, limit: int) -> StateSpace:
    """Find and number the states. Raises NoFeasibleState, StandoffTooLarge, BadStandoff."""
    if model.states is not None:
        if model.states > limit:
            raise StandoffTooLarge(model.where, f"{model.states:,} states; the limit is {limit:,}")
        nothing = np.zeros(0, np.int64)
        return StateSpace(model, model.states, nothing, nothing, np.zeros(0, np.int32))
    feasible = _feasible(model, terms, limit)
    if not len(feasible):
        raise NoFeasibleState(model.where, f"no feasible state: {_culprits(model)}")
    if not model.coalesced:
        return StateSpace(model, len(feasible), feasible, feasible, np.arange(len(feasible), dtype=np.int32))
    return _coalesce(model, terms, feasible)


def _rules(model: GraphModel) -> list[tuple[str, StateSet, bool]]:
    """Each rule's place, its states, and whether these are what is ruled out."""
    return [
        (f"infeasible[{at + 1}]", rule, rule.shape in (Shape.PATTERN, Shape.FORMULA))
        for at, rule in enumerate(model.infeasible)
    ]


def _needs(rule: StateSet, terms: Terms, place: str) -> int:
    if rule.shape is Shape.PATTERN:
        care, _ = pattern_bits(rule.of[0], len(terms.options), f"{terms.model.where}: {place}")
        return care.bit_length()
    if rule.shape is Shape.FORMULA:
        return terms.needs(terms.parse(rule.of[0], place))
    return max(terms.needs(terms.parse(f'"{name}"', place)) for name in rule.of)


def _feasible(model: GraphModel, terms: Terms, limit: int) -> Codes:
    """Return the feasible codes in order: all at once, or option by option where there are many options."""
    options = len(model.options)
    if options > WIDEST:
        raise StandoffTooLarge(model.where, f"{options} options; the limit is {WIDEST}")
    rules = [(max(1, _needs(rule, terms, place)), place, rule, out) for place, rule, out in _rules(model)]
    at_once = options <= _CUBE and 1 << options <= limit
    steps = [options] if at_once else [*range(1, options + 1)]
    codes = np.zeros(1, np.int64)
    settled = 0
    for upto in steps:
        for bit in range(settled, upto):
            codes = np.concatenate([codes, codes | np.int64(1 << bit)])
        terms_here = terms.over(codes)
        keep = np.ones(len(codes), np.bool_)
        for needs, place, rule, out in rules:
            # At most one of some options can be broken before all of them are settled, and never mended.
            early = rule.shape is Shape.AT_MOST_ONE and settled < needs and set(rule.of) <= set(terms.options)
            if settled < needs <= upto or early:
                keep &= terms_here.members(rule, place) ^ out
        codes = codes[keep]
        settled = upto
        if len(codes) > limit:
            raise StandoffTooLarge(
                model.where,
                f"{len(codes):,} combinations of the first {upto} of {options} options are feasible "
                f"(2^{options} = {1 << options:,} before infeasibility); the limit is {limit:,} states",
            )
    return codes


def _culprits(model: GraphModel) -> str:
    places = [place for place, _, _ in _rules(model)]
    named = ", ".join(places[:_MOST_CULPRITS]) + (" and others" if len(places) > _MOST_CULPRITS else "")
    return f"{named} together rule out every combination"


def _coalesce(model: GraphModel, terms: Terms, feasible: Codes) -> StateSpace:
    here = terms.over(feasible)
    group = np.full(len(feasible), -1, np.int32)
    labels: list[str] = []
    for at, states in enumerate(model.coalesced):
        place = f"coalesced[{at + 1}]"
        inside = here.members(states, place)
        if not inside.any():
            raise NoFeasibleState(f"{model.where}: {place}", "no feasible state is in it")
        if (group[inside] >= 0).any():
            raise BadStandoff(f"{model.where}: {place}", "holds states that another set of coalesced states holds too")
        group[inside] = at
        labels.append(_common(feasible[inside], len(model.options)))
    alone = group < 0
    codes = [feasible[alone]]
    state_of = np.empty(len(feasible), np.int32)
    state_of[alone] = np.arange(alone.sum(), dtype=np.int32)
    names = {}
    for at, label in enumerate(labels):
        state = int(alone.sum()) + at
        state_of[group == at] = state
        codes.append(feasible[group == at][:1])
        names[state] = label
    return StateSpace(model, int(alone.sum()) + len(labels), np.concatenate(codes), feasible, state_of, names)


def _common(codes: Codes, options: int) -> str:
    always = int(np.bitwise_and.reduce(codes))
    ever = int(np.bitwise_or.reduce(codes))
    return "".join("Y" if always >> bit & 1 else "-" if ever >> bit & 1 else "N" for bit in range(options))
