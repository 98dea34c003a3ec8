"""A filter turned into what is asked of the tables, and on SQLite of the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, literal, select, text

from communique.errors import BadFilter, NotInRecord, UnknownName
from communique.record.database import tables as t
from communique.record.database.fold import folded
from communique.record.database.index_terms import NOT_TALLIED, NOTHING, UNJUDGED, hashed, percent, places_between
from communique.record.database.tables import INDEXES
from communique.record.query.countries import find_country
from communique.record.query.date_bounds import beyond, bound, lower
from communique.record.query.filter_options import FIELDS
from communique.record.query.filters import JUDGED, Filter
from communique.record.query.lookup import ALIKE, MOST_SUGGESTED, find_actor, find_issue
from communique.record.query.text_query import parse, to_fts5, to_tsquery

KINDS: dict[str, Table] = {"statements": t.statement, "conditions": t.condition, "reports": t.report}
"""The lists, and the table whose rows each lists."""

_MOST_MONTHS = 24
_EXACT_VOICES = 16
"""Voices from which on the index has their number by its digits in binary alone."""

_MOST_BITS = 32
"""Digits in binary of the most voices there can be."""


@dataclass
class Chosen:
    """What is asked for: conditions that each row fulfils, and what the index on SQLite is asked.

    ``terms`` are groups of terms, of each of which a row has one at least; they let through all that fulfil ``where``,
    and perhaps more. The rarest group comes first; ``counts`` are how many rows each lets through. ``places`` are the
    first and last row of the index. ``words`` is the search in its syntax. What an older version said is not
    ``indexed``.
    """

    kind: str
    table: Table
    where: list[ColumnElement[bool]] = field(default_factory=list)
    terms: list[tuple[str, ...]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    words: str | None = None
    places: tuple[int, int] | None = None
    indexed: bool = True

    def add(self, condition: ColumnElement[bool], family: str, values: Iterable[Any]) -> None:
        """Ask for a condition, and for the terms that go with it."""
        self.where.append(condition)
        self.terms.append(tuple(f"{family}_{value}" for value in values))


def choose(connection: Connection, kind: str, asked: Filter) -> Chosen:
    """Return what a filter asks for. Raises UnknownName, NotInRecord, BadFilter."""
    for name in asked.given():
        if name not in FIELDS[kind]:
            raise BadFilter(name, f"{kind} cannot be filtered by this; they can by {', '.join(FIELDS[kind])}")
    chosen = Chosen(kind, KINDS[kind])
    _where_read(connection, chosen, asked)
    _choose_parties(connection, chosen, asked)
    _choose_values(connection, chosen, asked)
    _choose_dates(chosen, asked)
    if asked.said_since or asked.said_until:
        _choose_saying(connection, chosen, asked)
    _choose_marks(chosen, asked)
    if asked.text is not None:
        query = parse(asked.text)
        chosen.words = to_fts5(query)
        if connection.dialect.name == "postgresql":
            index = INDEXES[kind[:-1]]
            hit = text(f"SELECT id FROM {index} WHERE words @@ CAST(:query AS tsquery)")
            chosen.where.append(chosen.table.c.id.in_(hit.bindparams(query=to_tsquery(query)).columns(t.report.c.id)))
    if connection.dialect.name == "sqlite":
        _rarest_first(connection, chosen)
    return chosen


def _rarest_first(connection: Connection, chosen: Chosen) -> None:
    """Leave out terms that no row has, and have the shortest list walked first."""
    named = sorted({term for group in chosen.terms for term in group})
    rows = connection.exec_driver_sql(
        "SELECT e.value, s.n FROM json_each(?) e CROSS JOIN search_tally s"
        " ON s.kind = ? AND s.family = substr(e.value, 1, 1) AND s.value = substr(e.value, 3)",
        (json.dumps(named), chosen.kind[:-1]),
    )
    held = {row[0]: row[1] for row in rows if row[1] > 0}
    kept = []
    for group in chosen.terms:
        known = tuple(dict.fromkeys(term for term in group if term in held or term[0] in NOT_TALLIED))
        kept.append((sum(held.get(term, 0) for term in known), known or (NOTHING,)))
    kept.sort()
    chosen.counts, chosen.terms = [n for n, _ in kept], [group for _, group in kept]


def _where_read(connection: Connection, chosen: Chosen, asked: Filter) -> None:
    numbers = []
    for key in asked.named("report"):
        number = connection.scalar(select(t.report.c.id).where(t.report.c.key == key))
        if number is None:
            raise NotInRecord(key, "the record knows no report of this key")
        numbers.append(number)
    if asked.version is not None:
        version = (
            select(t.reading.c.id)
            .join(t.report_version, t.report_version.c.id == t.reading.c.version_id)
            .where(t.report_version.c.report_id == numbers[0], t.report_version.c.number == asked.version)
        )
        reading = connection.scalar(version)
        if reading is None:
            raise NotInRecord(f"{asked.named('report')[0]}, version {asked.version}", "the record has no such version")
        chosen.where.append(chosen.table.c.reading_id == reading)
        chosen.indexed = False
        return
    if chosen.kind != "reports":
        chosen.where.append(t.CURRENT)
    if numbers:
        column = chosen.table.c.id if chosen.kind == "reports" else chosen.table.c.report_id
        chosen.add(column.in_(numbers), "r", numbers)


def _choose_parties(connection: Connection, chosen: Chosen, asked: Filter) -> None:
    c = chosen.table.c
    if asked.actor:
        roots = _actors(connection, asked.named("actor"))
        if chosen.kind == "reports":
            chosen.add(_says(_looked_at(connection, t.statement.c.speaker_root).in_(roots)), "a", roots)
        else:
            own = c.holder_root if chosen.kind == "conditions" else c.speaker_root
            chosen.add(own.in_(roots), "a", roots)
    if asked.party:
        roots = _actors(connection, asked.named("party"))
        if chosen.kind == "reports":
            chosen.add(_says(_looked_at(connection, t.statement.c.party_root).in_(roots)), "g", roots)
        else:
            chosen.add(c.party_root.in_(roots), "g", roots)
    if asked.must_act:
        roots = _actors(connection, asked.named("must_act"))
        chosen.add(c.must_act_root.in_(roots), "u", roots)
    for role, family in (("addressee", "d"), ("relayer", "t")):
        if getattr(asked, role):
            roots = _actors(connection, asked.named(role))
            p = t.statement_party.c
            named = exists().where(p.statement_id == t.statement.c.id, p.role == role, p.actor_root.in_(roots))
            chosen.add(named, family, roots)


def _choose_values(connection: Connection, chosen: Chosen, asked: Filter) -> None:
    c, reports = chosen.table.c, chosen.kind == "reports"
    if asked.country:
        codes = sorted({find_country(name) for name in asked.named("country")})
        chosen.add(_says(t.statement.c.country.in_(codes)) if reports else c.country.in_(codes), "c", codes)
    if asked.issue:
        numbers = sorted({find_issue(connection, name).id for name in asked.named("issue")})
        link = t.statement_issue.c
        owner = t.statement.c.id if reports else c.statement_id if "statement_id" in c else c.id
        about = exists().where(link.statement_id == owner, link.issue_root.in_(numbers))
        chosen.add(_says(about) if reports else about, "i", numbers)
    if asked.outlet:
        outlets = sorted({outlet for name in asked.named("outlet") for outlet in _outlets(connection, name)})
        chosen.add(c.outlet.in_(outlets), "o", map(hashed, outlets))
    if asked.act:
        acts = asked.named("act")
        chosen.add(_says(t.statement.c.act.in_(acts)) if reports else c.act.in_(acts), "x", acts)
    if asked.kind:
        chosen.add(c.kind.in_(asked.named("kind")), "k", asked.named("kind"))
    if asked.copies is not None:
        r = t.report.c
        copied = r.copy_of.is_not(None) if asked.copies else r.copy_of.is_(None)
        chosen.add(copied if reports else exists().where(r.id == c.report_id, copied), "w", [int(asked.copies)])


def _says(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A report with a current statement that fulfils a condition."""
    s = t.statement.c
    return exists().where(s.report_id == t.report.c.id, s.current == 1, condition)


