"""A solved graph model as JSON, as rows, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from communique.cli.row_formats import Column
from communique.cli.terminal_words import plain

if TYPE_CHECKING:
    from communique.standoff import Solution

TITLES = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sseq": "SSEQ"}
_TOLD = 12  # states whose paths are told
_LABELLED = 4_096  # states up to which JSON names each
_PATTERN = 30


def json_of(report: dict[str, Any], many: bool) -> dict[str, Any]:
    """Return what was found as JSON values."""
    solution: Solution = report["solution"]
    found: dict[str, Any] = {"model": str(report["path"])} if many else {}
    found |= solution.as_json()
    equilibria = sorted({number for numbers in found["equilibria"].values() for number in numbers})
    listed = range(1, solution.states + 1) if solution.states <= _LABELLED else equilibria[:_LABELLED]
    if solution.graph.space.labels or solution.model.state_names:
        found["labels"] = {str(number): solution.label(number) for number in listed}
    found["status_quo"] = report["status_quo"]
    found["reasons"] = [
        {
            "state": reason.state,
            "decision_maker": reason.maker,
            "concept": reason.concept.value,
            "stable": reason.stable,
            "text": reason.text,
            "answers": [
                {"to": a.to, "replies": [[step.maker, step.to] for step in a.replies], "escape": a.escape}
                for a in reason.answers
            ],
        }
        for reason in report["reasons"]
    ]
    found["coalition_gains"] = [
        {"from": gain.state, "members": list(gain.members), "to": gain.to, "deterred_under": list(gain.deterred)}
        for gain in report["gains"]
    ]
    if report["reached"] is not None:
        found["reached"] = _reached_json(report["reached"], equilibria)
    if report["inverse"] is not None:
        found["inverse"] = _inverse_json(report["inverse"], report["unlocking"])
    return found


def _reached_json(reached: Any, equilibria: Sequence[int]) -> dict[str, Any]:
    count = len(reached.legal.moves)
    told = range(1, count + 1) if count <= _LABELLED else equilibria[:_LABELLED]
    found: dict[str, Any] = {"from": reached.state}
    for kind, reach in (("legal", reached.legal), ("improving", reached.improving)):
        paths = {str(number): reach.path(number) for number in equilibria[:_LABELLED]}
        found[kind] = {
            "moves": {str(number): int(reach.moves[number - 1]) for number in told if reach.moves[number - 1] >= 0},
            "paths": {
                number: [[step.maker, step.to] for step in path] for number, path in paths.items() if path is not None
            },
        }
    return found


def _inverse_json(inverse: Any, unlocking: Any) -> dict[str, Any]:
    found = {
        "wished": inverse.wished,
        "concept": inverse.concept.value,
        "clauses": {
            maker: [
                {"move": clause.to, "not_preferred": [list(one) for one in clause.alternatives]} for clause in asked
            ]
            for maker, asked in inverse.clauses.items()
        },
        "distance": inverse.distance,
        "changes": [
            {
                "decision_maker": change.maker,
                "demoted": list(change.demoted),
                "distance": change.distance,
                "proved": change.proved,
            }
            for change in inverse.changes
        ],
        "moves_from_status_quo": inverse.moves,
        "improvements_from_status_quo": inverse.improvements,
    }
    if unlocking is not None:
        found["statements"] = {
            "complete": unlocking.complete,
            "changes": [
                {"steps": change.steps, "edits": [_edit(edit) for edit in change.edits]} for change in unlocking.changes
            ],
        }
    return found


def _edit(edit: Any) -> dict[str, Any]:
    told = {"decision_maker": edit.maker, "statement": edit.number}
    return {**told, "to": edit.to} if hasattr(edit, "to") else {**told, "to": None}


def state_rows(report: dict[str, Any], numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield a row for each of some states."""
    from communique.standoff import Concept

    solution: Solution = report["solution"]
    for number in numbers:
        stable = {
            concept.value: [name for name, mask in solution.stable[concept].items() if mask[number - 1]]
            for concept in Concept
        }
        yield {
            "state": number,
            "label": solution.label(number),
            "taken": list(solution.graph.space.taken(number - 1)),
            "equilibrium": [name for name, makers in stable.items() if len(makers) == len(solution.model.names)],
            **stable,
            "without_moves": [name for name, mask in solution.without_moves.items() if mask[number - 1]],
            "status_quo": number == report["status_quo"],
        }


