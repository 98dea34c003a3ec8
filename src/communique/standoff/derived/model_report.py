"""What a derived model comes to, as plain values and as lines of text: for the command line, pages and programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from communique.standoff.derived.derivation import Derived
from communique.standoff.derived.outcomes import compared, in_a_sentence, prospects
from communique.standoff.derived.robustness import robustness
from communique.standoff.derived.waits import ConditionFate, Said
from communique.standoff.derived.ways_out import Way, in_words, ways_out
from communique.standoff.derived.what_if import what_if
from communique.standoff.graph import status_quo_state
from communique.standoff.graph_model import Concept, GraphModel
from communique.standoff.model_files import dump_model
from communique.standoff.reasons import explain_all
from communique.standoff.solution import solve

_MOST_PAIRS = 5
_MOST_WAYS = 4
_LONGEST = 90
"""Characters of words that are repeated."""

_MOST_QUOTES = 3
"""Under each condition, and under each refusal."""

_CONCEPTS = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sseq": "SSEQ"}


def report_lines(data: dict[str, Any]) -> list[str]:
    """Return what `model_report` gives as lines for people."""
    lines = [f"The standoff on {data['name']}", "", *(f"  {each}" for each in data["short"]), ""]
    lines += _waits(data)
    if data["deadlocks"]:
        lines += ["", "Deadlocks"]
        for each in data["deadlocks"]:
            kind = "each waits for the next in a circle" if each["circular"] else "what is waited for was turned down"
            lines.append(f"  {' and '.join(f'condition {n}' for n in each['preconditions'])}: {kind}")
        opened = [" and ".join(f"condition {n}" for n in some) for some in data["openings"]]
        lines.append(f"  Opened by meeting or dropping: {'; or '.join(opened)}")
    if data.get("options"):
        lines += ["", "Options"]
        lines += [f"  {'Y' if o['taken'] else 'N'}  {o['number']}. {o['name']}" for o in data["options"]]
        lines += ["", "What each wants, the most important first"]
        for maker, several in data["preferences"].items():
            lines.append(f"  {maker}")
            lines += [f"    {at}. [{p['rank']}] {p['words']}" for at, p in enumerate(several, 1)]
        lines += ["", *_verdict(data)]
    if data["missing"]:
        lines += ["", "What the record lacks", *(f"  {each}" for each in data["missing"])]
    return lines


def _waits(data: dict[str, Any]) -> list[str]:
    lines = ["Who waits for whom"]
    ended = [each for each in data["preconditions"] if each["fate"]]
    for each in data["preconditions"]:
        if ended and each is ended[0]:
            lines += [] if data["preconditions"][0] is not each else ["  Nobody any more."]
            lines += ["", "Waited for no longer"]
        lines.append(
            f"  {each['number']}. {each['holder']} waits for {each['must_act']}: “{each['consequent']}” hangs on "
            f"“{each['antecedent']}” ({each['kind']}, {each['voices']} voice{'s' if each['voices'] != 1 else ''}"
            f"{', who must act is inferred' if each['inferred'] else ''})"
        )
        if each["fate"]:
            lines.append(f"     {each['fate']['words']}")
        lines += [f"       {quote}" for quote in each["quotes"][:_MOST_QUOTES]]
        if each["refusals"]:
            lines.append(f"     {each['must_act']} turns it down:")
            lines += [f"       {quote}" for quote in each["refusals"][:_MOST_QUOTES]]
    return lines if data["preconditions"] else [*lines, "  Nobody, as far as the record goes."]


def _verdict(data: dict[str, Any]) -> list[str]:
    quo = data["status_quo"]
    lines = [f"Status quo: state {quo['state']} ({quo['label']})" + (", as supposed" if data["what_if"] else "")]
    held = [_CONCEPTS[c] for c in quo["equilibrium"]]
    share = data["robustness"]
    if len(held) == len(_CONCEPTS):
        lines.append(f"  It is an equilibrium ({', '.join(held)}): nobody has a reason to move away from it.")
    elif held:
        lines.append(f"  It is one under {', '.join(held)} alone: it holds as far as the others' answers are feared.")
    else:
        lines.append("  It is no equilibrium: somebody would move away from it.")
    if share:
        orders = "all" if share["complete"] else "a sample of"
        shares = ", ".join(f"{_CONCEPTS[c]} {value:.0%}" for c, value in share["status_quo"].items())
        lines.append(f"  Over {orders} {share['orders']} orders of preference that the evidence leaves open: {shares}")
    lines += [f"  {reason}" for reason in quo["reasons"]]
    if data["outcomes"]:
        lines += ["", "Outcomes, if supposed so" if data["what_if"] else "Outcomes"]
        lines += [f"  {each['words']}." for each in data["outcomes"]]
    lines += ["", "Equilibria (SEQ)"]
    lines += [f"  {each}" for each in data["equilibria"]["seq"]] or ["  none"]
    if data["unlocking"]:
        lines += ["", "What would unlock it"]
        lines += [f"  {each['words']}" for each in data["unlocking"]]
    if data["changed"] is not None:
        lines += ["", "Without what was left out", *(f"  {each}" for each in data["changed"])]
    return lines


def model_report(derived: Derived, whole: Derived | None = None, suppose: str | None = None) -> dict[str, Any]:
    """Return who waits for whom, the model and its verdicts, with the statements and spans behind each part.

    ``whole`` is the same with nothing left out, to tell what leaving it out changes; ``suppose`` is a what-if. Raises
    UnknownInStandoff for one that cannot be asked.
    """
    found = derived.preconditions
    data: dict[str, Any] = {
        "issue": derived.issue.key,
        "name": derived.issue.name,
        "short": [],
        "what_if": suppose,
        "preconditions": [
            {
                "number": each.number,
                "holder": each.holder_name,
                "must_act": each.must_act_name,
                "inferred": each.inferred,
                "kind": each.kind.value,
                "antecedent": each.antecedent,
                "consequent": each.consequent,
                "voices": each.voices,
                "fate": None if each.fate is None else _fate(each.fate),
                "quotes": [_quote(said) for said in each.evidence],
                "refusals": [_quote(said) for said in each.refusals],
                "evidence": [_spans(said) for said in (*each.evidence, *each.refusals)],
            }
            for each in found.all
        ],
        "deadlocks": [{"preconditions": list(d.preconditions), "circular": d.circular} for d in found.deadlocks],
        "openings": [list(some) for some in found.openings],
        "missing": list(derived.missing),
        "model": None,
    }
    ways = list(ways_out(derived)) if derived.model is not None and not suppose else []
    if derived.model is not None:
        data |= _solved(derived, whole, suppose, ways)
    data["short"] = list(_in_short(derived, data, ways))
    return data


def _fate(fate: ConditionFate) -> dict[str, Any]:
    """What became of a condition as plain values; ``statement`` is None where a report tells it in its own name."""
    return {
        "kind": fate.kind.value,
        "words": fate.told,
        "statement": fate.said.key if fate.said else None,
        "report": fate.report,
        "outlet": fate.outlet,
        "day": fate.day,
        "spans": [list(span) for span in fate.at],
    }


def _in_short(derived: Derived, data: dict[str, Any], ways: Sequence[Way]) -> Iterator[str]:
    """The standoff in a few sentences: who waits for whom, whether anything moves, and what would unlock it."""
    waits: dict[tuple[str, str], list[bool]] = {}
    for each in derived.preconditions.open:
        waits.setdefault((each.holder_name, each.must_act_name), []).append(bool(each.refusals))
    for (holder, must_act), turned_down in list(waits.items())[:_MOST_PAIRS]:
        many = len(turned_down)
        refused = sum(turned_down)
        said = f"{holder} waits for {must_act} on {'a condition' if many == 1 else f'{many} conditions'}"
        of_them = (
            "it" if many == 1 else "all of them" if refused == many else f"{'one' if refused == 1 else refused} of them"
        )
        yield f"{said}; {must_act} has turned {of_them} down." if refused else f"{said}."
    if len(waits) > _MOST_PAIRS:
        yield f"{len(waits) - _MOST_PAIRS} more pairs of parties wait for each other."
    circle = next((deadlock for deadlock in derived.preconditions.deadlocks if deadlock.circular), None)
    if circle is not None:
        yield f"Conditions {' and '.join(map(str, circle.preconditions))} wait for each other in a circle."
    if data["model"] is None:
        return
    if data["status_quo"]["equilibrium"]:
        held = len(data["status_quo"]["equilibrium"]) == len(data["equilibria"])
        yield (
            "As things are, no party gains by moving first."
            if held
            else "As things are, a party that moved first would have to fear the answer of the others."
        )
    else:
        yield "As things are, some party gains by moving first."
    asked = {each.number: shortened(each.antecedent) for each in derived.modelled}
    for way in ways[:_MOST_WAYS]:
        yield f"What would unlock it: {in_words(way, asked)}."
    if not ways:
        yield from (f"{each['words']}." for each in data["outcomes"][:_MOST_WAYS])


def shortened(words: str) -> str:
    """Return words on one line, cut to what a sentence can quote."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _way(way: Way) -> dict[str, Any]:
    return {**asdict(way), "words": in_words(way, with_state=True)}


