"""Classify what each statement does."""

from __future__ import annotations

from communique.model import Act
from communique.reading.notes import Attribution
from communique.reading.words import Words


def classify_acts(words: Words, attributions: tuple[Attribution, ...]) -> tuple[Act, ...]:
    """Return one act for each attribution, in their order."""
    return tuple(Act.ASSERT for _ in attributions)
