"""Words from a report or a file's name, made fit for a terminal."""

from __future__ import annotations

import re

# Control characters, C1 among them, start escape sequences; direction marks reorder what stands around them.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_SPACE = re.compile(r"\s+")


def harmless(text: str) -> str:
    """Return the text with its lines kept, what a terminal would obey shown as U+FFFD."""
    # A return alone would write over what stands on its line.
    ends = text.endswith("\r")
    kept = _LONE_RETURN.sub("\ufffd", text[:-1] if ends else text).replace("\r\n", "\n")
    return _OBEYED.sub("\ufffd", kept)


def plain(text: str, most: int | None = None) -> str:
    """Return the text on one line, what a terminal would obey shown as U+FFFD; cut to ``most`` characters."""
    line = _OBEYED.sub("\ufffd", _SPACE.sub(" ", text)).strip()
    if most is not None and len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return line
