"""Find what a report's statements are about: issues, their aliases, claimants and grounds."""

from __future__ import annotations

from communique.model import Issue
from communique.reading.notes import Attribution, Cast, Voice
from communique.reading.words import Words


def find_issues(
    words: Words, attributions: tuple[Attribution, ...], voices: tuple[Voice, ...], cast: Cast
) -> tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]:
    """Return the issues, and for each attribution the ids of those it is about.

    A claim's ``statement`` is ``s<index into attributions>`` or None.
    """
    return (), tuple(() for _ in attributions)
