"""Decide whose stance each attribution is, who passed it on, to whom it speaks and what it answers."""

from __future__ import annotations

from communique.model import Report
from communique.reading.notes import Attribution, Cast, Voice
from communique.reading.words import Words


def find_voices(
    words: Words, attributions: tuple[Attribution, ...], cast: Cast, report: Report | None
) -> tuple[Voice, ...]:
    """Return one voice for each attribution, in their order."""
    return tuple(Voice(speaker=None) for _ in attributions)
