"""The names of the parties that the user follows, as far as the lexicon does not know them.

A movement, a committee of creditors or a company is called in reports as in the dossier: "the dissidents", "EMC". The
lexicon's names come first: a party that it knows is the same actor under all that the dossier calls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from communique.lexicon.officeholders import slug
from communique.model import ActorKind, Frame, Party
from communique.reading.entities.gazetteer import GazetteerEntry, Table, longest_first, matches_in, pattern_of, words_of

_PARTIES = ("state", "territory", "organisation", "group")
_MOST_FRAMES = 64


@lru_cache(maxsize=_MOST_FRAMES)
def names_of_parties(frame: Frame) -> Table:
    """Return the patterns of the names that the lexicon does not have, by first token, the longest first."""
    found: Table = {}
    for party in frame.parties:
        entry = _entry(party)
        for words in _unknown(party):
            key, pattern = pattern_of(words, entry, exact=False)
            found.setdefault(key, []).append(pattern)
    return longest_first(found)


def _entry(party: Party) -> GazetteerEntry:
    """The actor that the lexicon knows under one of a party's names, else one of the party's own."""
    for name in (party.name, *party.aliases):
        words = words_of(name)
        for match in matches_in(words):
            if match.end - match.start == len(words) and match.entry.sort in _PARTIES:
                return match.entry
    if party.country:
        return GazetteerEntry(party.country.lower(), party.name, ActorKind.STATE, "state", party.country)
    return GazetteerEntry(f"org:{slug(party.name)}", party.name, ActorKind.ORGANISATION, "organisation")


def _unknown(party: Party) -> Iterator[list[str]]:
    """Of a state only what has no word that the lexicon knows: "Yemeni government" is found by its words."""
    for name in (party.name, *party.aliases):
        words = words_of(name)
        known = matches_in(words)
        whole = any(match.end - match.start == len(words) for match in known)
        if words and not whole and not (party.country and known):
            yield words
