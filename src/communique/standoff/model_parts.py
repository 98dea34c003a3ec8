"""From the values of a model file to the model: every key checked, every name known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from communique.errors import UnknownInStandoff
from communique.standoff.file_values import Value
from communique.standoff.formulas import QUOTED, nearest
from communique.standoff.graph_model import (
    DecisionMaker,
    Direction,
    GraphModel,
    Level,
    Option,
    PayoffPreference,
    Preference,
    PreferenceStatement,
    RankingPreference,
    Shape,
    StatementPreference,
    StateSet,
    StatusQuo,
)
from communique.standoff.state_space import WIDEST, is_pattern, pattern_bits

VERSION = 1
MOST_MAKERS = 64
_MOST_STATES = 10**8
_HIGHEST_VERSION = 10**6
_LONGEST_NUMBER = 9  # digits of a state's number

_TOP = {
    "version": False,
    "name": False,
    "include": False,
    "states": False,
    "decision_makers": False,
    "definitions": False,
    "infeasible": False,
    "coalesced": False,
    "status_quo": False,
}
_MAKER = {
    "name": True,
    "options": False,
    "moves": False,
    "preferences": False,
    "mode": False,
    "ranking": False,
    "payoffs": False,
    "strong_gap": False,
    "unknown": False,
    "evidence": False,
}
_DIRECTIONS = {
    **{direction.value: direction for direction in Direction},
    "both": Direction.REVERSIBLE,
    "fwd": Direction.FORWARD,
    "forward only": Direction.FORWARD,
    "back": Direction.BACKWARD,
    "backward only": Direction.BACKWARD,
}
_RANKED = re.compile(r"(>>|>|~)")


def merge(parts: Sequence[dict[str, Value]]) -> dict[str, list[Value]]:
    """Put the keys of a model file and of those it includes together, each with its values in order."""
    merged: dict[str, list[Value]] = {}
    for part in parts:
        for key, value in part.items():
            merged.setdefault(key, []).append(value)
    return merged


def model_of(parts: Sequence[Value], where: str) -> GraphModel:
    """Build a model from the tables of a file and of those it includes. Raises BadStandoff and its kinds."""
    tables = [part.table() for part in parts]
    explicit = any("states" in table for table in tables)
    ignored = []
    for part, table in zip(parts, tables, strict=True):
        for key in list(table):
            if key not in _TOP:
                if not explicit:
                    raise part.bad(f"there is no key {key[:QUOTED]!r} here{nearest(key, _TOP)}")
                ignored.append(key[:QUOTED])
                del table[key]
    keys = merge(tables)
    for value in keys.get("version", ()):
        if value.whole(1, _HIGHEST_VERSION, "a version") > VERSION:
            raise value.bad(f"is {value.raw}; this reads version {VERSION}, a newer Communique wrote it")
    for key in ("states", "status_quo", "name"):
        if len(keys.get(key, ())) > 1 and key != "name":
            raise keys[key][1].bad("is given twice, here and in an included file")
    makers = [value for values in keys.get("decision_makers", ()) for value in values.items(MOST_MAKERS)]
    if not makers:
        raise parts[-1].bad("it has no decision makers")
    states, names = _states(keys["states"][0]) if explicit else (None, ())
    model = GraphModel(
        decision_makers=tuple(_maker(value, states, names) for value in makers),
        states=states,
        state_names=names,
        infeasible=_sets(keys, "infeasible"),
        coalesced=_sets(keys, "coalesced"),
        definitions=_definitions(keys.get("definitions", ())),
        name=keys["name"][-1].name() if "name" in keys else "",
        where=where,
        ignored=tuple(ignored),
    )
    _check_names(model, makers, keys)
    return _with_status_quo(model, keys)


def _states(value: Value) -> tuple[int, tuple[str, ...]]:
    if isinstance(value.raw, list):
        names = tuple(item.name() for item in value.items(_MOST_STATES))
        _once([(name, item) for name, item in zip(names, value.items(), strict=True)], "state")
        if not names:
            raise value.bad("there are no states")
        return len(names), names
    return value.whole(1, _MOST_STATES, "a number of states, or a list of their names"), ()


def _once(named: Sequence[tuple[str, Value]], what: str) -> None:
    seen: dict[str, str] = {}
    for name, value in named:
        if name in seen:
            raise value.bad(f"the {what} {name!r} is there twice; first at {seen[name].rpartition(': ')[2]}")
        seen[name] = value.where


def _check_names(model: GraphModel, makers: Sequence[Value], keys: dict[str, list[Value]]) -> None:
    _once([(m.name, v) for m, v in zip(model.decision_makers, makers, strict=True)], "decision maker")
    options = [
        (option.name, Value(None, f"{value.where}.options[{at + 1}]"))
        for maker, value in zip(model.decision_makers, makers, strict=True)
        for at, option in enumerate(maker.options)
    ]
    _once(options, "option")
    taken = {name for name, _ in options}
    for value in keys.get("definitions", ()):
        for name, inner in value.table().items():
            if " ".join(name.split()) in taken:
                raise inner.bad(f"{name!r} is the name of an option already")
    if model.states is not None:
        for key in ("infeasible", "coalesced", "definitions"):
            if key in keys:
                raise keys[key][0].bad("belongs to the option form; this model lists its states")
    elif not options:
        raise makers[0].bad("nobody has an option, and the model lists no states")


def _maker(value: Value, states: int | None, names: tuple[str, ...]) -> DecisionMaker:
    table = value.table(_MAKER)
    for key, wanted in (("options", states is None), ("moves", states is not None)):
        if key in table and not wanted:
            form = "option form" if states is None else "explicit form (the model lists its states)"
            raise table[key].bad(f"does not belong to the {form}")
    return DecisionMaker(
        name=table["name"].name(),
        preference=_preference(value, table, states),
        options=tuple(_option(item) for item in table["options"].items(WIDEST)) if "options" in table else (),
        moves=tuple(_move(item, states or 0, names) for item in table["moves"].items()) if "moves" in table else (),
        evidence=_evidence(table),
    )


def _evidence(table: dict[str, Value]) -> tuple[str, ...]:
    return table["evidence"].evidence() if "evidence" in table else ()


def _option(value: Value) -> Option:
    if isinstance(value.raw, str):
        return Option(value.name())
    table = value.table({"name": True, "direction": False, "evidence": False})
    direction = Direction.REVERSIBLE
    if "direction" in table:
        word = table["direction"].text()
        if word not in _DIRECTIONS:
            raise table["direction"].bad(f"must be reversible, forward or backward, is {word[:QUOTED]!r}")
        direction = _DIRECTIONS[word]
    return Option(table["name"].name(), direction, _evidence(table))


def _move(value: Value, states: int, names: tuple[str, ...]) -> tuple[int, int]:
    raw = value.raw
    # Most moves are plain pairs of numbers: what else they are is looked at only where they are not.
    if type(raw) is list and len(raw) == 2 and type(raw[0]) is int and type(raw[1]) is int:
        start, end = raw
        if 1 <= start <= states and 1 <= end <= states and start != end:
            return start, end
    pair = list(value.items())
    if len(pair) != 2:
        raise value.bad(f"must be two states, from and to, has {len(pair)}")
    start, end = (_state(item, states, names) for item in pair)
    if start == end:
        raise value.bad(f"leads from state {start} to itself")
    return start, end


def _state(value: Value, states: int, names: tuple[str, ...]) -> int:
    if isinstance(value.raw, str):
        if value.raw in names:
            return names.index(value.raw) + 1
        raise UnknownInStandoff(value.where, f"there is no state {value.raw[:QUOTED]!r}{nearest(value.raw, names)}")
    return value.whole(1, states, "the number of a state")


def _preference(maker: Value, table: dict[str, Value], states: int | None) -> Preference:
    given = [key for key in ("preferences", "ranking", "payoffs") if key in table]
    if len(given) != 1:
        kinds = "preferences, ranking or payoffs"
        raise maker.bad(f"must have one of {kinds}, has {' and '.join(given) or 'none'}")
    kind = given[0]
    allowed = {"preferences": {"mode", "strong_gap"}, "ranking": {"unknown"}, "payoffs": {"strong_gap", "unknown"}}
    for key in ("mode", "strong_gap", "unknown"):
        if key in table and key not in allowed[kind]:
            raise table[key].bad(f"does not go with {kind}")
    gap = table["strong_gap"].number() if "strong_gap" in table else None
    if gap is not None and gap <= 0:
        raise table["strong_gap"].bad("must be above 0")
    pairs = _pairs(table["unknown"]) if "unknown" in table else ()
    if kind == "payoffs":
        return PayoffPreference(tuple(item.number() for item in table["payoffs"].items()), gap, pairs)
    if kind == "ranking":
        levels = _levels(table["ranking"])
        if not levels:
            raise table["ranking"].bad("is empty")
        return RankingPreference(levels, pairs)
    if states is not None:
        raise table["preferences"].bad("speaks of options, but the model lists its states: give payoffs or a ranking")
    return _statements(table, gap is not None)


def _pairs(value: Value) -> tuple[tuple[int, int], ...]:
    pairs = []
    for item in value.items():
        pair = [one.whole(1, _MOST_STATES, "the number of a state") for one in item.items()]
        if len(pair) != 2:
            raise item.bad(f"must be two states, has {len(pair)}")
        pairs.append((pair[0], pair[1]))
    return tuple(pairs)


def _statements(table: dict[str, Value], with_gap: bool) -> StatementPreference:
    mode = table["mode"].text() if "mode" in table else "lexicographic"
    if mode not in ("lexicographic", "weighted"):
        raise table["mode"].bad(f"must be lexicographic or weighted, is {mode[:QUOTED]!r}")
    weighted = mode == "weighted"
    if with_gap and not weighted:
        raise table["strong_gap"].bad("goes with mode weighted; in lexicographic mode mark statements as strong")
    statements: list[PreferenceStatement] = []
    for item in table["preferences"].items():
        statement = _statement(item)
        if weighted and statement.weight is None:
            raise item.bad("needs a weight in mode weighted")
        if not weighted and statement.weight is not None:
            raise item.bad("has a weight, which goes with mode weighted")
        if weighted and statement.strong:
            raise item.bad("is strong, which goes with mode lexicographic; in mode weighted give strong_gap")
        if statements and not weighted and statement.strong and not statements[-1].strong:
            raise item.bad("is strong but stands below one that is not; strong statements come first")
        statements.append(statement)
    gap = table["strong_gap"].number() if with_gap else None
    return StatementPreference(tuple(statements), weighted, gap)


def _statement(value: Value) -> PreferenceStatement:
    if isinstance(value.raw, str):
        return PreferenceStatement(value.text())
    table = value.table({"statement": True, "weight": False, "strong": False, "unknown": False, "evidence": False})
    return PreferenceStatement(
        formula=table["statement"].text(),
        weight=table["weight"].number() if "weight" in table else None,
        strong="strong" in table and table["strong"].flag(),
        unknown="unknown" in table and table["unknown"].flag(),
        evidence=_evidence(table),
    )


def _levels(value: Value) -> tuple[Level, ...]:
    if isinstance(value.raw, str):
        return _levels_in_text(value)
    levels: list[Level] = []
    for item in value.items():
        if item.raw == ">>":
            if not levels:
                raise item.bad("nothing stands before >>")
            levels[-1] = Level(levels[-1].members, True, levels[-1].evidence)
        elif isinstance(item.raw, dict):
            table = item.table({"states": True, "strong": False, "evidence": False})
            strong = "strong" in table and table["strong"].flag()
            levels.append(Level(_level_members(table["states"]), strong, _evidence(table)))
        else:
            levels.append(Level(_level_members(item)))
    return tuple(levels)


def _level_members(value: Value) -> tuple[int | str, ...]:
    items = list(value.items()) if isinstance(value.raw, list) else [value]
    members = tuple(
        item.text() if isinstance(item.raw, str) else item.whole(1, _MOST_STATES, "a state") for item in items
    )
    if not members:
        raise value.bad("is empty")
    return members


def _levels_in_text(value: Value) -> tuple[Level, ...]:
    """Read ``3 > 1 ~ 2 >> 4``."""
    levels: list[Level] = []
    sign = ">"
    for at, word in enumerate(_RANKED.split(value.text())):
        if at % 2:
            sign = word
            continue
        name = " ".join(word.split())
        if not name:
            raise value.bad(f"a state is missing beside {sign!r}")
        member = int(name) if name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER else name
        if sign == "~" and levels:
            levels[-1] = Level((*levels[-1].members, member))
            continue
        if sign == ">>":
            levels[-1] = Level(levels[-1].members, strong=True)
        levels.append(Level((member,)))
    return tuple(levels)


def _definitions(values: Sequence[Value]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    places = []
    for value in values:
        for key, inner in value.table().items():
            name = Value(key, inner.where).name()
            found.append((name, inner.text()))
            places.append((name, inner))
    _once(places, "definition")
    return tuple(found)


def _sets(keys: dict[str, list[Value]], key: str) -> tuple[StateSet, ...]:
    rules = key == "infeasible"
    return tuple(_set(item, rules) for value in keys.get(key, ()) for item in value.items())


def _set(value: Value, rules: bool) -> StateSet:
    if isinstance(value.raw, str):
        text = value.text()
        pattern = is_pattern(text, len(text))
        return StateSet(Shape.PATTERN if pattern else Shape.FORMULA, (text,))
    shapes = list(Shape) if rules else [Shape.PATTERN, Shape.FORMULA]
    table = value.table({**{shape.value: False for shape in shapes}, "evidence": False})
    given = [shape for shape in shapes if shape.value in table]
    if len(given) != 1:
        raise value.bad(f"must have one of {', '.join(shapes)}; has {len(given)}")
    inner = table[given[0].value]
    if given[0] in (Shape.PATTERN, Shape.FORMULA):
        return StateSet(given[0], (inner.text(),), _evidence(table))
    names = tuple(item.name() for item in inner.items())
    if not names:
        raise inner.bad("names no option")
    return StateSet(given[0], names, _evidence(table))


def _with_status_quo(model: GraphModel, keys: dict[str, list[Value]]) -> GraphModel:
    from dataclasses import replace

    if "status_quo" not in keys:
        return model
    value = keys["status_quo"][0]
    if not isinstance(value.raw, dict):
        return replace(model, status_quo=_quo(value, model, ()))
    table = value.table({"state": False, "taken": False, "evidence": False})
    given = [key for key in ("state", "taken") if key in table]
    if len(given) != 1:
        raise value.bad("must have state (its number, name or pattern) or taken (the options taken)")
    return replace(model, status_quo=_quo(table[given[0]], model, _evidence(table)))


def _quo(value: Value, model: GraphModel, evidence: tuple[str, ...]) -> StatusQuo:
    raw: Any = value.raw
    options = [option.name for option in model.options]
    if isinstance(raw, list):
        if model.states is not None:
            raise value.bad("names options, but the model lists its states: give the number of one")
        names = tuple(item.name() for item in value.items())
        for name, item in zip(names, value.items(), strict=True):
            if name not in options:
                raise UnknownInStandoff(item.where, f"there is no option {name!r}{nearest(name, options)}")
        return StatusQuo(taken=tuple(sorted(set(names), key=options.index)), evidence=evidence)
    if isinstance(raw, str) and model.states is None:
        care, bits = pattern_bits(raw, len(options), value.where)
        if care != (1 << len(options)) - 1:
            raise value.bad(f"{raw!r} leaves options open; the status quo must settle each")
        return StatusQuo(taken=tuple(name for at, name in enumerate(options) if bits >> at & 1), evidence=evidence)
    return StatusQuo(state=_state(value, model.states or _MOST_STATES, model.state_names), evidence=evidence)
