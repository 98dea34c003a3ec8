"""Taking in what `communique.record.exchange.hand_over_writing` wrote.

Into an empty record to have the same again, into another to have both.

A report that the record holds keeps its key and its readings; what it lacks (older or newer versions, readings) is
added. A report whose key another one has here gets a key of its own, and the ids in it follow. Judgements and merges
are added as they were signed; to take in the same file twice, or two files in either order, comes to the same.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from communique.collect.reframing import redo
from communique.errors import CommuniqueError, MalformedLine, RecordFailed
from communique.identity import digest
from communique.model import Frame, Reading
from communique.record.archive.copies import keep_groups
from communique.record.archive.reading_rows import store_reading
from communique.record.archive.write import new_report, new_version, remember
from communique.record.database import tables as t
from communique.record.database.values import exact, packed, storable
from communique.record.decisions import frame_log, judgement_log, merge_log
from communique.record.decisions.anchors import sha256_of
from communique.record.decisions.log import Log, ahead
from communique.record.decisions.merge_log import MergeAction, MergeEntry
from communique.record.exchange import checked_lines
from communique.record.exchange.checked_lines import ReportLine, VersionLine
from communique.record.exchange.hand_over_writing import TYPE, VERSION
from communique.record.judgement import judged_rows
from communique.record.record import Record
from communique.record.resolution import frames, merges
from communique.record.resolution.canonical import add_names, found_or_added

MOST_BYTES = 256 * 1024 * 1024
"""Of a line: a report with all its versions."""

_BATCH = 200
"""Lines that are kept in one transaction."""

_LONGEST_REASON = 300
"""Characters of why a line is refused."""
_LOGS: dict[str, Log[Any]] = {
    "judgement": judgement_log.JUDGEMENTS,
    "merge": merge_log.MERGES,
    "frame_change": frame_log.CHANGES,
}


def take_in_lines(record: Record, stream: BinaryIO, name: str, told: Callable[[CommuniqueError], None]) -> Counter[str]:
    """Take a hand-over into the record; return how many things of each kind were new to it.

    A line that cannot be taken in is handed to ``told`` as MalformedLine, with ``name`` and its number, and the rest
    goes in. Raises MalformedLine where the first line does not say that this is a hand-over that is known here, and
    what the record raises where it cannot be written; what was taken in before is kept.
    """
    run = _HandOver(record, name, told)
    numbered = _lines(stream, name, told)
    _, first = next(numbered, (1, b""))
    _refuse_unknown(first, name)
    for number, line in numbered:
        run.take(number, line)
    run.settle()
    run.copies()
    run.frame()
    return run.new


def _refuse_unknown(line: bytes, name: str) -> None:
    try:
        head = checked_lines.parsed(line)
    except ValueError as error:
        raise MalformedLine(f"{name}:1", f"this is no hand-over of a record: {error}") from error
    version = head.get("version")
    if head["type"] != TYPE or type(version) is not int:
        raise MalformedLine(f"{name}:1", f"this is no hand-over of a record: its first line has the type {TYPE}")
    if version != VERSION:
        reason = f"it is of version {version} and this Communique reads version {VERSION}: update first"
        raise MalformedLine(f"{name}:1", reason)


def _lines(stream: BinaryIO, name: str, told: Callable[[CommuniqueError], None]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES:
            told(MalformedLine(f"{name}:{number}", f"the line is longer than {MOST_BYTES:,} bytes"))
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_BYTES)
        elif line.strip() or number == 1:
            yield number, line


class _HandOver:
    """One hand-over on its way in; small lines are kept in batches, a report at once."""

    def __init__(self, record: Record, name: str, told: Callable[[CommuniqueError], None]) -> None:
        self.record = record
        self.name = name
        self.told = told
        self.new: Counter[str] = Counter()
        self.waiting: list[tuple[int, str, Any]] = []
        self.keys: dict[str, str] = {}
        self.copied: dict[str, str] = {}
        self.brought: Counter[str] = Counter()
        with record.reading() as connection:
            self.latest = {kind: log.latest(connection) for kind, log in _LOGS.items()}

    def take(self, number: int, line: bytes) -> None:
        try:
            data = checked_lines.parsed(line)
            kind, item = data["type"], _decoded(data)
        except (ValueError, TypeError, OverflowError) as error:
            self.told(MalformedLine(f"{self.name}:{number}", str(error)))
            return
        if kind == "report":
            self.settle()
            self._report(number, item)
        elif not self._too_far_ahead(number, kind, item):
            self.waiting.append((number, kind, item))
            if len(self.waiting) >= _BATCH:
                self.settle()

    def _too_far_ahead(self, number: int, kind: str, item: Any) -> bool:
        if kind not in _LOGS:
            return False
        problem = ahead(item, self.latest[kind], self.brought[kind])
        if problem:
            self.told(MalformedLine(f"{self.name}:{number}", problem))
            return True
        self.brought[kind] += 1
        return False

    def settle(self) -> None:
        """Keep what waits."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        with self.record.writing() as connection:
            judged = [item for _, kind, item in waiting if kind == "judgement"]
            merged = [self._renamed(item) for _, kind, item in waiting if kind == "merge"]
            for kind in ("actor", "issue"):
                rows = [item for _, of_kind, item in waiting if of_kind == kind]
                self.new[kind] += _add_canonical(connection, kind, rows)
            for number, kind, item in waiting:
                if kind == "source":
                    self.new[kind] += _add_source(connection, item)
                elif kind == "source_entry" and not self._add_entry(connection, item):
                    reason = f"there is no source {item['source']}"
                    self.told(MalformedLine(f"{self.name}:{number}", reason))
            self.new["merge"] += _add_merges(connection, merged)
            self.new["judgement"] += _add_judgements(connection, judged)
            self.new["frame"] += _add_frames(connection, [item for _, kind, item in waiting if kind == "frame"])
            changed = [item for _, kind, item in waiting if kind == "frame_change"]
            self.new["frame_change"] += _add_changes(connection, changed)

    def copies(self) -> None:
        """Group the reports that came in as they were grouped where they came from."""
        with self.record.writing() as connection:
            numbers: dict[str, int] = {}
            originals = {key: self.keys.get(of, of) for key, of in self.copied.items()}
            keys = list({*originals, *originals.values()})
            for i in range(0, len(keys), _BATCH):
                some = select(t.report.c.key, t.report.c.id).where(t.report.c.key.in_(keys[i : i + _BATCH]))
                numbers.update((row.key, row.id) for row in connection.execute(some))
            origins = ((numbers[key], numbers.get(of)) for key, of in originals.items())
            keep_groups(connection, {number: of for number, of in origins if of is not None})

    def frame(self) -> None:
        """Bring what came in under what is followed now."""
        if any(self.new[kind] for kind in ("report", "version", "frame", "frame_change")):
            with self.record.writing() as connection:
                redo(connection)

    def _report(self, number: int, line: ReportLine) -> None:
        try:
            with self.record.writing() as connection:
                key, added, versions = _add_report(connection, line)
        except RecordFailed as error:
            if not isinstance(error.__cause__, IntegrityError | DataError):
                raise
            self.told(MalformedLine(f"{self.name}:{number}", f"the record cannot hold it: {error.reason}"))
            return
        if key != line.key:
            self.keys[line.key] = key
        if added:
            self.copied[key] = line.copy_of or line.key
        self.new["report"] += added
        self.new["version"] += versions

    def _renamed(self, entry: MergeEntry) -> MergeEntry:
        """An entry that names an actor of a report that has another key here."""
        if not self.keys:
            return entry
        return dataclasses.replace(
            entry, from_key=self._key_here(entry.from_key), into_key=self._key_here(entry.into_key)
        )

    def _key_here(self, key: str) -> str:
        report, sign, local = key.rpartition("#")
        return f"{self.keys[report]}{sign}{local}" if sign and report in self.keys else key

    def _add_entry(self, connection: Connection, item: dict[str, str]) -> bool:
        source = connection.scalar(select(t.source.c.id).where(t.source.c.url == item["source"]))
        if source is None:
            return False
        c = t.source_entry.c
        held = select(c.digest).where(c.source_id == source, c.entry == item["entry"])
        if connection.scalar(held) is None:
            values = {name: item[name] for name in ("entry", "digest", "seen_at")}
            connection.execute(insert(t.source_entry).values(source_id=source, **values))
            self.new["source_entry"] += 1
        return True


