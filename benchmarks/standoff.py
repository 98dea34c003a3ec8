"""Time the solving of graph models in option form, made at random: stability of every state under all five concepts.

    .venv/bin/python benchmarks/standoff.py [--curve] [--large]

First 4 decision makers and 2,048 states; with ``--curve`` models of growing size and their cost for each state-move;
with ``--large`` 3 decision makers and 20 options, a million states. Times are of ``solve`` from a parsed model, in
seconds; memory is the process's peak. Exits with 1 where a bound of bounds.toml is broken.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time

from bounds import bound, verdict
from communique.standoff import DecisionMaker, GraphModel, Option, PreferenceStatement, StatementPreference, solve


def made(makers: int, options: int, seed: int = 7) -> GraphModel:
    """Return a model with ``options`` options dealt out to ``makers``, each with six ranked statements."""
    rng = random.Random(seed)
    names = [f"o{n}" for n in range(options)]
    owned = [names[n::makers] for n in range(makers)]

    def statement() -> PreferenceStatement:
        one, other, third = rng.sample(names, 3)
        shapes = ("{0} IF {1}", "NOT {0}", "{0} AND {1}", "{0} IFF {1}", "{0} OR NOT {2}")
        return PreferenceStatement(rng.choice(shapes).format(one, other, third))

    return GraphModel(
        tuple(
            DecisionMaker(
                f"dm{n}",
                StatementPreference(tuple({s.formula: s for s in (statement() for _ in range(6))}.values())),
                tuple(Option(name) for name in owned[n]),
            )
            for n in range(makers)
        )
    )


def timed(makers: int, options: int) -> tuple[float, int, int]:
    """Return the seconds, the states and the state-moves of one model, the best of three for small ones."""
    model = made(makers, options)
    best = float("inf")
    for _ in range(3 if options < 15 else 1):
        started = time.perf_counter()
        solution = solve(model, strict=False)
        best = min(best, time.perf_counter() - started)
    moves = sum(2 ** len(maker.options) - 1 for maker in model.decision_makers) * solution.states
    return best, solution.states, moves


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    checks = []
    if options.curve:
        for size in range(8, 19, 2):
            taken, states, moves = timed(3, size)
            each = taken / moves * 1e9
            print(f"3 decision makers, {states:>8,} states, {moves:>12,} moves: {taken:7.3f} s, {each:6.1f} ns a move")
    taken, states, _ = timed(4, 11)
    print(f"4 decision makers, {states:,} states: {taken:.3f} s")
    checks.append(("4 decision makers and 2,048 states, s", taken, "small_at_most_s"))
    if options.large:
        taken, states, _ = timed(3, 20)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"3 decision makers, {states:,} states: {taken:.1f} s, peak {peak:.2f} GiB")
        checks.append(("3 decision makers and 20 options, s", taken, "large_at_most_s"))
        checks.append(("peak memory, GiB", peak, "large_at_most_gib"))
    broken = 0
    for told, figure, name in checks:
        most = bound("standoff", name)
        print(f"{told}: {figure:.2f}; at most {most:g}: {verdict(figure <= most)}")
        broken += figure > most
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main())