def columns(solution: Solution) -> list[Column]:
    """Return the columns of the table for people."""
    columns = [Column("shown", "State", 3)]
    if solution.graph.space.labels:
        columns.append(Column("options", "Options taken", 6))
    columns.append(Column("under", "Equilibrium under", 4))
    if solution.coalitions is not None:
        columns.append(Column("leaves", "Coalitions that would leave (SEQ)", 4))
    if solution.strong is not None:
        columns.append(Column("strongly", "Strongly under", 3))
    return columns


def lines(report: dict[str, Any], rows: int) -> tuple[str, list[dict[str, Any]], str]:
    """Return what stands above the table, its rows, and what stands below it."""
    solution: Solution = report["solution"]
    found = solution.as_json()["equilibria"]
    ranked = (
        sorted(
            {number for numbers in found.values() for number in numbers},
            key=lambda number: (-sum(number in _set(found, name) for name in found), number),
        )
        if solution.states <= _LABELLED
        else sorted(_first(found))
    )
    title = plain(solution.model.name or str(report["path"]), 200)
    counts = ", ".join(f"{TITLES[name]} {len(numbers):,}" for name, numbers in found.items())
    before = (
        f"{title}: {solution.states:,} states, {len(solution.model.names)} decision makers. Equilibria: {counts}.\n"
    )
    if solution.uncertain is not None:
        before += "Some preferences are unknown: what is shown holds whatever they are taken to mean (extension a).\n"
    shown = ranked[: rows or None]
    quo = report["status_quo"]
    if quo is not None and quo not in shown:
        shown = [quo, *shown]
    table = [_shown(row, solution) for row in state_rows(report, shown)]
    after = []
    if len(ranked) > len(shown):
        after.append(f"{len(ranked) - len(shown):,} more equilibria: --rows 0 shows all.")
    after += _reason_lines(solution, report["reasons"])
    after += _gain_lines(solution, report["gains"])
    if report["reached"] is not None:
        after += _reached_lines(solution, report["reached"], ranked)
    if report["inverse"] is not None:
        after += _inverse_lines(solution, report["inverse"], report["unlocking"])
    return before, table, "".join(f"{plain(line)}\n" if line else "\n" for line in after)


def _named(solution: Solution, number: int) -> str:
    label = solution.label(number)
    return str(number) if label == str(number) else f"{number} ({label})"


def _set(found: dict[str, list[int]], name: str) -> set[int]:
    return set(found[name])


def _first(found: dict[str, list[int]]) -> set[int]:
    """Of very many equilibria, those under the strictest concept that has any."""
    for name in ("nash", "sseq", "seq", "smr", "gmr"):
        if found[name]:
            return set(found[name])
    return set()


def _shown(row: dict[str, Any], solution: Solution) -> dict[str, Any]:
    label = row["label"] if row["label"] != str(row["state"]) and len(row["label"]) <= _PATTERN else ""
    row["shown"] = f"{row['state']} {label}".strip() + ("\nstatus quo" if row["status_quo"] else "")
    row["options"] = "\n".join(row["taken"]) or "(none)"
    row["under"] = ", ".join(TITLES[name] for name in row["equilibrium"]) or "unstable"
    if solution.coalitions is not None:
        from communique.standoff import Concept

        row["leaves"] = "\n".join(
            " + ".join(members)
            for members, held in solution.coalitions.items()
            if not held[Concept.SEQ][row["state"] - 1]
        )
    if solution.strong is not None:
        from communique.standoff.stability import SANCTIONED

        strongly = [c for c in SANCTIONED if row["state"] in solution.strong_equilibria(c)]
        row["strongly"] = ", ".join(TITLES[c.value] for c in strongly)
    return row