def _solved(derived: Derived, whole: Derived | None, suppose: str | None, ways: Sequence[Way]) -> dict[str, Any]:
    model = supposed(derived, suppose)
    solution = solve(model, strict=False)
    place = status_quo_state(solution.graph)
    number = None if place is None else place + 1
    stable = [c.value for c in Concept if number in solution.equilibria(c)]
    reasons = [] if number is None else [r.text for r in explain_all(solution, [number], [Concept.SEQ])]
    share = None if suppose else robustness(derived)
    return {
        "options": [
            {"number": at, "name": a.option, "taken": a.taken, "evidence": [_spans(said) for said in a.said]}
            for at, a in enumerate(sorted(derived.actions, key=_order(derived)), 1)
        ],
        "preferences": {
            name: [
                {
                    "rank": r.rank,
                    "formula": r.statement.formula,
                    "words": r.words,
                    "evidence": [_spans(s) for s in r.said],
                }
                for r in derived.ranked
                if r.party == party
            ]
            for party, name in derived.names
        },
        "status_quo": {
            "state": number,
            "label": "" if number is None else solution.label(number),
            "equilibrium": stable,
            "reasons": reasons,
        },
        "equilibria": {c.value: [solution.label(n) for n in solution.equilibria(c)] for c in Concept},
        "robustness": None
        if share is None
        else {
            "orders": share.orders,
            "complete": share.complete,
            "status_quo": share.status_quo,
            "equilibria": share.equilibria,
        },
        "outcomes": _outcomes(derived, model, suppose),
        "unlocking": [_way(way) for way in ways],
        "changed": None if whole is None else _changed(derived, whole),
        "model": dump_model(model),
    }


