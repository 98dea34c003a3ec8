"""Find who is named: names that the lexicon knows, and those that the language model labels."""

from __future__ import annotations

from collections.abc import Sequence

from communique.lexicon import listed
from communique.model import Frame
from communique.reading.entities.followed_parties import names_of_parties
from communique.reading.entities.gazetteer import GazetteerMatch, Table, body_words, find_matches
from communique.reading.entities.mentions import default_holds
from communique.reading.entities.namesakes import without_namesakes
from communique.reading.entities.ner import Name, find_names, introduced
from communique.reading.entities.noun_phrases import lexicon
from communique.reading.protocols import Extractor, Text
from communique.reading.tokens import Tokens

_DEFAULT_HEADS = listed("coreference", "constructions", "default_heads")

Named = GazetteerMatch | Name
"""A name in the text: of something that the lexicon knows, or of a person or organisation that it does not."""


def names() -> Extractor[Named]:
    """Make the extractor that asks the lexicon first, then the language model's labels."""
    return find_named


def find_named(text: Text) -> list[Named]:
    """Return the names in a text: those that the lexicon knows, then the others, each in text order."""
    tokens = text.tokens
    if not tokens.n:
        return []
    matches = tokens.once(find_matches)
    extra = _with_followed(introduced(tokens, matches), text.frame)
    if extra:
        matches = find_matches(tokens, extra)
    matches = without_namesakes(tokens, matches)
    match_at = {i: match for match in matches for i in range(match.start, match.end)}
    settled = _settle_defaults(tokens, matches, match_at)
    return [*settled, *find_names(tokens, match_at, lexicon().titles).values()]


def _with_followed(extra: Table | None, frame: Frame | None) -> Table | None:
    """The names that a report introduces, and those of the parties that the user follows."""
    if frame is None or not (followed := names_of_parties(frame)):
        return extra
    own = extra or {}
    return {first: [*own.get(first, ()), *followed.get(first, ())] for first in {**own, **followed}}


def _are_any_states(tokens: Tokens, match: GazetteerMatch) -> bool:
    """As in "Member States", "all States", "the States Parties": not the one that is called so."""
    if match.end - match.start > 1 or tokens.lower[match.start] != "states":
        return False
    before = tokens.lower[match.start - 1] if match.start else ""
    after = tokens.text[match.end] if match.end < tokens.n else ""
    return before != "the" or after[:1].isupper()


def _settle_defaults(
    tokens: Tokens, matches: Sequence[GazetteerMatch], match_at: dict[int, GazetteerMatch]
) -> list[GazetteerMatch]:
    """Drop "Congress" and the like where the report does not speak of the state that has it."""
    settled: list[GazetteerMatch] = []
    for match in matches:
        if _are_any_states(tokens, match):
            del match_at[match.start]
            continue
        if match.entry.sort != "body-default":
            settled.append(match)
            continue
        after = tokens.lower[match.end] if match.end < tokens.n else ""
        party = match.entry.id == "usa/congress" and after in _DEFAULT_HEADS
        if default_holds(tokens, match, match_at) and not party:
            settled.append(match)
            continue
        word = " ".join(tokens.lower[match.start : match.end])
        generic = body_words().get(word)
        for i in range(match.start, match.end):
            del match_at[i]
        if generic is not None:
            settled.append(GazetteerMatch(match.start, match.end, generic))
            for i in range(match.start, match.end):
                match_at[i] = settled[-1]
    return settled
