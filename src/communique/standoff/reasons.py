"""Why a state is stable or not for a decision maker, in words that can be checked move by move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from communique.standoff.graph import Graph
from communique.standoff.graph_model import Concept
from communique.standoff.solution import Solution
from communique.standoff.stability import SANCTIONED, answers
from communique.standoff.state_relations import order
from communique.standoff.status_quo import Step, reach

MOST_MOVES = 3
"""The improvements of which a reason tells one by one."""
_STEPS = 200_000  # places looked at for the shortest answer
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Answer:
    """An improvement to ``to``, the opponents' ``replies`` to it, and the mover's best ``escape`` from where they end.

    No replies: nothing that the opponents can do, under the concept, deters from it. ``escape`` is None where the
    concept does not ask for it or the mover has nothing better than to stay.
    """

    to: int
    replies: tuple[Step, ...]
    escape: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A verdict on a state (its number) for a decision maker under a concept, its grounds, and both in words."""

    state: int
    maker: str
    concept: Concept
    stable: bool
    answers: tuple[Answer, ...]
    improvements: int
    text: str


def explain(solution: Solution, state: int, maker: str, concept: Concept) -> Reason:
    """Say why a state, by its number, is stable or unstable for a decision maker.

    With unknown preference the reason is for extension a, as ``solution.stable`` is. Raises LookupError for a decision
    maker or state that the model does not have.
    """
    graph = solution.graph
    if maker not in graph.model.names or not 1 <= state <= solution.states:
        raise LookupError(f"{maker}, state {state}: the model has no such decision maker or state")
    if graph.unknown:
        return _about_unknown(solution, state, maker, concept)
    who = graph.model.names.index(maker)
    stable = bool(solution.stable[concept][maker][state - 1])
    cell = graph.moves.cell(state - 1)
    better = graph.moves.successors(who, cell, True)
    rank = graph.moves.ranks[who]
    better = better[np.argsort(-rank[better], kind="stable")]
    found: list[Answer] = []
    if concept is Concept.NASH or not len(better):
        found = [Answer(graph.moves.state(int(to)) + 1, ()) for to in better[: MOST_MOVES if not stable else 0]]
    elif stable:
        found = [_answer(graph, who, cell, int(to), concept) for to in better[:MOST_MOVES]]
    else:
        ends = next(values for answered, values in answers(graph, who) if answered is concept)
        free = better[ends[better] > rank[cell]]
        found = [Answer(graph.moves.state(int(to)) + 1, ()) for to in free[:1]]
    text = _text(solution, state, maker, concept, stable, found, len(better))
    return Reason(state, maker, concept, stable, tuple(found), len(better), text)


@dataclass(frozen=True, slots=True)
class CoalitionGain:
    """What a coalition's members would all gain by: from a state to another (their numbers), by joint moves.

    ``deterred`` are the concepts under which the coalition stays all the same, for fear of what the others would do.
    """

    state: int
    members: tuple[str, ...]
    to: int
    path: tuple[Step, ...]
    deterred: tuple[str, ...]


def coalition_gains(solution: Solution, state: int) -> tuple[CoalitionGain, ...]:
    """Return for each coalition the joint improvement from a state (its number) that takes the fewest moves.

    Raises ValueError where the solution was found without coalitions.
    """
    if solution.coalitions is None:
        raise ValueError("solve(..., coalitions=True) finds these")
    graph = solution.graph
    found = []
    for members, held in solution.coalitions.items():
        if held[Concept.NASH][state - 1]:
            continue
        group = [graph.model.names.index(name) for name in members]
        joint = reach(graph, state - 1, improving=False, group=group)
        better = joint.moves > 0
        for maker in group:
            better &= order(graph.rankings[maker]).better[state - 1]
        to = int(np.argmin(np.where(better, joint.moves, np.iinfo(np.int32).max))) + 1
        deterred = tuple(concept.value for concept in SANCTIONED if held[concept][state - 1])
        found.append(CoalitionGain(state, members, to, joint.path(to) or (), deterred))
    return tuple(found)


def explain_all(
    solution: Solution, states: Sequence[int], concepts: Sequence[Concept] = tuple(Concept)
) -> Iterator[Reason]:
    """Yield the reason for each of some states, each decision maker and each concept."""
    for state in states:
        for maker in solution.model.names:
            for concept in concepts:
                yield explain(solution, state, maker, concept)


def _answer(graph: Graph, who: int, cell: int, to: int, concept: Concept) -> Answer:
    """Find a shortest answer of the opponents to a move."""
    moves = graph.moves
    rank = moves.ranks[who]
    improving = concept in (Concept.SEQ, Concept.SSEQ)
    lasting = concept in (Concept.SMR, Concept.SSEQ)
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    frontier: list[tuple[int, int]] = [(to, -1)]
    while frontier and len(before) < _STEPS:
        reached: list[tuple[int, int]] = []
        for place, last in frontier:
            for other in range(moves.makers):
                if other in (who, last):
                    continue
                for end in moves.successors(other, place, improving).tolist():
                    key = (end, other)
                    if key in before:
                        continue
                    before[key] = (place, last) if last >= 0 else None
                    if rank[end] <= rank[cell] and not (lasting and _escapes(graph, who, cell, end)):
                        return Answer(moves.state(to) + 1, _steps(graph, before, key), _best(graph, who, end, lasting))
                    reached.append(key)
        frontier = reached
    return Answer(moves.state(to) + 1, ())


