"""Office holders with their terms, and the names they go by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from communique.lexicon import load


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office for a time; months as "YYYY-MM", ``until`` empty while it lasts."""

    person: str
    name: str
    owner: str
    office: str
    since: str
    until: str
    gender: str

    def holds(self, month: str | None, slack: int = 0) -> bool:
        """Tell whether the term covers a month, give or take ``slack`` years; any month where None is known."""
        if month is None:
            return True
        since = f"{int(self.since[:4]) - slack:04d}{self.since[4:]}"
        until = f"{int(self.until[:4]) + slack:04d}{self.until[4:]}" if self.until else "9999-12"
        return since <= month <= until


def fold(text: str) -> str:
    """Return the text in lower case without diacritics."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def slug(text: str) -> str:
    """Return the text as an id: folded, words joined with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "x"


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms of office in the lexicon."""
    found: list[Term] = []
    data = load("officeholders")
    for owners, prefix in ((data["states"], ""), (data["organisations"], "org:")):
        for owner, offices in owners.items():
            for office, rows in offices.items():
                found.extend(_term(row, prefix + owner, office) for row in rows)
    return tuple(found)


_TERM = re.compile(r"(?P<names>.+?) (?P<since>\d{4}-\d\d)(?: (?P<until>\d{4}-\d\d))?(?: (?P<gender>[fm]))?")


def _term(row: str, owner: str, office: str) -> Term:
    match = _TERM.fullmatch(row)
    if match is None:
        raise ValueError(f"officeholders: {row!r}")
    name = match["names"].split("/")[0]
    return Term(
        f"person:{slug(name)}", name, owner, office, match["since"], match["until"] or "", match["gender"] or ""
    )


@cache
def _all_aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    data = load("officeholders")
    for owners in (data["states"], data["organisations"]):
        for offices in owners.values():
            for rows in offices.values():
                for row in rows:
                    match = _TERM.fullmatch(row)
                    if match is None:
                        continue
                    names = match["names"].split("/")
                    key = f"person:{slug(names[0])}"
                    found[key] = tuple(dict.fromkeys((*found.get(key, ()), *names)))
    return found


def aliases_of(person: str) -> tuple[str, ...]:
    """Return the ways in which a person of the lexicon is written."""
    return _all_aliases().get(person, ())


@cache
def person_called(alias: str) -> str | None:
    """Return the person of the lexicon whom a full name, folded, names."""
    return _by_alias().get(alias)


@cache
def _by_alias() -> dict[str, str]:
    return {fold(alias): person for person, names in _all_aliases().items() for alias in names}


@cache
def terms_of(person: str) -> tuple[Term, ...]:
    """Return a person's terms of office."""
    return tuple(t for t in terms() if t.person == person)


_FAMILY_FIRST = {"chn", "twn", "kor", "prk", "vnm", "khm", "eth", "eri"}


def family_name(name: str, state: str | None) -> str:
    """Return the part of a name by which a report goes on to call its bearer, folded."""
    parts = [p for p in name.split() if fold(p).strip(".") not in {"jr", "sr", "ii", "iii"}]
    if not parts:
        return fold(name)
    return fold(parts[0] if state in _FAMILY_FIRST else parts[-1])


@cache
def by_family_name() -> dict[str, tuple[Term, ...]]:
    """Return the terms of office by family name."""
    found: dict[str, list[Term]] = {}
    for term in terms():
        for name in {family_name(alias, term.owner) for alias in aliases_of(term.person)}:
            found.setdefault(name, []).append(term)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def by_office() -> dict[tuple[str, str], tuple[Term, ...]]:
    """Return the terms of office by owner and office."""
    found: dict[tuple[str, str], list[Term]] = {}
    for term in terms():
        found.setdefault((term.owner, term.office), []).append(term)
    return {key: tuple(rows) for key, rows in found.items()}
