"""Acts as conciliatory, neutral or hostile, as pictures show them."""

from __future__ import annotations

from functools import cache

from communique.lexicon import load


def tone_of(act: str) -> str:
    """Return ``conciliatory``, ``hostile`` or ``neutral`` for a value of `Act`, as series of acts count it."""
    return next((tone for tone, acts in _tones().items() if act in acts), "neutral")


@cache
def _tones() -> dict[str, frozenset[str]]:
    return {tone: frozenset(acts.split()) for tone, acts in load("propositions_compared")["acts"].items()}
