"""Find what stands between quotation marks."""

from __future__ import annotations

from communique.reading.notes import Quotation
from communique.reading.words import Words


def find_quotations(words: Words) -> tuple[Quotation, ...]:
    """Return the text's quotations in order of their start."""
    return ()
