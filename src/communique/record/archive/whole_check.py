"""Whether a record is sound: its file, each text against its hash, each row as its type, each reference.

What is wrong is yielded as it is found: a page of versions is held at a time, whatever the record's size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from communique.errors import RecordDamaged
from communique.model import as_json
from communique.record.archive.restore import PARTS, StoredVersion, unmade, versions_of
from communique.record.database import tables as t
from communique.record.database.address import Address, parse
from communique.record.database.codec import built
from communique.record.database.connection import open_engine, reading
from communique.record.database.file_check import Damage, file_damage, is_damage
from communique.record.database.values import given
from communique.record.decisions import frame_log, judgement_log, merge_log
from communique.record.decisions.log import Log

_PAGE = 20
"""Versions in memory at once; each has up to a million characters."""

_ROWS = 500
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError)


class Kind(StrEnum):
    """What is wrong: the file, a text, a row's values, a reference that leads nowhere, a signature, the search."""

    FILE = "file"
    TEXT = "text"
    ROW = "row"
    REFERENCE = "reference"
    DECISION = "decision"
    SEARCH = "search"


class Lost(StrEnum):
    """What cannot be had any more."""

    WHAT_CAME_IN = "what came in: texts, their heads, by what reports and feeds are known"
    WHAT_WAS_READ = "what was read in it; the text is there"
    WHAT_WAS_DECIDED = "what somebody decided"
    NOTHING = "nothing: it is worked out from the rest"
    UNKNOWN = "everything that is in it"


class Remedy(StrEnum):
    """What to do about it."""

    BACKUP = "put a backup in the record's place (docs/record.md), and add what came later again"
    AGAIN = "read it again: `communique add --reread` with where it came from; or put a backup in the record's place"
    DECIDE = "put a backup in the record's place, import a hand-over that has it, or decide again"
    ANEW = "`communique export -o all.jsonl`, then `communique import all.jsonl --record NEW` makes it whole in NEW"
    INDEX = "`sqlite3 FILE REINDEX` makes the indexes anew; or put a backup in the record's place"


