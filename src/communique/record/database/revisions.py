"""The revisions of the record's schema that this version of Communique knows."""

from __future__ import annotations

from communique.errors import NewerRecord

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""The oldest first: those of the folder ``migrations``, which a test holds this to."""


def newest() -> str:
    """Return the newest revision that this version of Communique knows."""
    return REVISIONS[-1]


def refuse_newer(now: str | None, where: str) -> None:
    """Raise NewerRecord where a record's revision is not among those known here; None is that of an empty one."""
    if now is not None and now not in REVISIONS:
        reason = f"a newer Communique made this record (schema {now}; this one knows up to {newest()}): update first"
        raise NewerRecord(where, reason)
