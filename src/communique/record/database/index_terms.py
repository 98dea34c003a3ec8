"""What a row can be filtered by, as terms of the full-text index on SQLite, and the order in which it lists rows.

A term is a family's letter, ``_`` and a value: ``a_12`` (the speaker is actor 12), ``x_demand``. No word has a ``_`` in
it, so none is taken for one. Families of a statement: ``a`` speaker, ``d`` addressee, ``t`` relayer, ``g`` party, ``c``
country, ``o`` outlet, ``x`` act, ``i`` issue, ``j`` verdict, ``v`` voices and ``b`` their number of binary digits,
``p`` and ``q`` confidence in hundredths and tenths, ``y`` and ``m`` year and month of saying, ``r`` report; of a
condition: ``a`` holder, ``u`` who must act, ``k`` kind, and the like; of a report what its statements have. ``w`` tells
whether the report is a copy. Every row has ``_x``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection

from communique.record.database.fold import words_of
from communique.record.database.tables import INDEXES, MOST_INDEXED_WORDS

ALL = "_x"
NOTHING = "_nothing"
"""A term that no row has."""
UNJUDGED = "none"
_ID_BITS = 28
_LAST = (1 << 63) - 1
_EPOCH = datetime(1700, 1, 1, tzinfo=UTC)
_MOST_SECONDS = (1 << 34) - 2
_CHUNK = 500
NOT_TALLIED = "rm"
"""Families of which it is not counted how many rows have a term."""


def instant(published_at: str) -> int:
    """Return a number that sorts as the date or time does: 0 where it is unknown, days before their first second.

    Dates before 1700 and after 2244 sort as those.
    """
    if not published_at:
        return 0
    moment = datetime.fromisoformat(published_at)
    timed = moment.tzinfo is not None
    seconds = int(((moment if timed else moment.replace(tzinfo=UTC)) - _EPOCH).total_seconds())
    return 1 + 2 * min(max(seconds, 0), _MOST_SECONDS) + timed


def place_of(published_at: str, number: int) -> int:
    """Return the index's row number of a row: ascending, the newest comes first, of one time the last added."""
    if number >= 1 << _ID_BITS:
        raise OverflowError(f"row {number} is beyond what the search on SQLite can count; use PostgreSQL")
    return _LAST - (instant(published_at) << _ID_BITS | number)


def places_between(since: str | None, until: str | None) -> tuple[int, int]:
    """Return the first and last place of what is dated between two years, months, days or times, both inclusive."""
    low = instant(_first_day(since)) if since else 1
    high = _LAST >> _ID_BITS
    if until:
        high = instant(until) if "T" in until else instant(_day_after(until)) - 1
    return _LAST - (high << _ID_BITS | (1 << _ID_BITS) - 1), _LAST - (low << _ID_BITS)


def _first_day(period: str) -> str:
    return period if "T" in period else f"{period}-01-01"[:10]


def _day_after(period: str) -> str:
    start = date.fromisoformat(_first_day(period))
    year, month = divmod(start.year * 12 + start.month - 1 + {4: 12, 7: 1, 10: 0}[len(period)], 12)
    try:
        return (date(year, month + 1, 1) if len(period) < 10 else start + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):  # beyond the year 9999
        return date.max.isoformat()


NUMBER_AT = f"({(1 << _ID_BITS) - 1} - ({{place}} & {(1 << _ID_BITS) - 1}))"
"""SQL for the row's number, from its place."""


def hashed(value: str) -> str:
    """Return a value that may hold any character as a term can hold it."""
    return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def percent(confidence: float) -> int:
    """Return a confidence in whole hundredths, rounded down."""
    return int(confidence * 100)


@dataclass(frozen=True, slots=True)
class _Doc:
    place: int
    terms: str
    words: str
    version: int | None = None


def settle_terms(connection: Connection) -> None:
    """Index anew the rows that triggers noted, and forget those that went."""
    tally: Counter[tuple[str, str, str]] = Counter()
    _forget_gone(connection, tally)
    for kind, docs_of in (("statement", _statements), ("condition", _conditions), ("report", _reports)):
        while numbers := _stale(connection, kind):
            _apply(connection, kind, numbers, docs_of(connection, numbers), tally)
    changed = [(kind, family, value, n) for (kind, family, value), n in tally.items() if n]
    if changed:
        connection.exec_driver_sql(
            "INSERT INTO search_tally VALUES (?, ?, ?, ?)"
            " ON CONFLICT (kind, family, value) DO UPDATE SET n = n + excluded.n",
            sorted(changed),
        )


def _stale(connection: Connection, kind: str) -> list[int]:
    rows = connection.exec_driver_sql("SELECT id FROM search_stale WHERE kind = ? LIMIT ?", (kind, _CHUNK))
    return [row[0] for row in rows]


