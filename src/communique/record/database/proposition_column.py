"""Propositions as a column holds them: compact JSON without what is as usual."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from communique.model import Proposition, plain
from communique.record.database.codec import built
from communique.record.database.values import packed

_USUAL: dict[str, Any] = {each.name: each.default for each in fields(Proposition)}


def packed_proposition(said: Proposition | None) -> str | None:
    """Return a proposition as a column holds it; None of none."""
    if said is None:
        return None
    return packed({name: plain(value) for name, usual in _USUAL.items() if (value := getattr(said, name)) != usual})


def proposition_from(text: str) -> Proposition:
    """Return the proposition that a column holds."""
    return built(Proposition, json.loads(text), None)