def _decoded(data: dict[str, Any]) -> Any:
    kind = data["type"]
    decoders: dict[str, Callable[[], Any]] = {
        "report": lambda: checked_lines.report_of(data),
        "actor": lambda: checked_lines.canonical_of(data, kind),
        "issue": lambda: checked_lines.canonical_of(data, kind),
        "merge": lambda: checked_lines.entry_of(data),
        "judgement": lambda: checked_lines.judgement_of(data),
        "frame": lambda: checked_lines.frame_of(data),
        "frame_change": lambda: checked_lines.change_of(data),
        "source": lambda: checked_lines.source_of(data),
        "source_entry": lambda: checked_lines.source_entry_of(data),
    }
    if kind not in decoders:
        raise ValueError(f"{kind!r} is no type of line: it is one of {', '.join(decoders)}"[:_LONGEST_REASON])
    return decoders[kind]()


def _add_canonical(connection: Connection, kind: str, rows: list[Any]) -> int:
    if not rows:
        return 0
    table, names = (t.canonical_actor, t.actor_name) if kind == "actor" else (t.canonical_issue, t.issue_name)
    owner = names.c.actor_id if kind == "actor" else names.c.issue_id
    new = {row["key"]: row for row, _ in rows}
    held = set(connection.scalars(select(table.c.key).where(table.c.key.in_(new))))
    found = found_or_added(connection, table, new)
    add_names(connection, names, owner, [(found[row["key"]].id, name) for row, called in rows for name in called])
    return len(new) - len(held)


