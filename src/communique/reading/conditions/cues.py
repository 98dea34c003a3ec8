"""Find the words that can open a condition, from ``lexicon/conditions.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.lexicon import listed, load
from communique.model import ConditionKind
from communique.reading.tokens import Tokens

_REACH = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of cue: its construction, what it says, how far to trust it and its neighbours that rule it out.

    ``not_before`` holds words and pairs of words, ``even_after`` phrases whose last word ``not_after`` does not bar.
    """

    pattern: str
    kind: ConditionKind
    needs: str
    reliability: float
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    preps: frozenset[str] = frozenset()
    even_after: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CueMatch:
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
            pattern=entry["pattern"],
            kind=ConditionKind(entry["kind"]),
            needs=entry["needs"],
            reliability=entry["reliability"],
            not_after=frozenset(entry.get("not_after", ())),
            not_before=frozenset(entry.get("not_before", ())),
            preps=frozenset(entry.get("preps", ())),
            even_after=tuple(tuple(form.split()) for form in entry.get("even_after", ())),
        )
        for form in entry["forms"]:
            tokens = tuple(form.split())
            table.setdefault(tokens[0], []).append((tokens, cue))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in table.items()}


def words(name: str) -> frozenset[str]:
    """Return one of the word lists of conditions in the lexicon."""
    return listed("conditions", "lists", name)


def find_cues(tokens: Tokens) -> tuple[CueMatch, ...]:
    """Return every cue in text order, the longest form at each place; forms never overlap.

    White space between the words of a form, as in hard-wrapped text, is stepped over.
    """
    table, lower = _table(), tokens.lower
    matches: list[CueMatch] = []
    done = 0
    for i in [i for i, word in enumerate(lower) if word in table]:
        if i < done:
            continue
        for places, cue in table[lower[i]]:
            end = i + 1 if len(places) == 1 else _match(tokens, i, places)
            if end is not None:
                done = end
                if _allowed(tokens, cue, i, end):
                    matches.append(CueMatch(cue, i, end))
                break
    return tuple(matches)


def _match(tokens: Tokens, start: int, places: tuple[str, ...]) -> int | None:
    """Return where a form that starts at a token ends; None where it does not stand there."""
    t = start
    for token in places:
        while t < tokens.n and tokens.pos[t] == "SPACE":
            t += 1
        if t >= tokens.n or tokens.lower[t] != token:
            return None
        t += 1
    return t


def _allowed(tokens: Tokens, cue: Cue, start: int, end: int) -> bool:
    """Tell whether the cue's neighbours leave it standing."""
    before = start - 1
    while before > 0 and tokens.pos[before] == "SPACE":
        before -= 1
    if cue.not_after and before >= 0 and tokens.lower[before] in cue.not_after:
        ahead = tokens.lower[max(0, before - _REACH) : before + 1]
        if not any(tuple(ahead[-len(form) :]) == form for form in cue.even_after):
            return False
    while end < tokens.n and tokens.pos[end] == "SPACE":
        end += 1
    if not cue.not_before or end >= tokens.n:
        return True
    following = tokens.lower[end : end + 2]
    return following[0] not in cue.not_before and " ".join(following) not in cue.not_before
