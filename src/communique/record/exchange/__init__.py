"""Hand-over: the record, or a part of it, in the formats that others read. Public keys only, no row numbers."""

from __future__ import annotations

from communique.record.exchange.formats import FORMATS, TABLES, TABULAR, Selection, export

__all__ = ["FORMATS", "TABLES", "TABULAR", "Selection", "export"]
