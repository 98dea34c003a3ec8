"""Find attributions: source, cue and content."""

from __future__ import annotations

from communique.reading.notes import Attribution, Quotation
from communique.reading.words import Words


def find_attributions(words: Words, quotations: tuple[Quotation, ...]) -> tuple[Attribution, ...]:
    """Return the text's attributions in order of their content."""
    return ()
