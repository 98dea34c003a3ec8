"""Words turned into what they affirm, as the options of a model are named."""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import load
from communique.model import Proposition


def affirmed(words: str, said: Proposition) -> str:
    """Return words without what denies them where their proposition is denied: "will not go" is "will go"."""
    line = " ".join(words.split())
    if not said.denied:
        return line
    contracted, meant = load("propositions")["affirming"]["contracted"]
    line = re.sub(contracted, meant, line, flags=re.IGNORECASE)
    bare = _pattern("denial").sub(lambda found: f"{found[1] or ''} ".lstrip(), line, count=1)
    return " ".join(bare.split())


def outcome_of(line: str) -> str:
    """Return what is agreed to in words that have somebody agree to it: "Japan would accept talks" is "talks"."""
    return _pattern("agreeing").sub("", line)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("propositions")["affirming"][name], re.IGNORECASE if name == "denial" else 0)
