"""The noun phrases for offices, bodies and groups, and the words that make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from communique.lexicon import load
from communique.reading.entities.gazetteer import GazetteerMatch
from communique.reading.entities.ner import Name
from communique.reading.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``offices.toml`` as look-ups."""

    heads: Mapping[str, str]
    offices: Mapping[str, str]
    modifiers: frozenset[str]
    weak: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    courtesy: frozenset[str]
    sole: frozenset[str]
    leaders: tuple[str, ...]
    groups: frozenset[str]
    needy_groups: frozenset[str]
    strict: frozenset[str]
    titles: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the words for offices and descriptions; ``heads`` says what sort of phrase a head noun makes."""
    data = load("offices")
    rows = data["heads"]
    heads: dict[str, str] = {}
    for word in rows["person"]:
        heads[word] = "person"
    for word in rows["office"]:
        heads[word] = "office"
    for word in rows["spokes"]:
        heads[word] = "office"
    for word in rows["plural"]:
        heads[word] = "plural"
    for word in data["groups"]["words"]:
        heads[word] = "group"
    offices = {name: office for office, names in data["offices"].items() for name in reversed(names)}
    for office in list(data["offices"]):
        for name in data["offices"][office][:1]:
            offices[name] = office
    return Lexicon(
        heads=heads,
        offices=offices,
        modifiers=frozenset(rows["modifiers"]),
        weak=frozenset(rows["weak"]),
        male=frozenset(rows["male"]),
        female=frozenset(rows["female"]),
        courtesy=frozenset(rows["courtesy"]),
        sole=frozenset(data["sole"]["offices"]),
        leaders=tuple(data["sole"]["leaders"]),
        groups=frozenset(data["groups"]["words"]),
        needy_groups=frozenset(data["groups"]["needs_nation"]),
        strict=frozenset(data["government"]["strict"]),
        titles=frozenset(rows["office"])
        | frozenset(rows["courtesy"])
        | {"prime", "foreign"}
        | frozenset(rows["spokes"]),
    )


@dataclass(slots=True)
class Phrase:
    """Tokens ``[start, end)`` around the head noun.

    ``sort`` is "office", "person", "plural", "group", "body" or "government". ``title`` is the token range of the
    title alone. ``owners`` are the names it belongs to (states, organisations), ``body`` the body phrase inside it,
    ``whose`` a possessive pronoun, ``name`` the range of the bearer's name, ``beside`` whether commas set it off.
    """

    sort: str
    start: int
    end: int
    head: int
    title: tuple[int, int]
    determiner: str = ""
    owners: list[GazetteerMatch] = field(default_factory=list)
    org: Name | None = None
    body: Phrase | None = None
    whose: int | None = None
    possessor: int | None = None
    front: int | None = None
    name: tuple[int, int] | None = None
    beside: bool = False
    former: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """What the growing of phrases looks at; ``phrase_at`` maps tokens to the body phrases already grown."""

    tokens: Tokens
    match_at: dict[int, GazetteerMatch]
    names: dict[int, Name]
    name_end: dict[int, Name]
    phrase_at: dict[int, Phrase]
