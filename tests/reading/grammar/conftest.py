"""Parsed texts for the questions that grammar answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from communique.reading.pipeline import load
from communique.reading.tokens import Tokens, tokens_of


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Tokens]:
    """Return a function that parses a text by the model alone, each text once."""
    nlp = load().nlp

    @cache
    def parse(text: str) -> Tokens:
        with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith("communique_")]):
            return tokens_of(nlp(text))

    return parse
