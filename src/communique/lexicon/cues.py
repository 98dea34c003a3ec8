"""The words by which English attributes, by class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.lexicon import load
from communique.model import Mode


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Classes by lemma, for verbs, nouns and adjectives; modes by class; strong verbs; words by their part; priors.

    ``phrasal`` has the classes of verbs that attribute with a particle alone: "turn_down".
    """

    verbs: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    adjectives: dict[str, frozenset[str]]
    hearsay: frozenset[str]
    modes: dict[str, Mode]
    strong: frozenset[str]
    sets: dict[str, frozenset[str]]
    priors: dict[str, float]
    phrasal: dict[str, frozenset[str]]


@cache
def cues() -> CueLexicon:
    """Return the cue lexicon, read once."""
    data = load("cues")
    modes: dict[str, Mode] = {}
    strong: set[str] = set()
    tables: list[dict[str, frozenset[str]]] = []
    for part in ("verbs", "nouns", "adjectives"):
        gathered: dict[str, set[str]] = {}
        for name, entry in data[part].items():
            modes[name] = Mode(entry["mode"])
            members = set(entry["lemmas"].split())
            if entry.get("strong"):
                strong |= members
            for lemma in members:
                gathered.setdefault(lemma, set()).add(name)
        tables.append({lemma: frozenset(names) for lemma, names in gathered.items()})
    hearsay = frozenset(data["adverbs"]["hearsay"]["lemmas"].split())
    sets = {name: frozenset(members.split()) for name, members in data["sets"].items()}
    phrasal = {verb: frozenset({name}) for name, verbs in data["phrasal"].items() for verb in verbs.split()}
    return CueLexicon(tables[0], tables[1], tables[2], hearsay, modes, frozenset(strong), sets, data["priors"], phrasal)
