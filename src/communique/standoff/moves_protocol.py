"""What the stability analysis asks of a model's moves, however they are laid out.

Values are arrays with one cell a state (or a combination of options, feasible or not: ``Cube``). A value of NEVER
stands for the minimum over nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.int32]
Cells = NDArray[np.int64]
Mask = NDArray[np.bool_]

NEVER = np.int32(2**31 - 1)


class Moves(Protocol):
    """The moves of all decision makers, with their ranks of the states."""

    makers: int
    ranks: Sequence[Values]

    def collect(self, cells: NDArray[Any]) -> NDArray[Any]:
        """Return the values of the states alone, in their order."""

    def cell(self, state: int) -> int:
        """Return the cell of a state."""

    def state(self, cell: int) -> int:
        """Return the state of a cell."""

    def joint_min(self, group: Sequence[int], values: Values) -> Values:
        """Return, for each cell, the least value in reach of the group's joint moves, nobody moving twice in a row.

        The cell itself may count as in reach: it is never a sanction of the move that led to it.
        """

    def joint_improving_min(self, group: Sequence[int], values: Values) -> Values:
        """Return the same over joint improvements: each move of the sequence is an improvement for who makes it."""

    def reach_max(self, maker: int, values: Values) -> Values:
        """Return the greatest value among each cell and those in reach of one move of the decision maker."""

    def improving_max(self, maker: int, values: Values) -> Values:
        """Return the greatest value over the maker's unilateral improvements, -1 where there is none. Values >= 0."""

    def can_move(self, maker: int) -> Mask:
        """Return where the decision maker has a move."""

    def spread(self, maker: int, start: Mask, improving: bool) -> Mask:
        """Return the cells that one move of the maker leads to from any of those marked."""

    def successors(self, maker: int, cell: int, improving: bool) -> Cells:
        """Return the cells that the maker can move to from one, in order."""

    def predecessors(self, maker: int, cell: int, improving: bool) -> Cells:
        """Return the cells from which the maker can move to one, in order."""
