"""Model files: read from JSON or TOML, with those they include, and written back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from communique.errors import BadStandoff, CyclicStandoff, MissingInput
from communique.files import open_file, real
from communique.standoff.file_values import Value
from communique.standoff.formulas import QUOTED
from communique.standoff.graph_model import (
    DecisionMaker,
    Direction,
    GraphModel,
    Level,
    Option,
    PayoffPreference,
    PreferenceStatement,
    RankingPreference,
    Shape,
    StateSet,
    StatusQuo,
)
from communique.standoff.model_parts import VERSION, model_of

MAX_BYTES = 64_000_000
MAX_FILES = 50


def load_model(path: Path | str) -> GraphModel:
    """Read a model from a .json or .toml file, and the files it includes.

    Included files lie beside the file or below it. Raises MissingInput where a file cannot be read; BadStandoff and its
    kinds, each naming file and place, where it is not written as a model.
    """
    parts, _ = _with_included(path)
    return _built(parts, str(path))


def model_files(path: Path | str) -> tuple[Path, ...]:
    """Return the files of which a model is made: its own, and those it includes. Raises what `load_model` does."""
    return tuple(_with_included(path)[1])


def _with_included(path: Path | str) -> tuple[list[Value], dict[Path, Value]]:
    top = Path(path)
    folder = real(top).parent
    parts: list[Value] = []
    # Depth first, without recursion: a file's includes stand before itself.
    waiting: list[tuple[Path, str, bool]] = [(top, str(path), False)]
    open_: list[Path] = []
    done: set[Path] = set()
    read: dict[Path, Value] = {}
    while waiting:
        file, named, closing = waiting.pop()
        key = real(file)
        if closing:
            open_.remove(key)
            done.add(key)
            parts.append(read[key])
            continue
        if key in open_:
            circle = " includes ".join(step.name for step in (*open_[open_.index(key) :], key))
            raise CyclicStandoff(named, f"files in a circle: {circle}")
        if key in done:
            continue
        if len(read) >= MAX_FILES:
            raise BadStandoff(str(path), f"includes more than {MAX_FILES} files")
        read[key] = Value(_parsed(_bytes(file, named), named, file.suffix.lower()), f"{named}: ")
        open_.append(key)
        waiting.append((file, named, True))
        table = read[key].table()
        if "include" in table:
            inner = [_included(value, file, folder) for value in table["include"].items(MAX_FILES)]
            waiting.extend((found, str(found), False) for found in reversed(inner))
    return parts, read


def parse_model(raw: Mapping[str, Any] | str, where: str = "model", form: str = "json") -> GraphModel:
    """Read a model from values as json.loads gives them, or from a text in ``form`` (json or toml).

    Raises BadStandoff and its kinds.
    """
    parsed = _parsed(raw.encode(), where, f".{form}") if isinstance(raw, str) else _exact(raw, where)
    value = Value(parsed, f"{where}: ")
    if "include" in value.table():
        raise BadStandoff(where, "includes files, which only a file can")
    return _built([value], where)


def _built(parts: list[Value], where: str) -> GraphModel:
    return model_of(parts, where)


def _bytes(file: Path, named: str) -> bytes:
    try:
        with open_file(file, pipes=True) as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise MissingInput(named, f"cannot be read: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise BadStandoff(named, f"is over {MAX_BYTES:,} bytes")
    return content


def _included(value: Value, file: Path, folder: Path) -> Path:
    name = value.text()
    if "\0" in name or PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        raise value.bad(f"must be a path from this file's folder, is {name[:QUOTED]!r}")
    found = file.parent / name
    if not real(found).is_relative_to(folder):
        raise value.bad(f"{name[:QUOTED]!r} lies outside of the model's folder")
    return found


def _parsed(content: bytes, where: str, suffix: str) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadStandoff(where, f"is not UTF-8 (byte {error.start + 1})") from None
    try:
        if suffix == ".toml":
            return tomllib.loads(text, parse_float=Decimal)
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_table)
    except RecursionError:
        raise BadStandoff(where, "is nested too deep") from None
    except json.JSONDecodeError as error:
        raise BadStandoff(f"{where}:{error.lineno}", f"is not JSON: {error.msg} (column {error.colno})") from None
    except tomllib.TOMLDecodeError as error:
        raise BadStandoff(where, f"is not TOML: {error}") from None
    except (ValueError, ArithmeticError) as error:  # a number of more digits than Python reads; our own refusals
        reason = str(error) if isinstance(error, _Refused) else "holds a number of too many digits"
        raise BadStandoff(where, reason) from None


class _Refused(ValueError):
    pass


def _no_number(word: str) -> Any:
    raise _Refused(f"holds {word}, which is no number")


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused(f"has the key {twice[:QUOTED]!r} twice in one object")
    return table


def _exact(raw: Mapping[str, Any], where: str) -> Any:
    """Values with decimals in place of floats, as a file gives them."""
    try:
        return _parsed(json.dumps(raw).encode(), where, ".json")
    except RecursionError:
        raise BadStandoff(where, "is nested too deep, or in a circle") from None
    except (TypeError, ValueError) as error:
        if isinstance(error, BadStandoff):
            raise
        raise BadStandoff(where, f"holds what JSON cannot: {error}") from None


def dump_model(model: GraphModel) -> dict[str, Any]:
    """Return a model as JSON values that ``parse_model`` reads as the same model."""
    raw: dict[str, Any] = {"version": VERSION}
    if model.name:
        raw["name"] = model.name
    if model.states is not None:
        raw["states"] = list(model.state_names) or model.states
    raw["decision_makers"] = [_maker(maker, model.states is not None) for maker in model.decision_makers]
    if model.definitions:
        raw["definitions"] = dict(model.definitions)
    for key, sets in (("infeasible", model.infeasible), ("coalesced", model.coalesced)):
        if sets:
            raw[key] = [_set(states) for states in sets]
    if model.status_quo is not None:
        raw["status_quo"] = _quo(model.status_quo)
    return raw


def model_text(model: GraphModel, form: str = "json") -> str:
    """Return a model as the text of a file, in ``form`` json or toml."""
    if form == "toml":
        import tomli_w

        return tomli_w.dumps(dump_model(model))
    return json.dumps(dump_model(model), ensure_ascii=False, indent=2) + "\n"


def _with_evidence(table: dict[str, Any], evidence: tuple[str, ...]) -> dict[str, Any]:
    return {**table, "evidence": list(evidence)} if evidence else table


def _number(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _maker(maker: DecisionMaker, explicit: bool) -> dict[str, Any]:
    raw: dict[str, Any] = {"name": maker.name}
    if explicit:
        raw["moves"] = [list(move) for move in maker.moves]
    elif maker.options:
        raw["options"] = [_option(option) for option in maker.options]
    preference = maker.preference
    if isinstance(preference, PayoffPreference):
        raw["payoffs"] = [_number(payoff) for payoff in preference.payoffs]
    elif isinstance(preference, RankingPreference):
        raw["ranking"] = [_level(level) for level in preference.levels]
    else:
        raw["preferences"] = [_statement(statement) for statement in preference.statements]
        if preference.weighted:
            raw["mode"] = "weighted"
    if not isinstance(preference, RankingPreference) and preference.strong_gap is not None:
        raw["strong_gap"] = _number(preference.strong_gap)
    if isinstance(preference, PayoffPreference | RankingPreference) and preference.unknown:
        raw["unknown"] = [list(pair) for pair in preference.unknown]
    return _with_evidence(raw, maker.evidence)


def _option(option: Option) -> Any:
    if option.direction is Direction.REVERSIBLE and not option.evidence:
        return option.name
    return _with_evidence({"name": option.name, "direction": option.direction.value}, option.evidence)


def _level(level: Level) -> dict[str, Any]:
    raw: dict[str, Any] = {"states": list(level.members)}
    if level.strong:
        raw["strong"] = True
    return _with_evidence(raw, level.evidence)


def _statement(statement: PreferenceStatement) -> dict[str, Any]:
    raw: dict[str, Any] = {"statement": statement.formula}
    if statement.weight is not None:
        raw["weight"] = _number(statement.weight)
    for key, value in (("strong", statement.strong), ("unknown", statement.unknown)):
        if value:
            raw[key] = True
    return _with_evidence(raw, statement.evidence)


def _set(states: StateSet) -> dict[str, Any]:
    single = states.shape in (Shape.PATTERN, Shape.FORMULA)
    return _with_evidence({states.shape.value: states.of[0] if single else list(states.of)}, states.evidence)


def _quo(quo: StatusQuo) -> dict[str, Any]:
    raw: dict[str, Any] = {"taken": list(quo.taken)} if quo.state is None else {"state": quo.state}
    return _with_evidence(raw, quo.evidence)