def _outcomes(derived: Derived, model: GraphModel, suppose: str | None) -> list[dict[str, Any]]:
    """What becomes of each outcome as things are, and as supposed where something is."""
    assert derived.model is not None
    before = prospects(derived, derived.model)
    if not suppose:
        return [
            {"outcome": p.outcome, "before": p.outlook.value, "after": None, "words": in_a_sentence(p)} for p in before
        ]
    after = {each.outcome: each for each in prospects(derived, model)}
    return [
        {
            "outcome": p.outcome,
            "before": p.outlook.value,
            "after": after[p.outcome].outlook.value,
            "words": compared(p, after[p.outcome]),
        }
        for p in before
        if p.outcome in after
    ]


def _order(derived: Derived) -> Any:
    parties = [party for party, _ in derived.names]
    return lambda action: parties.index(action.party)


def _changed(derived: Derived, whole: Derived) -> list[str]:
    if whole.model is None or derived.model is None:
        return ["there is no model either way"]
    gone = [
        p for p in whole.preconditions.all if not any(p.antecedent == q.antecedent for q in derived.preconditions.all)
    ]
    lines = [f"condition {p.number} is gone: “{p.antecedent}”" for p in gone]
    before, after = status_quo_verdicts(whole), status_quo_verdicts(derived)
    lines += [
        f"{_CONCEPTS[c]}: the status quo was {_is(before[c])}, and is {_is(after[c])}"
        for c in before
        if before[c] != after[c]
    ]
    return lines or ["nothing changes: the same conditions, the same equilibria"]


def _is(equilibrium: bool) -> str:
    return "an equilibrium" if equilibrium else "none"


def status_quo_verdicts(derived: Derived) -> dict[str, bool]:
    """Return for each concept of stability whether the status quo is an equilibrium; there must be a model."""
    assert derived.model is not None
    solution = solve(derived.model, strict=False)
    quo = status_quo_state(solution.graph)
    return {c.value: quo is not None and quo + 1 in solution.equilibria(c) for c in Concept}


def _quote(said: Said) -> str:
    e = said.statement
    return f"“{' '.join(e.content.split())}” ({e.speaker_name}, {e.day}, {e.outlet or e.report}, {e.key})"


def _spans(said: Said) -> dict[str, Any]:
    e = said.statement
    return {"statement": e.key, "report": e.report, "outlet": e.outlet, "day": e.day, "spans": [list(s) for s in e.at]}


def supposed(derived: Derived, suppose: str | None) -> GraphModel:
    """Return the model, changed by a what-if if there is one. Raises UnknownInStandoff, ValueError without a model."""
    if derived.model is None:
        raise ValueError("there is no model")
    return what_if(derived, suppose) if suppose else derived.model
