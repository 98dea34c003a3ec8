"""The store: reports with all their versions, what readers made of them, and what people decided."""

from __future__ import annotations

from communique.record.record import Record

__all__ = ["Record"]
