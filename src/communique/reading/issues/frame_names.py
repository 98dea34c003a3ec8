"""What the names of a followed issue give to look for: words, parts, verbs, and what these are done to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.identity import slug
from communique.lexicon import endings, listed, load
from communique.model import Frame
from communique.reading.issues.issue_words import normal

BARGAIN = listed("issues", "frame", "bargain")
_GENERAL = listed("issues", "frame", "general")
LINKS = listed("closed_classes", "linking_prepositions")
_LONGEST_NAME = 8
_ADJECTIVES = endings("issues", "frame", "adjectives")


@dataclass(frozen=True, slots=True)
class FollowedName:
    """A name: its words in normal form, its head among them, what stands before the head and what behind it."""

    words: tuple[str, ...]
    head: str
    before: frozenset[str]
    behind: frozenset[str]
    proper: bool
    capitals: frozenset[str]
    spelt: str


@dataclass(frozen=True, slots=True)
class FollowedIssue:
    """An issue made ready for looking.

    ``parts`` are words that mean it alone, ``things`` heads that do so in the number that the name has them in,
    ``kinds`` heads that do so once the report has named it, ``heads`` heads of proper names, ``bargains`` what stands
    before a word for a bargain, ``verbs`` with their particles, ``objects`` what these have for an object.
    """

    names: tuple[FollowedName, ...]
    parts: frozenset[str]
    things: frozenset[str]
    kinds: frozenset[str]
    heads: frozenset[str]
    bargains: tuple[frozenset[str], ...]
    verbs: frozenset[str]
    objects: frozenset[str]


@cache
def heads_like(head: str) -> frozenset[str]:
    """Return the heads that mean the same where the same words tell which, the head itself among them."""
    groups = (frozenset(map(plain_word, words.split())) for words in load("issues")["frame"]["alike"])
    return frozenset({head}).union(*(group for group in groups if head in group))


@lru_cache(maxsize=64)
def followed_in(frame: Frame) -> tuple[FollowedIssue, ...]:
    """Return a frame's issues made ready for looking, in its order."""
    named = [tuple(_name(each) for each in issue.names if words_of(each)) for issue in frame.issues]
    shared = Counter(word for names in named for word in {word for name in names for word in name.words})
    parties = {word for party in frame.parties for each in (party.name, *party.aliases) for word in words_of(each)}
    return tuple(_made(names, lambda word: shared[word] == 1 and word not in parties) for names in named)


def _made(names: tuple[FollowedName, ...], own: Callable[[str], bool]) -> FollowedIssue:
    parts: set[str] = set()
    heads: set[str] = set()
    things: set[str] = set()
    kinds: set[str] = set()
    bargains: list[frozenset[str]] = []
    verbs: set[str] = set()
    objects: set[str] = set()
    for name in names:
        which = frozenset(word for word in name.before if own(word))
        plain = name.head not in BARGAIN and name.head not in _GENERAL
        if name.head in BARGAIN and which:
            bargains.append(which)
        if len(name.words) > 1 and (name.head in _GENERAL or name.head in BARGAIN):
            parts |= {word for word in which if _substantive(word, name)}
        elif len(name.words) > 1 and plain:
            parts |= {word for word in which & name.capitals if _substantive(word, name)}
            if own(name.head):
                things.add(name.spelt)
        if len(name.words) > 1 and own(name.head):
            kinds.add(name.spelt)
        if name.proper and len(name.words) > 1 and own(name.head):
            heads.add(name.head)
        if name.head not in BARGAIN:
            verbs |= verbs_of(name.head)
            objects |= name.behind | {word for word in name.before if not word.endswith(_ADJECTIVES)}
    return FollowedIssue(
        names,
        frozenset(parts),
        frozenset(things),
        frozenset(kinds),
        frozenset(heads),
        tuple(bargains),
        frozenset(verbs),
        frozenset(objects),
    )


def _substantive(word: str, name: FollowedName) -> bool:
    """Whether a word before a head is worth looking for alone: no state or capital, nor an adjective."""
    if len(word) < 4 or word in _places():
        return False
    return word in name.capitals or not (name.head in BARGAIN or word.endswith(_ADJECTIVES))


@cache
def _places() -> frozenset[str]:
    """The words in the names of states, of their people and of their capitals."""
    data = load("states")
    rows = (*data["states"].values(), *data["territories"].values())
    return frozenset(
        word
        for row in rows
        for name in (row["name"], *(each for key in ("aliases", "people", "capital") for each in _listed(row.get(key))))
        for word in words_of(name)
    )


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


@lru_cache(maxsize=1024)
def _name(name: str) -> FollowedName:
    words = words_of(name)
    link = next((at for at, word in enumerate(words) if at and word in LINKS), len(words))
    before, behind = words[: link - 1], words[link + 1 :]
    proper = name[:1].isupper() and not name.isupper()
    capitals = frozenset(word for part in re.split(r"[\s–-]+", name) if part[:1].isupper() for word in words_of(part))
    spelt = [part for part in re.split(r"[\s–-]+", name.casefold()) if words_of(part)]
    rest = frozenset(word for word in behind if word not in LINKS)
    head = spelt[link - 1] if link <= len(spelt) else words[link - 1]
    return FollowedName(words, words[link - 1], frozenset(before), rest, proper, capitals, head)


def issue_ids(frame: Frame) -> list[str]:
    """Return the ids that a frame's issues have in a reading, in the frame's order."""
    return [slug(issue.name) or f"issue-{at}" for at, issue in enumerate(frame.issues)]


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return a name's words in normal form, without articles and hyphens."""
    parts = (plain_word(part) for part in name.casefold().replace("-", " ").replace("–", " ").split())
    return tuple(part for part in parts if part not in ("the", "a", "an"))[:_LONGEST_NAME]


@lru_cache(maxsize=65536)
def plain_word(word: str) -> str:
    """Return a word in normal form, without accents."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return normal(word)


@lru_cache(maxsize=1024)
def verbs_of(noun: str) -> frozenset[str]:
    """Return the verbs that a noun may be made from, with a particle after "_": "recognition" gives "recognise"."""
    table = load("issues")["frame"]
    known = [pair.split() for pair in table["verbs"].split(";")]
    given = frozenset(verb for made, verb in known if made == noun)
    if given:
        return given
    found = {noun} if noun in _GENERAL else set()
    for line in table["endings"].split(";"):
        ending, *instead = line.split()
        stem = noun.removesuffix(ending)
        if stem == noun or len(stem) < 3:
            continue
        for new in instead:
            verb = stem + ("" if new == "-" else new)
            found.add(verb)
            if new == "-" and verb[-1] == verb[-2]:
                found.add(verb[:-1])
        break
    return frozenset(found)


def leads_of(frame: Frame, at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that lead to an issue of a frame, by its place, beside its names: parts of them, and verbs."""
    issue = followed_in(frame)[at]
    bargains = (" ".join(sorted(which)) for which in issue.bargains)
    parts = {*issue.parts, *issue.things, *issue.heads, *(f"{which} ..." for which in bargains)}
    return tuple(sorted(parts)), tuple(sorted(verb.replace("_", " ") for verb in issue.verbs))
