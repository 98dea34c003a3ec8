"""Names known ahead of the reading: states, cities, organisations, bodies, outlets, groups, office holders.

One pass over the tokens with a table keyed on the first token; the longest match wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import spacy
from spacy.language import Language

from communique.lexicon import endings, load
from communique.lexicon.officeholders import aliases_of, slug, terms
from communique.model import ActorKind
from communique.reading.tokens import Tokens

GENERIC = frozenset({"body-word", "government-word"})
PLACES = frozenset(("city", "seat", "state"))
OF_STATES = frozenset(("state", "people", "city", "seat", "territory"))
"""The sorts of names that are of a place, and of a state in any way."""

_LONGEST_CODE = 8
"""Letters of an alias up to which capitals make it a code, to be written so."""


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """What a name stands for.

    ``sort`` is how the name stands for it: "state", "territory", "people", "city", "seat", "organisation", "body",
    "outlet", "group", "person", or for words without a name "body-word" and "government-word". ``doubtful`` names are
    also common words or codes.
    """

    id: str
    name: str
    kind: ActorKind
    sort: str
    country: str | None = None
    principal: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """Tokens ``[start, end)`` that name an entry."""

    start: int
    end: int
    entry: GazetteerEntry


@dataclass(frozen=True, slots=True)
class _Pattern:
    rest: tuple[str, ...]
    shape: tuple[str, ...]
    exact: bool
    entry: GazetteerEntry


Table = dict[str, list[_Pattern]]


@cache
def table() -> Table:
    """Return the patterns of the whole lexicon by first token, longest first."""
    found: Table = {}
    for alias, entry in _entries():
        tokens = words_of(alias)
        exact = (
            len(alias) <= _LONGEST_CODE
            and sum(c.isupper() for c in alias) > 1
            and " " not in alias
            and entry.sort != "person"
        )
        key, pattern = pattern_of(tokens, entry, exact=exact)
        found.setdefault(key, []).append(pattern)
    return longest_first(found)


def longest_first(found: Table) -> Table:
    """Put the longest of the patterns with one first token before the others."""
    for patterns in found.values():
        patterns.sort(key=lambda p: -len(p.rest))
    return found


@cache
def body_words() -> dict[str, GazetteerEntry]:
    """Return the words for bodies without a name of their own."""
    return {
        name: GazetteerEntry(body, name, ActorKind.BODY, "body-word")
        for body, names in load("offices")["bodies"].items()
        for name in names
    }


def words_of(name: str) -> list[str]:
    """Return the words of a name as the language model divides it."""
    return [token.text for token in _blank().make_doc(name)]


@cache
def _blank() -> Language:
    return spacy.blank("en")


def pattern_of(tokens: Sequence[str], entry: GazetteerEntry, *, exact: bool = True) -> tuple[str, _Pattern]:
    """Return the pattern of a name, with its key in the table; not ``exact`` it must keep its capitals alone."""
    return tokens[0].lower(), _Pattern(tuple(t.lower() for t in tokens[1:]), tuple(tokens), exact, entry)


def find_matches(tokens: Tokens, extra: Table | None = None) -> list[GazetteerMatch]:
    """Return the names found in the text, in order, none overlapping. ``extra`` holds the report's own names."""
    known = table()
    wrapped = [i for i, p in enumerate(tokens.pos) if p == "SPACE" and tokens.text[i].count("\n") == 1]
    if wrapped:
        dropped = set(wrapped)
        kept = [i for i in range(tokens.n) if i not in dropped]
        matches = _match([tokens.lower[i] for i in kept], [tokens.text[i] for i in kept], known, extra)
        return [GazetteerMatch(kept[h.start], kept[h.end - 1] + 1, h.entry) for h in matches]
    return _match(tokens.lower, tokens.text, known, extra)


def matches_in(words: list[str]) -> list[GazetteerMatch]:
    """Return the names that words hold which stand by themselves, as those of a paper's name do."""
    return _match([word.lower() for word in words], words, table(), None)


def _match(lower: list[str], text: list[str], known: Table, extra: Table | None) -> list[GazetteerMatch]:
    n = len(lower)
    matches: list[GazetteerMatch] = []
    skip = 0
    for i, first in enumerate(lower):
        if i < skip:
            continue
        patterns = known.get(first)
        if extra is not None and first in extra:
            patterns = extra[first] + (patterns or [])
        if patterns is None:
            continue
        for p in patterns:
            end = i + 1 + len(p.rest)
            if end > n or (p.rest and (lower[i + 1] != p.rest[0] or tuple(lower[i + 1 : end]) != p.rest)):
                continue
            if _written_alike(text, i, p):
                matches.append(GazetteerMatch(i, end, p.entry))
                skip = end
                break
    return matches