def _reason_lines(solution: Solution, reasons: Sequence[Any]) -> Iterator[str]:
    """The reasons, a state after the other; concepts with the same reason together."""
    for state, of_state in groupby(reasons, key=lambda reason: reason.state):
        yield ""
        yield f"Why, at state {_named(solution, state)}:"
        for _, of_maker in groupby(of_state, key=lambda reason: reason.maker):
            by_text: dict[str, list[str]] = {}
            for reason in of_maker:
                by_text.setdefault(reason.text, []).append(TITLES[reason.concept.value])
            for text, concepts in by_text.items():
                yield f"- {', '.join(concepts)}: {text}"


def _gain_lines(solution: Solution, gains: Sequence[Any]) -> Iterator[str]:
    for gain in gains:
        steps = ", then ".join(f"{step.maker} to {step.to}" for step in gain.path)
        members = " and ".join((", ".join(gain.members[:-1]), gain.members[-1]))
        stay = ", ".join(TITLES[name] for name in gain.deterred)
        yield (
            f"- {members} together could go from {gain.state} to {_named(solution, gain.to)}, which each of them "
            f"prefers: {steps}." + (f" What the others could do deters them under {stay}." if stay else "")
        )


def _reached_lines(solution: Solution, reached: Any, equilibria: Sequence[int]) -> Iterator[str]:
    yield ""
    yield (
        f"From state {_named(solution, reached.state)}: {_count(reached.legal)} other states by legal "
        f"moves, {_count(reached.improving)} by improvements."
    )
    for number in equilibria[:_TOLD]:
        if number == reached.state:
            continue
        path, how = reached.improving.path(number), "each improving on the last"
        if path is None:
            path, how = reached.legal.path(number), "not all of them improvements"
        if path is None:
            yield f"- {_named(solution, number)}: out of reach."
        else:
            steps = ", then ".join(f"{step.maker} to {step.to}" for step in path)
            yield f"- {_named(solution, number)}: in {_number(len(path), 'move')}, {how}: {steps}."


def _count(reach: Any) -> int:
    return int((reach.moves > 0).sum())


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _inverse_lines(solution: Solution, inverse: Any, unlocking: Any) -> Iterator[str]:
    concept = TITLES[inverse.concept.value]
    wished = _named(solution, inverse.wished)
    yield ""
    if not inverse.changes:
        yield f"State {wished} is an equilibrium under {concept}."
    else:
        yield f"State {wished} would be an equilibrium under {concept} if:"
        for change in inverse.changes:
            demoted = ", ".join(_named(solution, number) for number in change.demoted)
            proved = "" if change.proved else "; a smaller change may do"
            swaps = _number(change.distance, "swap")
            how = f"{swaps} of neighbours in its ranking{proved}"
            yield f"- {change.maker} no longer preferred {demoted} to it ({how})."
    if unlocking is not None and unlocking.changes and unlocking.changes[0].edits:
        yield "In statements, one of:"
        for change in unlocking.changes:
            yield f"- {'; then '.join(_told(solution, change.edits))} ({_number(change.steps, 'step')})."
    elif unlocking is not None and not unlocking.changes:
        none = "No change in the order of statements does it"
        yield f"{none}." if unlocking.complete else f"{none} among the {unlocking.looked_at:,} that were looked at."
    if inverse.from_status_quo is not None and inverse.changes:
        if inverse.moves is None:
            yield "It cannot be reached from the status quo by any moves."
        elif inverse.improvements is None:
            yield f"From the status quo it is then {_number(inverse.moves, 'move')} away, not all of them improvements."
        else:
            yield f"From the status quo it is then {_number(inverse.improvements, 'improvement')} away."


def _told(solution: Solution, edits: Sequence[Any]) -> Iterator[str]:
    from communique.standoff.edits import DropStatement, edited

    model = solution.model
    for edit in edits:
        maker = model.decision_makers[model.names.index(edit.maker)]
        statements: Any = maker.preference
        words = statements.statements[edit.number - 1].formula
        if isinstance(edit, DropStatement):
            yield f"{edit.maker} gave up “{words}”"
        else:
            other = statements.statements[edit.to - 1].formula
            yield f"{edit.maker} put “{other}” above “{words}”"
        model = edited(model, [edit])
