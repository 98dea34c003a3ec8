"""``communique actors``: who speaks in the record."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import counted, judged, lines, list_command
from communique.cli.row_formats import Column

COLUMNS = (
    Column("name", "Actor", 6),
    Column("kind", "Kind", 2),
    Column("names", "Also", 6),
    Column("said", "Statements", 3),
    Column("days", "From, until", 3),
)


def _shown(row: Any) -> dict[str, Any]:
    others = [other for other in row.names if other != row.name]
    merged = f"joined: {', '.join(row.merged)}" if row.merged else None
    return {
        "name": lines(row.name, row.actor, judged(row)),
        "kind": lines(row.kind, row.country, row.principal and f"for {row.principal}"),
        "names": lines(", ".join(others[:8]), merged),
        "said": f"{row.statements} in {counted(row.reports, 'report')}",
        "days": lines(row.first, row.last if row.last != row.first else None),
    }


actors = list_command(
    "actors",
    """List actors after merges, those with most statements first.

    Exit status: 0 done, 1 the record cannot be read or knows no such country, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
