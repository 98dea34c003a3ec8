"""What people changed about the frame that a record follows: a log that is only ever appended to, and what it comes to.

The dossiers' own files say what is followed first; the entries are then gone through in the order of the log. What an
entry names may be there no more: it then changes nothing, and does so again when that is back. An entry that undoes
another takes it out of the count, and can be undone itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from communique.model import DisputedIssue, Frame, Party
from communique.record.database import tables as t
from communique.record.database.fold import folded
from communique.record.decisions.log import Log, Signed, unsigned

KINDS = ("issue", "party")
LONGEST = 200
"""Characters of a name, and of a signature."""

MOST_ALIASES = 50
_LONGEST_REASON = 2000


class FrameAction(StrEnum):
    """What an entry does: ``add`` a party or issue, or more names of one; ``rename`` one; ``join`` one to another."""

    ADD = "add"
    RENAME = "rename"
    JOIN = "join"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRequest:
    """A change that somebody asks for: what one line of the log says, before it is known to be possible.

    ``other`` is the new name for a rename, what it is joined to for a join, None else; for ``undo``, ``name`` is the
    ``uid`` of the entry that is undone. ``details`` of an ``add`` may have ``aliases``, a list, and ``country``.
    """

    kind: str
    action: FrameAction
    name: str
    other: str | None = None
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    by: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FrameChange(Signed):
    """One line of the log; see ``FrameRequest``."""

    kind: str
    action: FrameAction
    name: str
    other: str | None
    details: Mapping[str, Any]
    reason: str | None


CHANGES = Log(t.frame_change, FrameChange)

_E = TypeVar("_E", Party, DisputedIssue)


def changes(connection: Connection) -> list[FrameChange]:
    """Return all entries, the earliest first."""
    return sorted(map(CHANGES.from_row, connection.execute(select(t.frame_change))), key=lambda each: each.order)


def standing(entries: Iterable[FrameChange]) -> list[FrameChange]:
    """Return the entries that count, the earliest first: those that no entry undoes that counts itself."""
    undone: set[str] = set()
    kept = []
    for entry in sorted(entries, key=lambda each: each.order, reverse=True):
        if entry.uid in undone:
            continue
        if entry.action is FrameAction.UNDO:
            undone.add(entry.name)
        kept.append(entry)
    return kept[::-1]


def changed(frame: Frame, entries: Iterable[FrameChange]) -> Frame:
    """Return a frame with the changes in it."""
    parties, issues = list(frame.parties), list(frame.issues)
    for entry in standing(entries):
        if entry.kind == "issue":
            _change(issues, entry, DisputedIssue(entry.name, _aliases(entry)))
        else:
            _change(parties, entry, Party(entry.name, entry.details.get("country"), _aliases(entry)))
    return Frame(tuple(parties), tuple(issues))


def _aliases(entry: FrameChange) -> tuple[str, ...]:
    return tuple(entry.details.get("aliases", ()))


def _change(held: list[_E], entry: FrameChange, new: _E) -> None:
    place = place_of(held, entry.name)
    if entry.action is FrameAction.ADD:
        if place is None:
            held.append(new)
        else:
            held[place] = _with_names(held[place], (new.name, *new.aliases))
    elif place is not None and entry.other is not None:
        own: _E = held[place]
        into = place_of(held, entry.other)
        if entry.action is FrameAction.RENAME and into in (None, place):
            held[place] = _with_names(dataclasses.replace(own, name=entry.other), (own.name,))
        elif entry.action is FrameAction.JOIN and into is not None and into != place:
            held[into] = _with_names(held[into], (own.name, *own.aliases))
            del held[place]


def place_of(held: Sequence[Party | DisputedIssue], name: str) -> int | None:
    """Return where in a list stands what is called so, by its name before an alias; None where nothing is."""
    words = folded(name)
    by_name = next((i for i, each in enumerate(held) if folded(each.name) == words), None)
    by_alias = next((i for i, each in enumerate(held) if words in map(folded, each.aliases)), None)
    return by_alias if by_name is None else by_name


def _with_names(held: _E, names: Iterable[str]) -> _E:
    known = {folded(held.name): held.name} | {folded(alias): alias for alias in held.aliases}
    more = {folded(name): name for name in names if folded(name)}
    aliases = tuple(name for words, name in (known | {w: n for w, n in more.items() if w not in known}).items())
    return dataclasses.replace(held, aliases=tuple(name for name in aliases if folded(name) != folded(held.name)))


def problem_in(made: FrameChange) -> str | None:
    """Say what is wrong with an entry from elsewhere, None where nothing is."""
    if made.kind not in KINDS:
        return f"a frame has issues and parties, not {made.kind!r}"
    if bool(made.other) is not (made.action in (FrameAction.RENAME, FrameAction.JOIN)):
        return "a rename or join has two names, anything else has one"
    named = (made.name, made.other or made.name)
    if not all(folded(name) for name in named):
        return "a name has a letter or a digit"
    return problem_of_details(made.details) or _too_long(made) or unsigned(made, LONGEST)


def problem_of_details(details: Mapping[str, Any]) -> str | None:
    """Say what is wrong with the aliases or the country of what is added, None where nothing is."""
    if not details.keys() <= {"aliases", "country"}:
        return "what is added has aliases and a country, nothing else"
    aliases, country = details.get("aliases", []), details.get("country")
    if not isinstance(aliases, list) or len(aliases) > MOST_ALIASES:
        return f"aliases are a list of up to {MOST_ALIASES}"
    if not all(isinstance(each, str) and folded(each) and len(each) <= LONGEST for each in aliases):
        return f"each alias is a name of up to {LONGEST} characters"
    fits = country is None or (
        isinstance(country, str) and len(country) == 3 and country.isascii() and country.isupper()
    )
    return None if fits else f"{str(country)[:LONGEST]!r} is no ISO 3166-1 alpha-3 code such as JPN"


def _too_long(made: FrameChange) -> str | None:
    long = len(made.name) > LONGEST or len(made.other or "") > LONGEST or len(made.reason or "") > _LONGEST_REASON
    return f"a name has up to {LONGEST} characters, a reason up to {_LONGEST_REASON:,}" if long else None
