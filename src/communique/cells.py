"""Cells of CSV files that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""

from __future__ import annotations

import json
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_text(text: str) -> str:
    """Return the text, behind an apostrophe where a spreadsheet would obey it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def safe_cell(value: Any) -> str:
    """Return a value as the text of a cell: "" for None, true and false, numbers as they are, JSON for the rest."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return safe_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