def _add_source(connection: Connection, item: dict[str, Any]) -> bool:
    if connection.scalar(select(t.source.c.id).where(t.source.c.url == item["url"])) is not None:
        return False
    connection.execute(insert(t.source).values(**{**item, "state": packed(item["state"])}))
    return True


def _add_merges(connection: Connection, entries: list[MergeEntry]) -> int:
    fresh = [entry for entry in entries if merge_log.MERGES.append(connection, entry)]
    joins = (MergeAction.RESOLVE, MergeAction.UNRESOLVE)
    for kind in merge_log.KINDS:
        moved = [entry for entry in fresh if entry.kind == kind and entry.action not in joins]
        merges.apply(connection, kind, {key for entry in moved for key in (entry.from_key, entry.into_key)})
    merges.apply_resolutions(connection, {entry.from_key for entry in fresh if entry.action in joins})
    return len(fresh)


def _add_frames(connection: Connection, given: list[tuple[str, Frame]]) -> int:
    """What a dossier follows that the record knows is left as it is here."""
    held = frames.dossiers(connection)
    return sum(frames.follow(connection, name, frame) for name, frame in given if name not in held)


def _add_changes(connection: Connection, entries: list[frame_log.FrameChange]) -> int:
    fresh = [entry for entry in entries if frame_log.CHANGES.append(connection, entry)]
    if fresh:
        frames.settle(connection)
    return len(fresh)


def _add_judgements(connection: Connection, judged: list[judgement_log.Judgement]) -> int:
    fresh = [made for made in judged if judgement_log.JUDGEMENTS.append(connection, made)]
    about: set[int] = set()
    for made in fresh:
        if made.report is not None:
            about.update(judged_rows.reports_of(connection, made.report, str(made.anchor.get("text_sha256", ""))))
    judged_rows.refresh(connection, sorted(about))
    return len(fresh)


def _add_report(connection: Connection, line: ReportLine) -> tuple[str, bool, int]:
    """Add a report or what it lacks; return its key here, whether it is new, and how many versions were added."""
    held = _find(connection, line)
    if held is None:
        key = _free_key(connection, line)
        report_id = new_report(connection, dataclasses.replace(line.versions[-1].report, id=key))
        connection.execute(update(t.report).where(t.report.c.id == report_id).values(added_at=line.added_at))
    else:
        report_id, key = held.id, held.key
    for identity in line.identities:
        remember(connection, identity, report_id)
    if key != line.key:
        for version in line.versions:
            remember(connection, judged_rows.alias_of(line.key, sha256_of(version.report.text)), report_id)
    added = sum(_add_version(connection, report_id, key, version, held is None) for version in line.versions)
    if held is not None or key != line.key:
        judged_rows.refresh(connection, [report_id])
    return key, held is None, added


