"""The store: reports with all their versions, what readers made of them, and what people decided.

Importing it is light: SQLAlchemy is loaded with the first use of `Record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.record.record import Record

__all__ = ["Record"]


def __getattr__(name: str) -> object:
    if name != "Record":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from communique.record.record import Record

    return Record
