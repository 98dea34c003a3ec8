"""Names that look like those of a state, an office holder or a movement, and are somebody else's or a place's.

"Georgia Governor Ann Lee", "New Mexico", "Lebanon, Pennsylvania", "Israel Adesanya", "Donald Trump Jr.".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.lexicon import listed, load
from communique.lexicon.officeholders import fold
from communique.reading.entities.gazetteer import GazetteerMatch, state_names
from communique.reading.grammar.labels import ACTIVE_SUBJECT, PASSIVE_SUBJECT
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.tokens import Tokens

_ARTICLES = listed("closed_classes", "articles")
_SUFFIXES = listed("parts_of_names", "suffixes")
_GIVEN = listed("parts_of_names", "given_names_of_states")
_OF_FAMILIES = listed("parts_of_names", "of_families")
_FEDERAL = listed("parts_of_names", "federal_offices")
_PLACES = frozenset(("state", "city", "people", "territory"))
_LONGEST = 4

_SHORTEST_SPELT = 5
"""Letters of a surname from which on one other letter is a spelling."""


def without_namesakes(tokens: Tokens, matches: Sequence[GazetteerMatch]) -> list[GazetteerMatch]:
    """Return the matches without those whose words name something else."""
    federal = _in_federation(tokens, matches)
    covered = {i for match in matches for i in range(match.start, match.end)}
    return [
        _federal(tokens, m)
        for m in matches
        if not (
            _suffixed(tokens, m)
            or _goes_on(tokens, m)
            or _article_of_name(tokens, m)
            or _part_of_place(tokens, m)
            or _given_name(tokens, m, covered)
            or _in(tokens, m, federal)
        )
    ]


def _in(tokens: Tokens, match: GazetteerMatch, federal: frozenset[str]) -> bool:
    return match.entry.sort == "state" and match.entry.id in federal and not _federal_office(tokens, match)


def _federal(tokens: Tokens, m: GazetteerMatch) -> GazetteerMatch:
    """Return the federation for its part: "Georgia Senator" is an American one."""
    owner = load("parts_of_names")["parts_of_federations"].get(m.entry.id)
    if owner is None or m.entry.sort != "state" or not _federal_office(tokens, m):
        return m
    entry = replace(m.entry, id=owner, name=state_names()[owner], country=owner.upper())
    return GazetteerMatch(m.start, m.end, entry)


def _suffixed(tokens: Tokens, m: GazetteerMatch) -> bool:
    """As in "Donald Trump Jr.": the son."""
    return m.entry.sort == "person" and m.end < tokens.n and tokens.lower[m.end].strip(".") in _SUFFIXES


def _goes_on(tokens: Tokens, m: GazetteerMatch) -> bool:
    """As in "Mohammed bin Zayed al-Qasimi": a longer name, of somebody else."""
    if m.entry.sort != "person" or m.end - m.start < 2 or m.end + 1 >= tokens.n:
        return False
    k = m.end
    if tokens.lower[k] not in _OF_FAMILIES:
        return False
    after = k + 1 + (tokens.text[k + 1] == "-")
    named = after < tokens.n and tokens.text[after].istitle() and tokens.tag[after] in ("NNP", "NN")
    return named and tokens.sentence[after] == tokens.sentence[m.start]


def _article_of_name(tokens: Tokens, m: GazetteerMatch) -> bool:
    """As in "the National Iranian Gas Company": a longer name, and no paper called The National."""
    if m.entry.sort != "outlet" or tokens.lower[m.start] not in _ARTICLES or m.end >= tokens.n:
        return False
    modifies = tokens.dep[m.end - 1] in ("compound", "amod", "nmod") and tokens.head[m.end - 1] >= m.end
    return modifies and tokens.text[m.end][:1].isupper()


def _part_of_place(tokens: Tokens, m: GazetteerMatch) -> bool:
    """As in "New Mexico", "Lebanon, Pennsylvania": a part of a state, or a town in one."""
    if m.entry.sort not in _PLACES:
        return False
    before = " ".join((*tokens.lower[max(0, m.start - 1) : m.start], *tokens.lower[m.start : m.end]))
    if before in load("parts_of_names")["parts_of_states"] and m.start and tokens.text[m.start - 1][0].isupper():
        return True
    comma = m.end
    if comma + 1 >= tokens.n or tokens.text[comma] != "," or m.end - m.start > 1:
        return False
    return (
        any(
            " ".join(tokens.lower[comma + 1 : comma + 1 + size]) in load("parts_of_names")["provinces"]
            for size in (1, 2)
        )
        and tokens.text[comma + 1][0].isupper()
    )


def _given_name(tokens: Tokens, m: GazetteerMatch, covered: set[int]) -> bool:
    """As in "Israel Adesanya promised": a state's name as a first name, before a family name that says or does."""
    last = m.end - 1
    if m.entry.sort != "state" or m.end - m.start > 1 or tokens.lower[last] not in _GIVEN or m.end >= tokens.n:
        return False
    return given_name_end(tokens, m.start, covered) > m.end