def _forget_gone(connection: Connection, tally: Counter[tuple[str, str, str]]) -> None:
    while rows := connection.exec_driver_sql(
        "SELECT rowid, kind, id, place, words, terms FROM search_gone ORDER BY rowid LIMIT ?", (_CHUNK,)
    ).all():
        for kind in INDEXES:
            gone = {row.id: _Doc(row.place, row.terms, row.words) for row in rows if row.kind == kind}
            _remove(connection, kind, gone, tally)
        connection.exec_driver_sql("DELETE FROM search_gone WHERE rowid <= ?", (rows[-1].rowid,))


def _apply(
    connection: Connection,
    kind: str,
    numbers: Sequence[int],
    docs: Mapping[int, _Doc],
    tally: Counter[tuple[str, str, str]],
) -> None:
    listed = json.dumps(numbers)
    inside = "(SELECT value FROM json_each(?))"
    held = {
        row.id: row
        for row in connection.exec_driver_sql(
            f"SELECT id, place, version, terms FROM search_terms WHERE kind = ? AND id IN {inside}", (kind, listed)
        )
    }
    same = {n for n, doc in docs.items() if n in held and (doc.place, doc.version, doc.terms) == tuple(held[n])[1:]}
    old = {n: row for n, row in held.items() if n not in same}
    if old:
        words = _words_held(connection, kind, old)
        _remove(connection, kind, {n: _Doc(row.place, row.terms, words[n]) for n, row in old.items()}, tally)
    _insert(connection, kind, {n: doc for n, doc in docs.items() if n not in same}, tally)
    if kind == "statement":
        moved = json.dumps(sorted({n for n in (*old, *docs) if n not in same}))
        for other, column in (
            ("condition", "id FROM condition WHERE statement_id"),
            ("report", "report_id FROM statement WHERE id"),
        ):
            connection.exec_driver_sql(
                f"INSERT OR IGNORE INTO search_stale SELECT '{other}', {column} IN {inside}", (moved,)
            )
    connection.exec_driver_sql(f"DELETE FROM search_stale WHERE kind = ? AND id IN {inside}", (kind, listed))


def _remove(connection: Connection, kind: str, docs: Mapping[int, _Doc], tally: Counter[tuple[str, str, str]]) -> None:
    if not docs:
        return
    table = INDEXES[kind]
    rows = sorted((doc.place, _line(doc)) for doc in docs.values())
    connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", rows)
    connection.exec_driver_sql(
        "DELETE FROM search_terms WHERE kind = ? AND id = ?", [(kind, number) for number in docs]
    )
    _count(kind, docs, tally, -1)


def _insert(connection: Connection, kind: str, docs: Mapping[int, _Doc], tally: Counter[tuple[str, str, str]]) -> None:
    if not docs:
        return
    rows = sorted((doc.place, _line(doc)) for doc in docs.values())
    connection.exec_driver_sql(f"INSERT INTO {INDEXES[kind]} (rowid, words) VALUES (?, ?)", rows)
    connection.exec_driver_sql(
        "INSERT INTO search_terms VALUES (?, ?, ?, ?, ?)",
        [(kind, number, doc.place, doc.version, doc.terms) for number, doc in docs.items()],
    )
    _count(kind, docs, tally, 1)


def _count(kind: str, docs: Mapping[int, _Doc], tally: Counter[tuple[str, str, str]], by: int) -> None:
    for doc in docs.values():
        for term in doc.terms.split(" "):
            family, _, value = term.partition("_")
            if family not in NOT_TALLIED:
                tally[kind, family, value] += by


def _line(doc: _Doc) -> str:
    return " ".join((doc.terms, *words_of(doc.words)[:MOST_INDEXED_WORDS]))


def _terms(pairs: Iterable[tuple[str, Any]]) -> str:
    """The terms of a row, each once, in one order; what is None gives none."""
    return " ".join((ALL, *sorted({f"{family}_{value}" for family, value in pairs if value is not None})))


def _words_held(connection: Connection, kind: str, held: Mapping[int, Any]) -> dict[int, str]:
    """The words under which rows that are still there were indexed."""
    if kind == "report":
        versions = {row.version: number for number, row in held.items()}
        return {versions[number]: words for number, words in _version_words(connection, list(versions))}
    words = "content_text" if kind == "statement" else "antecedent_text || ' ' || consequent_text"
    rows = connection.exec_driver_sql(
        f"SELECT id, {words} FROM {kind} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(held)),)
    )
    return {row[0]: row[1] for row in rows}


