"""The actor page: names and offices, where the actor stands, what it said and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from communique.analysis.positions import Position, positions
from communique.record import Record
from communique.record.query import names
from communique.record.query.filters import Filter
from communique.record.query.lookup import root_of
from communique.record.query.rows import ActorRow, ConditionRow, StatementRow
from communique.record.resolution.offices import Holding, holdings_of

_FEW = 25
_PER_CELL = 60


@dataclass(frozen=True, slots=True)
class Stands:
    """A position with the name of its issue."""

    issue_name: str
    position: Position


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor ready to be shown; statements and conditions are the newest, ``more`` says that there are others."""

    row: ActorRow
    offices: tuple[Holding, ...]
    stands: tuple[Stands, ...]
    statements: tuple[StatementRow, ...]
    more: bool
    conditions: tuple[ConditionRow, ...]


def actor_page(record: Record, key: str) -> ActorPage:
    """Return the page of the actor with a key, or of the one that it was merged into. Raises NotInRecord."""
    with record.reading() as connection:
        root = root_of(connection, "actor", key)
        (row,) = names.actors(connection, [root.id])
        matrix = positions(connection, parties=[root], per_cell=_PER_CELL)
        offices = tuple(holdings_of(connection, row.actor))
    called = {issue.key: issue.name for issue in matrix.issues}
    statements = record.statements(Filter(actor=row.actor), limit=_FEW).page()
    return ActorPage(
        row=row,
        offices=offices,
        stands=tuple(Stands(called[issue], position) for (_, issue), position in matrix.cells.items()),
        statements=statements.rows,
        more=statements.next is not None,
        conditions=record.conditions(Filter(actor=row.actor), limit=_FEW).page().rows,
    )
