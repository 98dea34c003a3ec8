"""``communique reports``: what was taken in."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import counted, day_of, lines, list_command
from communique.cli.row_formats import Column

COLUMNS = (
    Column("day", "Published"),
    Column("title", "Report", 8),
    Column("outlet", "Outlet", 4),
    Column("found", "Holds", 4),
    Column("copies", "Copies", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    copies = f"{row.copies} of it" if row.copies else None
    return {
        "day": day_of(row),
        "title": lines(row.title, row.report, row.url),
        "outlet": lines(row.outlet, row.agency and f"credits {row.agency}", row.author),
        "found": lines(
            counted(row.statements, "statement"),
            counted(row.conditions, "condition"),
            counted(row.versions, "version") if row.versions > 1 else None,
        ),
        "copies": lines(row.copy_of and f"of {row.copy_of}", copies),
    }


reports = list_command(
    "reports",
    """List reports in their newest version, with how much was read in them and which is a copy of which.

    Filters by actor, party, country, issue and act ask each for a statement in the report, not for one and the same.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
