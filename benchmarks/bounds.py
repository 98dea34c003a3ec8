"""The bounds in ``bounds.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path


def bound(group: str, name: str) -> float:
    """Return one bound."""
    with (Path(__file__).parent / "bounds.toml").open("rb") as stream:
        return float(tomllib.load(stream)[group][name])


def verdict(holds: bool) -> str:
    """Say whether a bound holds, in a word."""
    return "holds" if holds else "BROKEN"
