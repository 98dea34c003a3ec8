"""Long texts of their own words, and what reprints make of them."""

from __future__ import annotations

import random


def words(seed: str, count: int) -> str:
    """Words that no text of another seed has."""
    rng = random.Random(seed)
    return " ".join(f"{seed}{rng.randrange(10_000)}" for _ in range(count))


def first(text: str, count: int) -> str:
    return " ".join(text.split(" ")[:count])


def edited(text: str) -> str:
    return text.replace(text.split(" ")[50], "amended", 1)
