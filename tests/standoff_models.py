"""Random graph models, each with the same model as the naive definitions take it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import strategies as st

from communique.standoff import (
    DecisionMaker,
    Direction,
    GraphModel,
    Level,
    Option,
    PayoffPreference,
    PreferenceStatement,
    RankingPreference,
    Shape,
    StatementPreference,
    StateSet,
)
from standoff_naive import Naive

Compare = Callable[[int, int], str]


def by_payoff(payoffs: list[int], gap: int | None, unknown: set[frozenset[int]]) -> Compare:
    def compare(s: int, x: int) -> str:
        if frozenset((s, x)) in unknown:
            return "?"
        gain = payoffs[x] - payoffs[s]
        if not gain:
            return "="
        sign = ">" if gain > 0 else "<"
        return sign * 2 if gap is not None and abs(gain) >= gap else sign

    return compare


@st.composite
def explicit(draw: Any, *, most_makers: int = 5, strength: bool = False, unknown: bool = False) -> Any:
    states = draw(st.integers(1, 7))
    makers, moves, compares = [], [], []
    for i in range(draw(st.integers(1 if not unknown else 2, most_makers))):
        pairs = [(a, b) for a in range(states) for b in range(states) if a != b]
        density = draw(st.sampled_from([0.15, 0.4, 1.0]))
        rng = draw(st.randoms(use_true_random=False))
        arcs = [pair for pair in pairs if rng.random() < density]
        payoffs = [rng.randint(0, draw(st.sampled_from([1, 3, 9]))) for _ in range(states)]
        gap = draw(st.none() | st.integers(1, 4)) if strength else None
        open_ = {frozenset(p) for p in pairs if rng.random() < 0.15} if unknown else set()
        preference = PayoffPreference(
            tuple(payoffs), gap, tuple((min(pair) + 1, max(pair) + 1) for pair in sorted(open_, key=sorted))
        )
        makers.append(DecisionMaker(f"P{i}", preference, moves=tuple((a + 1, b + 1) for a, b in arcs)))
        moves.append({s: {b for a, b in arcs if a == s} for s in range(states)})
        compares.append(by_payoff(payoffs, gap, open_))
    return GraphModel(tuple(makers), states=states), Naive(states, moves, lambda i, s, x: compares[i](s, x))


Tree = tuple[Any, ...]


def trees(options: int) -> st.SearchStrategy[Tree]:
    return st.recursive(
        st.integers(0, options - 1).map(lambda k: ("lit", k)),
        lambda inner: st.one_of(
            inner.map(lambda one: ("NOT", one)),
            st.tuples(st.sampled_from(["AND", "OR", "IF", "IFF"]), inner, inner),
        ),
        max_leaves=4,
    )


def written(tree: Tree) -> str:
    if tree[0] == "lit":
        return f"option {tree[1]}"
    if tree[0] == "NOT":
        return f"NOT ({written(tree[1])})"
    return f"({written(tree[1])}) {tree[0]} ({written(tree[2])})"


def true(tree: Tree, state: tuple[bool, ...]) -> bool:
    if tree[0] == "lit":
        return state[tree[1]]
    if tree[0] == "NOT":
        return not true(tree[1], state)
    one, other = true(tree[1], state), true(tree[2], state)
    return {"AND": one and other, "OR": one or other, "IF": one or not other, "IFF": one == other}[tree[0]]


def may_move(before: tuple[bool, ...], after: tuple[bool, ...], own: range, directions: list[Direction]) -> bool:
    if before == after:
        return False
    for k, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and k not in own:
            return False
        if old and not new and directions[k] is Direction.FORWARD:
            return False
        if new and not old and directions[k] is Direction.BACKWARD:
            return False
    return True


def lexicographic(statements: list[tuple[Tree, bool, bool]], states: list[tuple[bool, ...]]) -> Compare:
    def compare(s: int, x: int) -> str:
        for tree, strong, unknown in statements:
            old, new = true(tree, states[s]), true(tree, states[x])
            if old != new:
                return "?" if unknown else (">" if new else "<") * (2 if strong else 1)
        return "="

    return compare


def weighted(statements: list[tuple[Tree, int, bool]], gap: int | None, states: list[tuple[bool, ...]]) -> Compare:
    """Unknown statements may be wanted or unwanted: what all ways of it agree on is known."""
    open_ = [k for k, statement in enumerate(statements) if statement[2]]

    def compare(s: int, x: int) -> str:
        gains = set()
        for signs in product([1, -1], repeat=len(open_)):
            sign_of = dict(zip(open_, signs, strict=True))
            gains.add(
                sum(
                    sign_of.get(k, 1) * weight * (true(tree, states[x]) - true(tree, states[s]))
                    for k, (tree, weight, _) in enumerate(statements)
                )
            )
        if gains == {0}:
            return "="
        strong = 2 if gap is not None and all(abs(gain) >= gap for gain in gains) else 1
        if all(gain > 0 for gain in gains):
            return ">" * strong
        if all(gain < 0 for gain in gains):
            return "<" * strong
        return "?"

    return compare


@st.composite
def option_form(draw: Any, *, strength: bool = False, unknown: bool = False, most_options: int = 5) -> Any:
    count = draw(st.integers(1, most_options))
    cuts = sorted(draw(st.lists(st.integers(0, count), min_size=1, max_size=3)))
    owns = [range(a, b) for a, b in zip([0, *cuts], [*cuts, count], strict=True)]
    directions = [draw(st.sampled_from([Direction.REVERSIBLE, *Direction])) for _ in range(count)]
    ruled_out = draw(st.lists(trees(count), max_size=2))
    # The first option changes fastest.
    combinations = [tuple(bool(code >> k & 1) for k in range(count)) for code in range(1 << count)]
    states = [state for state in combinations if not any(true(tree, state) for tree in ruled_out)]
    makers, compares = [], []
    for i, own in enumerate(owns):
        preference, compare = draw(_preference(count, states, strength and draw(st.booleans()), unknown))
        options = tuple(Option(f"option {k}", directions[k]) for k in own)
        makers.append(DecisionMaker(f"P{i}", preference, options=options))
        compares.append(compare)
    model = GraphModel(tuple(makers), infeasible=tuple(StateSet(Shape.FORMULA, (written(tree),)) for tree in ruled_out))
    moves = [
        {
            s: {x for x, after in enumerate(states) if may_move(before, after, own, directions)}
            for s, before in enumerate(states)
        }
        for own in owns
    ]
    return model, Naive(len(states), moves, lambda i, s, x: compares[i](s, x))


@st.composite
def _preference(draw: Any, count: int, states: list[tuple[bool, ...]], strength: bool, unknown: bool) -> Any:
    kind = draw(st.sampled_from(["lexicographic", "weighted", "ranking"]))
    trees_here = draw(st.lists(trees(count), max_size=4))
    open_ = [unknown and draw(st.integers(0, 2)) == 0 for _ in trees_here]
    if kind == "lexicographic":
        strong = draw(st.integers(0, len(trees_here))) if strength else 0
        marked = [(tree, k < strong, u) for k, (tree, u) in enumerate(zip(trees_here, open_, strict=True))]
        statements = tuple(PreferenceStatement(written(t), strong=s, unknown=u) for t, s, u in marked)
        return StatementPreference(statements), lexicographic(marked, states)
    if kind == "weighted":
        weighed = [(tree, draw(st.integers(-3, 3)), u) for tree, u in zip(trees_here, open_, strict=True)]
        gap = draw(st.integers(1, 4)) if strength else None
        statements = tuple(PreferenceStatement(written(t), weight=w, unknown=u) for t, w, u in weighed)
        return StatementPreference(statements, True, gap), weighted(weighed, gap, states)
    payoffs = [draw(st.integers(0, 3)) for _ in states]
    grades = {p: draw(st.booleans()) if strength else False for p in sorted(set(payoffs), reverse=True)}
    levels = tuple(
        Level(tuple(s + 1 for s, payoff in enumerate(payoffs) if payoff == p), strong) for p, strong in grades.items()
    )
    grade = {p: sum(strong for q, strong in grades.items() if q > p) for p in grades}

    def compare(s: int, x: int) -> str:
        if payoffs[s] == payoffs[x]:
            return "="
        sign = ">" if payoffs[x] > payoffs[s] else "<"
        return sign * (1 if grade[payoffs[s]] == grade[payoffs[x]] else 2)

    if not levels:
        return StatementPreference(()), lambda s, x: "="
    return RankingPreference(levels), compare
