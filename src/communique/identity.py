"""Ids made from what a thing holds, so that the same input always gets the same id."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_UNSAFE = re.compile(r"[^\w.-]+")
_SLUG = re.compile(r"[\W_]+")


def digest(*parts: object, size: int = 8) -> str:
    """Return ``2 * size`` hexadecimal digits that stand for the parts in this order. Lone surrogates may occur."""
    made = blake2b(digest_size=size)
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.hexdigest()


def report_id(text: str, stem: str = "") -> str:
    """Return the id of a report that came without one: its file's stem, if it has one, and a digest of its text."""
    name = _UNSAFE.sub("-", stem).strip("-")[:60]
    return f"{name or 'report'}-{digest(text, size=5)}"


def slug(name: str) -> str:
    """Return a name in plain small letters with hyphens, at most sixty: "" where no letter or digit is left."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _SLUG.sub("-", plain).encode("ascii", "ignore").decode().lower().strip("-")[:60].rstrip("-")
