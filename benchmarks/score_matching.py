"""Matching for the scorer: tokens of spans, one-to-one pairs, and actors by name or mention."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_TOKEN = re.compile(r"\w+")
LEAST = 0.5
_NOT_BEFORE = frozenset(["of", "to", "for", "in", "at", "from", "with", "and", "or", "by", "the", "on", "against"])


def token_starts(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """Return where the word tokens inside the spans start."""
    return {start + m.start() for start, end in spans for m in _TOKEN.finditer(text[start:end])}


def overlap(a: AbstractSet[Any], b: AbstractSet[Any]) -> float:
    """Jaccard's index; 0 for two empty sets."""
    return len(a & b) / len(a | b) if a or b else 0.0


def best_pairs(
    gold: Sequence[A],
    found: Sequence[B],
    alike: Callable[[A, B], float],
    tie: Callable[[int, int], float] = lambda _i, _j: 0.0,
) -> list[tuple[int, int]]:
    """Pair one to one, the most alike first, down to ``LEAST``; ``tie`` orders equals."""
    ranked = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            likeness = alike(a, b)
            if likeness >= LEAST:
                ranked.append((-likeness, -tie(i, j), i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(ranked):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def word_set(words: str) -> set[str]:
    """Return the distinct words, without case and articles."""
    return {w for w in _TOKEN.findall(words.casefold()) if w not in ("the", "a", "an", "s")}


def plain(name: str) -> str:
    """Return a name without case, accents, article and possessive."""
    folded = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    name = "".join(c for c in folded if not unicodedata.combining(c))
    name = " ".join(name.casefold().replace("’", "'").split())
    name = name.removesuffix("'s").removesuffix("'")
    return re.sub(r"^(the|a|an) ", "", name)


def _ends_in(words: str, name: str) -> bool:
    """Tell whether a mention is the name, or ends in it after a title ("Serbian President Aleksandar Vucic")."""
    if words == name:
        return True
    before = words.removesuffix(name)
    return len(before) < len(words) and before.endswith(" ") and before.split()[-1] not in _NOT_BEFORE


class Cast:
    """A reading's actors, looked up by name or by the words of any mention."""

    def __init__(self, text: str, actors: Iterable[dict[str, Any]]) -> None:
        """Take the report's text and the actors of its reading as JSON."""
        self._text = text
        self._actors = {actor["id"]: actor for actor in actors}
        self._words: dict[str, set[str]] = {}
        for key, actor in self._actors.items():
            spans = actor.get("mentions", [])
            self._words[key] = {plain(actor["name"]), *(plain(text[s:e]) for s, e in spans)}

    def name(self, key: str | None) -> str | None:
        """Return an actor's name, or None."""
        return self._actors[key]["name"] if key in self._actors else key

    def country(self, key: str | None) -> str | None:
        """Return an actor's country code, or None."""
        return self._actors[key].get("country") if key in self._actors else None

    def is_named(self, key: str | None, names: Sequence[str]) -> bool:
        """Tell whether the actor is the one named or, of several names, joins just these.

        ``A|B`` is either, ``A|`` A or nobody.
        """
        if key is None:
            return not names or (len(names) == 1 and "" in names[0].split("|"))
        if not names:
            return False
        actor = self._actors.get(key)
        if actor is None:
            return False
        if len(names) == 1:
            return any(self._goes_by(key, plain(name)) for name in names[0].split("|") if name)
        members = actor.get("members", [])
        return len(members) == len(names) and all(any(self.is_named(m, (n,)) for m in members) for n in names)

    def _goes_by(self, key: str, name: str) -> bool:
        return any(_ends_in(words, name) for words in self._words[key])

    def find(self, name: str) -> dict[str, Any] | None:
        """Return the actor of this name, else the one most often mentioned by it."""
        wanted = [plain(part) for part in name.split("|")]
        best: dict[str, Any] | None = None
        most = 0
        for actor in self._actors.values():
            if plain(actor["name"]) in wanted:
                return actor
            mentions = [plain(self._text[s:e]) for s, e in actor.get("mentions", [])]
            times = sum(any(_ends_in(words, name) for name in wanted) for words in mentions)
            if times > most:
                best, most = actor, times
        return best

    def mentioning(self, span: Sequence[int]) -> list[str]:
        """Return the actors with a mention that overlaps the span by half or more of their words."""
        wanted = token_starts(self._text, [span])
        held = []
        for key, actor in self._actors.items():
            if any(overlap(wanted, token_starts(self._text, [m])) >= LEAST for m in actor.get("mentions", [])):
                held.append(key)
        return held
