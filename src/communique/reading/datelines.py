"""Where a paragraph opens with a dateline.

"TOKYO, October 4 (Kyodo) -- ", "MOSCOW, June 5. /TASS/. ", "Oslo, 3 May - ".
"""

from __future__ import annotations

import re

LONGEST_DATELINE = 120
"""Characters within which a dateline must end."""

_PLACE = r"[A-Z][\w.'’/-]{0,30}(?:,? [A-Z0-9][\w.'’/-]{0,30}){0,7}"
_DASH = r"(?:--|[–—]|(?<=\s)-)"
_DAY = r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,12}\.?(?:\s+\d{1,2})?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    r"\s*(?:[*•-]\s+)?(?:"
    rf"{_PLACE}[.,]?\s*/[A-Z][\w .-]{{1,30}}/\s*[.–—-]*"
    rf"|{_PLACE}\s*\([A-Z][^()\n]{{1,40}}\)\s*(?:--|[–—-])"
    r"|[A-Z]{3}[A-Z .,/-]{0,40}:\s*(?=\n)"
    rf"|(?:ST\.? )?[A-Z]{{3}}[A-Z .,/-]{{0,40}}(?:,\s+{_DAY}){{0,2}}(?:,?\s*\d{{4}})?\s*{_DASH}"
    rf"|{_PLACE},\s+(?:[A-Z][a-z]{{2,8}}day,\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}})(?:,?\s*\d{{4}})?\s*{_DASH}"
    r")\s+"
)


def dateline_end(text: str, start: int) -> int | None:
    """Return where the words begin after a dateline at ``start``, or None where there is none."""
    found = _DATELINE.match(text[start : start + LONGEST_DATELINE])
    return None if found is None else start + found.end()
