"""``communique conditions``: what hangs on what, who set it, and who could meet it."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import day_of, judged, lines, list_command, place_of, sureness
from communique.cli.row_formats import Column

COLUMNS = (
    Column("day", "Published"),
    Column("holder", "Set by", 3),
    Column("consequent", "What hangs on it", 5),
    Column("kind", "Kind", 4),
    Column("antecedent", "What must be", 5),
    Column("place", "Where", 5),
    Column("confidence", "Sure"),
)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "day": day_of(row),
        "holder": row.holder_name or "nobody named",
        "consequent": row.consequent_text,
        "kind": lines(row.kind, f"[{row.cue_text}]" if row.cue_text else None, judged(row)),
        "antecedent": lines(
            row.antecedent_text,
            f"To be met by: {row.must_act_name}" if row.must_act_name else None,
            f"On: {', '.join(row.issue_names)}" if row.issue_names else None,
        ),
        "place": place_of(row, row.antecedent or row.cue),
        "confidence": sureness(row.confidence, row.must_act_confidence),
    }


conditions = list_command(
    "conditions",
    """List conditions, each with the words of both sides and where they stand.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
