"""``communique issues``: what is disputed or negotiated."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import judged, lines, list_command, named_and_counted
from communique.cli.row_formats import Column

COLUMNS = (
    Column("name", "Issue", 5),
    Column("names", "Also", 6),
    Column("claimants", "Claimed by", 3),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "name": lines(row.name, row.issue, judged(row)),
        "claimants": ", ".join(row.claimant_names),
        **named_and_counted(row),
    }


issues = list_command(
    "issues",
    """List issues after merges, those of which most is said first, with their claimants.

    Exit status: 0 done, 1 the record cannot be read, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