def _escapes(graph: Graph, who: int, cell: int, end: int) -> bool:
    rank = graph.moves.ranks[who]
    return bool((rank[graph.moves.successors(who, end, False)] > rank[cell]).any())


def _best(graph: Graph, who: int, end: int, lasting: bool) -> int | None:
    if not lasting:
        return None
    rank = graph.moves.ranks[who]
    better = graph.moves.successors(who, end, True)
    return graph.moves.state(int(better[np.argmax(rank[better])])) + 1 if len(better) else None


def _steps(
    graph: Graph, before: dict[tuple[int, int], tuple[int, int] | None], key: tuple[int, int]
) -> tuple[Step, ...]:
    steps = []
    at: tuple[int, int] | None = key
    while at is not None:
        steps.append(Step(graph.model.names[at[1]], graph.moves.state(at[0]) + 1))
        at = before[at]
    return tuple(reversed(steps))


def _named(solution: Solution, number: int) -> str:
    label = solution.label(number)
    return str(number) if label == str(number) or len(label) > _LONGEST_LABEL else f"{number} ({label})"


def _text(
    solution: Solution,
    state: int,
    maker: str,
    concept: Concept,
    stable: bool,
    found: Sequence[Answer],
    improvements: int,
) -> str:
    here = _named(solution, state)
    if not improvements:
        if solution.without_moves[maker][state - 1]:
            return f"{maker} stays at {here}: it has no move from there."
        return f"{maker} stays at {here}: none of its moves leads to a state that it prefers."
    if not stable:
        first = _named(solution, found[0].to)
        if concept is Concept.NASH:
            others = f" (and {improvements - 1} other moves would gain too)" if improvements > 1 else ""
            return f"{maker} would leave {here}: it could move to {first}, which it prefers{others}."
        deterred = _UNDETERRED[concept].format(maker=maker, here=here)
        return f"{maker} would leave {here}: it could move to {first}, which it prefers, and {deterred}."
    lines = [_deterred(solution, maker, state, answer) for answer in found]
    if improvements > len(found):
        lines.append(f"its other {improvements - len(found)} improvements are answered too")
    return f"{maker} stays at {here}: " + "; ".join(lines) + "."


_UNDETERRED = {
    Concept.GMR: "no reply of the others would leave {maker} as badly off as at {here} or worse",
    Concept.SMR: "{maker} could get away from every reply of the others to something better than {here}",
    Concept.SEQ: "no reply that the others themselves gain by would leave {maker} as badly off as at {here} or worse",
    Concept.SSEQ: "from every reply that the others themselves gain by, {maker} could get away to something better "
    "than {here}",
}


def _deterred(solution: Solution, maker: str, state: int, answer: Answer) -> str:
    here, to = _named(solution, state), _named(solution, answer.to)
    if not answer.replies:
        return f"{maker} could move to {to}, but the others have an answer, many moves long"
    replies = ", then ".join(f"{step.maker} would answer with {_named(solution, step.to)}" for step in answer.replies)
    graph = solution.graph
    rank = graph.rankings[graph.model.names.index(maker)].rank
    worse = rank[answer.replies[-1].to - 1] < rank[state - 1]
    liked = f"which {maker} likes less than {here}" if worse else f"which {maker} likes no better than {here}"
    out = ""
    if answer.escape is not None:
        out = f", and the best it could then do is {_named(solution, answer.escape)}, no better than {here}"
    return f"{maker} could move to {to}, but {replies}, {liked}{out}"


def _about_unknown(solution: Solution, state: int, maker: str, concept: Concept) -> Reason:
    """Tell of a verdict where some order is unknown: how many of the four extensions it holds in."""
    stable = bool(solution.stable[concept][maker][state - 1])
    held = [
        extension
        for extension, by_concept in (solution.uncertain or {}).items()
        if by_concept[concept][maker][state - 1]
    ]
    here = _named(solution, state)
    if len(held) == 4:
        text = f"{maker} stays at {here}, whatever its unknown preferences are taken to mean."
    elif not held:
        text = f"{maker} would leave {here}, whatever its unknown preferences are taken to mean."
    else:
        means = " or ".join(_EXTENSION[extension] for extension in held)
        text = f"{maker} stays at {here} only if {means}."
    return Reason(state, maker, concept, stable, (), 0, text)


_EXTENSION = {
    "a": "it both tries and does not fear what it cannot compare",
    "b": "it neither tries nor fears what it cannot compare",
    "c": "it both tries and fears what it cannot compare",
    "d": "it does not try but fears what it cannot compare",
}