def _written_alike(text: list[str], i: int, p: _Pattern) -> bool:
    """A name keeps its capitals; an abbreviation is written exactly so."""
    for k, shape in enumerate(p.shape):
        given = text[i + k]
        if p.exact:
            if given != shape:
                return False
        elif shape[0].isupper() and not given[0].isupper():
            return False
    return True


def _entries() -> Iterator[tuple[str, GazetteerEntry]]:
    yield from _state_entries()
    yield from _organisation_entries()
    yield from _outlet_entries()
    for term in terms():
        country = None if term.owner.startswith("org:") else term.owner.upper()
        principal = term.owner
        entry = GazetteerEntry(term.person, term.name, ActorKind.PERSON, "person", country, principal)
        for alias in aliases_of(term.person):
            yield alias, entry
    offices = load("offices")
    for body, names in offices["bodies"].items():
        for name in names:
            yield name, GazetteerEntry(body, name, ActorKind.BODY, "body-word")
    for name in offices["government"]["words"]:
        yield name, GazetteerEntry("government", name, ActorKind.STATE, "government-word")


def _state_entries() -> Iterator[tuple[str, GazetteerEntry]]:
    data = load("states")
    for table_name in ("states", "territories"):
        for key, row in data[table_name].items():
            coded = table_name == "states"
            territory = not coded or row.get("kind") == "territory"
            kind = ActorKind.TERRITORY if territory else ActorKind.STATE
            entry = GazetteerEntry(key, row.get("short", row["name"]), kind, "state", key.upper() if coded else None)
            if territory:
                entry = replace(entry, sort="territory")
            for name in (row["name"], *row.get("aliases", ())):
                yield name.removeprefix("the "), entry
            for name in row.get("capital", ()):
                yield name, replace(entry, sort="city")
            for name in row.get("seats", ()):
                yield name, replace(entry, sort="seat")
            for name in row.get("people", ()):
                for form in _number_forms(name):
                    yield form, replace(entry, sort="people")


def _number_forms(name: str) -> tuple[str, ...]:
    if name.endswith(endings("entities", "no_plural_endings")):
        return (name,)
    return (name, name + "s")


def _organisation_entries() -> Iterator[tuple[str, GazetteerEntry]]:
    data = load("organisations")
    for key, row in data["international"].items():
        principal = f"org:{row['principal']}" if "principal" in row else None
        entry = GazetteerEntry(
            f"org:{key}", row["name"], ActorKind.ORGANISATION, "organisation", row.get("country"), principal
        )
        for name in (row["name"], *row.get("aliases", ())):
            yield name.removeprefix("the "), entry
        for name in row.get("capital", ()):
            yield name, replace(entry, sort="city")
    for key, row in data["bodies"].items():
        state = key.split("/")[0]
        sort = "body-default" if row.get("country_optional") else "body"
        entry = GazetteerEntry(key, row["name"], ActorKind.BODY, sort, state.upper(), state)
        for name in (row["name"], *row.get("aliases", ())):
            yield name, entry
    for key, row in load("groups")["groups"].items():
        entry = GazetteerEntry(f"org:{key}", row["name"], ActorKind.ORGANISATION, "group", row.get("country"))
        for name in (row["name"], *row.get("aliases", ())):
            yield name.removeprefix("the "), entry


def _outlet_entries() -> Iterator[tuple[str, GazetteerEntry]]:
    data = load("outlets")["outlets"]
    doubtful = set(load("outlets")["doubtful"])
    for country, rows in data.items():
        for row in rows:
            names = row.split("|")
            entry = GazetteerEntry(
                f"outlet:{slug(names[0])}", names[0], ActorKind.OUTLET, "outlet", None if country == "XXX" else country
            )
            for name in names:
                yield name, replace(entry, doubtful=name in doubtful)


@dataclass(frozen=True, slots=True)
class Written:
    """How a name is written, word by word; ``sure`` where it is a state's, whatever common word is spelt alike."""

    words: tuple[str, ...]
    sure: bool


@cache
def written_names() -> dict[tuple[str, ...], Written]:
    """Return how the lexicon's names are written, by their words in small letters."""
    found: dict[tuple[str, ...], Written] = {}
    for alias, entry in _entries():
        words = tuple(alias.split())
        if entry.sort in GENERIC or not words[0][:1].isupper():
            continue
        key = tuple(word.lower() for word in words)
        found.setdefault(key, Written(words, entry.sort in ("state", "territory", "people", "city", "seat")))
    return found


@cache
def state_names() -> dict[str, str]:
    """Return the states' and territories' names by id."""
    data = load("states")
    rows = {**data["states"], **data["territories"]}
    return {key: row.get("short", row["name"]) for key, row in rows.items()}


@cache
def coded_states() -> frozenset[str]:
    """Return the ids that are ISO 3166 codes."""
    return frozenset(load("states")["states"])
