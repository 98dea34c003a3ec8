"""Whom a user means: actors and issues of the record by key, name or alias."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from communique.errors import NotInRecord, UnknownName
from communique.record.database.fold import folded
from communique.record.database.sql import Askable, ask, numbers
from communique.record.database.values import storable

MOST_SUGGESTED = 4
"""Names that an error suggests for one that is not known."""

ALIKE = 0.6
"""Similarity (Ratcliff and Obershelp's, 0 to 1) from which a name is suggested."""

_CANDIDATES = 4000
"""Names that are looked through for those."""

_MOST_NAMED = 8
"""Keys that an error names where a name stands for several."""

_KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """An actor or issue of the record: its row, its key and its name."""

    id: int
    key: str
    name: str


def find_actor(connection: Askable, given: str) -> Named:
    """Return the actor that a key, name or surname stands for. Raises UnknownName, with those that come near."""
    return _find(connection, given, "actor")


def find_issue(connection: Askable, given: str) -> Named:
    """Return the issue that a key, name or alias stands for. Raises UnknownName, with those that come near."""
    return _find(connection, given, "issue")


def root_of(connection: Askable, kind: str, key: str) -> Named:
    """Return the actor or issue ("actor", "issue") of a key, or the one it was merged into. Raises NotInRecord."""
    found = _roots(connection, kind, "key = :key", key=storable(key))
    if not found:
        raise NotInRecord(key, f"the record knows no {kind} of this key")
    return found[0]


def names_of(connection: Askable, kind: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the names of actors or issues by key, each as it is called itself; unknown keys are left out."""
    ordered = sorted(set(keys))
    found: dict[str, str] = {}
    for start in range(0, len(ordered), _KEYS_AT_ONCE):
        some = {f"key{at}": key for at, key in enumerate(ordered[start : start + _KEYS_AT_ONCE])}
        places = ", ".join(f":{name}" for name in some)
        found |= {
            row.key: row.name
            for row in ask(connection, f"SELECT key, name FROM canonical_{kind} WHERE key IN ({places})", **some)
        }
    return found


def _find(connection: Askable, given: str, kind: str) -> Named:
    exact = _roots(connection, kind, "key = :key", key=storable(given))
    if exact:
        return exact[0]
    words = folded(given)
    found = _owners(connection, kind, "name_words = :words", words=words)
    # The nameless of single reports go by a common name; a name means one that stands across reports.
    lasting = [named for named in found if "#" not in named.key]
    if lasting or found:
        return _one(given, lasting or found, kind)
    inside = "name_words LIKE :ending OR name_words LIKE :beginning LIMIT 50"
    found = _owners(connection, kind, inside, ending=f"% {words}", beginning=f"{words} %") if words else []
    lasting = [named for named in found if "#" not in named.key]
    if lasting:
        return _one(given, lasting, kind)
    raise UnknownName(given, _near(connection, words, kind))


def _owners(connection: Askable, kind: str, which: str, **values: str) -> list[Named]:
    """Those who have such a name."""
    rows = ask(connection, f"SELECT {kind}_id FROM {kind}_name WHERE {which}", **values)
    return _roots(connection, kind, f"id IN {numbers({row[0] for row in rows})}") if rows else []


def _roots(connection: Askable, kind: str, which: str, **values: str) -> list[Named]:
    """The rows, each as the one that it was merged into."""
    table = f"canonical_{kind}"
    roots = f"SELECT root_id FROM {table} WHERE {which}"
    rows = ask(connection, f"SELECT id, key, name FROM {table} WHERE id IN ({roots})", **values)
    return sorted((Named(*row) for row in rows), key=lambda named: named.key)


def _one(given: str, found: list[Named], kind: str) -> Named:
    if len(found) > 1:
        keys = ", ".join(named.key for named in found[:_MOST_NAMED])
        raise UnknownName(given, f"more than one {kind} goes by this name; name one by its key: {keys}")
    return found[0]


def _near(connection: Askable, words: str, kind: str) -> str:
    known = ask(connection, f"SELECT name_words, name FROM {kind}_name LIMIT {_CANDIDATES}")
    near = get_close_matches(words, [row.name_words for row in known], n=MOST_SUGGESTED, cutoff=ALIKE)
    told = {row.name_words: row.name for row in known}
    hint = f"; did you mean {', '.join(dict.fromkeys(told[name] for name in near))}?" if near else ""
    return f"no {kind} of the record goes by this name{hint}"
