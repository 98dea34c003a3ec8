"""Cells of CSV files that no spreadsheet takes for a formula and no terminal for a command (OWASP, "CSV Injection")."""

from __future__ import annotations

import json
import re
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What starts an escape sequence when the file is shown on a terminal; tabs and line ends are not among it."""


def safe_text(text: str) -> str:
    """Return the text, behind an apostrophe where a spreadsheet would obey it, control characters as U+FFFD."""
    text = _CONTROL.sub("\ufffd", text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def safe_cell(value: Any) -> str:
    """Return a value as the text of a cell: "" for None, true and false, numbers as they are, JSON for the rest."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return safe_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
