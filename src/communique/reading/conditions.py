"""Find conditions: what hangs on what, who holds it and who must act."""

from __future__ import annotations

from communique.model import Condition
from communique.reading.notes import Attribution, Cast, Voice
from communique.reading.words import Words


def find_conditions(
    words: Words, attributions: tuple[Attribution, ...], voices: tuple[Voice, ...], cast: Cast
) -> tuple[Condition, ...]:
    """Return the text's conditions in order; ``statement`` is ``s<index into attributions>`` or None."""
    return ()
