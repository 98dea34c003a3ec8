"""The definitions of the graph model as they stand in the literature, with sets and loops; slow, and on its own.

States are 0 to n - 1. ``moves[i][s]`` is the set of states that decision maker i can move to from s.
``compare(i, s, x)`` says how i likes x beside s: one of ``<<``, ``<``, ``=``, ``>``, ``>>``, ``?``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

Step = Callable[[int, int], set[int]]


@dataclass(frozen=True)
class Naive:
    states: int
    moves: list[dict[int, set[int]]]
    compare: Callable[[int, int, int], str]

    @property
    def makers(self) -> range:
        return range(len(self.moves))

    def legal(self, i: int, s: int) -> set[int]:
        return self.moves[i].get(s, set())

    def improving(self, i: int, s: int) -> set[int]:
        return {x for x in self.legal(i, s) if self.compare(i, s, x) in (">", ">>")}

    def improving_or_unknown(self, i: int, s: int) -> set[int]:
        return {x for x in self.legal(i, s) if self.compare(i, s, x) in (">", ">>", "?")}

    def not_better(self, i: int, s: int, x: int) -> bool:
        return self.compare(i, s, x) in ("<<", "<", "=")


def sequences(movers: Iterable[int], step: Step, start: int) -> set[int]:
    """All ends of sequences of one or more steps, no mover twice in a row."""
    group = list(movers)
    ends = {(x, i) for i in group for x in step(i, start)}
    while True:
        more = {(y, j) for x, i in ends for j in group if j != i for y in step(j, x)} - ends
        if not more:
            return {x for x, _ in ends}
        ends |= more


def stable(n: Naive, i: int, s: int, concept: str, *, strong: bool = False) -> bool:
    others = [j for j in n.makers if j != i]

    def sanction(x: int) -> bool:
        return n.compare(i, s, x) == "<<" if strong else n.not_better(i, s, x)

    return _holds(
        concept,
        n.improving(i, s),
        lambda s1: sequences(others, n.legal, s1),
        lambda s1: sequences(others, n.improving, s1),
        sanction,
        lambda s2: n.legal(i, s2),
    )


def stable_uncertain(n: Naive, i: int, s: int, concept: str, extension: str) -> bool:
    others = [j for j in n.makers if j != i]
    worth = n.improving_or_unknown(i, s) if extension in "ac" else n.improving(i, s)

    def sanction(x: int) -> bool:
        return n.not_better(i, s, x) or (extension in "cd" and n.compare(i, s, x) == "?")

    return _holds(
        concept,
        worth,
        lambda s1: sequences(others, n.legal, s1),
        lambda s1: sequences(others, n.improving_or_unknown, s1),
        sanction,
        lambda s2: n.legal(i, s2),
    )


def stable_coalition(n: Naive, group: tuple[int, ...], s: int, concept: str) -> bool:
    rest = [j for j in n.makers if j not in group]
    classes = [c for size in range(1, len(rest) + 1) for c in combinations(rest, size)]

    def gains(coalition: tuple[int, ...], s: int) -> set[int]:
        reached = sequences(coalition, n.legal, s)
        return {x for x in reached if all(n.compare(j, s, x) in (">", ">>") for j in coalition)}

    def sanction(x: int) -> bool:
        return any(n.compare(j, s, x) not in (">", ">>") for j in group)

    return _holds(
        concept,
        gains(group, s),
        lambda s1: sequences(rest, n.legal, s1),
        lambda s1: sequences(range(len(classes)), lambda c, x: gains(classes[c], x), s1),
        sanction,
        lambda s2: sequences(group, n.legal, s2),
    )


def _holds(
    concept: str,
    improvements: set[int],
    replies: Callable[[int], set[int]],
    credible: Callable[[int], set[int]],
    sanction: Callable[[int], bool],
    escapes: Callable[[int], set[int]],
) -> bool:
    if concept == "nash":
        return not improvements
    reach = credible if concept in ("seq", "sseq") else replies
    lasting = concept in ("smr", "sseq")
    for s1 in improvements:
        for s2 in reach(s1):
            if sanction(s2) and (not lasting or all(sanction(s3) for s3 in escapes(s2))):
                break
        else:
            return False
    return True
