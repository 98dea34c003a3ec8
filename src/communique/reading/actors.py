"""Find the actors of a report and every place where it mentions them."""

from __future__ import annotations

from communique.model import Report
from communique.reading.notes import Cast, Quotation
from communique.reading.words import Words


def find_actors(words: Words, quotations: tuple[Quotation, ...], report: Report | None) -> Cast:
    """Return the cast: actors with all their mentions, names, titles, descriptions and pronouns joined."""
    return Cast()
