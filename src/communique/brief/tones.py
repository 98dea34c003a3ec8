"""Acts as conciliatory, neutral or hostile, as pictures show them."""

from __future__ import annotations

from communique.model import Act

_TONES = {
    "conciliatory": frozenset((Act.OFFER, Act.PROMISE, Act.PROPOSE, Act.PRAISE)),
    "hostile": frozenset((Act.ACCUSE, Act.CRITICISE, Act.REFUSE, Act.THREATEN, Act.DENY)),
}


def tone_of(act: str) -> str:
    """Return ``conciliatory``, ``hostile`` or ``neutral`` for a value of `Act`."""
    return next((tone for tone, acts in _TONES.items() if act in acts), "neutral")