def _version_words(connection: Connection, versions: Sequence[int]) -> Iterable[tuple[int, str]]:
    rows = connection.exec_driver_sql(
        "SELECT id, title, text FROM report_version WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(versions),),
    )
    return ((row.id, report_words(row.title, row.text)) for row in rows)


def report_words(title: str | None, text: str) -> str:
    """Return the words of a report that are searched: its title's and its text's."""
    return f"{title or ''} {text}"


def _statements(connection: Connection, numbers: Sequence[int]) -> dict[int, _Doc]:
    listed = json.dumps(numbers)
    linked: dict[int, list[tuple[str, Any]]] = {number: [] for number in numbers}
    for row in connection.exec_driver_sql(
        "SELECT statement_id, issue_root FROM statement_issue WHERE statement_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        linked[row[0]].append(("i", row[1]))
    for row in connection.exec_driver_sql(
        "SELECT statement_id, role, actor_root FROM statement_party"
        " WHERE role <> 'speaker' AND statement_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        linked[row[0]].append(("d" if row[1] == "addressee" else "t", row[2]))
    rows = connection.exec_driver_sql(
        "SELECT s.id, s.report_id, s.published_at, s.said_on, s.outlet, s.speaker_root, s.country, s.party_root, s.act,"
        " s.confidence, s.voices, s.verdict, s.content_text, r.copy_of"
        " FROM statement s JOIN report r ON r.id = s.report_id"
        " WHERE s.current = 1 AND s.id IN (SELECT value FROM json_each(?))",
        (listed,),
    )
    return {
        row.id: _Doc(
            place_of(row.published_at, row.id),
            _terms(
                (
                    ("a", row.speaker_root),
                    ("g", row.party_root),
                    ("x", row.act),
                    ("v", row.voices),
                    ("b", row.voices.bit_length()),
                    ("y", row.said_on[:4] or None),
                    ("m", row.said_on[:7].replace("-", "") or None),
                    *_shared(row),
                    *linked[row.id],
                )
            ),
            row.content_text,
        )
        for row in rows
    }


def _shared(row: Any) -> tuple[tuple[str, Any], ...]:
    return (
        ("c", row.country),
        ("o", hashed(row.outlet) if row.outlet else None),
        ("j", row.verdict or UNJUDGED),
        ("p", percent(row.confidence)),
        ("q", percent(row.confidence) // 10),
        ("r", row.report_id),
        ("w", int(row.copy_of is not None)),
    )


def _conditions(connection: Connection, numbers: Sequence[int]) -> dict[int, _Doc]:
    listed = json.dumps(numbers)
    issues: dict[int, list[tuple[str, Any]]] = {number: [] for number in numbers}
    for row in connection.exec_driver_sql(
        "SELECT c.id, i.issue_root FROM condition c JOIN statement_issue i ON i.statement_id = c.statement_id"
        " WHERE c.id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        issues[row[0]].append(("i", row[1]))
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.report_id, c.published_at, c.outlet, c.holder_root, c.must_act_root, c.country, c.kind,"
        " c.confidence, c.verdict, c.antecedent_text || ' ' || c.consequent_text AS words, r.copy_of"
        " FROM condition c JOIN report r ON r.id = c.report_id"
        " WHERE c.current = 1 AND c.id IN (SELECT value FROM json_each(?))",
        (listed,),
    )
    return {
        row.id: _Doc(
            place_of(row.published_at, row.id),
            _terms(
                (
                    ("a", row.holder_root),
                    ("u", row.must_act_root),
                    ("k", row.kind),
                    *_shared(row),
                    *issues[row.id],
                )
            ),
            row.words,
        )
        for row in rows
    }


def _reports(connection: Connection, numbers: Sequence[int]) -> dict[int, _Doc]:
    listed = json.dumps(numbers)
    found: dict[int, set[tuple[str, Any]]] = {number: set() for number in numbers}
    for row in connection.exec_driver_sql(
        "SELECT s.report_id, s.speaker_root, s.country, s.party_root, s.act, i.issue_root FROM statement s"
        " LEFT JOIN statement_issue i ON i.statement_id = s.id"
        " WHERE s.current = 1 AND s.report_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ):
        found[row[0]].update(zip("acgxi", row[1:], strict=True))
    rows = connection.exec_driver_sql(
        "SELECT id, version_id, outlet, published_at, copy_of FROM report"
        " WHERE version_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (listed,),
    ).all()
    words = dict(_version_words(connection, [row.version_id for row in rows]))
    return {
        row.id: _Doc(
            place_of(row.published_at, row.id),
            _terms(
                (
                    ("o", hashed(row.outlet) if row.outlet else None),
                    ("w", int(row.copy_of is not None)),
                    ("r", row.id),
                    *found[row.id],
                )
            ),
            words[row.version_id],
            row.version_id,
        )
        for row in rows
    }