def _looked_at(connection: Connection, column: ColumnElement[int]) -> ColumnElement[int]:
    """A number's column; on SQLite one that no index is taken for, else it walks all that an actor ever said."""
    return column + literal(0, literal_execute=True) if connection.dialect.name == "sqlite" else column


def _choose_dates(chosen: Chosen, asked: Filter) -> None:
    published = chosen.table.c.published_at
    if asked.since or asked.until:
        chosen.where.append(published >= lower(asked.since) if asked.since else published > "")
        if asked.until:
            chosen.where.append(published < beyond(asked.until))
        chosen.places = places_between(*(bound(each) if each else None for each in (asked.since, asked.until)))


def _choose_saying(connection: Connection, chosen: Chosen, asked: Filter) -> None:
    said = chosen.table.c.said_on
    low = lower(asked.said_since[:10]) if asked.said_since else "0"
    high = bound(asked.said_until[:10]) if asked.said_until else "9999"
    chosen.where += [said >= low, said < f"{high}~"]
    if connection.dialect.name != "sqlite":
        return
    years = [year for year in values_of(connection, "statement", "y") if low[:4] <= year <= high[:4]]
    first, last = _month(low, 0), _month(high, 11)
    if last - first < _MOST_MONTHS:
        months = [f"m_{month // 12:04}{month % 12 + 1:02}" for month in range(first, last + 1)]
        chosen.terms.append((*months, *(f"m_{year}" for year in years)) or (NOTHING,))
    else:
        chosen.terms.append(tuple(f"y_{year}" for year in years) or (NOTHING,))


