"""Find the words that can open a condition, from ``lexicon/conditions.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.lexicon import load
from communique.model import ConditionKind
from communique.reading.tokens import Words


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of cue: its construction, what it says, how far to trust it and its neighbours that rule it out.

    ``not_before`` holds words and pairs of words.
    """

    frame: str
    kind: ConditionKind
    needs: str
    reliability: float
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    preps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at tokens ``[start, end)``."""

    cue: Cue
    start: int
    end: int


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """Map a cue's first word to its forms, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for entry in load("conditions")["cue"]:
        cue = Cue(
            frame=entry["frame"],
            kind=ConditionKind(entry["kind"]),
            needs=entry["needs"],
            reliability=entry["reliability"],
            not_after=frozenset(entry.get("not_after", ())),
            not_before=frozenset(entry.get("not_before", ())),
            preps=frozenset(entry.get("preps", ())),
        )
        for form in entry["forms"]:
            tokens = tuple(form.split())
            table.setdefault(tokens[0], []).append((tokens, cue))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in table.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the lexicon's word lists."""
    return frozenset(load("conditions")["lists"][name])


def find_cues(words: Words) -> list[Hit]:
    """Return every cue in text order, the longest form at each place; forms never overlap.

    White space between the words of a form, as in hard-wrapped text, is stepped over.
    """
    table, lower = _table(), words.lower
    hits: list[Hit] = []
    done = 0
    for i in [i for i, word in enumerate(lower) if word in table]:
        if i < done:
            continue
        for tokens, cue in table[lower[i]]:
            end = i + 1 if len(tokens) == 1 else _match(words, i, tokens)
            if end is not None:
                done = end
                if _allowed(words, cue, i, end):
                    hits.append(Hit(cue, i, end))
                break
    return hits


def _match(words: Words, start: int, tokens: tuple[str, ...]) -> int | None:
    """Return where a form that starts at a token ends; None where it does not stand there."""
    t = start
    for token in tokens:
        while t < words.n and words.pos[t] == "SPACE":
            t += 1
        if t >= words.n or words.lower[t] != token:
            return None
        t += 1
    return t


def _allowed(words: Words, cue: Cue, start: int, end: int) -> bool:
    """Tell whether the cue's neighbours leave it standing."""
    before = start - 1
    while before > 0 and words.pos[before] == "SPACE":
        before -= 1
    if cue.not_after and before >= 0 and words.lower[before] in cue.not_after:
        return False
    while end < words.n and words.pos[end] == "SPACE":
        end += 1
    if not cue.not_before or end >= words.n:
        return True
    following = words.lower[end : end + 2]
    return following[0] not in cue.not_before and " ".join(following) not in cue.not_before
