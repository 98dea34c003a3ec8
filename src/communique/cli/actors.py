"""``communique actors``: who speaks in the record."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import judged, lines, list_command, named_and_counted
from communique.cli.row_formats import Column

COLUMNS = (
    Column("name", "Actor", 6),
    Column("kind", "Kind", 2),
    Column("names", "Also", 6),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "name": lines(row.name, row.actor, judged(row)),
        "kind": lines(row.kind, row.country, row.principal and f"for {row.principal}"),
        **named_and_counted(row),
    }


actors = list_command(
    "actors",
    """List actors after merges, those with most statements first.

    Exit status: 0 done, 1 the record cannot be read or knows no such country, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