def _month(day: str, otherwise: int) -> int:
    return int(day[:4]) * 12 + (int(day[5:7]) - 1 if len(day) > 4 else otherwise)


def values_of(connection: Connection, kind: str, family: str) -> list[str]:
    """Return the values of a family of terms that rows have, on SQLite."""
    rows = connection.exec_driver_sql(
        "SELECT value FROM search_tally WHERE kind = ? AND family = ? AND n > 0", (kind, family)
    )
    return [row[0] for row in rows]


def _choose_marks(chosen: Chosen, asked: Filter) -> None:
    c = chosen.table.c
    if asked.judged == "none":
        chosen.add(c.verdict.is_(None), "j", [UNJUDGED])
    elif asked.judged is not None:
        verdicts = list(JUDGED[2:]) if asked.judged == "any" else [asked.judged]
        chosen.add(c.verdict.in_(verdicts), "j", verdicts)
    if asked.confidence:
        chosen.where.append(c.confidence >= asked.confidence)
        least = percent(asked.confidence)
        tens = -(-least // 10)
        chosen.terms.append(
            (*(f"p_{each}" for each in range(least, tens * 10)), *(f"q_{each}" for each in range(tens, 11)))
        )
    if asked.voices and asked.voices > 1:
        chosen.where.append(c.voices >= asked.voices)
        digits = min(asked.voices, _EXACT_VOICES).bit_length()
        exact: Sequence[int] = range(asked.voices, 1 << digits) if asked.voices < _EXACT_VOICES else ()
        from_bits = digits + 1 if exact else asked.voices.bit_length()
        chosen.terms.append((*(f"v_{each}" for each in exact), *(f"b_{bits}" for bits in range(from_bits, _MOST_BITS))))


def _actors(connection: Connection, names: Iterable[str]) -> list[int]:
    return sorted({find_actor(connection, name).id for name in names})


def _outlets(connection: Connection, given: str) -> list[str]:
    """The outlets of a name: as it is written, else however it is written."""
    if connection.scalar(select(t.report.c.id).where(t.report.c.outlet == given).limit(1)) is not None:
        return [given]
    known = [name for name in connection.scalars(select(t.report.c.outlet).distinct()) if name]
    words = folded(given)
    alike = [name for name in known if folded(name) == words]
    if not alike:
        near = get_close_matches(words, [folded(name) for name in known], n=MOST_SUGGESTED, cutoff=ALIKE)
        told = dict.fromkeys(name for word in near for name in known if folded(name) == word)
        hint = f"; did you mean {', '.join(list(told)[:MOST_SUGGESTED])}?" if told else ""
        raise UnknownName(given, f"no outlet of the record goes by this name{hint}")
    return alike
