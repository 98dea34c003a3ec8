"""Find what a report could be about: matters of dispute or negotiation, their other names, claimants and grounds."""

from __future__ import annotations

from dataclasses import dataclass

from communique.reading.issues.candidates import chunks, find_phrases
from communique.reading.issues.claims import ClaimIndex, ClaimMatch, find_claims
from communique.reading.issues.clustering import Matter, join
from communique.reading.issues.issue_words import issue_lexicon
from communique.reading.protocols import Extractor, Text


@dataclass(frozen=True, slots=True)
class MatterMatch:
    """A matter with all its mentions, and the claims to it."""

    matter: Matter
    claims: tuple[ClaimMatch, ...] = ()


def rules() -> Extractor[MatterMatch]:
    """Make the extractor that joins phrases which can name a matter with their other names."""
    return find_matters


def find_matters(text: Text) -> list[MatterMatch]:
    """Return the matters that a text names, in the order of their first mention."""
    tokens, entities = text.tokens, text.entities
    if not tokens.n:
        return []
    lexicon = issue_lexicon()
    phrases = find_phrases(tokens, entities, lexicon, countries_of(text))
    matters = join(tokens, phrases, tokens.once(chunks), lexicon) if phrases else []
    claims: dict[int, list[ClaimMatch]] = {}
    for found in find_claims(ClaimIndex(tokens, matters, text.attributions, text.sources, entities, lexicon)):
        claims.setdefault(found.matter, []).append(found)
    return [MatterMatch(matter, tuple(claims.get(k, ()))) for k, matter in enumerate(matters)]


def countries_of(text: Text) -> frozenset[str]:
    """Return the countries of those whom a text names."""
    return frozenset(actor.country for actor in text.entities.actors if actor.country)


def told_in(text: Text) -> list[bool]:
    """Tell for each token whether it stands in some content."""
    depth = [0] * (text.tokens.n + 1)
    for item in text.attributions:
        for start, end in item.content:
            depth[start] += 1
            depth[end] -= 1
    out, level = [], 0
    for change in depth[:-1]:
        level += change
        out.append(level > 0)
    return out
