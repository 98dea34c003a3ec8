"""Rows that are alike in several columns, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def groups(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return a number for each row, the same for rows that are the same in all columns."""
    numbers = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, codes = np.unique(column, return_inverse=True)
        numbers = np.unique(numbers * len(values) + codes, return_inverse=True)[1].astype(np.int64)
    return numbers
