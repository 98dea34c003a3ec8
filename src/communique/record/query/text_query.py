"""What a user searches for: words, "phrases", prefix*, -not, OR, as a query that either store runs.

Of what the user wrote only words go on, as `communique.record.database.fold` cuts them; the rest never reaches a
database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.errors import BadFilter
from communique.record.database.fold import words_of
from communique.record.database.index_terms import ALL
from communique.record.database.values import QUOTED

_PHRASE = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|(\S+))')
_MOST_WORDS = 50
"""Words of a search."""

_SHORTEST_PREFIX = 3
"""Letters of a word's beginning."""


@dataclass(frozen=True, slots=True)
class QueryPhrase:
    """Words side by side; the last may be a beginning only. ``wanted`` is False where they must not stand."""

    words: tuple[str, ...]
    prefix: bool = False
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class TextQuery:
    """Alternatives, each of pieces that must all hold."""

    alternatives: tuple[tuple[QueryPhrase, ...], ...]


def parse(given: str) -> TextQuery:
    """Return the query that a text stands for.

    Words stand side by side with AND; OR, in capitals, binds less. Raises BadFilter where there is no word in it, or
    too much.
    """
    alternatives: list[list[QueryPhrase]] = [[]]
    for minus, quoted, bare in _PHRASE.findall(given):
        if bare in ("OR", "AND") and not minus:
            if bare == "OR":
                alternatives.append([])
            continue
        words = tuple(words_of(quoted or bare))
        prefix = bare.endswith("*")
        if not words:
            continue
        if prefix and len(words[-1]) < _SHORTEST_PREFIX:
            raise BadFilter(given, f"{bare}: a word's beginning has at least {_SHORTEST_PREFIX} letters")
        alternatives[-1].append(QueryPhrase(words, prefix, not minus))
    found = tuple(tuple(pieces) for pieces in alternatives if pieces)
    if not found:
        raise BadFilter(given, "there is no word to search for")
    if sum(len(piece.words) for pieces in found for piece in pieces) > _MOST_WORDS:
        raise BadFilter(given[:QUOTED], f"a search has up to {_MOST_WORDS} words")
    return TextQuery(found)


def to_fts5(query: TextQuery) -> str:
    """Return the query in SQLite's syntax."""
    return " OR ".join(f"({_fts5_all(pieces)})" for pieces in query.alternatives)


def _fts5_all(pieces: tuple[QueryPhrase, ...]) -> str:
    wanted = " AND ".join(_fts5(piece) for piece in pieces if piece.wanted) or ALL
    unwanted = " OR ".join(_fts5(piece) for piece in pieces if not piece.wanted)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _fts5(piece: QueryPhrase) -> str:
    return f'"{" ".join(piece.words)}"{" *" if piece.prefix else ""}'


def to_tsquery(query: TextQuery) -> str:
    """Return the query in PostgreSQL's syntax."""
    return " | ".join(f"({' & '.join(map(_tsquery, pieces))})" for pieces in query.alternatives)


def _tsquery(piece: QueryPhrase) -> str:
    words = [f"'{word}'" for word in piece.words]
    if piece.prefix:
        words[-1] += ":*"
    return f"{'' if piece.wanted else '!'}({' <-> '.join(words)})"