def given_name_end(tokens: Tokens, start: int, covered: set[int]) -> int:
    """Return the end of a personal name that opens with a state's, or the token after it where none does."""
    end = start + 1
    heads = load("offices")["heads"]
    while end < min(tokens.n, start + _LONGEST):
        word = tokens.text[end]
        plain = tokens.tag[end] == "NNP" and word.istitle() and len(word) > 2 and end not in covered
        known = tokens.lower[end] in heads["modifiers"] or tokens.lower[end] in heads["office"]
        other = any(tokens.lower[end] in listed("parts_of_names", each) for each in ("organised", "corporate", "days"))
        if not plain or known or other or tokens.head[end - 1] not in range(end, end + _LONGEST):
            break
        end += 1
    named = end > start + 1 and tokens.dep[end - 1] in (
        ACTIVE_SUBJECT,
        PASSIVE_SUBJECT,
        "pobj",
        "dobj",
        "poss",
        "appos",
        "conj",
    )
    return end if named else start + 1


def _in_federation(tokens: Tokens, matches: Sequence[GazetteerMatch]) -> frozenset[str]:
    """Return the states whose names are a federation's part here: "Georgia Governor", and nothing of Tbilisi."""
    found: set[str] = set()
    told: set[str] = set()
    for m in matches:
        if m.entry.id not in load("parts_of_names")["parts_of_federations"]:
            continue
        if m.entry.sort in ("city", "people", "seat", "person"):
            told.add(m.entry.id)
        if m.entry.sort == "state" and _federal_office(tokens, m):
            found.add(m.entry.id)
    return frozenset(found - told)


def _federal_office(tokens: Tokens, m: GazetteerMatch) -> bool:
    at = m.end
    if is_possessive_mark(tokens, at):
        at += 1
    return at < tokens.n and tokens.lower[at] in _FEDERAL


def other_bearer(tokens: Tokens, start: int, end: int, match: GazetteerMatch) -> bool:
    """Tell whether a labelled name is not the office holder whose name, or family name, stands in it: "Petra Orpo"."""
    if match.entry.sort in ("group", "organisation"):
        return match.end - match.start == 1 and match.start > start and end - start > 1
    if match.entry.sort != "person" or match.end - match.start > 1 or end - start < 2:
        return False
    given = [fold(tokens.text[i]).strip(".") for i in range(start, end) if not match.start <= i < match.end]
    known = {fold(part).strip(".") for part in match.entry.name.replace("-", " ").split()}
    given = [part for part in given if part.isalpha()]
    return bool(given) and not any(
        part == k or k.startswith(part) or part.startswith(k) for part in given for k in known
    )


def first_name(tokens: Tokens, start: int, end: int, match: GazetteerMatch) -> bool:
    """Tell whether an outlet's name is a first name here: "Petra Orpo", labelled as one person."""
    alone = match.entry.sort == "outlet" and match.end - match.start == 1 and match.start == start
    return alone and start + 1 < end and tokens.text[start].istitle() and tokens.tag[start + 1] == "NNP"


def past_nickname(tokens: Tokens, stop: int) -> int:
    """Return the end of a name that goes on after a nickname in quotation marks: "Johan “Joe” Berg"."""
    if stop + 2 >= tokens.n or tokens.text[stop] not in ('"', "'", "``", "`"):
        return stop
    for close in range(stop + 2, min(tokens.n - 1, stop + _LONGEST + 1)):
        if tokens.text[close] in ('"', "'", "''"):
            named = tokens.text[close + 1].istitle() and tokens.tag[close + 1] in ("NNP", "NN")
            return close + 2 if named else stop
    return stop


def spelt_alike(one: str, other: str) -> bool:
    """Tell whether two full names are one in two spellings: "Sameh Shoukry", "Sameh Shoukri"."""
    first, second = fold(one).split(), fold(other).split()
    if len(first) != len(second) or len(first) < 2 or min(len(first[-1]), len(second[-1])) < _SHORTEST_SPELT:
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1 and all(
        a == b or _near(a, b) for a, b in zip(first, second, strict=True)
    )


def _near(a: str, b: str) -> bool:
    """Tell whether two words differ in how one sound is written: y and i, ou and u, a doubled letter."""
    return _sounds(a) == _sounds(b)


def sounds_of(name: str) -> tuple[str, ...]:
    """Return what two spellings of one name have in common: how each of its words sounds."""
    return tuple(_sounds(word) for word in fold(name).split())


def _sounds(word: str) -> str:
    out = word
    for given, plain in load("parts_of_names")["spellings"].items():
        out = out.replace(given, plain)
    return "".join(c for i, c in enumerate(out) if not i or out[i - 1] != c)


def initials_differ(one: str, other: str) -> bool:
    """Tell whether two names of one first and last name have other middle names: "George H. W.", "George W."."""
    first, second = ([fold(p).strip(".") for p in name.split()] for name in (one, other))
    if len(first) < 3 or len(second) < 3:
        return False
    return first[1:-1] != second[1:-1]
