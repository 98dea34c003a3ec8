"""Option statements: formulas over options, read without recursion and evaluated over all states at once.

``NOT``, ``AND``, ``OR``, ``IF`` and ``IFF`` bind in this order; ``A IF B`` holds where B does not or A does. Names
stand as they are, in quotes where they hold a keyword or a sign; a number is the option of that number, ``-4`` is
``NOT 4``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.errors import BadStandoff, CyclicStandoff, UnknownInStandoff

LONGEST = 100_000
"""Characters of a formula."""
DEEPEST = 200
"""Values of a formula that wait to be joined, as nesting makes them."""

Truth = NDArray[np.bool_]

QUOTED = 80
"""Characters of what was given that an error repeats."""

_LONGEST_COMPARED = 200
"""Characters of a name that are compared, to suggest another."""

_LONGEST_NUMBER = 5
"""Digits of an option's number."""

_BINDING = {"NOT": 5, "AND": 4, "OR": 3, "IF": 2, "IFF": 1, "(": 0}
_SIGNS = {"&": "AND", "|": "OR", "!": "NOT", "~": "NOT"}
_TOKEN = re.compile(r"""\s+|"(?P<quoted>[^"]*)"|(?P<sign>[()&|!~])|(?P<minus>-(?=\s*["\d(]))|(?P<word>[^\s()&|!~"]+)""")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in postfix order: operators as they are called, names as ``(kind, key)``."""

    text: str
    steps: tuple[str | tuple[str, int | str], ...]

    @property
    def uses(self) -> frozenset[str]:
        """The definitions it names."""
        return frozenset(str(step[1]) for step in self.steps if isinstance(step, tuple) and step[0] == "definition")

    @property
    def options(self) -> frozenset[int]:
        """The options it names itself, as positions."""
        return frozenset(int(step[1]) for step in self.steps if isinstance(step, tuple) and step[0] == "option")


def parse(text: str, options: Mapping[str, int], definitions: Iterable[str] = (), where: str = "formula") -> Formula:
    """Read a formula. ``options`` gives each option's position. Raises BadStandoff, UnknownInStandoff."""
    if len(text) > LONGEST:
        raise BadStandoff(where, f"the formula has {len(text):,} characters; the limit is {LONGEST:,}")
    known = set(definitions)
    steps: list[str | tuple[str, int | str]] = []
    waiting: list[str] = []
    operand_next = True
    for kind, token in _tokens(text, where):
        if kind == "name" or token in ("NOT", "("):
            if not operand_next:
                raise BadStandoff(where, f"AND, OR, IF or IFF is missing before {token!r} in {_short(text)}")
            if kind == "name":
                steps.append(_resolve(token, options, known, where))
                operand_next = False
            else:
                waiting.append(token)
            continue
        if operand_next:
            raise BadStandoff(where, f"a name is missing before {token!r} in {_short(text)}")
        if token == ")":
            while waiting and waiting[-1] != "(":
                steps.append(waiting.pop())
            if not waiting:
                raise BadStandoff(where, f"a parenthesis closes that was not opened in {_short(text)}")
            waiting.pop()
        else:
            while waiting and _BINDING[waiting[-1]] >= _BINDING[token]:
                steps.append(waiting.pop())
            waiting.append(token)
            operand_next = True
    if operand_next:
        raise BadStandoff(where, f"a name is missing at the end of {_short(text)}" if text.strip() else "it is empty")
    if "(" in waiting:
        raise BadStandoff(where, f"a parenthesis is not closed in {_short(text)}")
    formula = Formula(text, (*steps, *reversed(waiting)))
    if _depth(formula) > DEEPEST:
        raise BadStandoff(where, f"nested too deep: {_depth(formula):,} parts wait for each other; {DEEPEST} may")
    return formula


def _depth(formula: Formula) -> int:
    depth = deepest = 0
    for step in formula.steps:
        depth += 1 if isinstance(step, tuple) else -(step != "NOT")
        deepest = max(deepest, depth)
    return deepest


def _short(text: str) -> str:
    return repr(text if len(text) <= QUOTED else text[: QUOTED - 1] + "…")


def _tokens(text: str, where: str) -> Iterable[tuple[str, str]]:
    """Signs and keywords as ``sign``; each run of other words as one ``name``."""
    words: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadStandoff(where, f"a quotation mark is not closed in {_short(text)}")
        at = match.end()
        word = match["word"]
        if word is not None and word not in _BINDING:
            words.append(word)
            continue
        if words and match["minus"]:
            words.append("-")
            continue
        if not match[0].isspace():
            if words:
                yield "name", " ".join(words)
                words = []
            if match["quoted"] is not None:
                yield "name", " ".join(match["quoted"].split())
            elif match["minus"]:
                yield "sign", "NOT"
            else:
                yield "sign", _SIGNS.get(match[0], match[0])
    if words:
        yield "name", " ".join(words)


def _resolve(name: str, options: Mapping[str, int], definitions: set[str], where: str) -> tuple[str, int | str]:
    if name in options:
        return "option", options[name]
    if name in definitions:
        return "definition", name
    if name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER:
        number = int(name)
        if 1 <= number <= len(options):
            return "option", number - 1
        raise UnknownInStandoff(where, f"there is no option {number}; there are {len(options)}")
    raise UnknownInStandoff(
        where, f"there is no option or definition {name!r}{nearest(name, [*options, *definitions])}"
    )


def nearest(name: str, names: Iterable[str]) -> str:
    """Return ``; did you mean ...?`` for the name most like it, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(name[:_LONGEST_COMPARED], [other[:_LONGEST_COMPARED] for other in names], 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def in_order(definitions: Mapping[str, Formula], where: str) -> list[str]:
    """Return the definitions' names, each after those it uses. Raises CyclicStandoff."""
    done: dict[str, None] = {}
    for first in definitions:
        path = [first]
        on_path = {first}
        while path:
            name = path[-1]
            step = next((other for other in sorted(definitions[name].uses) if other not in done), None)
            if step is None:
                done[name] = None
                on_path.discard(path.pop())
            elif step in on_path:
                circle = [*path[path.index(step) :], step]
                raise CyclicStandoff(f"{where}: definitions", f"a circle: {' uses '.join(map(repr, circle))}")
            else:
                path.append(step)
                on_path.add(step)
    return list(done)


def evaluate(formula: Formula, option: Callable[[int], Truth], definitions: Mapping[str, Truth]) -> Truth:
    """Evaluate a formula. ``option`` returns where the option at a position is taken, one value a state."""
    stack: list[Truth] = []
    for step in formula.steps:
        if isinstance(step, tuple):
            stack.append(option(int(step[1])) if step[0] == "option" else definitions[str(step[1])])
        elif step == "NOT":
            stack.append(~stack.pop())
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(_JOINED[step](left, right))
    return stack.pop()


_JOINED: dict[str, Callable[[Truth, Truth], Truth]] = {
    "AND": lambda left, right: left & right,
    "OR": lambda left, right: left | right,
    "IF": lambda left, right: left | ~right,
    "IFF": lambda left, right: left == right,
}
