"""Names of encodings that a server or a file declares: which of them may be used on bytes from anywhere."""

from __future__ import annotations

import codecs
import re

_NAME = re.compile(r"[a-z0-9][a-z0-9_.:()-]{0,39}", re.IGNORECASE | re.ASCII)
# Python knows these as text, and they are none that a page is written in; the time of some grows with the square.
_NOT_FOR_PAGES = frozenset(
    ("idna", "mbcs", "oem", "palmos", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7")
)


def usable_charset(name: str | None) -> str | None:
    """Return Python's name of the declared encoding, or None where there is none or it is not one for text."""
    name = (name or "").strip(" \t\"'")
    if not _NAME.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    known = found.name.replace("_", "-")
    if known in _NOT_FOR_PAGES or not getattr(found, "_is_text_encoding", True):
        return None
    return found.name