def _find(connection: Connection, line: ReportLine) -> Any:
    known = [identity for identity in line.identities if not identity.startswith(judged_rows.ALIAS)]
    rows = connection.execute(
        select(t.report_identity.c.identity, t.report.c.id, t.report.c.key)
        .join(t.report, t.report.c.id == t.report_identity.c.report_id)
        .where(t.report_identity.c.identity.in_(known))
    )
    found = {row.identity: row for row in rows}
    # An address or a given id is surer than the words.
    surest = sorted(known, key=lambda identity: identity.startswith("text:"))
    return next((found[identity] for identity in surest if identity in found), None)


def _free_key(connection: Connection, line: ReportLine) -> str:
    taken = connection.scalar(select(t.report.c.id).where(t.report.c.key == line.key)) is not None
    return f"{line.key}~{digest(line.identities[0], size=5)}" if taken else line.key


def _add_version(connection: Connection, report_id: int, key: str, line: VersionLine, fresh: bool) -> bool:
    c = t.report_version.c
    held = connection.execute(
        select(c.id, t.reading.c.id.label("reading"))
        .outerjoin(t.reading, t.reading.c.version_id == c.id)
        .where(
            c.report_id == report_id,
            c.text_sha256 == sha256_of(line.report.text),
            c.title.is_not_distinct_from(storable(line.report.title)),
        )
    ).first()
    reading = _keyed(line.reading, key) if line.reading else None
    if held is not None:
        if held.reading is None and reading is not None:
            _store(connection, report_id, held.id, reading, line)
        return False
    _store(connection, report_id, _insert_version(connection, report_id, line, key, fresh), reading, line)
    return True


def _insert_version(connection: Connection, report_id: int, line: VersionLine, key: str, fresh: bool) -> int:
    """Add a version, as the newest where the report is fresh or it came later than those that are held."""
    c = t.report_version.c
    report = dataclasses.replace(line.report, id=key)
    numbers = set(connection.scalars(select(c.number).where(c.report_id == report_id)))
    number = line.number if line.number not in numbers else max(numbers) + 1
    latest = connection.scalar(select(func.max(c.added_at)).where(c.report_id == report_id))
    as_read = Reading(report=report, notes=line.notes)
    if fresh or latest is None or latest <= line.added_at:
        version_id = new_version(connection, report_id, as_read, line.came_from)
        connection.execute(
            update(t.report_version).where(c.id == version_id).values(number=number, added_at=line.added_at)
        )
        return version_id
    head = {
        name: storable(getattr(report, name)) for name in ("title", "outlet", "author", "agency", "url", "published")
    }
    made = connection.execute(
        insert(t.report_version).values(
            report_id=report_id,
            number=number,
            text=storable(report.text),
            text_exact=exact(report.text),
            text_sha256=sha256_of(report.text),
            came_from=line.came_from,
            notes=packed(list(line.notes)),
            added_at=line.added_at,
            **head,
        )
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


def _store(connection: Connection, report_id: int, version_id: int, reading: Reading | None, line: VersionLine) -> None:
    if reading is None:
        return
    store_reading(connection, report_id, version_id, reading)
    connection.execute(update(t.reading).where(t.reading.c.version_id == version_id).values(read_at=line.read_at))


def _keyed(reading: Reading, key: str) -> Reading:
    """The reading as one of a report of this key: ids hang on the key, so that they name one thing in the record."""
    report = dataclasses.replace(reading.report, id=key)
    if key == reading.report.id:
        return dataclasses.replace(reading, report=report)

    def renamed(name: str | None) -> str | None:
        return None if name is None else f"{name[:1]}{digest(key, name)}"

    def all_of(items: tuple[Any, ...], *fields: str) -> tuple[Any, ...]:
        return tuple(
            dataclasses.replace(item, **{field: renamed(getattr(item, field)) for field in fields}) for item in items
        )

    statements = tuple(
        dataclasses.replace(each, conditions=tuple(str(renamed(name)) for name in each.conditions))
        for each in all_of(reading.statements, "id", "parent", "responds_to")
    )
    issues = tuple(dataclasses.replace(each, claims=all_of(each.claims, "statement")) for each in reading.issues)
    return dataclasses.replace(
        reading,
        report=report,
        statements=statements,
        conditions=all_of(reading.conditions, "id", "statement"),
        events=all_of(reading.events, "id", "statement"),
        issues=issues,
    )
