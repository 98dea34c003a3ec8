"""``communique issues``: what is disputed or negotiated."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import counted, judged, lines, list_command
from communique.cli.row_formats import Column

COLUMNS = (
    Column("name", "Issue", 5),
    Column("names", "Also", 6),
    Column("claimants", "Claimed by", 3),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    others = [other for other in row.names if other != row.name]
    merged = f"joined: {', '.join(row.merged)}" if row.merged else None
    return {
        "name": lines(row.name, row.issue, judged(row)),
        "names": lines(", ".join(others[:8]), merged),
        "claimants": ", ".join(row.claimant_names),
        "said": f"{row.statements} in {counted(row.reports, 'report')}",
        "days": lines(row.first, row.last if row.last != row.first else None),
    }


issues = list_command(
    "issues",
    """List issues after merges, those of which most is said first, with their claimants.

    Exit status: 0 done, 1 the record cannot be read, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