_REMEDIES = {
    Lost.WHAT_CAME_IN: Remedy.BACKUP,
    Lost.WHAT_WAS_READ: Remedy.AGAIN,
    Lost.WHAT_WAS_DECIDED: Remedy.DECIDE,
    Lost.NOTHING: Remedy.ANEW,
    Lost.UNKNOWN: Remedy.BACKUP,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: of what kind, where, what it is, what is lost by it and what to do."""

    kind: Kind
    where: str
    what: str
    lost: Lost
    remedy: Remedy


def check(where: str | Path) -> Iterator[Finding]:
    """Yield what is wrong with the record at a path or an address, nothing where it is sound; nothing is written.

    Raises MissingInput, NotARecord where it is something else, NewerRecord, RecordBusy, RecordFailed.
    """
    address = parse(where)
    told = False
    if address.path is not None:
        for damage in file_damage(address):
            told = True
            yield _of_file(address, damage)
            if damage.table is None:
                return
    try:
        engine = open_engine(address, create=False, read_only=True)
        try:
            with reading(engine, address.shown) as connection:
                for finding in _contents(connection, address.shown, told):
                    told = True
                    yield finding
        finally:
            engine.dispose()
    except RecordDamaged as error:
        # Also where a transaction that read a lost page ends.
        if not told:
            yield _damaged(address.shown, error.reason)


def _of_file(address: Address, damage: Damage) -> Finding:
    where = damage.table or address.shown
    if damage.index_only and is_damage(damage.words):
        return _damaged(where, f"a page of its indexes is lost ({damage.words})", Lost.NOTHING)
    if damage.index_only:
        return Finding(Kind.FILE, where, damage.words, Lost.NOTHING, Remedy.INDEX)
    return _damaged(where, damage.words, Lost.UNKNOWN if damage.table is None else lost_of(damage.table))


def _damaged(where: str, words: str, lost: Lost = Lost.UNKNOWN, kind: Kind = Kind.FILE) -> Finding:
    # A damaged file is not written to, so nothing in it is made good by reading again.
    return Finding(kind, where, words, lost, Remedy.ANEW if lost is Lost.NOTHING else Remedy.BACKUP)


def lost_of(table: str) -> Lost:
    """Return what is lost with rows of a table."""
    if table in {each.name for each in (t.info, t.source, t.source_entry, t.report, t.report_identity)}:
        return Lost.WHAT_CAME_IN
    if table == t.report_version.name:
        return Lost.WHAT_CAME_IN
    if table in (t.judgement.name, t.merge.name, t.frame_change.name):
        return Lost.WHAT_WAS_DECIDED
    if table in t.metadata.tables and table not in (t.wire_band.name, t.attachment.name):
        return Lost.WHAT_WAS_READ
    return Lost.NOTHING


def _contents(connection: Connection, where: str, told: bool) -> Iterator[Finding]:
    """What is wrong with the rows; ``told`` whether the file was found damaged, whose lost pages are told once."""
    missing = sorted(set(t.metadata.tables) - set(inspect(connection).get_table_names()))
    for table in missing:
        yield Finding(Kind.FILE, table, "the table is not there", lost_of(table), Remedy.BACKUP)
    if missing:
        return
    parts: list[tuple[Lost, Callable[[Connection], Iterator[Finding]]]] = [
        (Lost.WHAT_CAME_IN, _versions),
        (Lost.WHAT_WAS_DECIDED, lambda held: _log(held, judgement_log.JUDGEMENTS, judgement_log.problem_in)),
        (Lost.WHAT_WAS_DECIDED, lambda held: _log(held, merge_log.MERGES, merge_log.problem_in)),
        (Lost.WHAT_WAS_DECIDED, lambda held: _log(held, frame_log.CHANGES, frame_log.problem_in)),
        (Lost.WHAT_CAME_IN, _nameless),
        *((lost_of(child.name), _reference(child, column, parent)) for child, column, parent in _references()),
        *((Lost.NOTHING, _attached(kind)) for kind in judgement_log.TABLES),
        *((Lost.NOTHING, _search(table)) for table in (t.statement, t.condition, t.report)),
    ]
    for lost, part in parts:
        try:
            yield from part(connection)
        except DBAPIError as error:
            if not is_damage(str(error.orig)):
                raise
            if not told:
                yield _damaged(where, f"rows cannot be read ({error.orig})", lost)


def _versions(connection: Connection) -> Iterator[Finding]:
    """Each text against its hash, and each reading as its types have it."""
    v = t.report_version.c
    last = (-1, -1)
    gone = _Gone()
    while True:
        # By the index alone: a page of it leads past rows that are lost.
        after = (v.report_id > last[0]) | ((v.report_id == last[0]) & (v.number > last[1]))
        page = connection.execute(
            select(v.id, v.report_id, v.number).where(after).order_by(v.report_id, v.number).limit(_PAGE)
        ).all()
        if not page:
            yield from gone.told()
            return
        try:
            yield from list(_page(connection, page))
        except (*_UNREADABLE, DBAPIError):
            for row in page:
                yield from _one(connection, row, gone)
        last = (page[-1].report_id, page[-1].number)


def _page(connection: Connection, page: Sequence[Any]) -> Iterator[Finding]:
    v, r = t.report_version.c, t.report.c
    rows = connection.execute(select(t.report_version).where(v.id.in_([row.id for row in page]))).all()
    keys = {
        row.id: row.key for row in connection.execute(select(r.id, r.key).where(r.id.in_({v.report_id for v in rows})))
    }
    known = [row for row in rows if row.report_id in keys]  # of no report: told with the references
    for row in known:
        if (
            hashlib.sha256(given(row.text, row.text_exact).encode("utf-8", "surrogatepass")).hexdigest()
            != row.text_sha256
        ):
            what = "the text is not the one that came in: its SHA-256 is another"
            yield Finding(Kind.TEXT, _name(keys[row.report_id], row.number), what, Lost.WHAT_CAME_IN, Remedy.BACKUP)
    for version in versions_of(connection, known, keys):
        yield from _misread(version)


def _one(connection: Connection, row: Any, gone: _Gone) -> Iterator[Finding]:
    """One version of a page on which something cannot be read."""
    key = f"number {row.report_id}"
    with suppress(DBAPIError):
        key = connection.scalar(select(t.report.c.key).where(t.report.c.id == row.report_id)) or key
    name = _name(key, row.number)
    try:
        yield from list(_page(connection, [row]))
    except DBAPIError as error:
        if not is_damage(str(error.orig)):
            raise
        yield from gone.add(name, _lost_with(connection, row.id), str(error.orig))
    except _UNREADABLE as error:
        rows = list(unmade(connection, row.id)) or [("", _told(error))]
        for which, what in rows:
            where = ", ".join(filter(None, (name, which)))
            yield Finding(Kind.ROW, where, f"no reader made this ({what})", Lost.WHAT_WAS_READ, Remedy.AGAIN)


def _lost_with(connection: Connection, version: int) -> Lost:
    """What is lost of a version that cannot be read whole: its text too, or only what was read in it."""
    try:
        connection.execute(select(t.report_version).where(t.report_version.c.id == version)).all()
    except DBAPIError:
        return Lost.WHAT_CAME_IN
    return Lost.WHAT_WAS_READ


class _Gone:
    """Versions, one after another, that the file does not give: told together, since a lost page takes many."""

    def __init__(self) -> None:
        self.first, self.last, self.count = "", "", 0
        self.lost, self.words = Lost.UNKNOWN, ""

    def add(self, name: str, lost: Lost, words: str) -> Iterator[Finding]:
        """Take one more; yield what came before where this one lost something else."""
        if (lost, words) != (self.lost, self.words):
            yield from self.told()
            self.first, self.lost, self.words = name, lost, words
        self.last = name
        self.count += 1

    def told(self) -> Iterator[Finding]:
        """Yield those that wait, if any do."""
        if self.count:
            several = f" to {self.last}" if self.count > 1 else ""
            kind = Kind.TEXT if self.lost is Lost.WHAT_CAME_IN else Kind.ROW
            what = f"{self.count:,} cannot be read from the file ({self.words})"
            yield _damaged(f"{self.first}{several}", what, self.lost, kind)
        self.count = 0


def _misread(version: StoredVersion) -> Iterator[Finding]:
    """What in a reading is no value of its type, or a span that is not in the text."""
    if version.reading is None:
        return
    length, plain = len(version.report.text), as_json(version.reading)
    for name, kind in PARTS.items():
        for item in plain[name]:
            try:
                built(kind, item, length)
            except _UNREADABLE as error:
                where = f"{_name(version.report.id, version.number)}, {item.get('id')}"
                yield Finding(Kind.ROW, where, _told(error), Lost.WHAT_WAS_READ, Remedy.AGAIN)


def _log(connection: Connection, log: Log[Any], problem_in: Callable[[Any], str | None]) -> Iterator[Finding]:
    """Each entry against its own id, which follows from all that it says."""
    for row in _walk(connection, log.table, log.table.c.seq):
        try:
            entry = log.from_row(row)
            problem = problem_in(entry) if entry.uid == row.uid else "it was changed after it was signed"
        except _UNREADABLE as error:
            problem = f"it cannot be read ({_told(error)})"
        if problem:
            where = f"{log.table.name} {row.seq}"
            yield Finding(Kind.DECISION, where, problem, Lost.WHAT_WAS_DECIDED, Remedy.DECIDE)


def _walk(connection: Connection, table: Table, by: Column[Any]) -> Iterator[Any]:
    last = None
    while True:
        query = select(table).order_by(by).limit(_ROWS)
        page = connection.execute(query if last is None else query.where(by > last)).all()
        if not page:
            return
        yield from page
        last = getattr(page[-1], by.name)


def _nameless(connection: Connection) -> Iterator[Finding]:
    """Reports without a text, or without anything by which they are known: they would come in a second time."""
    r, known = t.report, t.report_identity.c
    for query, what in (
        (select(r.c.key).where(r.c.version_id.is_(None)), "it has no text"),
        (
            select(r.c.key).outerjoin(t.report_identity, known.report_id == r.c.id).where(known.identity.is_(None)),
            "nothing tells by what it is known",
        ),
    ):
        for row in connection.execute(query, execution_options={"stream_results": True}):
            yield Finding(Kind.REFERENCE, f"report {row.key}", what, Lost.WHAT_CAME_IN, Remedy.BACKUP)


def _references() -> Iterator[tuple[Table, Column[Any], Table]]:
    """Every column that names a row of another table, whether the tables say so or not."""
    for table in t.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            yield table, key.parent, key.column.table
    named: tuple[tuple[Table, Table, tuple[str, ...]], ...] = (
        (t.report, t.report, ("voice",)),
        (t.report, t.report_version, ("version_id",)),
        *((each, t.report, ("report_id",)) for each in (t.actor, t.issue, t.statement, t.condition, t.event)),
        (t.wire_band, t.report, ("report_id",)),
        (t.canonical_actor, t.canonical_actor, ("root_id",)),
        (t.canonical_issue, t.canonical_issue, ("root_id",)),
        (t.statement, t.canonical_actor, ("speaker_id", "speaker_root", "party_id", "party_root")),
        (t.statement, t.statement, ("same_as",)),
        (t.statement_issue, t.canonical_issue, ("issue_id", "issue_root")),
        (t.statement_issue, t.canonical_actor, ("speaker_root", "party_root")),
        (t.statement_party, t.canonical_actor, ("actor_id", "actor_root")),
        (t.condition, t.statement, ("statement_id",)),
        (t.condition, t.canonical_actor, ("holder_id", "holder_root", "must_act_id", "must_act_root")),
    )
    for child, parent, columns in named:
        yield from ((child, child.c[name], parent) for name in columns)


def _reference(child: Table, column: Column[Any], parent: Table) -> Callable[[Connection], Iterator[Finding]]:
    def found(connection: Connection) -> Iterator[Finding]:
        there = parent.alias("there")
        first = child.c.id if "id" in child.c else column
        query = (
            select(func.count(), func.min(first))
            .select_from(child.outerjoin(there, there.c[_key_of(parent)] == column))
            .where(column.is_not(None), there.c[_key_of(parent)].is_(None))
        )
        count, least = connection.execute(query).one()
        if count:
            which = "row" if first is not column else column.name
            what = (
                f"{count:,} name{'s' if count == 1 else ''} no {parent.name} that is there (the first: {which} {least})"
            )
            lost = lost_of(child.name)
            yield Finding(Kind.REFERENCE, f"{child.name}.{column.name}", what, lost, _REMEDIES[lost])

    return found


def _attached(kind: str) -> Callable[[Connection], Iterator[Finding]]:
    """Judgements that are noted to stand on a row that is gone."""

    def found(connection: Connection) -> Iterator[Finding]:
        table, a = judgement_log.TABLES[kind], t.attachment
        query = (
            select(func.count())
            .select_from(a.outerjoin(table, table.c.id == a.c.row_id))
            .where(a.c.kind == kind, table.c.id.is_(None))
        )
        if count := connection.scalar(query):
            what = f"{count:,} stand on no {kind} that is there"
            yield Finding(Kind.REFERENCE, f"{a.name}.{a.c.row_id.name}", what, Lost.NOTHING, Remedy.ANEW)

    return found


def _key_of(parent: Table) -> str:
    return "seq" if "seq" in parent.c else "id"


def _search(table: Table) -> Callable[[Connection], Iterator[Finding]]:
    """Rows that the search would not find."""

    def found(connection: Connection) -> Iterator[Finding]:
        held = table.c.version_id.is_not(None) if table is t.report else table.c.current == 1
        index = t.INDEXES[table.name]
        asked = select(func.count()).select_from(table).where(held)
        if connection.dialect.name == "sqlite":
            for name in ("search_terms", "search_stale"):  # the stale are indexed by whoever writes next
                asked = asked.where(
                    text(
                        f"NOT EXISTS (SELECT 1 FROM {name} x WHERE x.kind = '{table.name}' AND x.id = {table.name}.id)"
                    )
                )
        else:
            asked = asked.where(text(f"NOT EXISTS (SELECT 1 FROM {index} x WHERE x.id = {table.name}.id)"))
        count = connection.scalar(asked)
        if count:
            yield Finding(Kind.SEARCH, index, f"{count:,} rows are not found by it", Lost.NOTHING, Remedy.ANEW)

    return found


def _name(key: str, number: int) -> str:
    return f"report {key}, version {number}"


def _told(error: Exception) -> str:
    words = str(error)
    return f"{words} is missing" if isinstance(error, KeyError) else words or type(error).__name__
