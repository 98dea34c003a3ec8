"""``communique statements``: who said what, to whom, through whom."""

from __future__ import annotations

from typing import Any

from communique.cli.lists import day_of, judged, lines, list_command, place_of, sureness
from communique.cli.row_formats import Column

COLUMNS = (
    Column("day", "Published"),
    Column("who", "Who", 3),
    Column("act", "Act"),
    Column("words", "What, and the words it rests on", 9),
    Column("place", "Where", 5),
    Column("confidence", "Sure"),
)


def _shown(row: Any) -> dict[str, Any]:
    about = f"On: {', '.join(row.issue_names)}" if row.issue_names else None
    through = f"Through: {', '.join(row.chain_names)}" if row.chain_names else None
    to = f"To: {', '.join(row.addressee_names)}" if row.addressee_names else None
    told = f"{row.source_text} [{row.cue_text}]" if row.source_text else f"[{row.cue_text}]"
    voices = f"{row.voices} voices" if row.voices > 1 else None
    return {
        "day": lines(day_of(row), f"said {row.said_on}" if row.said_on else None),
        "who": lines(row.speaker_name or "nobody named", row.role),
        "act": lines(row.act, judged(row)),
        "words": lines(row.content_text, told, to, through, about),
        "place": lines(place_of(row, row.content), voices),
        "confidence": sureness(row.confidence, row.speaker_confidence),
    }


statements = list_command(
    "statements",
    """List statements, each with the words that it rests on and where they stand.

    Exit status: 0 done, 1 the record cannot be read or knows no such name, 2 wrong usage.
    """,
    COLUMNS,
    _shown,
)
