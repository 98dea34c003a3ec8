"""What if: a model with one thing changed. Evidence stays with what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from communique.errors import UnknownInStandoff
from communique.standoff.formulas import nearest
from communique.standoff.graph_model import (
    DecisionMaker,
    GraphModel,
    PreferenceStatement,
    Shape,
    StatementPreference,
    StateSet,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DropStatement:
    """A decision maker no longer minds: its preference statement of this number (from 1) goes."""

    maker: str
    number: int


@dataclass(frozen=True, slots=True)
class AddStatement:
    """A decision maker comes to want something: a statement, put at this place (from 1; None: last)."""

    maker: str
    statement: PreferenceStatement
    number: int | None = None


@dataclass(frozen=True, slots=True)
class MoveStatement:
    """A decision maker gives a statement another importance: from one place to another (both from 1)."""

    maker: str
    number: int
    to: int


@dataclass(frozen=True, slots=True)
class FixOption:
    """An option is settled: taken, or not, whatever else happens."""

    option: str
    taken: bool


@dataclass(frozen=True, slots=True)
class DropInfeasibility:
    """What was ruled out is possible: the infeasible combination of this number (from 1) goes."""

    number: int


Edit = DropStatement | AddStatement | MoveStatement | FixOption | DropInfeasibility


def edited(model: GraphModel, edits: Sequence[Edit]) -> GraphModel:
    """Return the model with edits made, one after the other; each counts from what those before it left.

    A fixed option makes statements about it idle, so solve the outcome with ``strict=False``. Raises UnknownInStandoff
    where an edit speaks of what the model does not have.
    """
    for edit in edits:
        model = _edited(model, edit)
    return model


def _edited(model: GraphModel, edit: Edit) -> GraphModel:
    if isinstance(edit, FixOption):
        names = [option.name for option in model.options]
        if edit.option not in names:
            meant = nearest(edit.option, names)
            raise UnknownInStandoff(model.where, f"there is no option {edit.option!r}{meant}")
        other = "N" if edit.taken else "Y"
        pattern = "".join(other if name == edit.option else "-" for name in names)
        return replace(model, infeasible=(*model.infeasible, StateSet(Shape.PATTERN, (pattern,))))
    if isinstance(edit, DropInfeasibility):
        _check(edit.number, len(model.infeasible), "infeasible combination", model)
        return replace(model, infeasible=_without(model.infeasible, edit.number))
    if isinstance(edit, DropStatement):
        number = edit.number
        return _with_statements(model, edit.maker, number, lambda statements: _without(statements, number))
    if isinstance(edit, MoveStatement):
        return _with_statements(model, edit.maker, edit.number, lambda statements: moved(statements, edit))
    return _with_statements(model, edit.maker, None, lambda statements: _with_added(statements, edit))


def _without(items: tuple[T, ...], number: int) -> tuple[T, ...]:
    return items[: number - 1] + items[number:]


def moved(statements: tuple[PreferenceStatement, ...], edit: MoveStatement) -> tuple[PreferenceStatement, ...]:
    """Return the statements with one at its new place."""
    rest = _without(statements, edit.number)
    at = max(0, min(edit.to - 1, len(rest)))
    return (*rest[:at], statements[edit.number - 1], *rest[at:])


def _with_added(statements: tuple[PreferenceStatement, ...], edit: AddStatement) -> tuple[PreferenceStatement, ...]:
    at = len(statements) if edit.number is None else max(0, min(edit.number - 1, len(statements)))
    return (*statements[:at], edit.statement, *statements[at:])


def _check(number: int, most: int, what: str, model: GraphModel) -> None:
    if not 1 <= number <= most:
        raise UnknownInStandoff(model.where, f"there is no {what} {number}; there are {most}")


def _with_statements(
    model: GraphModel,
    maker: str,
    number: int | None,
    change: Callable[[tuple[PreferenceStatement, ...]], tuple[PreferenceStatement, ...]],
) -> GraphModel:
    if maker not in model.names:
        raise UnknownInStandoff(model.where, f"there is no decision maker {maker!r}{nearest(maker, model.names)}")
    makers: list[DecisionMaker] = list(model.decision_makers)
    at = model.names.index(maker)
    preference = makers[at].preference
    if not isinstance(preference, StatementPreference):
        raise UnknownInStandoff(model.where, f"{maker} has no preference statements")
    if number is not None:
        _check(number, len(preference.statements), f"preference statement of {maker}", model)
    makers[at] = replace(makers[at], preference=replace(preference, statements=change(preference.statements)))
    return replace(model, decision_makers=tuple(makers))
